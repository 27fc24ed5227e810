"""The tamper-evident trail: one SHA-256 chain per party, written with the change it tells of."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from kernel.access import unscoped
from kernel.db import insert_many, insert_new
from kernel.tables import AuditEntry, AuditHead, Event

START = "0" * 64
_spelled = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Written(NamedTuple):
    """An event as it was written among many; what an entry tells of one."""

    id: int
    kind: str
    facts: dict[str, Any]
    by_user: int
    by_party: int | None
    at: datetime


Recorded = Event | Written


@dataclass(frozen=True)
class Broken:
    """Where a chain does not hold: the party, the number of the entry, and what is wrong with it."""

    party_id: int
    number: int
    what: str


def body_of(event: Recorded) -> str:
    """The canonical text an entry vouches for: sorted JSON, so that one fact has one spelling."""
    told = {
        "event": event.id, "kind": event.kind, "facts": event.facts,
        "user": event.by_user, "party": event.by_party, "at": event.at.isoformat(),
    }  # fmt: skip
    return _spelled(told)


def link(previous: str, party_id: int, number: int, body: str) -> str:
    """The hash of an entry. Lengths go before texts, so that no two entries share one spelling."""
    text = body.encode()
    return sha256(f"{previous}|{party_id}|{number}|{len(text)}|".encode() + text).hexdigest()


def append(session: Session, events: Sequence[Recorded]) -> None:
    """Chain events to the trail of the party that acted. The head is locked until the transaction ends."""
    for party_id in sorted({e.by_party or 0 for e in events}):
        head, entries = _head(session, party_id), []
        number, previous = head.number, head.hash
        for event in events:
            if (event.by_party or 0) != party_id:
                continue
            number, body = number + 1, body_of(event)
            digest = link(previous, party_id, number, body)
            entries.append(
                {"party_id": party_id, "number": number, "event_id": event.id, "at": event.at, "body": body,
                 "previous": previous, "hash": digest}
            )  # fmt: skip
            previous = digest
        insert_many(session, AuditEntry.__table__, entries)  # type: ignore[attr-defined]
        head.number, head.hash = number, previous


def _head(session: Session, party_id: int) -> AuditHead:
    own = select(AuditHead).where(col(AuditHead.party_id) == party_id).with_for_update()
    if (found := session.scalars(own).one_or_none()) is not None:
        return found
    insert_new(session, AuditHead.__table__, {"party_id": party_id, "number": 0, "hash": START})  # type: ignore[attr-defined]
    return session.scalars(own).one()


def verify(session: Session) -> Iterator[Broken]:
    """Every place where a chain is broken: changed, missing, reordered, or cut short of its head."""
    with unscoped("verification reads every chain"):
        for head in session.scalars(select(AuditHead)).all():
            number, previous = 0, START
            entries = select(AuditEntry).where(col(AuditEntry.party_id) == head.party_id)
            for entry in session.scalars(entries.order_by(AuditEntry.number).execution_options(yield_per=1000)):  # type: ignore[arg-type]
                number += 1
                if entry.number != number:
                    yield Broken(head.party_id, number, f"entry {number} is missing")
                    number = entry.number
                elif entry.previous != previous:
                    yield Broken(head.party_id, number, "does not follow the entry before it")
                if entry.hash != link(entry.previous, entry.party_id, entry.number, entry.body):
                    yield Broken(head.party_id, number, "text and hash differ")
                previous = entry.hash
            if (number, previous) != (head.number, head.hash):
                yield Broken(head.party_id, head.number, f"the chain ends at {number}, its head says {head.number}")
