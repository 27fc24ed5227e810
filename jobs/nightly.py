"""Jobs of the night: the audit trail holds, and what has ended is forgotten."""

from kernel import audit, db
from kernel.housekeeping import forget_ended_sessions, forget_old_keys, forget_old_readings
from kernel.work import unit_of_work


class TrailBroken(Exception):
    """The audit trail does not hold. The job stays on the dead list until a person has looked."""


def verify_audit_trail() -> None:
    """Read every chain from its start. Raises TrailBroken naming each place."""
    if found := broken_places():
        raise TrailBroken("; ".join(found))


def broken_places() -> list[str]:
    with db.session(writes=False) as session:
        # Chains and their heads must be of one instant; SQLite reads so anyway.
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return [f"party {b.party_id}, entry {b.number}: {b.what}" for b in audit.verify(session)]


def forget_what_has_ended() -> None:
    """Idempotency keys past their day, sessions nobody can resume, readings past two years. Safe to run twice."""
    with unit_of_work() as work:
        forget_old_keys(work)
        forget_ended_sessions(work)
        forget_old_readings(work)
