"""A repeated request is answered as the first time: the key goes in before the effect, in one transaction."""

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from kernel.access import unscoped
from kernel.db import insert_new
from kernel.errors import Invalid, Rule
from kernel.tables import IdempotencyKey
from kernel.work import UnitOfWork

KEPT_HOURS = 24
OTHER_BODY = Rule("idempotency.same_key_other_body", "调用方使用新的 Idempotency-Key", "the caller, with a new key")


def remember(work: UnitOfWork, key: str, fingerprint: str) -> bytes | None:
    """Take a key for this request; the first answer if it was taken before.

    A second sender of the same key waits here until the first has committed. Raises Invalid for another body.
    """
    row = {"user_id": work.actor.user_id, "key": key, "fingerprint": fingerprint, "at": work.now}
    with unscoped("a caller's own key"):
        if insert_new(work.session, IdempotencyKey.__table__, row):  # type: ignore[attr-defined]
            return None
        taken = work.session.execute(
            select(IdempotencyKey.fingerprint, IdempotencyKey.answer).where(*_is(work, key))  # type: ignore[call-overload]
        ).one()
    if taken.fingerprint != fingerprint or taken.answer is None:
        raise Invalid(
            "Idempotency-Key",
            "this Idempotency-Key was used for another request; send a new key for a new request",
            "该 Idempotency-Key 已用于另一个请求；新的请求请使用新的键",
            rule=OTHER_BODY,
        )
    answer: bytes = taken.answer
    return answer


def answered(work: UnitOfWork, key: str) -> bytes | None:
    """What a key taken before was answered with, whatever it was taken for: a form is known again by its key."""
    with unscoped("a caller's own key"):
        found: bytes | None = work.session.execute(select(IdempotencyKey.answer).where(*_is(work, key))).scalar()  # type: ignore[call-overload]
    return found


def keep(work: UnitOfWork, key: str, answer: bytes) -> None:
    with unscoped("a caller's own key"):
        work.session.execute(update(IdempotencyKey).where(*_is(work, key)).values(answer=answer))


def _is(work: UnitOfWork, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(IdempotencyKey.user_id) == work.actor.user_id, col(IdempotencyKey.key) == key
