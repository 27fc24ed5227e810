"""What is looked at in a spreadsheet or letter: macros, embedded objects and links that fetch by themselves."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from delivery.checks.findings import Check, Declared, Finding, Said

OFFICE_ACTIVE_CONTENT = Check(
    "office-active-content",
    1,
    Said(
        "An office file has no macros, embedded objects or links that load other files.",
        "办公文档不含宏、嵌入对象或会自动加载外部文件的链接。",
    ),
)
MAX_PART = 64 << 20

_ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|externallinks/|macrosheets/|dialogsheets/|activex/|oleobject|\.bin$", re.I
)
_HARMLESS_BINARY = re.compile(r"printersettings/", re.I)
_FETCHES = re.compile(r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\b", re.I)
_REMOVE = Said(
    "Save a copy without macros, embedded objects and links to other files, and upload that.",
    "请另存一份不含宏、嵌入对象和外部链接的副本后上传。",
)


class _HasDtd(Exception):
    """No office program writes a DTD, and the container format forbids one (ECMA-376 part 2, on XML usage)."""


def office_active_content(path: Path, declared: Declared) -> Finding:
    try:
        with zipfile.ZipFile(path) as archive:
            active = sorted(set(_active(archive)))
            links = sum(1 for kind in _outward(archive) if kind == "hyperlink")
    except (etree.XMLSyntaxError, zipfile.BadZipFile, _HasDtd):
        said = Said("A part of the office file is damaged.", "办公文档的部分内容已损坏。")
        cure = Said("Open the file, save it again and upload it.", "请打开该文件重新保存后上传。")
        return OFFICE_ACTIVE_CONTENT.failed(said, cure, found="damaged")
    if active:
        found = ", ".join(active)[:200]
        said = Said(f"The file holds active content: {found}.", f"文件含有活动内容：{found}。")
        return OFFICE_ACTIVE_CONTENT.failed(said, _REMOVE, found=found)
    if links:
        said = Said(
            f"The file has {links} links to addresses outside; they may be gone in ten years.",
            f"文件含有 {links} 个外部链接，日后可能失效。",
        )
        cure = Said("Write out what the links say, if it matters.", "如内容重要，请将链接内容写入正文。")
        return OFFICE_ACTIVE_CONTENT.warned(said, cure, links=links)
    return OFFICE_ACTIVE_CONTENT.passed()


def _active(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if _ACTIVE_PARTS.search(name) and not _HARMLESS_BINARY.search(name):
            yield name
    if b"macroenabled" in archive.read("[Content_Types].xml")[:MAX_PART].lower():
        yield "macroEnabled"
    for kind in _outward(archive):
        if kind != "hyperlink":
            yield kind
    for part in archive.namelist():
        if part.startswith("word/") and part.endswith(".xml") and _FETCHES.search(_instructions(archive, part)):
            yield "DDE / INCLUDE"


def _outward(archive: zipfile.ZipFile) -> Iterator[str]:
    """The kind of each relationship that leaves the container: hyperlink, attachedTemplate, image, oleObject..."""
    for part in archive.namelist():
        if not part.lower().endswith(".rels"):
            continue
        for element in _elements(archive, part):
            if element.get("TargetMode", "").lower() == "external":
                yield element.get("Type", "").rsplit("/", 1)[-1] or "unnamed link"


def _instructions(archive: zipfile.ZipFile, part: str) -> str:
    """The field instructions of a letter, joined: Word lets one word be cut over several runs."""
    pieces = []
    for element in _elements(archive, part):
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag == "instrText":
            pieces.append(element.text or "")
        elif tag == "fldSimple":
            pieces += [str(value) for name, value in element.items() if str(name).endswith("instr")]
        elif tag == "fldChar":
            pieces.append(" ")
    return "".join(pieces)


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[etree._Element]:
    with archive.open(part) as file:
        for _, element in etree.iterparse(file, resolve_entities=False, no_network=True, load_dtd=False):
            if element.getroottree().docinfo.doctype:
                raise _HasDtd(part)
            yield element
            element.clear()
