"""What the installation forgets by itself once it is of no more use."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from kernel.access import unscoped
from kernel.accounts.decisions import LONGEST_SESSION
from kernel.accounts.tables import SignInFailure, SignInSession
from kernel.idempotency import KEPT_HOURS
from kernel.ledger.tables import AccessEntry
from kernel.tables import IdempotencyKey
from kernel.work import UnitOfWork

LEDGER_DAYS = 2 * 366
"""How long a firm can look up who read what of its: two years, leap days included."""


def forget_old_keys(work: UnitOfWork) -> None:
    """Answers kept for repeated requests, once their time is over."""
    with unscoped("a clock decides, not a person"):
        until = work.now - timedelta(hours=KEPT_HOURS)
        work.session.execute(delete(IdempotencyKey).where(col(IdempotencyKey.at) < until))


def forget_ended_sessions(work: UnitOfWork) -> None:
    """Sign-in sessions no one can resume, and wrong passwords of days gone by."""
    with unscoped("a clock decides, not a person"):
        begun = work.now - LONGEST_SESSION
        work.session.execute(delete(SignInSession).where(col(SignInSession.begun_at) < begun))
        failed = work.now - timedelta(days=1)
        work.session.execute(delete(SignInFailure).where(col(SignInFailure.last_at) < failed))


def forget_old_readings(work: UnitOfWork) -> None:
    """Entries of the access ledger past their two years."""
    with unscoped("a clock decides, not a person"):
        until = work.now - timedelta(days=LEDGER_DAYS)
        work.session.execute(delete(AccessEntry).where(col(AccessEntry.at) < until))
