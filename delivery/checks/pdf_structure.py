"""What is looked at in a PDF as a container: it opens, is not locked, has few enough pages and unpacks small."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from delivery.checks.findings import Check, Declared, Finding, Said

MAX_PAGES = 500
MAX_UNPACKED = 200 << 20
CHUNK = 1 << 18

PDF_OPENS = Check("pdf-opens", 1, Said("The PDF is complete and opens without repair.", "PDF 完整，无需修复即可打开。"))
PDF_ENCRYPTED = Check("pdf-encrypted", 1, Said("The PDF is not encrypted.", "PDF 未加密。"))
PDF_PAGES = Check("pdf-pages", 1, Said("The PDF has 1 to 500 pages.", "PDF 页数为 1 至 500 页。"))
PDF_UNPACKED = Check(
    "pdf-unpacked",
    1,
    Said("All that a PDF holds unpacks to at most 200 MB.", "PDF 全部内容解压后不超过 200 MB。"),
)
_SAVE_AGAIN = Said(
    "Open the PDF, save or print it to a new PDF, and upload that one.", "请打开该 PDF，另存或打印为新的 PDF 后上传。"
)


def pdf_opens(path: Path, declared: Declared) -> Finding:
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            pdf.Root  # noqa: B018 - a file without a root is no document
            warnings = len(pdf.get_warnings())
    except pikepdf.PasswordError:
        return PDF_OPENS.passed()  # whole, but locked: pdf-encrypted says so
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError):
        said = Said("The PDF is damaged or cut off.", "PDF 已损坏或不完整。")
        return PDF_OPENS.failed(said, _SAVE_AGAIN)
    if warnings:
        said = Said(
            f"The PDF opens, with {warnings} small errors in its structure.",
            f"PDF 可打开，但结构中有 {warnings} 处小错误。",
        )
        return PDF_OPENS.warned(said, _SAVE_AGAIN, warnings=warnings)
    return PDF_OPENS.passed()


def pdf_encrypted(path: Path, declared: Declared) -> Finding:
    cure = Said("Remove the password and all restrictions, then upload the PDF.", "请去除密码和权限限制后上传。")
    try:
        with pikepdf.open(path) as pdf:
            if not pdf.is_encrypted:
                return PDF_ENCRYPTED.passed()
            said = Said("The PDF restricts printing or copying by encryption.", "PDF 通过加密限制了打印或复制。")
            return PDF_ENCRYPTED.failed(said, cure, needs_password=False)
    except pikepdf.PasswordError:
        said = Said("The PDF opens only with a password.", "PDF 需要密码才能打开。")
        return PDF_ENCRYPTED.failed(said, cure, needs_password=True)


def pdf_pages(path: Path, declared: Declared) -> Finding:
    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError):
        return PDF_PAGES.failed(Said("The list of pages is damaged.", "PDF 页面目录已损坏。"), _SAVE_AGAIN)
    if 1 <= pages <= MAX_PAGES:
        return PDF_PAGES.passed(pages=pages)
    said = Said(f"The PDF has {pages} pages; 1 to 500 are taken.", f"PDF 共 {pages} 页，允许 1 至 500 页。")
    cure = Said("Split the document into parts of at most 500 pages.", "请将文档拆分为每份不超过 500 页。")
    return PDF_PAGES.failed(said, cure, pages=pages, limit=MAX_PAGES)


def pdf_unpacked(path: Path, declared: Declared) -> Finding:
    """Counts what really comes out of every stream, and what every picture would take when drawn."""
    total = largest = 0
    cure = Said("Lower the resolution of the pictures and save the PDF again.", "请降低图像分辨率后重新保存 PDF。")
    try:
        with pikepdf.open(path) as pdf:
            for thing in pdf.objects:
                if not isinstance(thing, pikepdf.Stream):
                    continue
                size = max(_unpacked_bytes(thing, MAX_UNPACKED - total), _drawn_bytes(thing))
                largest = max(largest, size)
                total += size if "/Width" not in thing else 0  # pictures are drawn one by one
                if max(total, largest) > MAX_UNPACKED:
                    said = Said("The PDF unpacks to more than 200 MB.", "PDF 解压后超过 200 MB。")
                    return PDF_UNPACKED.failed(said, cure, limit=MAX_UNPACKED)
    except pikepdf.PdfError:
        return PDF_UNPACKED.failed(Said("A part of the PDF is damaged.", "PDF 部分内容已损坏。"), _SAVE_AGAIN)
    return PDF_UNPACKED.passed(unpacked_bytes=total, largest_bytes=largest)


def _unpacked_bytes(stream: pikepdf.Stream, room: int) -> int:
    """Bytes behind the leading Flate filters, counted up to just past ``room``."""
    filters: Any = stream.get("/Filter", [])
    names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
    flow: Iterator[bytes] = iter([stream.read_raw_bytes()])
    for name in names:
        if name not in ("/FlateDecode", "/Fl"):
            break
        flow = _inflated(flow)
    counted = 0
    for chunk in flow:
        counted += len(chunk)
        if counted > room:
            break
    return counted


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for chunk in packed:
        while chunk and not inflater.eof:
            try:
                plain = inflater.decompress(chunk, CHUNK)
            except zlib.error:
                return  # readers too draw what came out before the damage
            yield plain
            chunk = inflater.unconsumed_tail


def _drawn_bytes(stream: pikepdf.Stream) -> int:
    try:
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        bits = 1 if stream.get("/ImageMask", False) else int(stream.get("/BitsPerComponent", 8))
    except (TypeError, ValueError):
        return 0
    space = stream.get("/ColorSpace", None)
    samples = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}.get(str(space), 1 if bits == 1 else 4)
    return max(width, 0) * max(height, 0) * bits * samples // 8
