"""What a statement of a period holds, as the books stood at an instant: the same question always has the same answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chain.firms.reads import firms_by_id
from collaboration.settlement.decisions import amount_of
from collaboration.statements import books
from collaboration.statements.books import Booked, Pair
from collaboration.statements.decisions import Entry, content_of, price_at, said_of
from collaboration.statements.tables import StatementSource
from kernel.access import SYSTEM
from kernel.clock import begin_of, end_of, today_of
from kernel.work import UnitOfWork

Key = tuple[StatementSource, int]


@dataclass(frozen=True)
class Gathered:
    """entries: in the order of a statement. carried: key of an entry -> the statement that set it aside."""

    entries: list[Entry]
    carried: dict[Key, int]


def gather(
    work: UnitOfWork, pair: Pair, *, since: date, until: date, cut_at: datetime, leaving_out: int = 0
) -> Gathered:
    """Everything of the period known at ``cut_at``, and what was set aside before, whenever it happened.

    What another sent statement held then is left out. leaving_out: the statement asked about, which holds nothing
    against itself.
    """
    aside = {
        (line.source, line.source_id): line.statement_id
        for line in books.set_aside(work, pair, before=cut_at, leaving_out=leaving_out)
    }
    taken = {(x.source, x.source_id) for x in books.held(work, pair, at=cut_at, leaving_out=leaving_out)}
    span = {"begins": begin_of(since), "ends": min(end_of(until), cut_at)}
    named = {kind: {number for k, number in aside if k is kind} for kind in StatementSource}
    found: list[Booked] = [
        *books.received(work, pair, **span, also=named[StatementSource.RECEIPT]),
        *books.delivered(work, pair, **span, also=named[StatementSource.DELIVERED]),
        *books.credited(work, pair, **span, also=named[StatementSource.CREDIT_NOTE]),
    ]
    entries = [e for e in _entries(work, pair, found) if e.key not in taken]
    entries.sort(key=lambda e: (e.happened_at, e.source.value, e.source_id))
    return Gathered(entries, {e.key: aside[e.key] for e in entries if e.key in aside})


def _entries(work: UnitOfWork, pair: Pair, found: Iterable[Booked]) -> list[Entry]:
    """Priced as both were bound on that day."""
    booked = list(found)
    lines, orders = books.ordered(work, pair, {one.order_line_id for one in booked})
    revisions = books.revisions_of(work, set(lines))
    made = []
    for one in booked:
        line = lines.get(one.order_line_id)
        if line is None:
            continue
        price = one.unit_price
        if price is None:
            price = price_at(revisions.get(line.id, ()), one.happened_at, line.unit_price)
        quantity = one.accepted - one.credited
        amount = amount_of(quantity, price) if one.line_amount is None else -one.line_amount
        made.append(
            Entry(
                one.source, one.source_id, one.happened_at, today_of(one.happened_at), one.reference, line.order_id,
                orders[line.order_id].number, line.id, line.number, line.item_id, line.unit, one.accepted, one.rejected,
                quantity, price, amount,
            )
        )  # fmt: skip
    return made


def text_of(
    work: UnitOfWork, pair: Pair, *, since: date, until: date, cut_at: datetime, entries: Iterable[Entry]
) -> str:
    """The content of a statement of these entries."""
    codes = {firm.id: firm.code for firm in firms_by_id(work, SYSTEM, {pair.buyer_id, pair.seller_id})}
    return content_of(
        buyer=codes[pair.buyer_id], seller=codes[pair.seller_id], currency=pair.currency, since=since, until=until,
        cut_at=cut_at, lines=[said_of(entry) for entry in entries],
    )  # fmt: skip
