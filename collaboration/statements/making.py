"""Make a statement from the books, hand it over, take it back; propose one for every pair at the end of a month."""

from datetime import date

from sqlalchemy import or_
from sqlmodel import col

from chain.firms.verbs import partner
from collaboration.settlement.matching import lock_orders
from collaboration.statements import books, decisions
from collaboration.statements.books import Pair
from collaboration.statements.decisions import Entry
from collaboration.statements.events import StatementDrafted, StatementSent, StatementWithdrawn
from collaboration.statements.gathering import Gathered, gather
from collaboration.statements.lifecycle import StatementState
from collaboration.statements.moving import lines_of, release, require_duty, statement_to_move, write_edition
from collaboration.statements.reads import DUTIES
from collaboration.statements.tables import Statement, StatementLine
from collaboration.statements.visibility import statement_lines_visible_to, statements_visible_to
from kernel.access import SYSTEM, Actor, Side, require
from kernel.clock import today_of
from kernel.codes import currency as known_currency
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

ONE_PER_PERIOD = Rule(
    "statement.one_per_period", "先撤回或处理已有的对账单", "withdrawing or answering the one there is"
)
SHORTER = Rule("statement.most_lines", "分成较短的期间", "your firm, by shorter periods")


def draft_statement(
    work: UnitOfWork, actor: Actor, *, side: Side, partner_id: int, currency: str, period_from: date, period_until: date
) -> Statement:  # fmt: skip
    """Make a statement of a period that has ended, from what was accepted and credited; the other firm reads no draft.

    side: on which the actor's firm stands. Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    if side not in DUTIES:
        raise Invalid("side", "a statement is made by the buyer or the seller", "对账单由买方或卖方制作")
    require(actor, DUTIES[side])
    assert actor.party_id is not None
    known_currency(currency, "currency")
    decisions.check_period(period_from, period_until, today_of(work.now))
    other = partner(work, actor, partner_id, field="partnerId").id
    if other == actor.party_id:
        raise Invalid("partnerId", "a firm makes no statement with itself", "不能与本单位对账")
    assert other is not None
    ends = (actor.party_id, other) if side is Side.BUYER else (other, actor.party_id)
    pair = Pair(*ends, currency)
    _check_alone(work, pair, actor.party_id, period_from, period_until)
    found = gather(work, pair, since=period_from, until=period_until, cut_at=work.now)
    if not found.entries:
        raise Invalid(
            "periodUntil", f"nothing was accepted or credited between you in {currency} in this period",
            f"本期与对方没有以 {currency} 计价的验收或冲销", rule=decisions.CLOSED,
        )  # fmt: skip
    if len(found.entries) > decisions.MOST_LINES:
        raise Limit(
            f"a statement has at most {decisions.MOST_LINES} lines, this period has {len(found.entries)}",
            f"对账单最多 {decisions.MOST_LINES} 行，本期有 {len(found.entries)} 行", rule=SHORTER,
        )  # fmt: skip
    return _written(work, pair, actor.party_id, period_from, period_until, found)


def _check_alone(work: UnitOfWork, pair: Pair, maker_id: int, since: date, until: date) -> None:
    """A firm has one draft of a period, and of the same period there is none that was sent. Raises NotAllowedNow."""
    live = {StatementState.SENT, StatementState.DISPUTED, StatementState.AGREED}
    own = books.statements_touching(pair, since, until).where(
        or_(
            col(Statement.state).in_(live),
            (col(Statement.state) == StatementState.DRAFT) & (col(Statement.maker_id) == maker_id),
        )
    )
    found = work.rows(own.order_by(col(Statement.id)).limit(1))
    if found:
        raise _overlap(found[0].period_from, found[0].period_until)


def _overlap(since: date, until: date) -> NotAllowedNow:
    return NotAllowedNow(
        f"there is a statement of {since} to {until} between you already",
        f"与对方已有 {since} 至 {until} 的对账单", fields=("periodFrom",), rule=ONE_PER_PERIOD,
    )  # fmt: skip


def _written(
    work: UnitOfWork, pair: Pair, maker_id: int, since: date, until: date, found: Gathered
) -> Statement:  # fmt: skip
    """Its first edition says what it comes to, and under which hash."""
    statement = work.add(
        Statement(
            buyer_id=pair.buyer_id, seller_id=pair.seller_id, maker_id=maker_id, currency=pair.currency, period_from=since,
            period_until=until, content_hash="", total_amount=ZERO, cut_at=work.now, made_at=work.now,
        )
    )  # fmt: skip
    assert statement.id is not None
    lines = [_line(statement.id, n, entry, found) for n, entry in enumerate(found.entries, start=1)]
    work.session.add_all(lines)
    work.session.flush()
    write_edition(work, statement, lines)
    work.record(StatementDrafted(statement_id=statement.id))
    return statement


def _line(statement_id: int, number: int, entry: Entry, found: Gathered) -> StatementLine:
    return StatementLine(
        statement_id=statement_id, number=number, source=entry.source, source_id=entry.source_id,
        happened_at=entry.happened_at, reference=entry.reference, order_id=entry.order_id,
        order_line_id=entry.order_line_id, item_id=entry.item_id, unit=entry.unit, accepted=entry.accepted,
        rejected=entry.rejected, agreed_price=entry.unit_price, quantity=entry.quantity, unit_price=entry.unit_price,
        line_amount=entry.line_amount, carried_from_id=found.carried.get(entry.key),
    )  # fmt: skip


def send_statement(work: UnitOfWork, actor: Actor, *, statement_id: int, expected_version: int) -> Statement:
    """Hand a draft over; from now on it holds what it names, once. Raises NotFound, Stale, NotAllowedNow."""
    statement, after = statement_to_move(work, actor, statement_id, expected_version, verb="send_statement")
    require_duty(actor, statement)
    lines = lines_of(work, statement_id)
    lock_orders(work, {line.order_id for line in lines})
    _check_free(work, statement, lines)
    statement.state, statement.sent_at = after, work.now
    for line in lines:
        line.is_held = True
    work.session.flush()
    work.record(StatementSent(statement_id=statement_id, edition=statement.edition))
    return statement


def _check_free(work: UnitOfWork, statement: Statement, lines: list[StatementLine]) -> None:
    """Nothing of it counts in another statement that was sent meanwhile. Raises NotAllowedNow."""
    for source in {line.source for line in lines}:
        own = statement_lines_visible_to(SYSTEM).where(
            col(StatementLine.source) == source, col(StatementLine.is_held).is_(True),
            col(StatementLine.source_id).in_([line.source_id for line in lines if line.source is source]),
        )  # fmt: skip
        for taken in work.rows(own.limit(1)):
            other = work.one(statements_visible_to(SYSTEM).where(col(Statement.id) == taken.statement_id))
            raise _overlap(other.period_from, other.period_until)


def withdraw_statement(work: UnitOfWork, actor: Actor, *, statement_id: int, expected_version: int) -> Statement:
    """Take it back while it is not agreed; what it held may stand in another. Raises NotFound, Stale, NotAllowedNow."""
    statement, after = statement_to_move(work, actor, statement_id, expected_version, verb="withdraw_statement")
    require_duty(actor, statement)
    statement.state = after
    release([line for line in lines_of(work, statement_id) if line.released_at is None], work.now)
    work.record(StatementWithdrawn(statement_id=statement_id))
    return statement


def propose_statement(work: UnitOfWork, pair: Pair, *, month_of: date) -> Statement | None:
    """Draft the month before a day for the seller, unless either firm has made one of it, withdrawn ones too.

    For the platform's own clock; None where nothing is to be stated. Safe to run twice.
    """
    since, until = decisions.month_before(month_of)
    if work.maybe(books.statements_touching(pair, since, until).limit(1)) is not None:
        return None
    found = gather(work, pair, since=since, until=until, cut_at=work.now)
    if not 1 <= len(found.entries) <= decisions.MOST_LINES:
        return None
    return _written(work, pair, pair.seller_id, since, until, found)
