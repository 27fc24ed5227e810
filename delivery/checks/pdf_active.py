"""What a PDF could do by itself: scripts, programs, forms that send, files inside, links that fetch."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from delivery.checks.active import DANGEROUS_ADDRESS, judged
from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.pdf_claims import claimed_level

MAX_NESTING = 100

PDF_ACTIVE_CONTENT = Check(
    "pdf-active-content",
    1,
    Said(
        "A PDF runs nothing, sends nothing, carries no other file and opens none.",
        "PDF 不运行脚本、不发送数据、不夹带也不打开其他文件。",
    ),
)
# PDF 32000-1:2008, 12.6.4 (actions by /S), 12.7.8 (XFA), 12.5.6 (annotations by /Subtype)
_FORBIDDEN_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Thread", "/Rendition",
    "/Movie", "/Sound", "/RichMediaExecute",
}  # fmt: skip
_FORBIDDEN_ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen"}
_HARMLESS_AT_OPENING = {"/GoTo", "/Named"}
_FILES_ALLOWED_AT = ("3", "4")  # PDF/A-3 and PDF/A-4f are made to carry their source data


def pdf_active_content(path: Path, declared: Declared) -> Finding:
    cure = Said(
        "Print the document to a new PDF: that leaves scripts, forms and inner files behind.",
        "请将文档打印为新的 PDF，即可去除脚本、表单和夹带文件。",
    )
    try:
        with pikepdf.open(path) as pdf:
            may_carry = claimed_level(pdf).startswith(_FILES_ALLOWED_AT)
            found = {word for thing in pdf.objects for word in _traits(thing, MAX_NESTING)}
    except pikepdf.PdfError:
        said = Said("A part of the PDF is damaged.", "PDF 部分内容已损坏。")
        return PDF_ACTIVE_CONTENT.failed(said, cure, found="damaged")
    tolerated = {"link"} | ({"embedded file"} if may_carry else set())
    what = Said("active content", "活动内容")
    return judged(PDF_ACTIVE_CONTENT, "PDF", found, tolerated=tolerated, what=what, cure=cure)


def _traits(thing: pikepdf.Object, depth: int) -> Iterator[str]:
    """Walk one object and what is written directly inside it; every indirect object gets its own call."""
    if isinstance(thing, pikepdf.Array):
        inside = [item for item in thing if isinstance(item, pikepdf.Object)]
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield from _named_traits(thing)
        inside = [item for item in thing.values() if isinstance(item, pikepdf.Object)]
    else:
        return
    if depth == 0:
        yield "nesting deeper than 100"
        return
    for item in inside:
        if not item.is_indirect:
            yield from _traits(item, depth - 1)


def _named_traits(thing: pikepdf.Dictionary | pikepdf.Stream) -> Iterator[str]:
    action = str(thing.get("/S", ""))
    if action in _FORBIDDEN_ACTIONS:
        yield action
    if "/JS" in thing:
        yield "/JavaScript"
    if "/XFA" in thing:
        yield "/XFA"
    if "/EF" in thing or thing.get("/Type", None) == pikepdf.Name("/EmbeddedFile"):
        yield "embedded file"
    if str(thing.get("/Subtype", "")) in _FORBIDDEN_ANNOTATIONS:
        yield str(thing["/Subtype"])
    if "/AA" in thing:
        yield "/AA"
    opening = thing.get("/OpenAction", None)
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) not in _HARMLESS_AT_OPENING:
        yield "/OpenAction"
    if action == "/URI" or "/URI" in thing:
        address = str(thing.get("/URI", "")).strip().lower()
        yield "address that runs or reads files" if address.startswith(DANGEROUS_ADDRESS) else "link"
