"""Letting somebody in for the first time: by a signed link, good for two weeks and once, a first password is set."""

from datetime import datetime, timedelta

from sqlmodel import col

from kernel.access import SYSTEM
from kernel.accounts.decisions import is_fit
from kernel.accounts.events import PasswordSet
from kernel.accounts.tables import Person
from kernel.accounts.verbs import HASHER, begin_session
from kernel.accounts.visibility import people_visible_to
from kernel.errors import Invalid, NotFound
from kernel.signing import sign, subject_of
from kernel.work import UnitOfWork

GOOD_FOR_DAYS = 14
PURPOSE = "first password"


def invitation(person_id: int, now: datetime) -> str:
    """The token of a link to hand over; the same all day, so that looking twice shows one link."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return sign(PURPOSE, str(person_id), midnight + timedelta(days=GOOD_FOR_DAYS + 1))


def invited(work: UnitOfWork, token: str, *, lock: bool = False) -> Person:
    """Who is let in by a link. Raises NotFound when forged, past its time, used, or the account is closed."""
    number = int(subject_of(PURPOSE, token, work.now))
    person = work.one(people_visible_to(SYSTEM).where(col(Person.id) == number), lock=lock)
    if person.password_hash is not None or person.closed_at is not None:
        raise NotFound
    return person


def set_first_password(work: UnitOfWork, token: str, password: str) -> tuple[str, Person]:
    """(session token, person). Raises NotFound as ``invited`` does, Invalid("password")."""
    person = invited(work, token, lock=True)
    if not is_fit(password):
        raise Invalid(
            "password",
            "a password has 12 to 200 characters and is no common one",
            "密码需 12 至 200 位且不能是常见密码",
        )
    person.password_hash = HASHER.hash(password)
    assert person.id is not None
    work.record(PasswordSet(person_id=person.id))
    return begin_session(work, person), person
