"""What is looked at in a ZIP container: names, number, real unpacked size, and archives inside it."""

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from delivery.checks.findings import Check, Declared, Finding, Said

MAX_UNPACKED = 200 << 20
MAX_RATIO = 100
RATIO_COUNTS_FROM = 1 << 20
MAX_ENTRIES = 2000
MAX_OFFICE_DEPTH = 2  # a sheet within a letter within a ZIP is common; plain archives are never nested

ARCHIVE_CONTENTS = Check(
    "archive-contents",
    1,
    Said(
        "A container has at most 2,000 plainly named entries, 200 MB unpacked, and no archive or program inside.",
        "压缩包最多含 2,000 个命名规范的文件，解压后不超过 200 MB，且不含嵌套压缩包或可执行程序。",
    ),
)

_OFFICE = (".xlsx", ".docx", ".pptx")
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst", ".jar", ".iso", ".cab")
# fmt: off
_PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".lnk",
    ".reg", ".sh", ".apk", ".docm", ".xlsm", ".pptm",
)
# fmt: on
_PACKED = re.compile(
    rb"PK\x03\x04|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd"
)
_RUNS = re.compile(rb"MZ[\s\S]{58}|\x7fELF")

_PACK_AGAIN = Said(
    "Pack the plain files again, without folders above or archives inside.",
    "请重新打包普通文件，不含上级路径和嵌套压缩包。",
)
_FAULTS: dict[str, Said] = {
    "broken": Said("the container is damaged", "压缩包已损坏"),
    "empty": Said("the container is empty", "压缩包为空"),
    "entries": Said("it has more than 2,000 entries", "所含文件超过 2,000 个"),
    "path": Said("an entry's name leads out of the container", "条目名称指向压缩包之外"),
    "link": Said("an entry is a link or a device", "条目为链接或设备"),
    "encrypted": Said("an entry is locked with a password", "条目已加密"),
    "twice": Said("two entries have the same name", "两个条目重名"),
    "overlap": Said("entries share the same bytes", "条目共用同一段数据"),
    "nested": Said("there is an archive inside", "包含嵌套压缩包"),
    "program": Said("there is a program inside", "包含可执行程序"),
    "unpacked": Said("it unpacks to more than 200 MB", "解压后超过 200 MB"),
    "ratio": Said("it unpacks to more than 100 times its size", "解压后超过原大小的 100 倍"),
}


@dataclass
class _Tally:
    """What has been unpacked so far, office files inside included, against what it was packed in."""

    packed: int = 0
    unpacked: int = 0
    entries: int = 0

    def is_over(self) -> str:
        if self.unpacked > MAX_UNPACKED:
            return "unpacked"
        if self.unpacked > RATIO_COUNTS_FROM and self.unpacked > MAX_RATIO * max(self.packed, 1):
            return "ratio"
        return "entries" if self.entries > MAX_ENTRIES else ""


def archive_contents(path: Path, declared: Declared) -> Finding:
    tally = _Tally(packed=path.stat().st_size)
    with path.open("rb") as file:
        fault, entry = _walk(file, tally, depth=0)
    if not fault:
        return ARCHIVE_CONTENTS.passed(entries=tally.entries, unpacked_bytes=tally.unpacked)
    what = _FAULTS[fault]
    said = Said(f"The container is refused: {what.en}.", f"压缩包被拒收：{what.zh}。")
    return ARCHIVE_CONTENTS.failed(said, _PACK_AGAIN, fault=fault, entry=ascii(entry)[1:-1][:120])


def _walk(file: IO[bytes], tally: _Tally, depth: int) -> tuple[str, str]:
    """The first fault and the entry it was found in; ("", "") for a clean container."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            tally.entries += len(entries)
            if not entries:
                return "empty", ""
            if fault := tally.is_over() or _layout_fault(entries):
                return fault, ""
            for entry in entries:
                if fault := _entry_fault(entry) or _content_fault(archive, entry, tally, depth):
                    return fault, entry.filename
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
        RuntimeError,
        ValueError,
    ):
        return "broken", ""
    return "", ""


def _layout_fault(entries: list[zipfile.ZipInfo]) -> str:
    if len({entry.filename for entry in entries}) < len(entries):
        return "twice"
    spans = sorted((e.header_offset, e.header_offset + 30 + len(e.orig_filename) + e.compress_size) for e in entries)
    return "overlap" if any(a[1] > b[0] for a, b in zip(spans, spans[1:], strict=False)) else ""


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    name, mode = entry.orig_filename, entry.external_attr >> 16
    pieces = re.split(r"[\\/]", name)
    if name.startswith(("/", "\\")) or ".." in pieces or ":" in name or any(ord(c) < 32 for c in name):
        return "path"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "link"
    if entry.flag_bits & 0x1:
        return "encrypted"
    if name.lower().endswith(_ARCHIVES):
        return "nested"
    return "program" if name.lower().endswith(_PROGRAMS) else ""


def _content_fault(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, tally: _Tally, depth: int) -> str:
    """Count the bytes that really come out: the sizes a container states may be lies."""
    inner = io.BytesIO()
    is_office = entry.filename.lower().endswith(_OFFICE) and depth < MAX_OFFICE_DEPTH
    with archive.open(entry) as packed:
        head = True
        while chunk := packed.read(1 << 16):
            if head and not is_office and _PACKED.match(chunk):
                return "nested"
            if head and _RUNS.match(chunk) and b"\0" in chunk:
                return "program"
            head = False
            tally.unpacked += len(chunk)
            if fault := tally.is_over():
                return fault
            if is_office:
                inner.write(chunk)
    return _walk(inner, tally, depth + 1)[0] if is_office and inner.tell() else ""
