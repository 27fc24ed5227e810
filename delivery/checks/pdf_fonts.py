"""Fonts a PDF relies on without bringing them: another machine, or another decade, draws other letters."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.formats import Format

PDF_FONTS = Check(
    "pdf-fonts",
    1,
    Said(
        "A PDF brings its fonts, save the fourteen every reader has; PDF/A brings all.",
        "PDF 嵌入所用字体（阅读器自带的 14 种标准字体除外；PDF/A 须全部嵌入）。",
    ),
    mandatory=False,
)
# PDF 32000-1:2008, 9.6.2.2
STANDARD = {
    "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", "Helvetica", "Helvetica-Bold",
    "Helvetica-Oblique", "Helvetica-BoldOblique", "Courier", "Courier-Bold", "Courier-Oblique",
    "Courier-BoldOblique", "Symbol", "ZapfDingbats",
}  # fmt: skip
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_FONTS = ("/Type0", "/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2")


def pdf_fonts(path: Path, declared: Declared) -> Finding:
    with pikepdf.open(path) as pdf:
        missing = {_name(font) for thing in pdf.objects for font in _fonts(thing) if not _is_embedded(font)}
    standard, foreign = sorted(missing & STANDARD), sorted(missing - STANDARD)
    told = sorted(missing) if declared.format is Format.PDF_A else foreign
    if not told:
        return PDF_FONTS.passed(standard=", ".join(standard))
    names = ", ".join(told)[:300]
    said = Said(f"Fonts that the PDF does not bring: {names}.", f"PDF 未嵌入以下字体：{names}。")
    cure = Said("Export the PDF again with all fonts embedded.", "请选择“嵌入所有字体”后重新导出 PDF。")
    return PDF_FONTS.warned(said, cure, fonts=names, number=len(told))


def _fonts(thing: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The object where it is a font, and the fonts written directly into it or into its resources."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for shelf in (thing, thing.get("/Resources", None)):
        listed: Any = shelf.get("/Font", None) if isinstance(shelf, pikepdf.Dictionary | pikepdf.Stream) else None
        if isinstance(listed, pikepdf.Dictionary):
            yield from (font for font in listed.values() if isinstance(font, pikepdf.Dictionary))
    if isinstance(thing, pikepdf.Dictionary) and _is(thing, "/Type", "/Font"):
        yield thing


def _is_embedded(font: pikepdf.Dictionary) -> bool:
    """A composite font is judged by its descendant, a font drawn by the page's own means (Type 3) brings itself."""
    if not _is(font, "/Subtype", *_FONTS):
        return True
    descendants: Any = font.get("/DescendantFonts", None)
    if isinstance(descendants, pikepdf.Array) and len(descendants):
        return isinstance(descendants[0], pikepdf.Dictionary) and _brings_a_program(descendants[0])
    return _brings_a_program(font)


def _brings_a_program(font: pikepdf.Dictionary) -> bool:
    descriptor: Any = font.get("/FontDescriptor", None)
    if not isinstance(descriptor, pikepdf.Dictionary):
        return False
    return any(isinstance(descriptor.get(key, None), pikepdf.Stream) for key in _PROGRAMS)


def _name(font: pikepdf.Dictionary) -> str:
    """The font's name without the six letters of a subset; Chinese programs write it in GB18030 as well."""
    base: Any = font.get("/BaseFont", None)
    if not isinstance(base, pikepdf.Name):
        return "?"
    written = _HEX.sub(lambda code: bytes.fromhex(code[1].decode()), base.unparse()[1:])
    name = _decoded(written)
    return name[7:80] if name[6:7] == "+" else name[:80]


def _decoded(written: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return written.decode("ascii", "replace")


def _is(thing: pikepdf.Object, key: str, *names: str) -> bool:
    """Compared as written: a name need not be text (PDF 32000-1:2008, 7.3.5)."""
    value: Any = thing.get(key, None)
    return isinstance(value, pikepdf.Name) and value.unparse().decode("ascii", "replace") in names
