"""A person is known to itself and to its own firm; an operator knows all who may sign in."""

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


def sessions_of(actor: Actor) -> Select[SignInSession]:
    return seen_by(actor, select(SignInSession).where(col(SignInSession.person_id) == actor.user_id))


def tokens_of(actor: Actor) -> Select[ApiToken]:
    return seen_by(actor, select(ApiToken).where(col(ApiToken.person_id) == actor.user_id))
