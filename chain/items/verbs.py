"""Keep a firm's range: add, change and retire items, state what a buyer calls one and on which terms, count stock."""

from datetime import date
from decimal import Decimal

from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding, Site, Stage
from chain.firms.visibility import firms_visible_to, sites_visible_to, stages_visible_to
from chain.items.events import ItemAdded, ItemChanged, ItemDescribed, ItemRetired, StockCounted
from chain.items.referring import end_cross_reference, state_cross_reference
from chain.items.tables import Item, StockCount
from chain.items.visibility import items_visible_to
from kernel import codes
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.quantities import not_negative
from kernel.work import UnitOfWork

__all__ = [
    "add_item", "change_item", "count_stock", "describe_item", "end_cross_reference", "retire_item", "state_cross_reference",
]  # fmt: skip

LONGEST_LEAD_TIME = 3650
MAKERS = Rule("item.maker", "该物料的生产企业", "the firm that makes the item")


def add_item(
    work: UnitOfWork,
    actor: Actor,
    *,
    number: str,
    name: str,
    unit: str,
    lead_time_days: int = 0,
    stage_id: int | None = None,
) -> Item:
    """Add an item under its maker's own number; unit is a UNECE Rec 20 code such as C62. Raises Invalid."""
    require(actor, Role.SALES, Role.PLANNER)
    assert actor.party_id is not None
    check_new_item(number=number, name=name, unit=unit, lead_time_days=lead_time_days)
    mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id, col(Item.number) == number)
    if work.maybe(mine) is not None:
        raise Invalid("number", f"you have an item numbered {number} already", f"物料号 {number} 已存在")
    item = work.add(
        Item(
            firm_id=actor.party_id,
            stage_id=stage_id,
            number=number,
            name=name,
            unit=unit,
            lead_time_days=lead_time_days,
            added_at=work.now,
        )  # fmt: skip
    )
    assert item.id is not None
    work.record(ItemAdded(item_id=item.id))
    return item


def describe_item(
    work: UnitOfWork, actor: Actor, *, firm_id: int, stage_id: int, number: str, name: str, unit: str
) -> Item:
    """A buyer says what it orders of a firm that has not joined, and at which stage of a chain that is made.

    The firm finds it as its own item once it takes its orders over. Raises NotFound, NotAllowedNow, Invalid.
    """
    require(actor, Role.BUYER)
    written = firms_visible_to(actor).where(col(Firm.id) == firm_id)
    firm = work.one(written, lock=True, field="firmId")
    if firm.standing is not FirmStanding.REACHED:
        raise NotAllowedNow(
            "a firm that has joined says itself what it makes; ask there",
            "已入驻企业自行登记其物料，请与其联系",
            rule=MAKERS,
        )
    work.one(stages_visible_to(actor).where(col(Stage.id) == stage_id), field="stageId")
    check_new_item(number=number, name=name, unit=unit, lead_time_days=0)
    there = items_visible_to(actor).where(col(Item.firm_id) == firm_id, col(Item.number) == number)
    if work.maybe(there) is not None:
        raise Invalid("number", f"you described an item {number} of it already", f"该企业的物料 {number} 已填写")
    item = work.add(Item(firm_id=firm_id, stage_id=stage_id, number=number, name=name, unit=unit, added_at=work.now))
    assert item.id is not None
    work.record(ItemDescribed(item_id=item.id))
    return item


def check_new_item(*, number: str, name: str, unit: str, lead_time_days: int) -> None:
    """Raises Invalid naming the field."""
    if not number.strip() or len(number) > 60 or not number.isprintable():
        raise Invalid(
            "number",
            "an item number has 1 to 60 characters on one line, and no signs that cannot be seen",
            "物料号为 1 至 60 个字符，不能含换行或看不见的字符",
        )
    codes.unit(unit)
    check_words(name, lead_time_days)


def check_words(name: str, lead_time_days: int) -> None:
    """Raises Invalid("name" or "leadTimeDays")."""
    if not name.strip() or len(name) > 120 or not name.isprintable():
        raise Invalid(
            "name",
            "an item's name has 1 to 120 characters on one line, and no signs that cannot be seen",
            "物料名称为 1 至 120 个字符，不能含换行或看不见的字符",
        )
    if not 0 <= lead_time_days <= LONGEST_LEAD_TIME:
        raise Invalid(
            "leadTimeDays",
            f"a lead time is 0 to {LONGEST_LEAD_TIME} days",
            f"交货周期应在 0 至 {LONGEST_LEAD_TIME} 天之间",
        )


def change_item(
    work: UnitOfWork,
    actor: Actor,
    *,
    item_id: int,
    expected_version: int,
    name: str | None = None,
    lead_time_days: int | None = None,
) -> Item:
    """The maker corrects name or lead time. Number and unit stay: orders, bills and partners rest on them.

    Raises NotFound, NotAllowedNow, Stale, Invalid.
    """
    item = _own(work, actor, item_id, expected_version)
    changed = []
    if name is not None and name != item.name:
        item.name = name
        changed.append("name")
    if lead_time_days is not None and lead_time_days != item.lead_time_days:
        item.lead_time_days = lead_time_days
        changed.append("lead_time_days")
    check_words(item.name, item.lead_time_days)
    if changed:
        item.version += 1
        work.record(ItemChanged(item_id=item_id, changed=tuple(changed)))
    return item


def retire_item(work: UnitOfWork, actor: Actor, *, item_id: int, expected_version: int) -> Item:
    """The maker takes an item out of its range: nobody orders it any more; what was ordered stays ordered."""
    item = _own(work, actor, item_id, expected_version)
    item.retired_on = today_of(work.now)
    item.version += 1
    work.record(ItemRetired(item_id=item_id, retired_on=item.retired_on))
    return item


def _own(work: UnitOfWork, actor: Actor, item_id: int, version: int) -> Item:
    """An item of one's own that is still in the range. Raises NotFound, NotAllowedNow, Stale."""
    require(actor, Role.SALES, Role.PLANNER)
    item = work.one(items_visible_to(actor).where(col(Item.id) == item_id), lock=True, field="itemId")
    if item.firm_id != actor.party_id:
        raise NotAllowedNow("this item is its maker's to change", "该物料只能由其生产企业修改", rule=MAKERS)
    if item.version != version:
        raise Stale(item.version)
    if item.retired_on is not None:
        raise NotAllowedNow(
            f"this item was retired on {item.retired_on}; add another under a new number",
            f"该物料已于 {item.retired_on} 停用；请以新物料号另行添加",
            rule=Rule("item.retired", "生产企业另建新物料", "its maker, by adding another"),
        )
    return item


def count_stock(
    work: UnitOfWork, actor: Actor, *, item_id: int, quantity: Decimal, counted_on: date, site_id: int | None = None
) -> StockCount:
    """Say how much of an item one's firm has, at one of its sites or unplaced; the newest count of a place holds.

    Raises NotFound, NotAllowedNow, Invalid for a day to come.
    """
    require(actor, Role.PLANNER)
    assert actor.party_id is not None
    work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    if site_id is not None:
        own = sites_visible_to(actor).where(col(Site.firm_id) == actor.party_id)
        work.one(own.where(col(Site.id) == site_id), field="siteId")
    not_negative(quantity, "quantity")
    if counted_on > today_of(work.now):
        raise Invalid("countedOn", "stock is counted today or earlier", "盘点日期不得晚于今天")
    count = work.add(
        StockCount(
            firm_id=actor.party_id,
            item_id=item_id,
            site_id=site_id,
            quantity=quantity,
            counted_on=counted_on,
            by_user=actor.user_id,
            counted_at=work.now,
        )  # fmt: skip
    )
    assert count.id is not None
    work.record(StockCounted(count_id=count.id, counted_on=counted_on))
    return count
