"""What people do with a file of another system: hand it in, to be tried or taken in whole."""

from base64 import b64decode
from binascii import Error
from dataclasses import replace

from exchange.events import UblImported
from exchange.kinds import IMPORTS, UblKind
from exchange.outcome import Outcome
from exchange.ubl.official import official_on
from exchange.warned import warnings_of
from kernel.access import Actor, Role, require
from kernel.errors import Faulty, Invalid, Limit, Rule
from kernel.work import UnitOfWork

MOST_BYTES = 700 * 1024
"""What a request can carry, in base 64."""
LARGER = Rule(
    "ubl.size", "用命令行导入更大的文件（至 20 MB）", "whoever imports it by the command line, which takes 20 MB"
)
WHOLE = Rule("ubl.file", "发送方更正文件", "the sender, by mending the file")


class _Tried(Exception):
    """Undoes what was done only to see what it would do."""


def import_ubl(work: UnitOfWork, actor: Actor, *, kind: UblKind, content: str, dry_run: bool = False) -> Outcome:
    """Take a UBL file in by the verb it stands for, all of it or nothing; with ``dry_run`` only say what it would do.

    content: its bytes in base 64. Raises NotAllowedNow, Limit, and Faulty with every complaint of the file.
    """
    require(actor, Role.BUYER, Role.SALES)
    file, outcome = _bytes_of(content), Outcome()
    importer = IMPORTS.get(kind.value)
    if importer is None:
        raise Invalid("kind", f"a file of the kind {kind.name} is only given out", f"{kind.name} 只能导出，不能导入")
    try:
        with work.savepoint():
            warnings = (*warnings_of(work, actor, file, going_out=False),)  # before it changes what stands
            outcome = importer(work, actor, file)
            if not outcome.complaints:  # a file that is refused keeps nobody waiting
                outcome = replace(outcome, warnings=(*warnings, *official_on(file, sealed=kind is UblKind.QUOTATION)))
            if outcome.complaints or dry_run:
                raise _Tried
            work.record(UblImported(kind=kind.value))
    except _Tried:
        pass
    if outcome.complaints:
        raise Faulty("content", outcome.complaints, rule=WHOLE)
    return outcome


def _bytes_of(content: str) -> bytes:
    if len(content) > MOST_BYTES * 4 // 3 + 4:
        raise Limit(
            f"a file sent in a request has at most {MOST_BYTES} bytes; split it, or import it by the command line",
            f"通过请求发送的文件最大 {MOST_BYTES} 字节；请拆分，或用命令行导入",
            fields=("content",), rule=LARGER,
        )  # fmt: skip
    try:
        return b64decode(content, validate=True)
    except (Error, ValueError):
        raise Invalid("content", "send the bytes of the file in base 64", "请以 base64 编码发送文件内容") from None
