"""Check the file of a submitted revision: outside any transaction, told as it goes, written down once."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from delivery.checks.findings import Declared
from delivery.checks.run import Report, check_file
from delivery.documents.reads import revisions_by_id
from delivery.documents.verbs import Checked, finish_checks
from delivery.requirements.reads import requirements_by_id
from jobs.facts import facts_of
from kernel import storage
from kernel.access import SYSTEM
from kernel.progress.tables import JobState
from kernel.progress.verbs import finish_job, tell_progress
from kernel.work import unit_of_work

NAME = "check_document"


def check_document(event_id: int) -> None:
    """Check a submitted file. Safe to run twice: findings are written with the claim, and only once."""
    facts = facts_of(event_id)
    with unit_of_work(writes=False) as work:
        revision = revisions_by_id(work, SYSTEM, [facts["revision_id"]])[0]
        requirement = requirements_by_id(work, SYSTEM, [facts["requirement_id"]])[0]
    declared = Declared(
        revision.filename, revision.size, revision.sha256, requirement.format,
        number=facts["number"], revision=facts["revision"],
    )  # fmt: skip

    def tell(check: str, done: int, total: int) -> None:
        with unit_of_work() as work:
            tell_progress(work, facts["job_id"], progress=done, total=total, message=check)

    with at_hand(revision.sha256) as path:
        report = check_file(path, declared, tell)
        preview = _kept_preview(path.parent, report)
    with unit_of_work() as work:
        if work.claim(event_id, by=NAME):
            finish_checks(work, revision_id=revision.id, checked=_checked(report, preview))
            finish_job(work, facts["job_id"], state=JobState.DONE, message=report.verdict)


@contextmanager
def at_hand(digest: str) -> Iterator[Path]:
    """The kept content as a file of its own, gone afterwards."""
    with TemporaryDirectory(prefix="check-") as folder:
        path = Path(folder) / "content"
        with path.open("wb") as file:
            for piece in storage.read_back(digest):
                file.write(piece)
        yield path


def _kept_preview(folder: Path, report: Report) -> str | None:
    if report.preview_png is None:
        return None
    digest = sha256(report.preview_png).hexdigest()
    picture = folder / "preview"
    picture.write_bytes(report.preview_png)
    storage.keep_file(picture, digest)
    return digest


def _checked(report: Report, preview: str | None) -> Checked:
    return Checked(
        verdict=report.verdict, findings=report.findings, media_type=report.media_type,
        page_count=report.page_count, text_excerpt=report.text_excerpt, preview_sha256=preview,
    )  # fmt: skip
