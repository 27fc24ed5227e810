"""What people ask about applications: the applicant about its own, the reviewer about all, an inviter how far one is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col

from chain.firms.reads import firms_by_id
from chain.firms.tables import Firm
from chain.firms.verbs import near_firms
from chain.firms.visibility import firms_visible_to
from chain.registration.decisions import seen_by_applicant
from chain.registration.lifecycle import APPLICATION_LIFE, ApplicationSide, ApplicationState
from chain.registration.tables import (
    Application,
    ApplicationCheck,
    ApplicationColleague,
    ApplicationPaper,
    ApplicationReview,
    CheckKind,
    CheckOwner,
    CheckResult,
)
from chain.registration.visibility import (
    applications_visible_to,
    checks_visible_to,
    colleagues_visible_to,
    papers_visible_to,
    reviews_visible_to,
)
from kernel.access import Actor, Role
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.paging import Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class CheckSeen:
    """A line of the checklist as its reader may see it."""

    application_id: int
    kind: CheckKind
    owner: CheckOwner
    result: CheckResult
    note: str
    by_user: int | None
    checked_at: datetime | None


@dataclass(frozen=True)
class ColleagueSeen:
    """Somebody named in an application; ``person_id``: the account it has, once there is one to hand a link to."""

    application_id: int
    email: str
    name: str
    roles: str
    person_id: int | None


def applications(
    work: UnitOfWork, actor: Actor, *, states: Collection[ApplicationState] | None, mine: bool,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """Newest first; ``mine``: those the actor fills in itself."""
    statement = applications_visible_to(actor)
    if mine:
        statement = statement.where(col(Application.applicant_id) == actor.user_id)
    if states is not None:
        statement = statement.where(col(Application.state).in_(states))
    return page(work, statement, Application, first=first, after=after)


def applications_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(applications_visible_to(actor).where(col(Application.id).in_(numbers)))


def colleagues_of(work: UnitOfWork, actor: Actor, application_ids: Collection[int]) -> Sequence[ColleagueSeen]:
    """Those named in applications, the applicant first."""
    named = colleagues_visible_to(actor).where(col(ApplicationColleague.application_id).in_(application_ids))
    rows = work.rows(named.order_by(col(ApplicationColleague.id)))
    party = -1 if actor.party_id is None else actor.party_id
    own = people_visible_to(actor).where(col(Person.party_id) == party)
    people = {p.email: p.id for p in work.rows(own.where(col(Person.email).in_([row.email for row in rows])))}
    return [ColleagueSeen(r.application_id, r.email, r.name, r.roles, people.get(r.email)) for r in rows]


def papers_of(work: UnitOfWork, actor: Actor, application_ids: Collection[int]) -> Sequence[Any]:
    handed = papers_visible_to(actor).where(col(ApplicationPaper.application_id).in_(application_ids))
    return work.rows(handed.order_by(col(ApplicationPaper.id)))


def reviews_of(work: UnitOfWork, actor: Actor, application_ids: Collection[int]) -> Sequence[Any]:
    """Decisions, the newest first."""
    decided = reviews_visible_to(actor).where(col(ApplicationReview.application_id).in_(application_ids))
    return work.rows(decided.order_by(col(ApplicationReview.id).desc()))


def checks_of(work: UnitOfWork, actor: Actor, application_ids: Collection[int]) -> Sequence[CheckSeen]:
    """The checklist in its own order; the applicant's one does not tell whether a like name is here."""
    own = checks_visible_to(actor).where(col(ApplicationCheck.application_id).in_(application_ids))
    seen = _for_reviewer if actor.has(Role.OPERATOR, Role.SYSTEM) else _for_applicant
    order = list(CheckKind)
    return [seen(row) for row in sorted(work.rows(own), key=lambda row: order.index(row.kind))]


def _for_reviewer(row: Any) -> CheckSeen:
    return CheckSeen(row.application_id, row.kind, row.owner, row.result, row.note, row.by_user, row.checked_at)


def _for_applicant(row: Any) -> CheckSeen:
    result = seen_by_applicant(row.kind, row.result)
    told = result is row.result
    return CheckSeen(
        row.application_id, row.kind, row.owner, result, row.note if told else "", None,
        row.checked_at if told else None,
    )  # fmt: skip


def near_to(work: UnitOfWork, actor: Actor, firm_id: int | None) -> Sequence[Any]:
    """Firms of the same prefecture with a near-same name, for the reviewer; nobody else is told of any."""
    if not actor.has(Role.OPERATOR) or firm_id is None:
        return []
    firm = work.maybe(firms_visible_to(actor).where(col(Firm.id) == firm_id))
    return [] if firm is None else firms_by_id(work, actor, near_firms(work, firm))


def applicant_to_let_in(actor: Actor, application: Any) -> int | None:
    """The account whose first link this person hands over: whoever wrote the invitation."""
    found: int | None = application.applicant_id if application.invited_by == actor.user_id else None
    return found


def application_verbs(actor: Actor, application: Any) -> list[str]:
    """What this person may do to an application now: the step it is at first, then what may be mended."""
    if application.applicant_id == actor.user_id:
        return APPLICATION_LIFE.verbs(application.state, ApplicationSide.APPLICANT)
    if not actor.has(Role.OPERATOR):
        return []
    found = APPLICATION_LIFE.verbs(application.state, ApplicationSide.REVIEWER)
    return ["record_check", *found] if found else []
