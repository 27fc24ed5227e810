"""Sheets in and out: look at a file, write its rows, make a sheet. What the command line does goes the same way.

A file is read and judged outside any lock; its rows are written in one transaction, of a second or two for 50,000 rows,
together with the end of the import: all that or nothing, and only once however often the job runs.
"""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exchange.sheets import reads
from exchange.sheets.catalogue import KINDS
from exchange.sheets.judging import Kind, Sheet, judge_rows
from exchange.sheets.lifecycle import ImportState
from exchange.sheets.looking import CHANGED, as_found, changes, check_found, chosen, problems, read, spelled
from exchange.sheets.reading.grid import Unreadable
from exchange.sheets.verbs import Preview, finish_export, finish_import, judge_import
from exchange.sheets.writing import annotate, lines_left_out, write_sheet
from jobs.acting import as_person
from jobs.document_checks import at_hand
from kernel import storage
from kernel.access import SYSTEM, require
from kernel.errors import DomainError, NotAllowedNow, Rule
from kernel.progress.verbs import tell_progress
from kernel.work import unit_of_work

TRIES = 3
"""How often rows are judged anew because something changed meanwhile, before they are judged under the lock."""
GONE = Rule("import.person", "由其他同事重新导入", "a colleague, by importing the file anew")


class _Moved(Exception):
    """What the rows were judged by has changed since."""


def judge_sheet(event_id: int) -> None:
    """Read a file that was handed in and say what its rows would do. Safe to run twice."""
    if facts := _facts(event_id, "judge_sheet"):
        look(facts["import_id"], event_id=event_id)


def run_sheet(event_id: int) -> None:
    """Write the rows of an import. Safe to run twice: they are written with the claim, and only once."""
    if facts := _facts(event_id, "run_sheet"):
        write(facts["import_id"], event_id=event_id)


def make_sheet(event_id: int) -> None:
    """Make a sheet somebody asked for. Safe to run twice."""
    if not (facts := _facts(event_id, "make_sheet")):
        return
    export_id = facts["export_id"]
    with unit_of_work(writes=False) as work:
        asked = reads.exports_by_id(work, SYSTEM, [export_id])[0]
    kind = KINDS[asked.kind]
    with TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "sheet"
        with as_person(asked.by_user, GONE) as work:  # what is another firm's enters the ledger before the file is kept
            count = write_sheet(path, kind, kind.rows(work, work.actor), asked.format)
        digest = storage.keep(path.read_bytes())
    with unit_of_work() as work:
        if work.claim(event_id, by="make_sheet"):
            finish_export(work, export_id=export_id, rows=count, sha256=digest)


def look(import_id: int, *, event_id: int | None = None) -> None:
    """Judge a file and write the preview down; does nothing to one that is judged already."""
    with unit_of_work(writes=False) as work:
        asked = reads.imports_by_id(work, SYSTEM, [import_id])[0]
    if asked.state is not ImportState.READING:
        _settle(event_id, "judge_sheet")
        return
    kind, preview, fault = KINDS[asked.kind], None, ("", "")
    try:
        with at_hand(asked.sha256) as path:
            _tell(asked.job_id, 0, 0, "reading")
            sheet = read(kind, path, asked.filename)
            tell = _teller(asked.job_id, len(sheet.read), "judging")
            with as_person(asked.by_user, GONE) as work:
                judge_rows(kind, work, work.actor, sheet, tell)
            tell(len(sheet.read), "annotating")
            found = list(problems(sheet))
            preview = Preview(
                sheet.rows, found, list(lines_left_out(sheet)), _annotated(path.parent, sheet, found),
                _found(path.parent, sheet), list(changes(sheet)),
            )  # fmt: skip
    except Unreadable as unreadable:
        fault = (unreadable.en, unreadable.zh)
    except DomainError as refused:
        fault = (refused.en, refused.zh)
    with unit_of_work() as work:
        if event_id is None or work.claim(event_id, by="judge_sheet"):
            judge_import(work, import_id=import_id, preview=preview, fault=fault)


def write(import_id: int, *, event_id: int | None = None) -> None:
    """Write the rows of an import that was run; does nothing to one that has ended."""
    with unit_of_work(writes=False) as work:
        asked = reads.imports_by_id(work, SYSTEM, [import_id])[0]
    if asked.state is not ImportState.RUNNING:
        _settle(event_id, "run_sheet")
        return
    kind = KINDS[asked.kind]
    try:
        with at_hand(asked.sha256) as path:
            _tell(asked.run_job_id, 0, 0, "reading")
            sheet = read(kind, path, asked.filename)
        tell = _teller(asked.run_job_id, len(sheet.read), "judging")
        for last in (False,) * TRIES + (True,):
            with suppress(_Moved):
                _write(kind, sheet, asked, event_id, tell, judge_again=last)
                return
    except (DomainError, Unreadable) as refused:
        said = refused if isinstance(refused, DomainError) else NotAllowedNow(refused.en, refused.zh, rule=CHANGED)
        with unit_of_work() as work:
            if event_id is None or work.claim(event_id, by="run_sheet"):
                finish_import(work, import_id=import_id, rows=None, refused=said)


def _write(
    kind: Kind, sheet: Sheet, asked: Any, event_id: int | None, tell: Callable[..., None], *, judge_again: bool
) -> None:
    """Judge outside the lock, write under it if nothing has changed. Raises _Moved, DomainError."""
    previewed = _previewed(asked)
    with as_person(asked.by_user, GONE) as work:
        stamp = kind.stamp(work, work.actor)
        judge_rows(kind, work, work.actor, sheet, tell)
    check_found(sheet, previewed)
    tell(len(sheet.read), "writing")
    with _uncollected(), as_person(asked.by_user, GONE, writes=True) as work:
        if event_id is not None and not work.claim(event_id, by="run_sheet"):
            return
        kind.lock(work, work.actor, sheet.rows)
        if kind.stamp(work, work.actor) != stamp:
            if not judge_again:
                raise _Moved
            judge_rows(kind, work, work.actor, sheet)
            check_found(sheet, previewed)
        require(work.actor, *kind.roles)
        kind.write(work, work.actor, chosen(sheet, asked.choice))
        finish_import(work, import_id=asked.id, rows=sheet.rows)


@contextmanager
def _uncollected() -> Iterator[None]:
    """While everybody waits, nothing is looked through for garbage: a million cells are held, none of them in circles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _annotated(folder: Path, sheet: Sheet, found: list[Any]) -> str | None:
    """The SHA-256 of the kept file with what is wrong beside each row; None where nothing is."""
    if not found:
        return None
    path = folder / "annotated"
    annotate(path, sheet)
    return storage.keep(path.read_bytes())


def _found(folder: Path, sheet: Sheet) -> str:
    path = folder / "found"
    path.write_bytes(spelled(as_found(sheet)))
    return storage.keep(path.read_bytes())


def _previewed(asked: Any) -> Mapping[str, str] | None:
    """What the preview found; None of one made before that was kept."""
    if asked.found_sha256 is None:
        return None
    found: Mapping[str, str] = json.loads(b"".join(storage.read_back(asked.found_sha256)))
    return found


def _teller(job_id: int, total: int, at_first: str) -> Callable[..., None]:
    return lambda done, message=at_first: _tell(job_id, done, total, message)


def _tell(job_id: int, done: int, total: int, message: str) -> None:
    with unit_of_work() as work:
        tell_progress(work, job_id, progress=done, total=total, message=message)


def _settle(event_id: int | None, by: str) -> None:
    """The work was done by another way already; the relay need not send it again."""
    if event_id is not None:
        with unit_of_work() as work:
            work.claim(event_id, by=by)


def _facts(event_id: int, by: str) -> dict[str, Any]:
    """What a job reacts to; nothing once it has had its effect."""
    with unit_of_work(writes=False) as work:
        event = work.unclaimed(event_id, by=by)
        return event.facts if event else {}
