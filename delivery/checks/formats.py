"""The file formats a document requirement may ask for, and how each is known by its first bytes."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Format(StrEnum):
    PDF = "pdf"
    PDF_A = "pdf_a"
    PNG = "png"
    JPEG = "jpeg"
    XLSX = "xlsx"
    DOCX = "docx"
    OFD = "ofd"
    CSV = "csv"
    XML = "xml"
    TXT = "txt"
    STEP = "step"
    DXF = "dxf"
    ZIP = "zip"
    ANY = "any"  # any one of the formats above, told by the file's name


@dataclass(frozen=True)
class Shape:
    """How a format looks from outside; ``parts`` are entries its ZIP container must hold."""

    label: str
    extensions: tuple[str, ...]
    media_type: str
    begins: re.Pattern[bytes]
    parts: tuple[str, ...] = ()


HEAD_BYTES = 4096
UNKNOWN_MEDIA_TYPE = "application/octet-stream"

_PDF = re.compile(rb"%PDF-[12]\.\d")
_ZIP = re.compile(rb"PK\x03\x04")
# Text of any kind: no zero byte in the head, and not one of the formats that a reader would open as something else.
_TEXT = re.compile(rb"(?!%PDF-|PK\x03\x04|\xff[\xd8\xfe]|\xfe\xff|\s*<(?:!doctype|html|script|svg))[^\x00]*\Z", re.I)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[?!A-Za-z_:\x80-\xff]|\xff\xfe<\x00|\xfe\xff\x00<")
_DXF = re.compile(
    rb"AutoCAD Binary DXF\r\n\x1a\x00"
    rb"|(?:\xef\xbb\xbf)?(?:[ \t]*999[ \t]*\r?\n[^\r\n]*\r?\n)*[ \t]*0[ \t]*\r?\n[ \t]*SECTION\b"
)
_OOXML = "application/vnd.openxmlformats-officedocument."

SHAPES: dict[Format, Shape] = {
    Format.PDF: Shape("PDF", (".pdf",), "application/pdf", _PDF),
    Format.PDF_A: Shape("PDF/A", (".pdf",), "application/pdf", _PDF),
    Format.PNG: Shape("PNG", (".png",), "image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    Format.JPEG: Shape("JPEG", (".jpg", ".jpeg"), "image/jpeg", re.compile(rb"\xff\xd8\xff")),
    Format.XLSX: Shape(
        "XLSX", (".xlsx",), _OOXML + "spreadsheetml.sheet", _ZIP, ("[Content_Types].xml", "xl/workbook.xml")
    ),
    Format.DOCX: Shape(
        "DOCX", (".docx",), _OOXML + "wordprocessingml.document", _ZIP, ("[Content_Types].xml", "word/document.xml")
    ),
    Format.OFD: Shape("OFD", (".ofd",), "application/ofd", _ZIP, ("OFD.xml",)),
    Format.STEP: Shape("STEP", (".step", ".stp", ".p21"), "model/step", re.compile(rb"\s*ISO-10303-21\s*;")),
    Format.DXF: Shape("DXF", (".dxf",), "image/vnd.dxf", _DXF),
    Format.ZIP: Shape("ZIP", (".zip",), "application/zip", _ZIP),
    Format.XML: Shape("XML", (".xml",), "application/xml", _XML),
    Format.CSV: Shape("CSV", (".csv",), "text/csv", _TEXT),
    Format.TXT: Shape("TXT", (".txt",), "text/plain", _TEXT),
}


def extension_of(filename: str) -> str:
    return PurePosixPath(filename).suffix.lower()


def format_meant(asked: Format, filename: str) -> Format | None:
    """The format the file must have: the one asked for, or for ANY the one its name claims; None for no such name."""
    if asked is not Format.ANY:
        return asked
    extension = extension_of(filename)
    return next((known for known, shape in SHAPES.items() if extension in shape.extensions), None)


def looks_like(head: bytes) -> str:
    """The label of the first format whose beginning these bytes have; "" for none of them."""
    return next((shape.label for shape in SHAPES.values() if shape.begins.match(head)), "")
