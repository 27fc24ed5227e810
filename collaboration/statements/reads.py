"""What people ask of statements: lists, lines, what waits; and whether one can be made again from the books."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col

from collaboration.logistics.tables import ReceiptAdvice
from collaboration.logistics.visibility import receipts_visible_to
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from collaboration.statements.books import Pair, pair_of
from collaboration.statements.decisions import hash_of
from collaboration.statements.gathering import gather, text_of
from collaboration.statements.lifecycle import MAKERS, STATEMENT_LIFE, DisputeState, StatementState
from collaboration.statements.tables import Statement, StatementDispute, StatementEdition, StatementLine
from collaboration.statements.visibility import (
    side_of,
    statement_disputes_visible_to,
    statement_editions_visible_to,
    statement_lines_visible_to,
    statements_visible_to,
)
from kernel.access import SYSTEM, Actor, Role, Side
from kernel.clock import begin_of, end_of, today_of
from kernel.paging import Page, page
from kernel.work import UnitOfWork

DUTIES = {Side.BUYER: Role.BUYER, Side.SELLER: Role.SALES}
"""Whose duty statements are: the buyer's buyers, the seller's sales."""


@dataclass(frozen=True)
class StatementSought:
    """Which statements. ``on``: whose period this day is in; ``order_id``: with a line of this order."""

    states: Collection[StatementState] | None = None
    side: Side | None = None
    partner_id: int | None = None
    on: date | None = None
    order_id: int | None = None


def _filtered(actor: Actor, sought: StatementSought) -> Any:
    found = statements_visible_to(actor)
    if sought.states:
        found = found.where(col(Statement.state).in_(list(sought.states)))
    if sought.side is not None:
        own = col(Statement.buyer_id) if sought.side is Side.BUYER else col(Statement.seller_id)
        found = found.where(own == actor.party_id)
    if sought.partner_id is not None:
        ends = (col(Statement.buyer_id), col(Statement.seller_id))
        found = found.where(or_(*(end == sought.partner_id for end in ends)))
    if sought.on is not None:
        found = found.where(col(Statement.period_from) <= sought.on, col(Statement.period_until) >= sought.on)
    if sought.order_id is not None:
        lines = statement_lines_visible_to(actor).where(col(StatementLine.order_id) == sought.order_id)
        found = found.where(col(Statement.id).in_(lines.with_only_columns(col(StatementLine.statement_id))))
    return found


def statements(
    work: UnitOfWork, actor: Actor, sought: StatementSought, *, first: int | None, after: str | None
) -> Page:
    """The actor's statements, newest first."""
    return page(work, _filtered(actor, sought), Statement, first=first, after=after)


def count_statements(work: UnitOfWork, actor: Actor, own: Side | None) -> list[tuple[StatementState, int]]:
    """How many stand where."""
    found = _filtered(actor, StatementSought(side=own)).with_only_columns(col(Statement.state), func.count())
    counted = {row.state: row[1] for row in work.session.connection().execute(found.group_by(col(Statement.state)))}
    return [(state, counted.get(state, 0)) for state in StatementState]


def statements_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(statements_visible_to(actor).where(col(Statement.id).in_(numbers)))


def lines_of_statements(work: UnitOfWork, actor: Actor, statement_ids: Collection[int]) -> Sequence[Any]:
    own = statement_lines_visible_to(actor).where(col(StatementLine.statement_id).in_(statement_ids))
    return work.rows(own.order_by(col(StatementLine.statement_id), col(StatementLine.number)))


def lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(statement_lines_visible_to(actor).where(col(StatementLine.id).in_(numbers)))


def disputes_of(work: UnitOfWork, actor: Actor, statement_ids: Collection[int]) -> Sequence[Any]:
    own = statement_disputes_visible_to(actor).where(col(StatementDispute.statement_id).in_(statement_ids))
    return work.rows(own.order_by(col(StatementDispute.id)))


def disputes_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(statement_disputes_visible_to(actor).where(col(StatementDispute.id).in_(numbers)))


def editions_of(work: UnitOfWork, actor: Actor, statement_ids: Collection[int]) -> Sequence[Any]:
    own = statement_editions_visible_to(actor).where(col(StatementEdition.statement_id).in_(statement_ids))
    return work.rows(own.order_by(col(StatementEdition.number)))


def side(statement: Any, actor: Actor) -> Side:
    return side_of(statement, actor)


def stood_by(disputes: Sequence[Any]) -> set[int]:
    """Lines of which the last dispute was answered by standing by them: its confirming firm may set them aside."""
    last = {one.line_id: one.state for one in disputes}
    return {line_id for line_id, state in last.items() if state is DisputeState.UPHELD}


def open_verbs(actor: Actor, statement: Any) -> list[str]:
    """What this person may do to a statement now: the buttons of its page."""
    own = side_of(statement, actor)
    if own not in DUTIES or not actor.has(DUTIES[own]):
        return []
    is_maker = statement.maker_id == actor.party_id
    return [
        verb for verb in STATEMENT_LIFE.verbs(statement.state, own)
        if verb == "invoice_statement" or (verb in MAKERS) == is_maker
    ]  # fmt: skip


@dataclass(frozen=True)
class Remade:
    """A statement's first edition made again from the books of its cut. ``is_same``: the very same bytes.

    ``later``: so many things happened since its period ended that wait for the next statement.
    """

    content_hash: str
    is_same: bool
    later: int


def remade(work: UnitOfWork, actor: Actor, statement: Any) -> Remade:
    """Raises nothing: whoever sees a statement may have it made again."""
    own = statement_editions_visible_to(actor).where(
        col(StatementEdition.statement_id) == statement.id, col(StatementEdition.number) == 1
    )
    first = work.rows(own)[0]
    pair = pair_of(statement)
    span = {"since": statement.period_from, "until": statement.period_until, "cut_at": statement.cut_at}
    again = gather(work, pair, **span, leaving_out=statement.id)
    found = hash_of(text_of(work, pair, **span, entries=again.entries))
    since = statement.period_until
    later = gather(work, pair, since=since, until=today_of(work.now), cut_at=work.now)
    kept = {(x.source, x.source_id) for x in lines_of_statements(work, actor, [statement.id])}
    fresh = [e for e in later.entries if e.happened_on > since and e.key not in kept]
    return Remade(found, found == first.content_hash, len(fresh))


def to_send(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Drafts of the actor's own firm, oldest first."""
    own = statements_visible_to(actor).where(
        col(Statement.maker_id) == actor.party_id, col(Statement.state) == StatementState.DRAFT
    )
    return work.rows(own.order_by(col(Statement.id)).limit(most))


def to_confirm(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """What the other firm sent and waits for an answer."""
    own = statements_visible_to(actor).where(
        col(Statement.maker_id) != actor.party_id, col(Statement.state) == StatementState.SENT
    )
    return work.rows(own.order_by(col(Statement.id)).limit(most))


def disputed(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Statements of the actor's firm that the other disputes."""
    own = statements_visible_to(actor).where(
        col(Statement.maker_id) == actor.party_id, col(Statement.state) == StatementState.DISPUTED
    )
    return work.rows(own.order_by(col(Statement.id)).limit(most))


def to_invoice(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Agreed and never invoiced: the seller's."""
    own = statements_visible_to(actor).where(
        col(Statement.seller_id) == actor.party_id, col(Statement.state) == StatementState.AGREED,
        col(Statement.invoiced_at).is_(None),
    )  # fmt: skip
    return work.rows(own.order_by(col(Statement.id)).limit(most))


def pairs_received(work: UnitOfWork, *, since: date, until: date) -> Sequence[Pair]:
    """Who received from whom in these days, in which currencies they trade: whom the platform may propose statements to."""
    posted = receipts_visible_to(SYSTEM).where(
        col(ReceiptAdvice.posted_at) >= begin_of(since), col(ReceiptAdvice.posted_at) < end_of(until)
    )
    met = {(row.buyer_id, row.seller_id) for row in work.rows(posted)}
    own = orders_visible_to(SYSTEM).where(col(Order.buyer_id).in_({buyer for buyer, _ in met}))
    columns = (col(Order.buyer_id), col(Order.seller_id), col(Order.currency))
    traded = work.rows(own.with_only_columns(*columns).distinct())
    return sorted(
        (Pair(*row) for row in traded if tuple(row)[:2] in met), key=lambda p: (p.buyer_id, p.seller_id, p.currency)
    )


def day_of(line: Any) -> date:
    """The day in China on which it happened."""
    return today_of(line.happened_at)
