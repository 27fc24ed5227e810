"""Sheets in and out: what kinds there are, what a file would do, what became of it."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import camel, connection, ident, many, maybe, said
from api.types.firms import Node
from api.types.jobs import Job
from exchange.sheets import reads
from exchange.sheets.catalogue import KINDS
from kernel.handouts import Handout, hand_out


def _of_lang(zh: str, en: str) -> Any:
    return lambda row, info: getattr(row, zh if info.context.lang == "zh" else en)


class SheetColumn(graphene.ObjectType):
    """A column of a kind of sheet; any order, headed in Chinese or English."""

    field = said(graphene.String, "Its name, which heads it too.")
    title = said(graphene.String, "How it is headed, in the language of the request.", resolver=_of_lang("zh", "en"))
    key = said(graphene.Boolean, "Says which record a row is about; always filled in.")
    needed = said(graphene.Boolean, "Filled in for a new record.", resolver=lambda row, info: row.key or row.new)
    example = said(graphene.String, "An example.")
    note = said(graphene.String, "What it takes.", resolver=_of_lang("note_zh", "note_en"))


class SheetKindCard(graphene.ObjectType):
    """A kind of sheet."""

    kind = said(enums.SheetKind, "Which.")
    name = said(graphene.String, "Its name in the language of the request.", resolver=_of_lang("zh", "en"))
    may_import = said(graphene.Boolean, "Whether your duty lets you import it.",
                      resolver=lambda row, info: info.context.acting.has(*row.roles))  # fmt: skip
    most_rows = said(graphene.Int, "Rows of one file at most.", resolver=lambda row, info: row.most)
    columns = many(SheetColumn, "Its columns.")


class SheetFile(graphene.ObjectType):
    """A small file, whole."""

    filename = said(graphene.String, "Its name.")
    media_type = said(graphene.String, "Its media type.")
    content = said(graphene.String, "Its bytes in base 64.")


class SheetProblem(graphene.ObjectType):
    """One thing wrong with a file."""

    sheet = said(graphene.String, "The sheet; CSV for a text file.")
    cell = said(graphene.String, "The cell, such as C17; a bare number is a row.")
    column = said(graphene.String, "The column's name.", resolver=_of_lang("column_zh", "column_en"))
    message = said(graphene.String, "What is wrong, in the language of the request.", resolver=_of_lang("zh", "en"))
    cure = said(
        graphene.String,
        "What would be right; empty where the message says it.",
        resolver=_of_lang("cure_zh", "cure_en"),
    )


class SheetChange(graphene.ObjectType):
    """One thing a row of a file would change."""

    cell = said(graphene.String, "The cell, such as C17; a bare number is a row.")
    about = said(graphene.String, "What it changes, such as order and line.")
    column = said(graphene.String, "The column's name.", resolver=_of_lang("column_zh", "column_en"))
    was = said(graphene.String, "What is asked or known now.")
    becomes = said(graphene.String, "What the row says.")


def _kind(row: Any, info: Any = None) -> Any:
    """What its rows are; found by its id, a row comes with the kind of thing it is itself."""
    return getattr(row, "row", row).kind


def _file(digest: str | None, name: str, info: Any) -> str | None:
    if digest is None:
        return None
    return str(info.context.address(f"/files/{hand_out(Handout(digest, name), info.context.work.now)}"))


def _annotated(row: Any, info: Any) -> str | None:
    name = row.filename.rpartition(".")[0] or row.filename
    return _file(row.annotated_sha256, f"{name}-problems.xlsx", info)


class SheetImport(graphene.ObjectType):
    """One file taken in, known to your firm."""

    class Meta:
        interfaces = (Node,)

    id = ident("SheetImport")
    kind = said(enums.SheetKind, "What its rows are.", resolver=_kind)
    filename = said(graphene.String, "Its name.")
    state = said(enums.SheetImportState, "How far it is.")
    version = said(graphene.Int, "The version to answer.")
    choice = maybe(enums.RowChoice, "What was chosen when it was run.")
    job = maybe(Job, "The job that reads it.", resolver=lambda row, info: info.context.batches["job"].one(row.job_id))
    run_job = maybe(
        Job, "The job that writes it.", resolver=lambda row, info: info.context.batches["job"].one(row.run_job_id)
    )
    total = said(graphene.Int, "Rows in all, blank ones left out.")
    to_create = said(graphene.Int, "Rows that make something new; that made it, once it is done.")
    to_update = said(graphene.Int, "Rows that change something known; that changed it, once it is done.")
    unchanged = said(graphene.Int, "Rows that say what is known already.")
    refused = said(graphene.Int, "Rows with a problem.")
    problem_count = said(
        graphene.Int, "Problems in all; of many, the first 200 are listed.", resolver=lambda row, info: row.problems
    )
    left_out = many(graphene.String, "Columns and sheets nothing is known of.",
                    resolver=lambda row, info: reads.left_out(row, chinese=info.context.lang == "zh"))  # fmt: skip
    message = said(
        graphene.String, "Why nothing could be read or written.", resolver=_of_lang("message_zh", "message_en")
    )
    annotated_url = maybe(
        graphene.String,
        "The rows with what is wrong beside each, as a workbook; good for five minutes.",
        resolver=_annotated,
    )
    opened_at = said(DateTime, "When it was handed in.")
    finished_at = maybe(DateTime, "When it ended.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(verb) for verb in reads.import_verbs(info.context.acting, row, KINDS[_kind(row)].roles)],
    )  # fmt: skip


class SheetExport(graphene.ObjectType):
    """One sheet given out, known to you alone."""

    class Meta:
        interfaces = (Node,)

    id = ident("SheetExport")
    kind = said(enums.SheetKind, "What its rows are.", resolver=_kind)
    format = said(enums.SheetFormat, "In which form.")
    job = maybe(Job, "The job that makes it.", resolver=lambda row, info: info.context.batches["job"].one(row.job_id))
    rows = said(graphene.Int, "Rows, once it is made.")
    url = maybe(
        graphene.String, "The file, for an hour after it was made; the address is good for five minutes.",
        resolver=lambda row, info: _file(reads.file_of(row, info.context.work.now), f"{_kind(row)}.{row.format}", info),
    )  # fmt: skip
    asked_at = said(DateTime, "When it was asked for.")
    made_at = maybe(DateTime, "When it was made.")


SheetImportConnection = connection(SheetImport, "SheetImport")
SheetProblemConnection = connection(SheetProblem, "SheetProblem")
SheetChangeConnection = connection(SheetChange, "SheetChange")
SheetExportConnection = connection(SheetExport, "SheetExport")

USUAL_LENGTHS = {
    "Query.sheetKinds": 6, "SheetKindCard.columns": 13, "SheetImport.leftOut": 3, "SheetImport.openVerbs": 1,
}  # fmt: skip
