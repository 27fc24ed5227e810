"""What a reviewer sees first: the drawn first page or picture, and the words of the document."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from delivery.checks import images
from delivery.checks.findings import Check, Declared, Said, Shown, storable
from delivery.checks.ofd_structure import words_of_ofd
from delivery.checks.texts import EXCERPT_CHARACTERS

MAX_WIDTH, MAX_HEIGHT = 600, 1200
PAGES_READ = 50

PREVIEW = Check("preview", 1, Said("The first page or picture can be drawn.", "首页或图像可正常显示。"))
TEXT_LAYER = Check(
    "text-layer",
    1,
    Said("The words of a document can be searched and copied.", "文件中的文字可检索和复制。"),
    mandatory=False,
)
_DRAW_AGAIN = Said("Print the document to a new PDF and upload that one.", "请将文档打印为新的 PDF 后上传。")


def pdf_preview(path: Path, declared: Declared) -> Shown:
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[0]
            width, height = page.get_size()
            scale = min(MAX_WIDTH / max(width, 1), MAX_HEIGHT / max(height, 1))
            picture = page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, ValueError):
        said = Said("The first page cannot be drawn.", "首页无法显示。")
        return Shown(PREVIEW.failed(said, _DRAW_AGAIN))
    return Shown(PREVIEW.passed(width=picture.width, height=picture.height), png=_png(picture))


def image_preview(path: Path, declared: Declared) -> Shown:
    picture = images.thumbnail(path, (MAX_WIDTH, MAX_HEIGHT))
    return Shown(PREVIEW.passed(width=picture.width, height=picture.height), png=_png(picture))


def _png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.crop((0, 0, min(picture.width, MAX_WIDTH), min(picture.height, MAX_HEIGHT))).save(written, "PNG")
    return written.getvalue()


def pdf_text(path: Path, declared: Declared) -> Shown:
    return _text("PDF", words_of_pdf(path))


def ofd_text(path: Path, declared: Declared) -> Shown:
    return _text("OFD", words_of_ofd(path, PAGES_READ))


def words_of_pdf(path: Path) -> list[str]:
    """The text of each of the first PAGES_READ pages; "" for a page that is only a picture."""
    with pypdfium2.PdfDocument(path) as pdf:
        read = min(len(pdf), PAGES_READ)
        return [pdf[number].get_textpage().get_text_range().strip() for number in range(read)]


def _text(label: str, texts: list[str]) -> Shown:
    read, silent = len(texts), sum(1 for text in texts if not text)
    if read and silent == read:
        said = Said(
            f"The {label} is scanned or drawn: no text can be searched.", f"{label} 为扫描件或图形，没有可检索的文字。"
        )
        cure = Said(
            f"Send the {label} that the program wrote, or one with recognised text.",
            f"请提供软件直接导出的 {label}，或经文字识别的 {label}。",
        )
        return Shown(TEXT_LAYER.warned(said, cure, pages_read=read, pages_without_text=silent))
    text = storable("\n".join(text for text in texts if text))[:EXCERPT_CHARACTERS]
    return Shown(TEXT_LAYER.passed(pages_read=read, pages_without_text=silent), text=text)
