"""A thin reader of OFD (GB/T 33190-2016): a ZIP whose OFD.xml leads to documents, pages and signatures."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from delivery.checks.findings import Said

ENTRY = "OFD.xml"
NAMESPACE = "http://www.ofdspec.org"  # with or without a year behind it
MAX_TREE = 16 << 20  # bytes of a part that is held as a tree; pages are streamed and may be larger


class OfdFault(Exception):
    """The container does not hang together; ``said`` is where, in both languages."""

    def __init__(self, part: str, said: Said) -> None:
        super().__init__(part)
        self.part, self.said = part, said


@dataclass(frozen=True)
class Document:
    """One DocBody of OFD.xml. ``facts``: what it says of itself; ``pages`` and ``signatures`` are names of entries."""

    facts: dict[str, str]
    root: str
    pages: tuple[str, ...]
    signatures: str


def local(element: etree._Element) -> str:
    """The name without its namespace; "" for remarks and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in element.iter() if local(one) == name)


def text_below(element: etree._Element, name: str) -> str:
    return next(((one.text or "").strip() for one in below(element, name)), "")


def place_of(container: zipfile.ZipFile, base: str, location: str) -> str:
    """The entry a location written in ``base`` means: from the root, from that part's folder, or, as some write it, both.

    Raises OfdFault for a location without an entry.
    """
    beside = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location)).lstrip("/")
    from_root = posixpath.normpath(posixpath.join("/", location)).lstrip("/")
    names = container.NameToInfo
    found = next((name for name in (beside, from_root) if name in names), "")
    if not found:
        shown = ascii(location)[1:-1][:120]
        said = Said(f"{base} names a part that is not there: {shown}.", f"{base} 指向的部件不存在：{shown}。")
        raise OfdFault(base, said)
    return found


def tree_of(container: zipfile.ZipFile, name: str) -> etree._Element:
    """One part as a tree. Raises OfdFault for a part that is missing, too large, not well formed, or has a DTD."""
    if name not in container.NameToInfo:
        raise OfdFault(name, Said(f"{name} is missing.", f"缺少 {name}。"))
    with container.open(name) as file:
        content = file.read(MAX_TREE + 1)
    if len(content) > MAX_TREE:
        raise OfdFault(name, Said(f"{name} has more than 16 MB.", f"{name} 超过 16 MB。"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise OfdFault(name, Said(f"{name} declares a document type (DTD).", f"{name} 声明了文档类型（DTD）。"))
    return root


def elements_of(file: IO[bytes], name: str) -> Iterator[etree._Element]:
    """Every element of a part as it ends, its text still there, forgotten behind it. Raises OfdFault."""
    try:
        for _, element in etree.iterparse(file, resolve_entities=False, no_network=True, load_dtd=False):
            if element.getroottree().docinfo.doctype:
                raise OfdFault(name, Said(f"{name} declares a document type (DTD).", f"{name} 声明了文档类型（DTD）。"))
            yield element
            element.clear()
            above = element.getparent()
            while above is not None and element.getprevious() is not None:
                del above[0]
    except etree.XMLSyntaxError as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> OfdFault:
    shown = ascii(name)[1:-1][:120]
    return OfdFault(name, Said(f"{shown} is damaged: not well-formed XML.", f"{shown} 已损坏：不是格式正确的 XML。"))


def documents_of(container: zipfile.ZipFile) -> list[Document]:
    """The documents in the container, in its order. Raises OfdFault."""
    entry = tree_of(container, ENTRY)
    bodies = list(below(entry, "DocBody"))
    if local(entry) != "OFD" or not bodies:
        raise OfdFault(ENTRY, Said("OFD.xml lists no document.", "OFD.xml 未列出任何文档。"))
    return [_document(container, body) for body in bodies]


def _document(container: zipfile.ZipFile, body: etree._Element) -> Document:
    root = place_of(container, ENTRY, text_below(body, "DocRoot"))
    tree = tree_of(container, root)
    listed = (page for pages in below(tree, "Pages") for page in below(pages, "Page"))
    signatures = text_below(body, "Signatures")
    return Document(
        facts={name: text_below(body, name) for name in ("Title", "Author", "Creator", "CreationDate")},
        root=root,
        pages=tuple(place_of(container, root, page.get("BaseLoc", "")) for page in listed),
        signatures=place_of(container, ENTRY, signatures) if signatures else "",
    )
