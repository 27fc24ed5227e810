"""What is looked at in pictures: how many pixels they claim, and whether every one of them is there."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from delivery.checks.findings import Check, Declared, Finding, Said

MAX_PIXELS = 50_000_000
KINDS = ("PNG", "JPEG")

IMAGE_PIXELS = Check("image-pixels", 1, Said("A picture has at most 50 million pixels.", "图像不超过 5,000 万像素。"))
IMAGE_OPENS = Check("image-opens", 1, Said("The picture opens completely.", "图像可完整打开。"))
_SMALLER = Said("Save the picture with fewer pixels.", "请降低图像像素后重新保存。")
_AGAIN = Said("Open the picture, save it again and upload that file.", "请打开图像重新保存后上传。")


def image_pixels(path: Path, declared: Declared) -> Finding:
    """Reads the header only, so that a flood of pixels is refused before one is drawn."""
    try:
        with Image.open(path, formats=KINDS) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        said = Said("The picture claims far more than 50 million pixels.", "图像声明的像素远超 5,000 万。")
        return IMAGE_PIXELS.failed(said, _SMALLER, limit=MAX_PIXELS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return IMAGE_PIXELS.failed(Said("The picture's header is damaged.", "图像文件头已损坏。"), _AGAIN)
    if width * height > MAX_PIXELS:
        said = Said(
            f"The picture has {width} × {height} pixels; at most 50 million are taken.",
            f"图像为 {width} × {height} 像素，上限为 5,000 万。",
        )
        return IMAGE_PIXELS.failed(said, _SMALLER, width=width, height=height, limit=MAX_PIXELS)
    return IMAGE_PIXELS.passed(width=width, height=height)


def image_opens(path: Path, declared: Declared) -> Finding:
    try:
        with Image.open(path, formats=KINDS) as image:
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        said = Said("The picture is damaged or cut off.", "图像已损坏或不完整。")
        return IMAGE_OPENS.failed(said, _AGAIN)
    return IMAGE_OPENS.passed()


def thumbnail(path: Path, box: tuple[int, int]) -> Image.Image:
    """The picture the right way up, made small before anything else is done with it."""
    with Image.open(path, formats=KINDS) as image:
        image.thumbnail((max(box), max(box)))
        small = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
    small.thumbnail(box)
    return small
