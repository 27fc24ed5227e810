"""What is looked at in every file before it is opened: name, size, digest, type, and that it is one file only."""

import hashlib
import mmap
import unicodedata
import zipfile
from pathlib import Path

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.formats import HEAD_BYTES, SHAPES, Format, extension_of, format_meant, looks_like

MAX_BYTES = 50 << 20
MAX_NAME_BYTES = 255

FILE_NAME = Check(
    "file-name",
    1,
    Said(
        "A file name is one plain name without folders or invisible characters.",
        "文件名须为单一名称，不含路径或不可见字符。",
    ),
)
SIZE = Check(
    "size",
    1,
    Said(
        "A file is not empty, at most 50 MB, and as large as declared.",
        "文件不得为空，不超过 50 MB，且与申报大小一致。",
    ),
)
SHA256 = Check("sha256", 1, Said("The SHA-256 of the bytes is the declared one.", "文件内容的 SHA-256 与申报值一致。"))
FILE_TYPE = Check(
    "file-type",
    2,
    Said("The bytes and the name are of the requested format.", "文件内容和扩展名均与要求的格式一致。"),
)
POLYGLOT = Check(
    "polyglot",
    1,
    Said("A file holds one format only, with nothing before or behind it.", "文件只包含一种格式，前后不附带其他内容。"),
)
_PDFS = (Format.PDF, Format.PDF_A)
_ZIPPED = (Format.ZIP, Format.XLSX, Format.DOCX, Format.OFD)
_SEND_AGAIN = Said("Upload the file again.", "请重新上传该文件。")
_SAVE_AGAIN = Said(
    "Open the file, save it under a new name and upload that one.", "请打开该文件并另存为新文件后重新上传。"
)


def file_name(path: Path, declared: Declared) -> Finding:
    """Separators, control and direction characters: ``invoice<RLO>fdp.exe`` reads as ``invoiceexe.pdf``."""
    name = declared.filename
    hidden = [c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")]
    size = len(name.encode("utf-8", "replace"))
    if name.strip(". ") and not hidden and "/" not in name and "\\" not in name and size <= MAX_NAME_BYTES:
        return FILE_NAME.passed()
    said = Said(
        "The file name has folders, invisible characters, or more than 255 bytes.",
        "文件名含路径、不可见字符，或超过 255 字节。",
    )
    cure = Said("Rename the file to letters, digits, - and _, then upload it.", "请将文件改名为普通字符后重新上传。")
    return FILE_NAME.failed(said, cure, bytes=size, hidden_characters=len(hidden))


def size(path: Path, declared: Declared) -> Finding:
    real = path.stat().st_size
    if not real:
        said = Said("The file is empty.", "文件为空。")
        return SIZE.failed(said, Said("Upload the complete file.", "请上传完整的文件。"), bytes=0)
    if real > MAX_BYTES:
        said = Said(f"The file has {real} bytes; at most 50 MB are taken.", f"文件为 {real} 字节，上限为 50 MB。")
        cure = Said("Split the document or lower its image resolution.", "请拆分文件或降低图像分辨率。")
        return SIZE.failed(said, cure, bytes=real, limit=MAX_BYTES)
    if real != declared.size:
        said = Said(
            f"{declared.size} bytes were declared, {real} arrived.", f"申报 {declared.size} 字节，实收 {real} 字节。"
        )
        return SIZE.failed(said, _SEND_AGAIN, bytes=real, declared=declared.size)
    return SIZE.passed(bytes=real)


def sha256(path: Path, declared: Declared) -> Finding:
    with path.open("rb") as file:
        real = hashlib.file_digest(file, "sha256").hexdigest()
    if real == declared.sha256.lower():
        return SHA256.passed(sha256=real)
    said = Said("The bytes that arrived are not those that were declared.", "收到的文件内容与申报的 SHA-256 不一致。")
    return SHA256.failed(said, _SEND_AGAIN, sha256=real, declared=declared.sha256)


def file_type(path: Path, declared: Declared) -> Finding:
    """Extension, first bytes and, for office files, the parts of the container."""
    meant = format_meant(declared.format, declared.filename)
    extension = extension_of(declared.filename)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    found = looks_like(head)
    if meant is None:
        known = " ".join(sorted({e for shape in SHAPES.values() for e in shape.extensions}))
        said = Said(f'"{extension}" files are not taken.', f"不接受 “{extension}” 类型的文件。")
        cure = Said(f"Send one of: {known}.", f"请使用以下类型之一：{known}。")
        return FILE_TYPE.failed(said, cure, extension=extension, looks_like=found)
    shape = SHAPES[meant]
    cure = Said(
        f"Save the document as {shape.label} ({shape.extensions[0]}) and upload that file.",
        f"请将文档另存为 {shape.label}（{shape.extensions[0]}）后上传。",
    )
    facts = {"asked": shape.label, "extension": extension, "looks_like": found}
    if extension not in shape.extensions:
        said = Said(
            f"A {shape.label} file is asked for; the name ends in “{extension}”.",
            f"要求 {shape.label} 文件，但文件名以“{extension}”结尾。",
        )
        return FILE_TYPE.failed(said, cure, **facts)
    if not shape.begins.match(head) or not _has_parts(path, shape.parts):
        said = Said(
            f"The file is named {shape.label}, but its content is not {shape.label}.",
            f"文件名为 {shape.label}，但内容不是 {shape.label} 格式。",
        )
        return FILE_TYPE.failed(said, cure, **facts)
    return FILE_TYPE.passed(**facts)


def _has_parts(path: Path, parts: tuple[str, ...]) -> bool:
    if not parts:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return set(parts) <= set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
        return False


def polyglot(path: Path, declared: Declared) -> Finding:
    meant = format_meant(declared.format, declared.filename)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        extra = _second_format(path, view, meant)
    if not extra:
        return POLYGLOT.passed()
    said = Said(f"The file also holds something else: {extra}.", f"文件中还夹带其他内容：{extra}。")
    return POLYGLOT.failed(said, _SAVE_AGAIN, extra=extra)


def _second_format(path: Path, view: mmap.mmap, meant: Format | None) -> str:
    """What else the bytes are, in a word that reads the same in both languages; "" for nothing."""
    head = view[:1024]
    if meant not in _ZIPPED and zipfile.is_zipfile(path):
        return "ZIP"
    if meant is not Format.ZIP:  # whose first entry may be any of these, uncompressed
        if meant not in _PDFS and b"%PDF-" in head:
            return "PDF"
        if b"<script" in head.lower() or b"<html" in head.lower():
            return "HTML"
    end = _end_of(view, meant)
    return f"{len(view) - end} bytes" if view[end:].strip(b"\0\r\n\t ") else ""


def _end_of(view: mmap.mmap, meant: Format | None) -> int:
    """Where the format itself says that it ends; the length of the file where it does not say."""
    if meant in _PDFS:
        mark = view.rfind(b"%%EOF")
        return mark + 5 if mark >= 0 else len(view)
    if meant is Format.JPEG:
        mark = view.rfind(b"\xff\xd9")
        return mark + 2 if mark >= 0 else len(view)
    if meant in _ZIPPED:
        mark = view.rfind(b"PK\x05\x06")
        comment = int.from_bytes(view[mark + 20 : mark + 22], "little") if mark >= 0 else 0
        return min(mark + 22 + comment, len(view)) if mark >= 0 else len(view)
    if meant is Format.PNG:
        at = 8
        while at + 12 <= len(view):
            length, kind = int.from_bytes(view[at : at + 4], "big"), view[at + 4 : at + 8]
            at += 12 + length
            if kind == b"IEND":
                return min(at, len(view))
    return len(view)
