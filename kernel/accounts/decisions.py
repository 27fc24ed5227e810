"""When a wrong password costs a wait, which passwords are taken at all, and who manages a firm's people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from kernel.access import Actor, Role, any_of

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
SHORTEST_PASSWORD = 12

IDLE_MINUTES = 30
IDLE_MINUTES_OFFICIAL = 15
LONGEST_SESSION = timedelta(hours=12)

_COMMON = frozenset({"password1234", "123456789012", "qwertyuiop12", "passwordpassword", "111111111111"})


def wait_until(failures: int, last_at: datetime, *, free: int = FREE_TRIES) -> datetime:
    """From when another try is heard: five tries are free, then 1 s, doubling to 15 minutes."""
    if failures < free:
        return last_at
    return last_at + min(LONGEST_WAIT, timedelta(seconds=2 ** min(failures - free, 12)))


def is_fit(password: str) -> bool:
    """Length beats spelling rules (ASVS 6.2.1, 6.2.4): 12 to 200 characters, not a common one."""
    return SHORTEST_PASSWORD <= len(password) <= 200 and password.lower() not in _COMMON and len(set(password)) > 3


def session_ends(begun_at: datetime, seen_at: datetime, *, official: bool) -> datetime:
    idle = timedelta(minutes=IDLE_MINUTES_OFFICIAL if official else IDLE_MINUTES)
    return min(seen_at + idle, begun_at + LONGEST_SESSION)


def actor_of(person: Any) -> Actor:
    """As whom a person acts; ``person``: a row of the table or of a read."""
    assert person.id is not None
    return Actor(person.id, person.party_id, any_of(person.roles.split()), person.region)


def managers(people: Sequence[Any]) -> list[Any]:
    """Who manages the people of a firm, of those whose accounts are open: its leads, or else whoever is there longest."""
    leads = [person for person in people if Role.LEAD in person.roles.split()]
    return leads or sorted(people, key=lambda person: (person.created_at, person.id))[:1]
