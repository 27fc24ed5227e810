"""How readings get into the access ledger: in the change's own transaction, else in a short one before the answer leaves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kernel import db
from kernel.access import Actor
from kernel.ledger.tables import AccessEntry
from kernel.ledger.visibility import readings_of

ONE_READING = timedelta(hours=1)
"""The same person reading the same thing under the same grant again within it reads once, unless it is given more."""


@dataclass(frozen=True)
class Reading:
    """What a person was given of an owner's; several in one request are one."""

    owner_id: int
    viewer_id: int | None
    viewer_user: int
    viewer_roles: str
    what: str
    subject_kind: str | None
    subject_id: int | None
    grant_kind: str | None
    grant_id: int | None
    exported: bool


Readings = Mapping[Reading, int]
"""Reading -> how many rows were given at once."""


def not_yet_kept(session: Session, readings: Readings, actor: Actor, now: datetime) -> Readings:
    """Those the ledger has no entry of within the hour. Exports are each kept."""
    people, owners = {r.viewer_user for r in readings}, {r.owner_id for r in readings}
    asked = readings_of(actor, people, owners, now - ONE_READING)
    kept: dict[Reading, int] = {}
    for entry in session.scalars(asked).all():
        known = Reading(**{name: getattr(entry, name) for name in Reading.__dataclass_fields__})
        kept[known] = max(entry.rows, kept.get(known, 0))
    return {r: rows for r, rows in readings.items() if r.exported or kept.get(r, 0) < rows}


def add_entries(session: Session, readings: Readings, now: datetime) -> None:
    written = [asdict(reading) | {"rows": rows, "at": now} for reading, rows in readings.items()]
    db.insert_many(session, AccessEntry.__table__, written)  # type: ignore[attr-defined]


def keep_apart(readings: Readings, now: datetime) -> None:
    """Write them in a transaction of their own. Whatever it raises keeps the answer from leaving."""
    with db.session(writes=True) as session:
        add_entries(session, readings, now)
        session.commit()
