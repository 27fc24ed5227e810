"""The life of one import: read and judged by a job, looked at by a person, run by a job."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class ImportState(StrEnum):
    """How far an import is."""

    READING = "reading"  # a job reads the file and judges every row; nothing is changed
    PREVIEWED = "previewed"  # waits for a person to run it
    UNREADABLE = "unreadable"  # no sheet of this kind could be read from the file
    RUNNING = "running"  # a job writes the rows
    DONE = "done"
    FAILED = "failed"  # nothing was written; the message says why


class ImportSide(StrEnum):
    """Who moves an import besides the jobs."""

    IMPORTER = "importer"


READING, PREVIEWED, UNREADABLE, RUNNING, DONE, FAILED = ImportState
SYSTEM, IMPORTER = Side.SYSTEM, ImportSide.IMPORTER

IMPORT_LIFE = Lifecycle(
    ("import", "导入"),
    #    verb             by        while in     becomes     outcome
    Move("judge_import",  SYSTEM,   {READING},   PREVIEWED,  "read"),
    Move("judge_import",  SYSTEM,   {READING},   UNREADABLE, "unreadable"),
    Move("run_import",    IMPORTER, {PREVIEWED}, RUNNING),
    Move("finish_import", SYSTEM,   {RUNNING},   DONE,       "written"),
    Move("finish_import", SYSTEM,   {RUNNING},   FAILED,     "refused"),
    begins={READING},
)  # fmt: skip
