"""Hand a file in, have it written, ask for a sheet; and, for the jobs, write down what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col

from exchange.sheets.catalogue import KINDS
from exchange.sheets.events import (
    ImportFinished,
    ImportJudged,
    ImportPreviewed,
    ImportRun,
    SheetExportAsked,
    SheetExported,
)
from exchange.sheets.judging import Action, Judged, counted
from exchange.sheets.lifecycle import IMPORT_LIFE, ImportSide, ImportState
from exchange.sheets.tables import (
    RowChoice,
    SheetChange,
    SheetExport,
    SheetFormat,
    SheetImport,
    SheetKind,
    SheetProblem,
)
from exchange.sheets.visibility import exports_visible_to, imports_visible_to
from kernel.access import SYSTEM, Actor, Role, Side, own_party, require
from kernel.errors import DomainError, Invalid, Limit, NotAllowedNow, Rule, Stale
from kernel.progress.tables import JobState
from kernel.progress.verbs import finish_job, queue_job
from kernel.uploads.tables import Upload, UploadState
from kernel.uploads.visibility import uploads_visible_to
from kernel.work import UnitOfWork

MOST_SHOWN = 200
MOST_AT_ONCE = 5
MOST_LEFT_OUT = 2000
STUCK_AFTER = timedelta(hours=1)
"""What has not ended by then waits for a person, and keeps nobody from the next."""
TOO_MANY = Rule("import.at_once", "等待前面的导入或导出完成", "nobody; wait until those before it have ended")
EXPORTERS = (Role.LEAD, Role.SALES, Role.BUYER, Role.PLANNER, Role.QUALITY, Role.OPERATOR)


def preview_import(work: UnitOfWork, actor: Actor, *, upload_id: int, kind: SheetKind) -> SheetImport:
    """Hand in a file: a job reads it and says what every row would do. Nothing is changed yet.

    Raises NotFound, NotAllowedNow while its bytes have not come, Limit.
    """
    require(actor, *KINDS[kind].roles)
    upload = work.one(uploads_visible_to(actor).where(col(Upload.id) == upload_id), lock=True, field="uploadId")
    if upload.state is UploadState.OPEN:
        raise NotAllowedNow(
            "the bytes of this file have not come yet; send them to the upload's address first",
            "该文件的内容尚未上传；请先上传到给定地址",
            rule=Rule("upload.bytes", "先上传文件内容", "sending the bytes"),
        )
    _check_at_once(work, actor)
    job = queue_job(work, party_id=own_party(actor), kind="preview_import", subject=("SheetImport", 0))
    assert job.id is not None
    opened = work.add(
        SheetImport(
            party_id=own_party(actor), by_user=actor.user_id, kind=kind, filename=upload.filename, sha256=upload.sha256,
            job_id=job.id, opened_at=work.now,
        )
    )  # fmt: skip
    assert opened.id is not None
    job.subject_id, upload.state = opened.id, UploadState.USED
    work.record(ImportPreviewed(import_id=opened.id))
    return opened


def _check_at_once(work: UnitOfWork, actor: Actor) -> None:
    busy = (ImportState.READING, ImportState.RUNNING)
    since = work.now - STUCK_AFTER
    imports = imports_visible_to(actor).where(col(SheetImport.state).in_(busy), col(SheetImport.opened_at) > since)
    exports = exports_visible_to(actor).where(col(SheetExport.made_at).is_(None), col(SheetExport.asked_at) > since)
    waiting = work.count(imports) + work.count(exports)
    if waiting >= MOST_AT_ONCE:
        raise Limit(
            f"{waiting} imports and exports of yours are under way; wait until one has ended",
            f"已有 {waiting} 个导入导出任务正在进行，请等待其完成", rule=TOO_MANY,
        )  # fmt: skip


def run_import(
    work: UnitOfWork, actor: Actor, *, import_id: int, expected_version: int, choice: RowChoice
) -> SheetImport:
    """Have the rows written: all of them or none, or the valid ones alone. Raises NotFound, NotAllowedNow, Stale, Invalid."""
    mine = imports_visible_to(actor).where(col(SheetImport.id) == import_id)
    found = work.one(mine, lock=True, field="importId")
    require(actor, *KINDS[found.kind].roles)
    if found.version != expected_version:
        raise Stale(found.version)
    state = IMPORT_LIFE.after(found.state, "run_import", by=ImportSide.IMPORTER)
    if choice is RowChoice.ALL and found.refused:
        raise Invalid(
            "rows", f"{found.refused} rows are refused: mend them and hand the file in again, or choose the valid rows",
            f"有 {found.refused} 行未通过：请更正后重新上传，或选择只导入有效行",
        )  # fmt: skip
    if not found.to_create + found.to_update:
        raise Invalid("rows", "no row of this file would change anything", "该文件没有需要写入的行")
    _check_at_once(work, actor)
    job = queue_job(work, party_id=found.party_id, kind="run_import", subject=("SheetImport", import_id))
    found.state, found.choice, found.run_job_id = state, choice, job.id
    found.version += 1
    work.record(ImportRun(import_id=import_id, choice=choice))
    return found


@dataclass(frozen=True)
class Found:
    """One thing wrong with a file, and where."""

    sheet: str
    cell: str
    column: tuple[str, str]
    said: tuple[str, str]
    cure: tuple[str, str]


@dataclass(frozen=True)
class Changed:
    """One thing a row would change, and where the row says so."""

    cell: str
    about: str
    column: tuple[str, str]
    was: str
    becomes: str


@dataclass(frozen=True)
class Preview:
    """What was found in a readable file. ``annotated``: SHA-256 of the kept file with what is wrong beside each row;
    ``found``: of what the records said where the rows speak."""

    rows: Sequence[Judged]
    problems: Sequence[Found]
    left_out: Sequence[str]
    annotated: str | None
    found: str | None = None
    changes: Sequence[Changed] = ()


def judge_import(
    work: UnitOfWork, *, import_id: int, preview: Preview | None, fault: tuple[str, str] = ("", "")
) -> None:
    """Write down what a file would do, or (``fault``, en and zh) why nothing can be read from it."""
    found = work.one(imports_visible_to(SYSTEM).where(col(SheetImport.id) == import_id), lock=True)
    outcome = "unreadable" if preview is None else "read"
    found.state = IMPORT_LIFE.after(found.state, "judge_import", by=Side.SYSTEM, outcome=outcome)
    found.version += 1
    if preview is None:
        found.message_en, found.message_zh, found.finished_at = fault[0][:500], fault[1][:500], work.now
    else:
        _count(found, preview.rows)
        found.problems, found.annotated_sha256 = len(preview.problems), preview.annotated
        found.found_sha256 = preview.found
        found.left_out = "\n".join(preview.left_out)[:MOST_LEFT_OUT]
        work.add_many(
            SheetChange, [_changed(import_id, n, one) for n, one in enumerate(preview.changes[:MOST_SHOWN], 1)]
        )
        work.add_many(SheetProblem, [_row(import_id, n, one) for n, one in enumerate(preview.problems[:MOST_SHOWN], 1)])
    finish_job(work, found.job_id, state=JobState.DONE if preview else JobState.FAILED, message=outcome)
    work.record(ImportJudged(import_id=import_id, readable=preview is not None))


def _count(found: SheetImport, rows: Sequence[Judged]) -> None:
    by = counted(rows)
    found.total = len(rows)
    found.to_create, found.to_update = by[Action.CREATE], by[Action.UPDATE]
    found.unchanged, found.refused = by[Action.UNCHANGED], by[Action.REFUSED]


def _row(import_id: int, position: int, one: Found) -> dict[str, object]:
    return {
        "import_id": import_id, "position": position, "sheet": one.sheet[:60], "cell": one.cell[:12],
        "column_en": one.column[0][:60], "column_zh": one.column[1][:60], "en": one.said[0][:600],
        "zh": one.said[1][:600], "cure_en": one.cure[0][:400], "cure_zh": one.cure[1][:400],
    }  # fmt: skip


def _changed(import_id: int, position: int, one: Changed) -> dict[str, object]:
    return {
        "import_id": import_id, "position": position, "cell": one.cell[:12], "about": one.about[:120],
        "column_en": one.column[0][:60], "column_zh": one.column[1][:60], "was": one.was[:400],
        "becomes": one.becomes[:400],
    }  # fmt: skip


def finish_import(
    work: UnitOfWork, *, import_id: int, rows: Sequence[Judged] | None, refused: DomainError | None = None
) -> None:
    """Write down that the rows were written, in the transaction that wrote them, or why none was."""
    found = work.one(imports_visible_to(SYSTEM).where(col(SheetImport.id) == import_id), lock=True)
    outcome = "written" if rows is not None else "refused"
    found.state = IMPORT_LIFE.after(found.state, "finish_import", by=Side.SYSTEM, outcome=outcome)
    found.version += 1
    found.finished_at = work.now
    if rows is not None:
        _count(found, rows)
    if refused is not None:
        found.message_en, found.message_zh = refused.en[:500], refused.zh[:500]
    if found.run_job_id is not None:
        finish_job(
            work, found.run_job_id, state=JobState.DONE if rows is not None else JobState.FAILED, message=outcome
        )
    written = (found.to_create, found.to_update) if rows is not None else (0, 0)
    work.record(ImportFinished(import_id=import_id, written=rows is not None, created=written[0], updated=written[1]))


def export_sheet(work: UnitOfWork, actor: Actor, *, kind: SheetKind, format: SheetFormat) -> SheetExport:
    """Ask for a sheet of all one may see of a kind; a job makes it, for this person alone. Raises NotAllowedNow, Limit."""
    require(actor, *EXPORTERS)
    _check_at_once(work, actor)
    job = queue_job(work, party_id=own_party(actor), kind="export_sheet", subject=("SheetExport", 0))
    assert job.id is not None
    asked = work.add(
        SheetExport(
            party_id=own_party(actor), by_user=actor.user_id, kind=kind, format=format, job_id=job.id, asked_at=work.now
        )
    )
    assert asked.id is not None
    job.subject_id = asked.id
    work.record(SheetExportAsked(export_id=asked.id))
    return asked


def finish_export(work: UnitOfWork, *, export_id: int, rows: int, sha256: str) -> None:
    """Write down that the file is made and kept."""
    found = work.one(exports_visible_to(SYSTEM).where(col(SheetExport.id) == export_id), lock=True)
    found.rows, found.sha256, found.made_at = rows, sha256, work.now
    finish_job(work, found.job_id, state=JobState.DONE)
    work.record(SheetExported(export_id=export_id, rows=rows))
