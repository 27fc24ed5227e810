"""Facts about sheets in and out."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class ImportPreviewed(Fact):
    """A file was handed in; a job reads it."""

    about = {"import_id": "SheetImport"}
    import_id: int


@dataclass(frozen=True)
class ImportJudged(Fact):
    about = {"import_id": "SheetImport"}
    import_id: int
    readable: bool


@dataclass(frozen=True)
class ImportRun(Fact):
    """A person has it written; a job does."""

    about = {"import_id": "SheetImport"}
    import_id: int
    choice: str


@dataclass(frozen=True)
class ImportFinished(Fact):
    about = {"import_id": "SheetImport"}
    import_id: int
    written: bool
    created: int
    updated: int


@dataclass(frozen=True)
class SheetExportAsked(Fact):
    about = {"export_id": "SheetExport"}
    export_id: int


@dataclass(frozen=True)
class SheetExported(Fact):
    about = {"export_id": "SheetExport"}
    export_id: int
    rows: int
