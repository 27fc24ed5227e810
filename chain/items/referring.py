"""What a buyer calls a supplier's item, and on which terms it gets it: stated for a period, ended, never rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.decisions import FAR, check_days, day_before, giving_way, overlapping
from chain.items.events import CrossReferenceEnded, CrossReferenceStated
from chain.items.tables import CrossReference, Item
from chain.items.visibility import cross_references_visible_to, items_visible_to
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel import codes
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.quantities import positive
from kernel.work import UnitOfWork

MOST_UNITS = 1_000_000_000
LONGEST_LEAD_TIME = 3650
NO_LINK = Rule("cross_reference.link", "供应方申报供应关系", "the supplier, by declaring the supply link")
ITS_NUMBER = Rule("cross_reference.its_number", "采购方自己更改物料号", "the buyer, by changing its number itself")
PAST = Rule("cross_reference.past", "自今天起重新登记", "whoever states it, by letting it begin today")


@dataclass(frozen=True)
class ReferenceTerms:
    """``buyer_units`` of ``buyer_unit`` are ``item_units`` of the item's unit; no unit: the item's own."""

    buyer_number: str
    buyer_unit: str | None = None
    buyer_units: int = 1
    item_units: int = 1
    minimum: Decimal | None = None
    multiple: Decimal | None = None
    lead_time_days: int | None = None


def state_cross_reference(
    work: UnitOfWork,
    actor: Actor,
    *,
    item_id: int,
    terms: ReferenceTerms,
    buyer_id: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> CrossReference:
    """Either end states what the buyer calls an item and its terms, from a day on; both read it.

    buyer_id: for the supplier, whom it is for; a buyer states its own. A period without an end closes the day before.
    Raises NotFound, NotAllowedNow, Invalid naming the field.
    """
    require(actor, Role.SALES, Role.BUYER)
    assert actor.party_id is not None
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    if item.firm_id == actor.party_id:
        require(actor, Role.SALES)
        if buyer_id is None:
            raise Invalid("buyerId", "say for which buyer", "请指明采购方")
        work.one(firms_visible_to(actor).where(col(Firm.id) == buyer_id), field="buyerId")
    else:
        require(actor, Role.BUYER)
        if buyer_id not in (None, actor.party_id):
            raise Invalid("buyerId", "a buyer states its own numbers", "采购方只能登记本单位的物料号")
        buyer_id = actor.party_id
    says = Side.SELLER if item.firm_id == actor.party_id else Side.BUYER
    _locked_link(work, actor, item, buyer_id)
    today = today_of(work.now)
    valid_from = valid_from or today
    unit = check_terms(item, terms)
    check_days(valid_from, valid_to, today)
    known = cross_references_visible_to(actor).where(
        col(CrossReference.buyer_id) == buyer_id, col(CrossReference.supplier_id) == item.firm_id
    )
    check_number(work.all(known), item, terms.buyer_number, valid_from, valid_to)
    closed = making_way(work.all(known.where(col(CrossReference.item_id) == item_id)), valid_from, valid_to, today)
    if closed is not None:
        says = _whose_word(closed, terms.buyer_number, says)
        _close(work, closed, day_before(valid_from))
    reference = work.add(
        CrossReference(
            supplier_id=item.firm_id,
            buyer_id=buyer_id,
            item_id=item_id,
            buyer_number=terms.buyer_number,
            number_by=says,
            buyer_unit=unit,
            buyer_units=terms.buyer_units,
            item_units=terms.item_units,
            minimum=terms.minimum,
            multiple=terms.multiple,
            lead_time_days=terms.lead_time_days,
            valid_from=valid_from,
            valid_to=valid_to,
            stated_at=work.now,
        )  # fmt: skip
    )
    assert reference.id is not None
    work.record(CrossReferenceStated(reference_id=reference.id, valid_from=valid_from, valid_to=valid_to))
    return reference


def _whose_word(closed: CrossReference, number: str, says: Side) -> Side:
    """A buyer's own number stays its word, whoever states other terms. Raises NotAllowedNow."""
    if says is Side.BUYER or closed.number_by is Side.SELLER:
        return says
    if closed.buyer_number != number:
        raise NotAllowedNow(
            f"the buyer itself calls this item {closed.buyer_number}; only it gives it another number",
            f"该物料号 {closed.buyer_number} 由采购方自己登记，只能由采购方更改", rule=ITS_NUMBER,
        )  # fmt: skip
    return Side.BUYER


def _locked_link(work: UnitOfWork, actor: Actor, item: Item, buyer_id: int) -> None:
    """The links of the pair for this item, locked: whoever states next waits. Raises NotAllowedNow."""
    pair = supply_links_visible_to(actor).where(
        col(SupplyLink.supplier_id) == item.firm_id, col(SupplyLink.buyer_id) == buyer_id,
        col(SupplyLink.item_id) == item.id,
    )  # fmt: skip
    links = work.all(pair.order_by(col(SupplyLink.id)), lock=True)
    if all(link.state is LinkState.ENDED for link in links):
        raise NotAllowedNow(
            f"no supply link of {item.number} stands between the two firms; declare it first",
            f"双方之间没有 {item.number} 的有效供应关系；请先申报",
            rule=NO_LINK,
        )


def check_terms(item: Item, terms: ReferenceTerms) -> str:
    """The unit the buyer counts in. Raises Invalid."""
    number = terms.buyer_number
    if not number.strip() or len(number) > 60 or not number.isprintable():
        raise Invalid(
            "buyerNumber",
            "the buyer's number has 1 to 60 characters on one line, and no signs that cannot be seen",
            "采购方物料号为 1 至 60 个字符，不能含换行或看不见的字符",
        )
    unit = codes.unit(terms.buyer_unit or item.unit, "buyerUnit")
    for field, units in (("buyerUnits", terms.buyer_units), ("itemUnits", terms.item_units)):
        if not 1 <= units <= MOST_UNITS:
            raise Invalid(
                field, f"{field} is a whole number from 1 to {MOST_UNITS}", f"{field} 应为 1 至 {MOST_UNITS} 的整数"
            )
    if unit == item.unit and terms.buyer_units != terms.item_units:
        raise Invalid(
            "itemUnits",
            f"{unit} is the item's own unit: 1 of it is 1",
            f"{unit} 即物料本身的计量单位，换算比例应为 1 : 1",
        )
    for field, amount in (("minimum", terms.minimum), ("multiple", terms.multiple)):
        if amount is not None:
            positive(amount, field)
    if terms.lead_time_days is not None and not 0 <= terms.lead_time_days <= LONGEST_LEAD_TIME:
        raise Invalid(
            "leadTimeDays",
            f"a lead time is 0 to {LONGEST_LEAD_TIME} days",
            f"交货周期应在 0 至 {LONGEST_LEAD_TIME} 天之间",
        )
    return unit


def check_number(
    known: Sequence[CrossReference], item: Item, number: str, valid_from: date, valid_to: date | None
) -> None:
    """A buyer's number means one item of a supplier at a time: else an import could not tell which. Raises Invalid."""
    others = [r for r in known if r.buyer_number == number and r.item_id != item.id]
    if taken := overlapping(others, valid_from, valid_to):
        raise Invalid(
            "buyerNumber", f"{number} means another item of this supplier from {taken[0].valid_from} on",
            f"{number} 自 {taken[0].valid_from} 起已指该供应方的另一物料",
        )  # fmt: skip


def making_way(
    periods: Sequence[CrossReference], valid_from: date, valid_to: date | None, today: date
) -> CrossReference | None:
    """The open period a new one closes. Raises Invalid where another stands in the way, or the past would move."""
    closed, others = giving_way(periods, valid_from, valid_to)
    if others:
        other = min(others, key=lambda p: p.valid_from)
        last = "" if other.valid_to in (None, FAR) else f" {other.valid_to}"
        raise Invalid(
            "validFrom", f"a period from {other.valid_from} to{last or ' further notice'} stands in the way; end it, or choose other days",
            f"与 {other.valid_from} 至{last or '另行通知'} 的已登记有效期重叠；请先终止该记录，或改选日期",
        )  # fmt: skip
    if closed is not None and valid_from < today:
        raise Invalid(
            "validFrom", "what was in force until yesterday stays as it was; let the new terms begin today or later",
            "昨天及以前已生效的内容不再改动；新内容应自今天或以后生效", rule=PAST,
        )  # fmt: skip
    return closed


def _close(work: UnitOfWork, reference: CrossReference, last_day: date) -> None:
    reference.valid_to, reference.version = last_day, reference.version + 1
    assert reference.id is not None
    work.record(CrossReferenceEnded(reference_id=reference.id, valid_to=last_day))


def end_cross_reference(
    work: UnitOfWork, actor: Actor, *, reference_id: int, expected_version: int, last_day: date
) -> CrossReference:
    """Either end ends a period; a last day before its first takes it back. Raises NotFound, NotAllowedNow, Stale, Invalid."""
    require(actor, Role.SALES, Role.BUYER)
    reference = work.one(
        cross_references_visible_to(actor).where(col(CrossReference.id) == reference_id), lock=True, field="referenceId"
    )
    require(actor, Role.SALES if reference.supplier_id == actor.party_id else Role.BUYER)
    if reference.version != expected_version:
        raise Stale(reference.version)
    today = today_of(work.now)
    if reference.valid_to is not None and reference.valid_to < today:
        raise NotAllowedNow(
            f"this period ended on {reference.valid_to}", f"该记录已于 {reference.valid_to} 终止", rule=PAST
        )
    if not day_before(today) <= last_day <= (reference.valid_to or FAR):
        raise Invalid(
            "lastDay",
            "the last day is yesterday or later, and no later than it was",
            "最后一天不得早于昨天，也不得晚于原定日期",
        )
    _close(work, reference, last_day)
    return reference
