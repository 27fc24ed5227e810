"""A statement is known to its two firms; a draft, and one withdrawn before it was sent, to its maker."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.statements.tables import Statement, StatementDispute, StatementEdition, StatementLine
from kernel.access import Actor, Role, Side, lies_under, own_party, seen_by


def side_of(statement: Statement, actor: Actor) -> Side:
    """On which side of a statement, known to be visible to it, an actor stands."""
    if actor.party_id == statement.seller_id:
        return Side.SELLER
    return Side.BUYER if actor.party_id == statement.buyer_id else Side.SYSTEM


def statements_visible_to(actor: Actor) -> Select[Statement]:
    statements = select(Statement)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, statements)
    party = own_party(actor)
    of_pair = or_(col(Statement.buyer_id) == party, col(Statement.seller_id) == party)
    known = or_(col(Statement.maker_id) == party, col(Statement.sent_at).is_not(None))
    return seen_by(actor, statements.where(of_pair, known))


def statement_lines_visible_to(actor: Actor) -> Select[StatementLine]:
    known = lies_under(col(StatementLine.statement_id), statements_visible_to(actor), col(Statement.id))
    return seen_by(actor, select(StatementLine).where(known))


def statement_disputes_visible_to(actor: Actor) -> Select[StatementDispute]:
    known = lies_under(col(StatementDispute.statement_id), statements_visible_to(actor), col(Statement.id))
    return seen_by(actor, select(StatementDispute).where(known))


def statement_editions_visible_to(actor: Actor) -> Select[StatementEdition]:
    known = lies_under(col(StatementEdition.statement_id), statements_visible_to(actor), col(Statement.id))
    return seen_by(actor, select(StatementEdition).where(known))
