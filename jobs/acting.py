"""A job that works for a person acts as that person does now: with the firm and the roles held at that moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from kernel.access import SYSTEM
from kernel.accounts.reads import people_by_id
from kernel.accounts.verbs import actor_of
from kernel.errors import NotAllowedNow, Rule
from kernel.work import UnitOfWork, unit_of_work


def account_closed(rule: Rule) -> NotAllowedNow:
    """The refusal of work whose person is no more. rule: who may take it up."""
    return NotAllowedNow("the account that began this is closed", "发起人的账号已关闭", rule=rule)


@contextmanager
def as_person(person_id: int, rule: Rule, *, writes: bool = False) -> Iterator[UnitOfWork]:
    """A unit of work as somebody. Raises ``account_closed`` for a person who is no more."""
    with unit_of_work(writes=writes) as work:
        person = next(iter(people_by_id(work, SYSTEM, [person_id])), None)
        if person is None or person.closed_at is not None:
            raise account_closed(rule)
        work.actor = actor_of(person)
        yield work
