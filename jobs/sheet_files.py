"""Sheets on the command line: the same steps as the pages take, done at once."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from exchange.outcome import Outcome
from exchange.sheets import reads
from exchange.sheets.catalogue import KINDS as SHEETS
from exchange.sheets.judging import Action, Kind, Sheet, counted, judge_rows
from exchange.sheets.lifecycle import ImportState
from exchange.sheets.looking import ALL_ROWS, VALID_ROWS, as_format, problems, read
from exchange.sheets.reading.grid import Unreadable
from exchange.sheets.verbs import EXPORTERS, Found, preview_import, run_import
from exchange.sheets.writing import lines_left_out, write_sheet
from jobs import people, sheets
from kernel.access import SYSTEM, require
from kernel.uploads.verbs import open_upload, slot, store_upload
from kernel.work import unit_of_work

KINDS: Mapping[str, Kind] = {kind.replace("_", "-"): SHEETS[kind] for kind in SHEETS}
MOST_TOLD = 200


def take_in(kind: str, content: bytes, *, email: str, dry_run: bool, filename: str, only_valid: bool) -> Outcome:
    """Look at a sheet; unless it is a dry run or a row is refused (and not ``only_valid``), write it. Raises DomainError."""
    of = KINDS[kind]
    with TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "content"
        path.write_bytes(content)
        try:
            sheet = read(of, path, filename)
        except Unreadable as fault:
            return Outcome(complaints=(f"{fault.en} / {fault.zh}",))
        with unit_of_work(writes=False) as work:
            work.actor = people.actor(work, email)
            require(work.actor, *of.roles)
            judge_rows(of, work, work.actor, sheet)
        found = list(problems(sheet))
        if dry_run or (found and not only_valid):
            return Outcome(tuple(_told(sheet)), tuple(_said(one) for one in found[:MOST_TOLD]) + _more(found))
        return _written(of, path, email=email, filename=filename, only_valid=only_valid, found=found)


def _written(kind: Kind, path: Path, *, email: str, filename: str, only_valid: bool, found: list[Found]) -> Outcome:
    """The steps of the pages, one after the other: hand in, preview, run."""
    content = path.read_bytes()
    digest = sha256(content).hexdigest()
    with unit_of_work() as work:
        actor = work.actor = people.actor(work, email)
        upload = open_upload(work, actor, filename=filename or "stdin", size=len(content), sha256=digest)
        assert upload.id is not None
        store_upload(work, slot(work, upload.id), path, size=len(content), sha256=digest)
        import_id = preview_import(work, actor, upload_id=upload.id, kind=kind.kind).id or 0
    sheets.look(import_id)
    with unit_of_work() as work:
        work.actor = people.actor(work, email)
        seen = reads.imports_by_id(work, SYSTEM, [import_id])[0]
        if seen.to_create + seen.to_update == 0:
            return Outcome((_counts(seen.to_create, seen.to_update, seen.unchanged, seen.refused),))
        choice = VALID_ROWS if only_valid else ALL_ROWS
        run_import(work, work.actor, import_id=import_id, expected_version=seen.version, choice=choice)
    sheets.write(import_id)
    with unit_of_work(writes=False) as work:
        done = reads.imports_by_id(work, SYSTEM, [import_id])[0]
    if done.state is not ImportState.DONE:
        return Outcome(complaints=(f"{done.message_en} / {done.message_zh}",))
    left = tuple(_said(one) for one in found[:MOST_TOLD]) + _more(found)
    return Outcome((_counts(done.to_create, done.to_update, done.unchanged, done.refused), *left))


def give_out(kind: str, *, email: str, filename: str | None) -> bytes:
    """All of a kind that this person may see: CSV to the terminal or a .csv file, else a workbook. Raises DomainError."""
    of = KINDS[kind]
    with TemporaryDirectory(prefix="sheet-") as folder:
        path = Path(folder) / "sheet"
        with unit_of_work(writes=False) as work:
            work.actor = people.actor(work, email)
            require(work.actor, *EXPORTERS)
            write_sheet(path, of, of.rows(work, work.actor), as_format(filename))
        return path.read_bytes()


def _told(sheet: Sheet) -> list[str]:
    by = counted(sheet.rows)
    counts = _counts(by[Action.CREATE], by[Action.UPDATE], by[Action.UNCHANGED], by[Action.REFUSED])
    return [counts, *(f"not used / 未使用: {line}" for line in lines_left_out(sheet))]


def _counts(new: int, changed: int, same: int, refused: int) -> str:
    return f"new {new}, changed {changed}, unchanged {same}, refused {refused} / 新增 {new}，更新 {changed}，不变 {same}，未通过 {refused}"


def _said(one: Found) -> str:
    en, zh = (f"{said}; {cure}" if cure else said for said, cure in zip(one.said, one.cure, strict=True))
    return f"{one.sheet} {one.cell}: {en} / {zh}"


def _more(found: list[Found]) -> tuple[str, ...]:
    more = len(found) - MOST_TOLD
    return (f"{more} more problems are not listed / 另有 {more} 个问题未列出",) if more > 0 else ()
