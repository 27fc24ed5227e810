"""Telling two firms of the terms that wait for them, and whoever is let look of what it may see and no longer sees."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_
from sqlmodel import col

from chain.links.tables import LinkDisclosure, SupplyLink
from chain.links.visibility import disclosures_visible_to, supply_links_visible_to
from chain.sharing.lifecycle import TermsState
from chain.sharing.tables import AccessGrant, Level, TermsAcceptance, TermsVersion
from chain.sharing.visibility import acceptances_visible_to, grants_visible_to, terms_between, terms_visible_to
from kernel.access import SYSTEM, Role
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.people.verbs import open_people
from kernel.work import UnitOfWork

MUST_ANSWER, TOLD = InboxReason.MUST_ANSWER, InboxReason.TOLD
LOOKERS = frozenset({Role.BUYER, Role.PLANNER, Role.LEAD})
"""Who of a firm works with what others let it see."""
MISSED_DAYS = 7
"""So long after its last day a grant's end is still told: a night may be missed."""


def tell_of_terms(work: UnitOfWork, *, terms_id: int, fact: str, by_party: int | None) -> None:
    """Whoever has not accepted a version is asked to; once it is declined or taken back, the other end is told."""
    version = _version(work, terms_id)
    other = version.second_id if by_party == version.first_id else version.first_id
    if version.state is TermsState.PROPOSED:
        _settle(work, version)
        _tell_signers(
            work, other, reason=MUST_ANSWER, subject=("Terms", terms_id), what="terms_to_accept",
            due_on=version.effective_on, once=f"terms_to_accept:{terms_id}",
        )  # fmt: skip
    elif what := {"TermsDeclined": "terms_declined", "TermsWithdrawn": "terms_withdrawn"}.get(fact):
        _settled(work, version, other, what)


def tell_of_accepted_terms(work: UnitOfWork, *, terms_id: int, at: datetime) -> None:
    """Both have accepted a version: the one that had done so before waits no longer. Together, neither waited."""
    waited = acceptances_visible_to(SYSTEM).where(
        col(TermsAcceptance.version_id) == terms_id, col(TermsAcceptance.at) < at
    )
    for earlier in work.rows(waited):
        _settled(work, _version(work, terms_id), earlier.firm_id, "terms_accepted")


def _version(work: UnitOfWork, terms_id: int) -> TermsVersion:
    return work.one(terms_visible_to(SYSTEM).where(col(TermsVersion.id) == terms_id))


def _settled(work: UnitOfWork, version: TermsVersion, firm_id: int, what: str) -> None:
    _settle(work, version)
    subject = ("Terms", version.id or 0)
    _tell_signers(work, firm_id, reason=TOLD, subject=subject, what=what, once=f"{what}:{version.id}")


def _settle(work: UnitOfWork, version: TermsVersion) -> None:
    settle_told(work, subject=("Terms", version.id or 0), whats=("terms_to_accept",))
    if version.number == 1:
        for link in work.rows(_links_between(version.first_id, version.second_id)):
            settle_told(work, subject=("SupplyLink", link.id), whats=("terms_missing",))


def _links_between(one: int, other: int) -> Select[SupplyLink]:
    supplier, buyer = col(SupplyLink.supplier_id), col(SupplyLink.buyer_id)
    pair = or_(and_(supplier == one, buyer == other), and_(supplier == other, buyer == one))
    return supply_links_visible_to(SYSTEM).where(pair)


def tell_of_missing_terms(work: UnitOfWork, *, link_id: int) -> None:
    """Two firms that know each other from now on are both asked to accept the standard terms, unless one has begun."""
    link = work.one(supply_links_visible_to(SYSTEM).where(col(SupplyLink.id) == link_id))
    versions = work.all(terms_between(link.supplier_id, link.buyer_id))
    if any(version.state in (TermsState.PROPOSED, TermsState.ACCEPTED) for version in versions):
        return
    for firm_id in (link.supplier_id, link.buyer_id):
        _tell_signers(
            work, firm_id, reason=MUST_ANSWER, subject=("SupplyLink", link_id), what="terms_missing",
            once=f"terms_missing:{link_id}",
        )  # fmt: skip


def _tell_signers(work: UnitOfWork, firm_id: int, **told: Any) -> None:
    """A firm's leads sign; where it has none, its sales."""
    led = any(Role.LEAD in person.roles.split() for person in open_people(work, firm_id))
    tell(work, party_id=firm_id, roles=frozenset({Role.LEAD if led else Role.SALES}), **told)


def tell_of_grant(work: UnitOfWork, *, grant_id: int, given: bool, event_id: int) -> None:
    """Whoever is let look is told that it may, or may no longer; of an exception, that the reach has changed."""
    grant = work.one(grants_visible_to(SYSTEM).where(col(AccessGrant.id) == grant_id))
    if grant.level is Level.NONE:
        _tell_lookers(work, grant, "access_changed", once=f"access_changed:{event_id}")
    elif given:
        _tell_lookers(work, grant, "access_granted", once=f"access_granted:{grant_id}")
    else:
        _tell_lookers(work, grant, "access_ended", once=f"access_ended:{grant_id}")


def tell_of_disclosure(work: UnitOfWork, *, disclosure_id: int, given: bool) -> None:
    """Whoever is let look at a partner's upstream links is told that it may, or may no longer."""
    shown = work.one(disclosures_visible_to(SYSTEM).where(col(LinkDisclosure.id) == disclosure_id))
    what = "links_disclosed" if given else "disclosure_revoked"
    tell(
        work, party_id=shown.viewer_id, roles=LOOKERS | {Role.SALES}, reason=TOLD, subject=("LinkDisclosure", disclosure_id),
        what=what, once=f"{what}:{disclosure_id}",
    )  # fmt: skip


def tell_of_ended_grants(work: UnitOfWork) -> None:
    """Grants whose last day has passed, each told once."""
    today = today_of(work.now)
    over = grants_visible_to(SYSTEM).where(
        col(AccessGrant.until) < today, col(AccessGrant.until) >= today - timedelta(days=MISSED_DAYS),
        col(AccessGrant.revoked_at).is_(None), col(AccessGrant.level) != Level.NONE,
    )  # fmt: skip
    for grant in work.all(over.order_by(col(AccessGrant.id))):
        _tell_lookers(work, grant, "access_ended", once=f"access_ended:{grant.id}")


def _tell_lookers(work: UnitOfWork, grant: AccessGrant, what: str, *, once: str) -> None:
    tell(
        work, party_id=grant.viewer_id, roles=LOOKERS, reason=TOLD, subject=("AccessGrant", grant.id or 0), what=what,
        once=once,
    )  # fmt: skip
