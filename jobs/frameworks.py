"""Framework agreements whose last day has passed expire, and whoever must approve, answer or know is told."""

from collaboration.frameworks import telling
from collaboration.frameworks.reads import over_frameworks
from collaboration.frameworks.verbs import expire_framework
from collaboration.scheduling_agreements.telling import tell_of_agreement
from kernel import clock
from kernel.work import unit_of_work


def expire_frameworks() -> None:
    """Each in a transaction of its own. Safe to run twice."""
    with unit_of_work(writes=False) as work:
        over = over_frameworks(work, clock.today_of(work.now))
    for framework_id in over:
        with unit_of_work() as work:
            expire_framework(work, framework_id=framework_id)


def tell_of_framework(event_id: int) -> None:
    """A framework or an amendment of it was submitted, approved, answered, withdrawn, or is over. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_framework")
        if event:
            telling.tell_of_framework(
                work, framework_id=event.facts["framework_id"], fact=event.kind, number=event.facts.get("number"),
                event_id=event_id,
            )  # fmt: skip


def tell_of_scheduling(event_id: int) -> None:
    """A scheduling agreement was proposed, answered or ended, or a release of it published or answered. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_scheduling")
        if event:
            tell_of_agreement(
                work, agreement_id=event.facts["agreement_id"], release_id=event.facts.get("release_id"),
                fact=event.kind, event_id=event_id,
            )  # fmt: skip
