"""What is looked at in an OFD as a document: not locked, whole, with few enough pages, and what its words are."""

import zipfile
from pathlib import Path

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.ofd_parts import Document, OfdFault, documents_of, elements_of, local

MAX_PAGES = 500
LOCK = "Encryptions.xml"  # GM/T 0099-2020, annex C: the fixed name of what leads to the keys

OFD_ENCRYPTED = Check("ofd-encrypted", 1, Said("The OFD is not encrypted.", "OFD 未加密。"))
OFD_OPENS = Check(
    "ofd-opens",
    1,
    Said("Every part and page the OFD names is there and can be read.", "OFD 所列的部件和页面齐全且可读取。"),
)
OFD_PAGES = Check("ofd-pages", 1, Said("The OFD has 1 to 500 pages.", "OFD 页数为 1 至 500 页。"))
_SAVE_AGAIN = Said(
    "Open the OFD, save it again or export it anew, and upload that one.", "请打开该 OFD 重新保存或导出后上传。"
)


def ofd_encrypted(path: Path, declared: Declared) -> Finding:
    with zipfile.ZipFile(path) as container:
        locked = any(name.strip("/").lower() == LOCK.lower() for name in container.namelist())
    if not locked:
        return OFD_ENCRYPTED.passed()
    said = Said("Parts of the OFD open only with a key.", "OFD 的部分内容需要密钥才能打开。")
    cure = Said("Remove the encryption, then upload the OFD.", "请解除加密后上传。")
    return OFD_ENCRYPTED.failed(said, cure, found=LOCK)


def ofd_opens(path: Path, declared: Declared) -> Finding:
    """Reads every page to its end, and hands on what the documents say of themselves."""
    try:
        with zipfile.ZipFile(path) as container:
            documents = documents_of(container)
            for page in _pages(documents)[:MAX_PAGES]:
                with container.open(page) as file:
                    for _ in elements_of(file, page):
                        pass
    except OfdFault as fault:
        return OFD_OPENS.failed(fault.said, _SAVE_AGAIN, part=ascii(fault.part)[1:-1][:120])
    facts = documents[0].facts
    return OFD_OPENS.passed(
        documents=len(documents),
        title=facts["Title"][:200], author=facts["Author"][:200],
        creator=facts["Creator"][:200], created=facts["CreationDate"][:40],
    )  # fmt: skip


def ofd_pages(path: Path, declared: Declared) -> Finding:
    with zipfile.ZipFile(path) as container:
        pages = len(_pages(documents_of(container)))
    if 1 <= pages <= MAX_PAGES:
        return OFD_PAGES.passed(pages=pages)
    said = Said(f"The OFD has {pages} pages; 1 to 500 are taken.", f"OFD 共 {pages} 页，允许 1 至 500 页。")
    cure = Said("Split the document into parts of at most 500 pages.", "请将文档拆分为每份不超过 500 页。")
    return OFD_PAGES.failed(said, cure, pages=pages, limit=MAX_PAGES)


def words_of_ofd(path: Path, pages: int) -> list[str]:
    """The text of each of the first ``pages`` pages: its TextCode elements (GB/T 33190, 11.3), one a line."""
    with zipfile.ZipFile(path) as container:
        return [_words(container, page) for page in _pages(documents_of(container))[:pages]]


def _words(container: zipfile.ZipFile, page: str) -> str:
    with container.open(page) as file:
        found = [(one.text or "").strip() for one in elements_of(file, page) if local(one) == "TextCode"]
    return "\n".join(word for word in found if word)


def _pages(documents: list[Document]) -> list[str]:
    return [page for document in documents for page in document.pages]
