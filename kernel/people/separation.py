"""Separated duties on one thing: whoever did the first step does not do the next, where somebody else could."""

from dataclasses import dataclass

from sqlmodel import col

from kernel.access import SYSTEM, Actor, Role
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.errors import NotAllowedNow, Rule
from kernel.tables import Event
from kernel.visibility import events_about
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class Separation:
    """Whoever did ``first`` (told by one of ``facts``) does not do ``then`` to the same thing. ``role``: what ``then`` needs.

    ``strict``: it takes two persons in the smallest firm too.
    """

    first: str
    then: str
    facts: tuple[str, ...]
    role: Role
    en: str
    zh: str
    strict: bool = False

    @property
    def rule(self) -> Rule:
        return Rule(
            f"separated.{self.then}", "本单位另一位具有该角色的人员办理", "another person of your firm with that role"
        )


def require_other(work: UnitOfWork, actor: Actor, separation: Separation, kind: str, number: int) -> None:
    """The actor did not do the first step to this thing, or nobody else of its firm has the role. Raises NotAllowedNow."""
    own = events_about(actor, kind, number).where(
        col(Event.kind).in_(separation.facts), col(Event.by_user) == actor.user_id
    )
    if actor.party_id is None or work.maybe(own.limit(1)) is None:
        return
    people = people_visible_to(SYSTEM).where(
        col(Person.party_id) == actor.party_id, col(Person.id) != actor.user_id, col(Person.closed_at).is_(None)
    )
    if separation.strict or any(separation.role in person.roles.split() for person in work.rows(people)):
        raise NotAllowedNow(
            f"{separation.en}: you did that step yourself, so another person of your firm does this one",
            f"{separation.zh}：前一步骤由您本人完成，须由本单位另一人员办理",
            rule=separation.rule,
        )
