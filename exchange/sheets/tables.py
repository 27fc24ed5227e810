"""Imports with what was found in their files, and exports with the file they made."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from exchange.sheets.lifecycle import ImportState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    FIRMS = "firms"
    SITES = "sites"
    ITEMS = "items"
    CROSS_REFERENCES = "cross_references"
    SUPPLY_LINKS = "supply_links"
    OPEN_LINES = "open_lines"


class RowChoice(StrEnum):
    """What becomes of the good rows of a file with bad ones."""

    ALL = "all"  # all rows or none
    VALID = "valid"  # the valid rows alone


class SheetFormat(StrEnum):
    """In which form a sheet is given out."""

    XLSX = "xlsx"
    CSV = "csv"


class SheetImport(SQLModel, table=True):
    """One file taken in. ``party_id``: whose, 0 for the installation's. ``sha256``: the file, kept under it.

    The counts are of the preview, and of what was written once it is done. ``annotated_sha256``: the rows with what is
    wrong beside each. ``found_sha256``: what the preview found where the rows speak. ``left_out``: headers of columns and sheets nothing is known of, a line each.
    """

    __tablename__ = "sheet_import"
    id: int | None = key()
    party_id: int = Field(sa_type=RowNumber, index=True)
    by_user: int = Field(sa_type=RowNumber)
    kind: SheetKind = word(SheetKind)
    filename: str = Field(max_length=255)
    sha256: str = Field(max_length=64)
    state: ImportState = word(ImportState, ImportState.READING)
    choice: RowChoice | None = maybe_word(RowChoice)
    job_id: int = ref("job", index=False)
    run_job_id: int | None = ref("job", index=False, nullable=True)
    total: int = 0
    to_create: int = 0
    to_update: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: int = 0
    left_out: str = ""
    message_en: str = Field(default="", max_length=500)
    message_zh: str = Field(default="", max_length=500)
    annotated_sha256: str | None = Field(default=None, max_length=64)
    found_sha256: str | None = Field(default=None, max_length=64)
    version: int = 1
    opened_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SheetProblem(SQLModel, table=True):
    """One thing wrong with a file, in its order; of many, only the first are kept here, all in the annotated sheet."""

    __tablename__ = "sheet_problem"
    __table_args__ = (UniqueConstraint("import_id", "position"),)
    id: int | None = key()
    import_id: int = ref("sheet_import", index=False)
    position: int
    sheet: str = Field(max_length=60)
    cell: str = Field(max_length=12)
    column_zh: str = Field(max_length=60)
    column_en: str = Field(max_length=60)
    en: str = Field(max_length=600)
    zh: str = Field(max_length=600)
    cure_en: str = Field(default="", max_length=400)
    cure_zh: str = Field(default="", max_length=400)


class SheetChange(SQLModel, table=True):
    """One thing a row of a file would change, in its order; of many, only the first are kept."""

    __tablename__ = "sheet_change"
    __table_args__ = (UniqueConstraint("import_id", "position"),)
    id: int | None = key()
    import_id: int = ref("sheet_import", index=False)
    position: int
    cell: str = Field(max_length=12)
    about: str = Field(max_length=120)
    column_zh: str = Field(max_length=60)
    column_en: str = Field(max_length=60)
    was: str = Field(max_length=400)
    becomes: str = Field(max_length=400)


class SheetExport(SQLModel, table=True):
    """One sheet given out, to the person who asked alone. ``sha256``: the file, once the job has made it."""

    __tablename__ = "sheet_export"
    id: int | None = key()
    party_id: int = Field(sa_type=RowNumber, index=True)
    by_user: int = Field(sa_type=RowNumber)
    kind: SheetKind = word(SheetKind)
    format: SheetFormat = word(SheetFormat)
    job_id: int = ref("job", index=False)
    rows: int = 0
    sha256: str | None = Field(default=None, max_length=64)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope("sheet_import", "sheet_problem", "sheet_change", because="what a firm takes in is its own")
scope("sheet_export", because="a file holds what one person may see")
