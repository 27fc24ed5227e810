"""Two firms are told of the terms between them, and each of what it is let see."""

from chain.sharing import telling
from kernel.work import unit_of_work


def tell_of_terms(event_id: int) -> None:
    """A version of a pair's terms was proposed, accepted, declined or withdrawn. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_terms")
        if event is None:
            return
        terms_id = event.facts["terms_id"]
        if event.facts.get("by_both"):
            telling.tell_of_accepted_terms(work, terms_id=terms_id, at=event.at)
        else:
            telling.tell_of_terms(work, terms_id=terms_id, fact=event.kind, by_party=event.by_party)


def tell_of_missing_terms(event_id: int) -> None:
    """Two firms have found each other by a proposal: terms come before trade. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_missing_terms")
        if event:
            telling.tell_of_missing_terms(work, link_id=event.facts["link_id"])


def tell_of_grant(event_id: int) -> None:
    """A grant was given or taken back. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_grant")
        if event:
            given = event.kind == "AccessGranted"
            telling.tell_of_grant(work, grant_id=event.facts["grant_id"], given=given, event_id=event_id)


def tell_of_disclosure(event_id: int) -> None:
    """A firm lets another look at its upstream links, or no longer. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_disclosure")
        if event:
            given = event.kind == "LinksDisclosed"
            telling.tell_of_disclosure(work, disclosure_id=event.facts["disclosure_id"], given=given)


def tell_of_ended_grants() -> None:
    """Every night: grants whose last day has passed. Safe to run twice, and to be missed for some days."""
    with unit_of_work() as work:
        telling.tell_of_ended_grants(work)
