"""What people ask about the people of their own firm."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col

from kernel.access import Actor, Role, any_of
from kernel.accounts.decisions import managers
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.paging import Page, page
from kernel.people.decisions import FIRM_ROLES, Conflict, conflicts_of, is_waiting
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class PersonSeen:
    """A colleague. ``waiting``: invited, and has set no password; ``verbs``: what the viewer may do to it now."""

    id: int
    email: str
    name: str
    roles: list[Role]
    conflicts: list[Conflict]
    manages: bool
    waiting: bool
    created_at: datetime
    closed_at: datetime | None
    verbs: list[str]


def people(work: UnitOfWork, actor: Actor, *, closed: bool, first: int | None, after: str | None) -> Page:
    """The colleagues of one's own firm, first come first; with those whose accounts are closed, or without."""
    party = -1 if actor.party_id is None else actor.party_id
    own = people_visible_to(actor).where(col(Person.party_id) == party)
    open_now = own.where(col(Person.closed_at).is_(None))
    found = page(work, own if closed else open_now, Person, first=first, after=after, newest=False)
    managing = {person.id for person in managers(work.rows(open_now))}
    seen = [_seen(actor, person, managing) for person in found.rows]
    return Page(seen, found.has_next, found.has_previous, own if closed else open_now)


def colleague(work: UnitOfWork, actor: Actor, person_id: int) -> PersonSeen:
    own = people_visible_to(actor).where(col(Person.party_id) == actor.party_id)
    person = work.one(own.where(col(Person.id) == person_id))
    return _seen(actor, person, {p.id for p in managers(work.rows(own.where(col(Person.closed_at).is_(None))))})


def manages(work: UnitOfWork, actor: Actor) -> bool:
    """Whether the actor manages its firm's people."""
    if actor.party_id is None or actor.of_firm is not None or not actor.has(*FIRM_ROLES):
        return False
    own = people_visible_to(actor).where(col(Person.party_id) == actor.party_id, col(Person.closed_at).is_(None))
    return actor.user_id in {person.id for person in managers(work.rows(own))}


def _seen(actor: Actor, person: Person, managing: set[int | None]) -> PersonSeen:
    roles = any_of(person.roles.split())
    may = actor.user_id in managing and actor.has(*FIRM_ROLES) and person.closed_at is None
    verbs = [] if not may or person.id == actor.user_id else _verbs(person, roles)
    return PersonSeen(
        id=person.id or 0, email=person.email, name=person.name, roles=sorted(roles), conflicts=conflicts_of(roles),
        manages=person.id in managing, waiting=is_waiting(person),
        created_at=person.created_at, closed_at=person.closed_at, verbs=verbs,
    )  # fmt: skip


def _verbs(person: Person, roles: frozenset[Role]) -> list[str]:
    found = ["renew_invitation"] if is_waiting(person) else []
    found += ["give_role"] if set(FIRM_ROLES) - roles else []
    return [*found, *(["withdraw_role"] if len(roles) > 1 else []), "close_person"]
