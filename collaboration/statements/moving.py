"""What every act on a statement shares: find it, check version, state, side and duty, write down how it reads now."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col

from collaboration.statements import books
from collaboration.statements.books import pair_of
from collaboration.statements.decisions import Entry, hash_of
from collaboration.statements.gathering import text_of
from collaboration.statements.lifecycle import MAKERS, STATEMENT_LIFE, StatementState
from collaboration.statements.reads import DUTIES
from collaboration.statements.tables import Statement, StatementEdition, StatementLine
from collaboration.statements.visibility import side_of, statement_lines_visible_to, statements_visible_to
from kernel.access import SYSTEM, Actor, require
from kernel.clock import today_of
from kernel.errors import NotAllowedNow, Rule, Stale
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

OTHERS = Rule("statement.whose_turn", "对账单的另一方", "the other firm of the statement")


def statement_to_move(
    work: UnitOfWork, actor: Actor, statement_id: int, expected_version: int, *, verb: str
) -> tuple[Statement, StatementState]:
    """The statement, locked, and the state that follows. Raises NotFound, Stale, NotAllowedNow in that order."""
    own = statements_visible_to(actor).where(col(Statement.id) == statement_id)
    statement = work.one(own, lock=True, field="statementId")
    if statement.version != expected_version:
        raise Stale(statement.version)
    side = side_of(statement, actor)
    after = STATEMENT_LIFE.after(statement.state, verb, by=side)
    if verb != "invoice_statement" and (verb in MAKERS) != (statement.maker_id == actor.party_id):
        raise NotAllowedNow(
            "this is done by the other firm of the statement: who made it sends, answers and withdraws, the other confirms or disputes",
            "该操作由对账单的另一方执行：制单方发送、答复或撤回，对方确认或提出异议", rule=OTHERS,
        )  # fmt: skip
    statement.version += 1
    return statement, after


def require_duty(actor: Actor, statement: Statement) -> None:
    """Statements are the duty of the buyer's buyers and the seller's sales. Raises NotAllowedNow."""
    require(actor, DUTIES[side_of(statement, actor)])


def lines_of(work: UnitOfWork, statement_id: int) -> list[StatementLine]:
    own = statement_lines_visible_to(SYSTEM).where(col(StatementLine.statement_id) == statement_id)
    return list(work.all(own.order_by(col(StatementLine.number)), lock=True))


def release(lines: Sequence[StatementLine], at: datetime) -> None:
    """What is released counts in this statement no more, and may stand in another."""
    for line in lines:
        line.is_held, line.released_at = None, at


def write_edition(work: UnitOfWork, statement: Statement, lines: Sequence[StatementLine]) -> None:
    """Keep how the statement reads now under its edition's number; the total follows."""
    assert statement.id is not None
    standing = [line for line in lines if not line.is_set_aside]
    pair = pair_of(statement)
    ordered, orders = books.ordered(work, pair, {line.order_line_id for line in standing})
    content = text_of(
        work, pair, since=statement.period_from, until=statement.period_until, cut_at=statement.cut_at,
        entries=[
            _entry(line, orders[line.order_id].number, ordered[line.order_line_id].number) for line in standing
        ],
    )  # fmt: skip
    statement.content_hash = hash_of(content)
    statement.total_amount = sum((line.line_amount for line in standing), ZERO)
    work.session.add(
        StatementEdition(
            statement_id=statement.id, number=statement.edition, content=content, content_hash=statement.content_hash,
            made_at=work.now, by_user=work.actor.user_id or None,
        )
    )  # fmt: skip
    work.session.flush()


def _entry(line: StatementLine, order_number: str, order_line_number: int) -> Entry:
    return Entry(
        line.source, line.source_id, line.happened_at, today_of(line.happened_at), line.reference, line.order_id,
        order_number, line.order_line_id, order_line_number, line.item_id, line.unit, line.accepted, line.rejected,
        line.quantity, line.unit_price, line.line_amount,
    )  # fmt: skip
