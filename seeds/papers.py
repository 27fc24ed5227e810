"""Files handed in with deliveries: small, real, and each with a content of its own."""

import io
from collections.abc import Sequence

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
