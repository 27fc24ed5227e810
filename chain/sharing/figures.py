"""State what an item costs and how many of it one can make; set a figure apart for one partner."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import or_
from sqlmodel import col

from chain.firms.verbs import partner
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from chain.sharing.events import AllocationWithdrawn, FigureAllocated, FigureStated
from chain.sharing.granting import GRANTERS
from chain.sharing.tables import AllocatedFigure, AllocatedKind, StatedFigure, StatedKind
from chain.sharing.terms import require_terms
from chain.sharing.visibility import allocated_figures_visible_to, own_stated_figures
from kernel import codes
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import not_negative
from kernel.work import UnitOfWork

ALLOCATORS = (Role.PLANNER, Role.SALES)
LONGEST_PERIOD_DAYS = 366
MOST_DAYS_OF_SUPPLY = 3_660
DAY = "DAY"
"""UNECE Recommendation 20."""
REPLACED = Rule("sharing.replaced", "重新划定", "allocating anew")


def state_figure(
    work: UnitOfWork, actor: Actor, *, item_id: int, kind: StatedKind, value: Decimal, currency: str | None = None
) -> StatedFigure:
    """Say what one asks for an item of one's own, what it costs, or how many a month one can make; grants decide who sees.

    Raises NotFound, NotAllowedNow, Invalid("value" or "currency").
    """
    require(actor, *GRANTERS)
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    if item.firm_id != actor.party_id:
        raise Invalid("itemId", "a firm states figures of its own items only", "只能填报本单位物料的数据")
    not_negative(value, "value")
    if kind is StatedKind.MONTHLY_CAPACITY:
        if currency is not None:
            raise Invalid("currency", "a capacity has no currency", "产能无需填写币种")
        unit = item.unit
    else:
        unit = codes.currency(currency or "")
    standing = own_stated_figures(actor).where(col(StatedFigure.item_id) == item_id, col(StatedFigure.kind) == kind)
    for former in work.all(standing, lock=True):
        former.replaced_at = work.now
    figure = work.add(
        StatedFigure(
            owner_id=item.firm_id, item_id=item_id, kind=kind, value=value, unit=unit, stated_on=today_of(work.now),
            stated_at=work.now,
        )
    )  # fmt: skip
    assert figure.id is not None
    work.record(FigureStated(figure_id=figure.id))
    return figure


def allocate_figure(
    work: UnitOfWork, actor: Actor, *, partner_id: int, item_id: int, kind: AllocatedKind, quantity: Decimal,
    as_of: date, from_on: date | None = None, to_on: date | None = None,
) -> AllocatedFigure:  # fmt: skip
    """Set a figure apart for one partner, in place of the one told it before for the same item, kind and days.

    Nobody adds these up but the firm itself. Raises NotFound, NotAllowedNow, Invalid.
    """
    require(actor, *ALLOCATORS)
    known = partner(work, actor, partner_id, field="partnerId")
    if known.id == actor.party_id:
        raise Invalid("partnerId", "a figure is set apart for another firm", "不能为本单位划定数字")
    item = _traded(work, actor, partner_id, item_id)
    assert actor.party_id is not None and known.id is not None and item.id is not None
    require_terms(work, actor.party_id, known.id)
    _check_figure(kind, quantity, today_of(work.now), as_of, from_on, to_on)
    same = allocated_figures_visible_to(actor).where(
        col(AllocatedFigure.owner_id) == actor.party_id,
        col(AllocatedFigure.partner_id) == known.id,
        col(AllocatedFigure.item_id) == item.id,
        col(AllocatedFigure.kind) == kind,
        col(AllocatedFigure.from_on).is_not_distinct_from(from_on),
        col(AllocatedFigure.to_on).is_not_distinct_from(to_on),
        col(AllocatedFigure.replaced_at).is_(None),
    )
    for former in work.all(same, lock=True):
        former.replaced_at = work.now
    figure = work.add(
        AllocatedFigure(
            owner_id=actor.party_id, partner_id=known.id, item_id=item.id, kind=kind, quantity=quantity,
            unit=DAY if kind is AllocatedKind.DAYS_OF_SUPPLY else item.unit, as_of=as_of, from_on=from_on, to_on=to_on,
            allocated_at=work.now,
        )
    )  # fmt: skip
    assert figure.id is not None
    work.record(FigureAllocated(allocated_figure_id=figure.id))
    return figure


def withdraw_allocation(work: UnitOfWork, actor: Actor, *, allocated_figure_id: int) -> AllocatedFigure:
    """The figure no longer stands, and none takes its place. Raises NotFound, NotAllowedNow."""
    require(actor, *ALLOCATORS)
    mine = allocated_figures_visible_to(actor).where(col(AllocatedFigure.owner_id) == actor.party_id)
    figure = work.one(mine.where(col(AllocatedFigure.id) == allocated_figure_id), lock=True, field="allocatedFigureId")
    if figure.replaced_at is not None:
        raise NotAllowedNow("this figure does not stand any more", "该数字已不再有效", rule=REPLACED)
    figure.replaced_at = work.now
    work.record(AllocationWithdrawn(allocated_figure_id=allocated_figure_id))
    return figure


def _traded(work: UnitOfWork, actor: Actor, partner_id: int, item_id: int) -> Item:
    """An item one of the two supplies the other with. Raises NotFound."""
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    links = supply_links_visible_to(actor).where(
        col(SupplyLink.item_id) == item_id,
        or_(col(SupplyLink.supplier_id) == partner_id, col(SupplyLink.buyer_id) == partner_id),
        col(SupplyLink.state) != LinkState.ENDED,
    )
    work.one(links, field="itemId")
    return item


def _check_figure(
    kind: AllocatedKind, quantity: Decimal, today: date, as_of: date, from_on: date | None, to_on: date | None
) -> None:
    not_negative(quantity, "quantity")
    if kind is AllocatedKind.DAYS_OF_SUPPLY and quantity > MOST_DAYS_OF_SUPPLY:
        raise Invalid("quantity", f"at most {MOST_DAYS_OF_SUPPLY} days", f"最多 {MOST_DAYS_OF_SUPPLY} 天")
    if not today - timedelta(days=LONGEST_PERIOD_DAYS) <= as_of <= today:
        raise Invalid("asOf", "a figure stands for a day of the last year", "数据日期应在过去一年之内且不晚于今天")
    if kind is not AllocatedKind.PLANNED_OUTPUT:
        if from_on is not None or to_on is not None:
            raise Invalid("fromOn", "only a planned output has days from and to", "仅计划产出需填写起止日期")
        return
    if from_on is None or to_on is None:
        raise Invalid("fromOn", "a planned output names its first and last day", "计划产出须填写起止日期")
    if not from_on <= to_on <= from_on + timedelta(days=LONGEST_PERIOD_DAYS):
        raise Invalid(
            "toOn",
            "the last day is not before the first, and within a year of it",
            "截止日期不得早于起始日期，且在一年之内",
        )
