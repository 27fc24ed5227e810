"""A person is known to itself and to its own firm; an operator knows all who may sign in."""

from collections.abc import Collection

from sqlalchemy import Select, false, or_, select
from sqlmodel import col

from kernel.access import Actor, Role, seen_by
from kernel.accounts.tables import ApiToken, Person, SignInSession


def people_visible_to(actor: Actor) -> Select[Person]:
    people = select(Person)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return seen_by(actor, people)
    mine = col(Person.party_id) == actor.party_id if actor.party_id is not None else false()
    return seen_by(actor, people.where(or_(col(Person.id) == actor.user_id, mine)))


def not_let_in(actor: Actor, numbers: Collection[int]) -> Select[int | None]:
    """Which of these have set no password yet: a bare number, asked for those one may hand a link to."""
    waiting = select(col(Person.id)).where(
        col(Person.id).in_(numbers), col(Person.password_hash).is_(None), col(Person.closed_at).is_(None)
    )
    return seen_by(actor, waiting)


def sessions_of(actor: Actor) -> Select[SignInSession]:
    return seen_by(actor, select(SignInSession).where(col(SignInSession.person_id) == actor.user_id))


def tokens_of(actor: Actor) -> Select[ApiToken]:
    return seen_by(actor, select(ApiToken).where(col(ApiToken.person_id) == actor.user_id))
