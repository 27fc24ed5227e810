"""The planted rows are what the verbs would have left: nothing ahead of time, every sum holds, every reaction had its effect."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from collaboration.logistics.tables import DespatchLine
from collaboration.logistics.visibility import despatch_lines_visible_to
from collaboration.orders.lifecycle import LineState
from collaboration.orders.visibility import lines_visible_to, schedules_visible_to
from jobs import nightly
from jobs.reactions import REACTIONS
from kernel import clock, db, outbox
from kernel.access import SYSTEM, unscoped
from kernel.db import UtcDateTime
from kernel.migrations.everything import every_table
from kernel.tables import Event
from kernel.work import unit_of_work

AHEAD = frozenset({
    ("upload", "expires_at"), ("api_token", "expires_at"), ("rfq", "closes_at"), ("rfq_round", "closes_at"),
    ("purchasing_pool", "closes_at"),
    *(("answer_clock", name) for name in ("see_by", "remind_at", "answer_by", "escalate_at", "next_at")),
})  # fmt: skip
"""Instants that are ahead by their meaning."""


def rows(statement: str) -> list[Any]:
    with unscoped("a test reads all rows"), db.session(writes=False) as session:
        return list(session.execute(text(statement)))


def test_nothing_is_left_to_the_relay_and_every_reaction_had_its_effect(planted) -> None:
    claimed = Counter(row.job for row in rows("SELECT job FROM event_claim"))
    told = Counter(row.kind for row in rows("SELECT kind FROM event"))
    due: Counter[str] = Counter()
    for on in REACTIONS:
        due[on.name] += told[on.event.__name__]

    assert outbox.counts() == (0, 0)
    assert due == claimed
    assert len(+due) > 10


def test_the_audit_trail_holds(planted) -> None:
    assert nightly.broken_places() == []


def test_facts_are_told_in_order_and_reactions_follow_at_once(planted) -> None:
    told = rows("SELECT id, kind, at FROM event ORDER BY id")

    assert [row.at for row in told] == sorted(row.at for row in told)
    assert rows("SELECT c.job FROM event_claim c JOIN event e ON e.id = c.event_id WHERE c.at <> e.at") == []


def test_no_instant_of_any_table_is_ahead_of_the_morning(planted) -> None:
    midnight = datetime.combine(clock.today_of(clock.now()), datetime.min.time(), clock.CHINA).astimezone(UTC)
    late = []
    for table in every_table().sorted_tables:
        for column in table.columns:
            if isinstance(column.type, UtcDateTime) and (table.name, column.name) not in AHEAD:
                latest = rows(f"SELECT max({column.name}) AS at FROM {table.name}")[0].at
                if latest is not None and _instant(latest) >= midnight:
                    late.append((table.name, column.name, latest))

    assert late == []


def _instant(found: str | datetime) -> datetime:
    """SQLite gives text, PostgreSQL an instant with its zone."""
    return datetime.fromisoformat(found).replace(tzinfo=UTC) if isinstance(found, str) else found


def test_goods_add_up_on_every_schedule(planted) -> None:
    with unit_of_work(writes=False) as work:
        schedules = work.all(schedules_visible_to(SYSTEM))
        sent: dict[int, Decimal] = defaultdict(Decimal)
        for line in work.all(despatch_lines_visible_to(SYSTEM)):
            assert isinstance(line, DespatchLine)
            sent[line.schedule_id] += line.quantity

    assert sum(s.shipped > 0 for s in schedules) > 20
    for s in schedules:
        assert s.shipped == sent[s.id or 0]
        assert s.shipped - s.rejected - s.lost <= s.quantity - s.never
        assert s.received + s.lost <= s.shipped
        assert s.accepted + s.rejected == s.received


def test_lines_stand_in_the_states_a_year_brings(planted) -> None:
    with unit_of_work(writes=False) as work:
        states = {line.state for line in work.all(lines_visible_to(SYSTEM))}

    assert states >= {
        LineState.OPEN, LineState.CHANGE_PROPOSED, LineState.CONFIRMED, LineState.REJECTED, LineState.CANCELLED,
        LineState.SHIPPED, LineState.PART_RECEIVED, LineState.RECEIVED,
    }  # fmt: skip


def test_every_file_handed_in_is_another(planted) -> None:
    digests = [row.sha256 for row in rows("SELECT sha256 FROM document_revision")]

    assert len(digests) >= 6
    assert len(set(digests)) == len(digests)


def test_facts_are_of_people_not_of_the_seed(planted) -> None:
    """Orders, answers and receipts are told as done by someone of the firm whose duty it is."""
    kinds = ("OrderPlaced", "OrderAnswered", "DespatchAdviceSent", "ReceiptPosted", "DeliveryAccepted")
    with unscoped("a test reads all facts"), db.session(writes=False) as session:
        found = [e for e in session.query(Event) if e.kind in kinds]

    assert found
    assert all(e.by_user and e.by_party for e in found)
