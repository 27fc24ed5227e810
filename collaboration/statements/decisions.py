"""What a statement holds, says and proposes to invoice: lines in, verdicts and figures out. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from collaboration.settlement.decisions import amount_of
from collaboration.statements.forms import Answered, Disputed
from collaboration.statements.lifecycle import DisputeState
from collaboration.statements.tables import StatementSource
from kernel.errors import Invalid, Rule
from kernel.quantities import ZERO, not_negative, plain
from kernel.texts import words

LONGEST_DAYS, FARTHEST_DAYS, MOST_LINES, LONGEST_WORDS = 366, 730, 5_000, 400
CLOSED = Rule("statement.closed_period", "期间结束后的次日起", "the day after the period ends")
ACCEPTED_AT_MOST = Rule("statement.within_accepted", "由采购方补记收货", "the buyer, by counting what came besides")


@dataclass(frozen=True)
class Entry:
    """One thing that happened between the two firms, as the books tell it. Amount: of ``quantity`` at ``unit_price``."""

    source: StatementSource
    source_id: int
    happened_at: datetime
    happened_on: date
    reference: str
    order_id: int
    order_number: str
    order_line_id: int
    order_line_number: int
    item_id: int
    unit: str
    accepted: Decimal
    rejected: Decimal
    quantity: Decimal
    unit_price: Decimal
    line_amount: Decimal

    @property
    def key(self) -> tuple[StatementSource, int]:
        return self.source, self.source_id


def check_period(since: date, until: date, today: date) -> None:
    """Raises Invalid naming the field."""
    if since > until:
        raise Invalid("periodUntil", "a period ends no earlier than it begins", "期间的结束日不得早于开始日")
    if until >= today:
        raise Invalid("periodUntil", "a statement is of a period that has ended", "对账期间须已结束", rule=CLOSED)
    if (until - since).days >= LONGEST_DAYS or (today - since).days > FARTHEST_DAYS:
        raise Invalid(
            "periodFrom", f"a period is at most {LONGEST_DAYS} days, of the last two years",
            f"期间最长 {LONGEST_DAYS} 天，且在两年以内",
        )  # fmt: skip


def month_before(day: date) -> tuple[date, date]:
    """First and last day of the calendar month before a day's own."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def price_at(revisions: Iterable[Any], happened_at: datetime, now: Decimal) -> Decimal:
    """The price both were bound by at an instant; ``now``, the last agreed, where nothing older is written down.

    revisions: of one order line, oldest first, with agreed, at and unit_price.
    """
    known = [r.unit_price for r in revisions if r.agreed and r.at <= happened_at]
    return known[-1] if known else now


def content_of(
    *, buyer: str, seller: str, currency: str, since: date, until: date, cut_at: datetime,
    lines: Sequence[Mapping[str, Any]],
) -> str:  # fmt: skip
    """The text of a statement: the same lines always give the same bytes. buyer, seller: unified social credit codes."""
    said = {
        "buyer": buyer, "seller": seller, "currency": currency, "from": since.isoformat(), "until": until.isoformat(),
        "cut": cut_at.astimezone(UTC).isoformat(), "total": plain(sum((line["line_amount"] for line in lines), ZERO)),
        "lines": [{name: _text(value) for name, value in line.items()} for line in lines],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def said_of(entry: Entry) -> dict[str, Any]:
    """What of an entry is part of a statement's text: no row numbers of ours."""
    kept = asdict(entry)
    for name in ("source_id", "happened_at", "order_id", "order_line_id", "item_id"):
        del kept[name]
    return kept | {"source": entry.source.value}


def hash_of(content: str) -> str:
    """SHA-256 of the UTF-8 bytes, in hexadecimal."""
    return sha256(content.encode()).hexdigest()


def check_disputes(given: Sequence[Disputed], lines: Mapping[int, Any]) -> None:
    """Each line at most once, and what figure it should be where quantity or price is said to be wrong. Raises Invalid.

    lines: line number of ours -> line, those that stand in the statement.
    """
    if not given:
        raise Invalid("lines", "name the lines you dispute", "请选择有异议的行")
    seen: set[int] = set()
    for n, one in enumerate(given):
        place = f"lines.{n}"
        if one.line_id not in lines or one.line_id in seen:
            raise Invalid(
                f"{place}.statementLineId", "name each line of the statement at most once", "每个对账行最多选择一次"
            )
        seen.add(one.line_id)
        words(one.note, f"{place}.note", LONGEST_WORDS)
        for name, figure in (("rightQuantity", one.right_quantity), ("rightPrice", one.right_price)):
            if figure is not None:
                not_negative(figure, f"{place}.{name}")
        if one.reason.value == "qty" and one.right_quantity is None:
            raise Invalid(f"{place}.rightQuantity", "say which quantity it should be", "请填写应为的数量")
        if one.reason.value == "pri" and one.right_price is None:
            raise Invalid(f"{place}.rightPrice", "say which price it should be", "请填写应为的单价")


@dataclass(frozen=True)
class Figures:
    """What a line says after a dispute was answered."""

    quantity: Decimal
    unit_price: Decimal
    line_amount: Decimal


def corrected(line: Any, dispute: Any, place: str) -> Figures:
    """The line as the other firm said it should be. Raises Invalid naming the place.

    Never more than was accepted: what came besides is counted by the buyer first, and then stands in a statement of its own.
    """
    if dispute.right_quantity is None and dispute.right_price is None:
        raise Invalid(
            f"{place}.outcome", "no figure was said that it should be: stand by the line or set it aside",
            "对方未填写应为的数字：请选择“维持”或“移出本期”",
        )  # fmt: skip
    if line.source is StatementSource.CREDIT_NOTE:
        raise Invalid(
            f"{place}.outcome", "a credit note stands as it was issued: stand by the line or set it aside",
            "冲销单以已开具的为准：请选择“维持”或“移出本期”",
        )  # fmt: skip
    quantity = line.quantity if dispute.right_quantity is None else dispute.right_quantity
    price = line.unit_price if dispute.right_price is None else dispute.right_price
    if quantity > line.accepted:
        raise Invalid(
            f"{place}.outcome", f"of line {line.number} {plain(line.accepted)} were accepted; no more can be stated",
            f"第 {line.number} 行收货验收 {plain(line.accepted)}，对账数量不能更多", rule=ACCEPTED_AT_MOST,
        )  # fmt: skip
    return Figures(quantity, price, amount_of(quantity, price))


def check_answers(given: Sequence[Answered], waiting: Iterable[Any]) -> None:
    """Every open dispute once, and standing by a line says why. Raises Invalid."""
    open_ids = {one.id for one in waiting}
    seen: set[int] = set()
    for n, one in enumerate(given):
        place = f"answers.{n}"
        if one.dispute_id not in open_ids or one.dispute_id in seen:
            raise Invalid(f"{place}.disputeId", "answer each open dispute once", "每条未答复的异议答复一次")
        seen.add(one.dispute_id)
        if one.outcome is DisputeState.OPEN:
            raise Invalid(
                f"{place}.outcome",
                "an answer corrects, stands by the line or sets it aside",
                "请选择更正、维持或移出本期",
            )
        words(one.note, f"{place}.note", LONGEST_WORDS, least=1 if one.outcome is DisputeState.UPHELD else 0)
    if open_ids - seen:
        raise Invalid(
            "answers",
            f"{len(open_ids - seen)} more disputed lines need an answer",
            f"还有 {len(open_ids - seen)} 条异议未答复",
        )


@dataclass(frozen=True)
class Proposed:
    """One line to invoice: so much of an order line at one price."""

    order_line_id: int
    unit_price: Decimal
    quantity: Decimal


def proposal(
    lines: Iterable[Any], *, uninvoiced: Mapping[int, Decimal], claimed: Mapping[int, Decimal]
) -> list[Proposed]:
    """What of an agreed statement is still to be invoiced, in its lines' order, one line for each order line and price.

    uninvoiced: order line -> accepted and not invoiced by any invoice; claimed: order line -> invoiced out of this very
    statement. Neither is ever exceeded, so that nothing is invoiced twice whoever invoiced it. Credit notes are documents
    already and propose nothing.
    """
    stated: dict[tuple[int, Decimal], Decimal] = {}
    for line in lines:
        if line.source is not StatementSource.CREDIT_NOTE and not line.is_set_aside and line.quantity:
            key = (line.order_line_id, line.unit_price)
            stated[key] = stated.get(key, ZERO) + line.quantity
    done, free = dict(claimed), dict(uninvoiced)
    found = []
    for (order_line_id, price), quantity in stated.items():
        taken = min(quantity, done.get(order_line_id, ZERO))
        done[order_line_id] = done.get(order_line_id, ZERO) - taken
        left = min(quantity - taken, free.get(order_line_id, ZERO))
        if left > 0:
            free[order_line_id] -= left
            found.append(Proposed(order_line_id, price, left))
    return found
