"""Files handed in with deliveries: small, real, and each with a content of its own."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pikepdf
from PIL import Image, ImageDraw

LINES_A_PAGE = 40


def pdf(lines: Sequence[str], *, pages: int = 1) -> bytes:
    """A text PDF of ASCII lines; the same lines make the same bytes."""
    document = pikepdf.Pdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
    )
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=(595, 842))
        shown = [*lines, f"page {number} of {pages}"][:LINES_A_PAGE]
        page.Contents = document.make_stream(_written(shown))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def _written(lines: Sequence[str]) -> bytes:
    shown = "\n".join(f"({_escaped(line)}) Tj 0 -18 Td" for line in lines)
    return f"BT /F1 12 Tf 60 780 Td\n{shown}\nET".encode("ascii")


def _escaped(line: str) -> str:
    plain = line.encode("ascii", "replace").decode()
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def picture(words: str) -> bytes:
    """A drawing as PNG: a plate with two holes, and its number."""
    image = Image.new("RGB", (640, 420), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 580, 340), outline="black", width=3)
    for x in (150, 490):
        draw.ellipse((x - 40, 160, x + 40, 240), outline="black", width=3)
    draw.text((70, 360), words.encode("ascii", "replace").decode(), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """Measurements as CSV."""
    return "".join(",".join(row) + "\r\n" for row in rows).encode("utf-8")


def sheet(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet of texts (ECMA-376), as small as one may be; the same rows make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_WORKBOOK, "xl/worksheets/sheet1.xml": _sheet_xml(rows)}.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _XML + text)
    return out.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}">'
        '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_KINDS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def _sheet_xml(rows: Sequence[Sequence[str]]) -> str:
    written = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'
