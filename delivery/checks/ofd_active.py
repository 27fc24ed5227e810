"""What an OFD could do by itself: play, open what it carries, or fetch parts from outside."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from delivery.checks.active import DANGEROUS_ADDRESS, judged
from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.ofd_parts import NAMESPACE, OfdFault, elements_of, local

OFD_ACTIVE_CONTENT = Check(
    "ofd-active-content",
    1,
    Said(
        "An OFD plays nothing, opens nothing, carries no other file but XML data, and loads nothing from outside.",
        "OFD 不播放媒体、不打开文件，除 XML 数据外不夹带其他文件，也不加载外部内容。",
    ),
)
# GB/T 33190-2016, chapter 14 (actions) and 7.9 (resources)
_FORBIDDEN_ACTIONS = {"GotoA": "action that opens a file", "Sound": "sound", "Movie": "film"}
_LOCATIONS = {
    "DocRoot", "Signatures", "Versions", "PublicRes", "DocumentRes", "PageRes", "Annotations", "Attachments",
    "CustomTags", "Extensions", "FileLoc", "MediaFile", "FontFile", "BaseLoc", "SignedValue", "SchemaLoc", "ExtendData",
}  # fmt: skip
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_TOLERATED = {"link", "XML data"}


def ofd_active_content(path: Path, declared: Declared) -> Finding:
    cure = Said(
        "Export the document to a new OFD without media, attached files and links to parts outside.",
        "请重新导出不含媒体、附件和外部引用的 OFD 后上传。",
    )
    try:
        with zipfile.ZipFile(path) as container:
            found = {word for name in container.namelist() for word in _traits(container, name)}
    except OfdFault as fault:
        return OFD_ACTIVE_CONTENT.failed(fault.said, cure, found="damaged")
    what = Said("active or outside content", "活动或外部内容")
    return judged(OFD_ACTIVE_CONTENT, "OFD", found, tolerated=_TOLERATED, what=what, cure=cure)


def _traits(container: zipfile.ZipFile, name: str) -> Iterator[str]:
    if not name.lower().endswith(".xml"):
        return
    with container.open(name) as file:
        for element in elements_of(file, name):
            if isinstance(element.tag, str) and str(etree.QName(element).namespace or "").startswith(NAMESPACE):
                yield from _named_traits(element, local(element))
                yield from _outside_traits(element, local(element), name)


def _named_traits(element: etree._Element, name: str) -> Iterator[str]:
    text = (element.text or "").strip()
    above = element.getparent()
    if name in _FORBIDDEN_ACTIONS:
        yield _FORBIDDEN_ACTIONS[name]
    if name == "MultiMedia" and element.get("Type", "Image") != "Image":
        yield "sound or film"
    if name == "URI":
        address = str(element.get("URI", "")).strip().lower()
        yield "address that runs or reads files" if address.startswith(DANGEROUS_ADDRESS) else "link"
    if name == "FileLoc" and above is not None and local(above) == "Attachment":
        yield "XML data" if text.lower().endswith(".xml") else "embedded file"


def _outside_traits(element: etree._Element, name: str, part: str) -> Iterator[str]:
    """Whether a location written in ``part`` is an address, or climbs out of the container."""
    written = (element.text or "").strip() if name in _LOCATIONS else ""
    for location in (written, str(element.get("BaseLoc", "")).strip()):
        climbed = posixpath.normpath(posixpath.join(posixpath.dirname(part), location.replace("\\", "/")))
        if _OUTSIDE.match(location) or climbed.startswith(".."):
            yield "part outside the file"
