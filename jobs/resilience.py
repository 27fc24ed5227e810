"""The command `chainmaster resilience`: measures of a network of plain files; no database, no settings."""

import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from time import monotonic

import orjson

from chain.network.csv_rows import Bad, Refused
from chain.network.files import read_network
from chain.network.report import Asked, report
from jobs.refusal import Refusal

MOST_TOLD = 100
"""Bad rows named one by one; of the others the number is enough, and the file of the result has it."""
SECONDS_BETWEEN = 1.0


class Telling:
    """What is said on standard error while the command runs."""

    def __init__(self) -> None:
        self.bad_rows, self.last, self.what = 0, 0.0, ""

    def bad(self, bad: Bad) -> None:
        self.bad_rows += 1
        if self.bad_rows <= MOST_TOLD:
            print(bad, file=sys.stderr, flush=True)

    def read(self, file: str, rows: int) -> None:
        print(f"{file}: {rows} rows read", file=sys.stderr, flush=True)

    def done(self, what: str, done: int, of: int) -> None:
        if what == self.what and done < of and monotonic() < self.last + SECONDS_BETWEEN:
            return
        self.what, self.last = what, monotonic()
        print(f"{what}: {done}/{of}" if what == "esri" and done else what, file=sys.stderr, flush=True)


def resilience(given: Namespace) -> None:
    """Read, measure, write. Raises Refusal for a file that cannot be read or written."""
    telling, out = Telling(), None if given.json == "-" else Path(given.json)
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise Refusal(f"{given.json} cannot be written: there is no such folder, or it is one itself")
    try:
        files = read_network(
            Path(given.firms), Path(given.links), classes=_path(given.classes), bom=_path(given.bom),
            cover=_path(given.cover), psi=_path(given.psi), default_kind=given.default_class, strict=given.strict,
            tell=telling.bad, progress=telling.read,
        )  # fmt: skip
    except Refused as refused:
        raise Refusal(str(refused)) from None
    if telling.bad_rows:
        print(f"{telling.bad_rows} bad rows are left out", file=sys.stderr, flush=True)
    asked = Asked(given.measures, given.eps, given.theta, given.top, given.workers)
    found = report(files, asked, telling.done)
    for name, why in found.get("not_measured", {}).items():
        print(f"{name} is not measured: {why}", file=sys.stderr, flush=True)
    content = orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    # Beside and then in place: whoever looks finds the old result or the new one, never half of it.
    half = out.with_name(f".{out.name}.half")
    try:
        half.write_bytes(content)
        half.replace(out)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise Refusal(f"{given.json} cannot be written: {error.strerror}") from None


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None
