"""What people ask about accounts."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from kernel.access import Actor
from kernel.accounts.tables import Person
from kernel.accounts.visibility import not_let_in as waiting
from kernel.accounts.visibility import people_visible_to
from kernel.work import UnitOfWork


def person(work: UnitOfWork, actor: Actor, person_id: int) -> Person:
    return work.one(people_visible_to(actor).where(col(Person.id) == person_id))


def people_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """Those of them the actor may know: itself and its colleagues."""
    return work.rows(people_visible_to(actor).where(col(Person.id).in_(numbers)))


def not_let_in(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """Which of these people have set no password yet."""
    return work.rows(waiting(actor, numbers))


def colleague_by_email(work: UnitOfWork, actor: Actor, email: str) -> Person | None:
    """A person of the actor's own firm, by address."""
    mine = people_visible_to(actor).where(col(Person.email) == email.strip().lower())
    return work.maybe(mine.where(col(Person.party_id) == actor.party_id))
