"""Open a file somebody sent: which kind it is by its first bytes, and read in a child that may break down alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from delivery.checks.sandbox import Cause, Ended, Limits, in_a_child
from exchange.sheets.reading.csv_text import read_csv
from exchange.sheets.reading.grid import Grid, IsHeader, Unreadable, packed, unpacked
from exchange.sheets.reading.xlsx import read_xlsx

LARGEST_BYTES = 50 * 1024 * 1024
LIMITS = Limits(memory_bytes=768 << 20, cpu_seconds=90, wall_seconds=180, answer_bytes=160 << 20)
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
TOO_LARGE = (
    f"a sheet may hold at most {LARGEST_BYTES >> 20} MB; leave out pictures and other sheets, or split it",
    f"文件不得超过 {LARGEST_BYTES >> 20} MB；请删除图片和无关工作表，或拆分后导入",
)
TOO_MUCH = (
    "this file needs more memory or time than a sheet of 100,000 rows does; copy the rows into a new workbook, or split it",
    "读取该文件所需的内存或时间超出十万行数据的范围；请将数据复制到新的工作簿，或拆分后导入",
)
BROKEN = ("this file cannot be read; open it and save it anew as .xlsx", "无法读取该文件；请打开后重新保存为 .xlsx")


def open_grid(path: Path, is_header: IsHeader, *, limits: Limits = LIMITS) -> Grid:
    """The rows of the sheet in a file. Raises Unreadable."""
    if path.stat().st_size > LARGEST_BYTES:
        raise Unreadable(*TOO_LARGE)
    told = in_a_child(lambda: _read(path, is_header), limits)
    if isinstance(told, Ended):
        raise Unreadable(
            *(BROKEN if told.cause in (Cause.ERROR, Cause.SIGNAL) and told.detail != "answer too long" else TOO_MUCH)
        )
    if "fault" in told:
        raise Unreadable(*told["fault"])
    return unpacked(told)


def _read(path: Path, is_header: IsHeader) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            head = file.read(8)
        if head.startswith(OLE):
            raise Unreadable(
                "this is an old .xls or a workbook locked with a password; save it as .xlsx without a password",
                "该文件是旧版 .xls 或带密码的工作簿；请另存为不带密码的 .xlsx",
            )
        return packed(read_xlsx(path, is_header) if head.startswith(ZIP) else read_csv(path, is_header))
    except Unreadable as fault:
        return {"fault": [fault.en, fault.zh]}
