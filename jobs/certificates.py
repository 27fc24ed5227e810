"""Certificates: check the scan, let standings follow, tell of the end 60, 30 and 7 days before."""

from typing import Any

from chain.certificates.lifecycle import FileState
from chain.certificates.reads import certificates_by_id, ending, versions_by_id
from chain.certificates.verbs import finish_certificate_check, remind_of_end
from chain.qualification.verbs import settle_standings
from delivery.checks.findings import Declared, Verdict
from delivery.checks.formats import Format
from delivery.checks.run import check_file
from jobs.document_checks import at_hand
from jobs.facts import facts_of
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.work import unit_of_work


def check_certificate(event_id: int) -> None:
    """Check the file of a version outside any transaction. Safe to run twice: written with the claim, once."""
    facts = facts_of(event_id)
    with unit_of_work(writes=False) as work:
        version = versions_by_id(work, SYSTEM, [facts["version_id"]])[0]
    clean = version.file_state is not FileState.CHECKING or _is_clean(version)
    with unit_of_work() as work:
        if work.claim(event_id, by="check_certificate") and version.file_state is FileState.CHECKING:
            finish_certificate_check(work, version_id=version.id, clean=clean)


def _is_clean(version: Any) -> bool:
    declared = Declared(version.filename, version.size, version.sha256, Format.ANY)
    with at_hand(version.sha256) as path:
        report = check_file(path, declared, lambda check, done, total: None)
    return report.verdict is not Verdict.FAILED


def settle_by_verdict(event_id: int) -> None:
    """A buyer verified a version, or no longer sees it. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="settle_by_verdict")
        if event:
            settle_standings(work, supplier_id=event.facts["owner_id"], buyer_id=event.facts["buyer_id"])


def settle_by_withdrawal(event_id: int) -> None:
    """A certificate holds no longer: every buyer's standing that rests on it follows. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="settle_by_withdrawal")
        if event:
            (certificate,) = certificates_by_id(work, SYSTEM, [event.facts["certificate_id"]])
            settle_standings(work, supplier_id=certificate.owner_id)


def settle_by_category(event_id: int) -> None:
    """A category needs other certificates than before. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="settle_by_category")
        if event:
            settle_standings(work, category_id=event.facts["category_id"])


def watch_certificates() -> None:
    """Every morning: remind of what ends, and let lapse what has ended.

    Safe to run twice, and to be missed for days: what is due is told once, when the job next runs.
    """
    with unit_of_work() as work:
        for version, days, firms in ending(work, today_of(work.now)):
            for firm_id in firms:
                remind_of_end(work, version=version, firm_id=firm_id, days=days)
        settle_standings(work, day_passed=True)
