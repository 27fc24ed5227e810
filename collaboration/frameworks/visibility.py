"""A framework agreement is known to its buyer, and once proposed to its seller; who approved it to the buyer alone."""

from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from collaboration.frameworks.lifecycle import INSIDE
from collaboration.frameworks.tables import (
    Framework,
    FrameworkAmendment,
    FrameworkAmendmentLine,
    FrameworkApproval,
    FrameworkLine,
    FrameworkPrice,
    FrameworkPriceBreak,
)
from kernel.access import Actor, Role, Side, lies_under, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def side_of(framework: Any, actor: Actor) -> Side:
    """On which side of a framework, known to be visible to it, an actor stands."""
    if actor.has(Role.SYSTEM):
        return Side.SYSTEM
    return Side.BUYER if framework.buyer_id == actor.party_id else Side.SELLER


def frameworks_visible_to(actor: Actor) -> Select[Framework]:
    frameworks = select(Framework)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, frameworks)
    told = and_(col(Framework.seller_id) == _party(actor), col(Framework.state).not_in(INSIDE))
    return seen_by(actor, frameworks.where(or_(col(Framework.buyer_id) == _party(actor), told)))


def _own_frameworks(actor: Actor) -> Select[Framework]:
    frameworks = select(Framework)
    return frameworks if actor.has(Role.SYSTEM) else frameworks.where(col(Framework.buyer_id) == _party(actor))


def framework_lines_visible_to(actor: Actor) -> Select[FrameworkLine]:
    known = lies_under(col(FrameworkLine.framework_id), frameworks_visible_to(actor), col(Framework.id))
    return seen_by(actor, select(FrameworkLine).where(known))


def framework_amendments_visible_to(actor: Actor) -> Select[FrameworkAmendment]:
    """One that waits inside the buyer's firm is the buyer's alone."""
    known = lies_under(col(FrameworkAmendment.framework_id), frameworks_visible_to(actor), col(Framework.id))
    own = lies_under(col(FrameworkAmendment.framework_id), _own_frameworks(actor), col(Framework.id))
    told = or_(own, col(FrameworkAmendment.proposed_at).is_not(None))
    return seen_by(actor, select(FrameworkAmendment).where(known, told))


def framework_amendment_lines_visible_to(actor: Actor) -> Select[FrameworkAmendmentLine]:
    amendments = framework_amendments_visible_to(actor)
    known = lies_under(col(FrameworkAmendmentLine.amendment_id), amendments, col(FrameworkAmendment.id))
    return seen_by(actor, select(FrameworkAmendmentLine).where(known))


def framework_prices_visible_to(actor: Actor) -> Select[FrameworkPrice]:
    known = lies_under(col(FrameworkPrice.line_id), framework_lines_visible_to(actor), col(FrameworkLine.id))
    amendments = framework_amendments_visible_to(actor)
    told = or_(
        col(FrameworkPrice.amendment_id).is_(None),
        lies_under(col(FrameworkPrice.amendment_id), amendments, col(FrameworkAmendment.id)),
    )
    return seen_by(actor, select(FrameworkPrice).where(known, told))


def framework_price_breaks_visible_to(actor: Actor) -> Select[FrameworkPriceBreak]:
    known = lies_under(col(FrameworkPriceBreak.price_id), framework_prices_visible_to(actor), col(FrameworkPrice.id))
    return seen_by(actor, select(FrameworkPriceBreak).where(known))


def framework_approvals_visible_to(actor: Actor) -> Select[FrameworkApproval]:
    own = lies_under(col(FrameworkApproval.framework_id), _own_frameworks(actor), col(Framework.id))
    return seen_by(actor, select(FrameworkApproval).where(own))
