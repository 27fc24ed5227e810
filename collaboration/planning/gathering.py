"""What an explosion stands on, read firm by firm through that firm's own eyes, as far as each lets the one above look."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from chain.bills.reads import lines_of, open_bills
from chain.items.reads import in_force_between, items_by_id, stock_of
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from chain.links.visibility import live_disclosures, supply_links_visible_to
from collaboration.orders.bound import open_purchases, owed_on_sales
from collaboration.planning.decisions import DatedBill, Demand, Known
from kernel.access import Actor
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

STANDING = (LinkState.DECLARED, LinkState.CONFIRMED)


def eyes_of(firm_id: int) -> Actor:
    """Nobody of a firm, with the firm's sight and no duty: what a plan may read there."""
    return Actor(user_id=0, party_id=firm_id)


def gather(work: UnitOfWork, demands: Iterable[Demand], today: date, *, within: int | None) -> Known:
    """Bills, lead times, grants, stock and confirmed orders of every place the demands can reach."""
    known, bills_of = Known(today), dict[int, dict[int, list[DatedBill]]]()
    reached: dict[int, set[int]] = {}
    waiting: list[tuple[int, set[int]]] = [(d.firm_id, {d.item_id}) for d in demands]
    while waiting:
        firm_id, wanted = waiting.pop()
        seen = reached.setdefault(firm_id, set())
        if firm_id not in bills_of:
            bills_of[firm_id] = _bills(work, eyes_of(firm_id), today)
        new = _closure(wanted - seen, bills_of[firm_id]) - seen
        seen |= new
        for item_id, supplier_id in _learn(work, known, firm_id, new, bills_of[firm_id]):
            if within is None:
                waiting.append((supplier_id, {item_id}))
    for firm_id, items in reached.items():
        _fill(work, known, firm_id, items)
    return known


def _bills(work: UnitOfWork, eyes: Actor, today: date) -> dict[int, list[DatedBill]]:
    rows = open_bills(work, eyes, today)
    lines = lines_of(work, eyes, [bill.id for bill in rows])
    found: dict[int, list[DatedBill]] = {}
    for bill in rows:
        found.setdefault(bill.item_id, []).append(DatedBill(bill.valid_from, bill.valid_to, lines[bill.id]))
    return found


def _closure(items: Collection[int], bills: dict[int, list[DatedBill]]) -> set[int]:
    found, waiting = set(items), list(items)
    while waiting:
        for bill in bills.get(waiting.pop(), ()):
            new = {part.component_id for part in bill.parts} - found
            found |= new
            waiting += new
    return found


def _learn(
    work: UnitOfWork, known: Known, firm_id: int, items: Collection[int], bills: dict[int, list[DatedBill]]
) -> list[tuple[int, int]]:
    """Note makers, lead times, bills and grants of one firm's items; (item, maker) of those bought where one may look."""
    eyes = eyes_of(firm_id)
    rows = items_by_id(work, eyes, items)
    agreed = in_force_between(work, eyes, buyer_id=firm_id, item_ids=items, on=known.today)
    for item in rows:
        known.makers[item.id] = item.firm_id
        said = agreed.get(item.id)
        days = item.lead_time_days if said is None or said.lead_time_days is None else said.lead_time_days
        known.lead_days[firm_id, item.id] = days
        if item.firm_id == firm_id and item.id in bills:
            known.bills[item.id] = bills[item.id]
    bought = [item for item in rows if item.firm_id != firm_id]
    opened = _opened(work, eyes, bought, known.today)
    known.open_at |= {(firm_id, item_id) for item_id, _ in opened}
    return opened


def _opened(work: UnitOfWork, eyes: Actor, bought: Sequence[Any], today: date) -> list[tuple[int, int]]:
    """(item, maker) of bought items whose maker lets this firm look in the chain of their link."""
    if not bought:
        return []
    links = work.rows(
        supply_links_visible_to(eyes).where(
            col(SupplyLink.buyer_id) == eyes.party_id, col(SupplyLink.item_id).in_([item.id for item in bought]),
            col(SupplyLink.state).in_(STANDING),
        )
    )  # fmt: skip
    given = work.rows(live_disclosures(eyes, {link.supplier_id for link in links}, today))
    shown = {(one.owner_id, one.chain_id) for one in given}
    return sorted({(x.item_id, x.supplier_id) for x in links if (x.supplier_id, x.chain_id) in shown})


def _fill(work: UnitOfWork, known: Known, firm_id: int, items: Collection[int]) -> None:
    """What a firm has and what is agreed to come. Of what it sells, only what no confirmed order waits for."""
    eyes = eyes_of(firm_id)
    promised = owed_on_sales(work, eyes, items)
    for (_, item_id), quantity in stock_of(work, eyes, firm_ids=[firm_id], item_ids=items).items():
        free: Decimal = max(ZERO, quantity - promised.get(item_id, ZERO))
        known.supply.stock[firm_id, item_id] = free
    for item_id, days in open_purchases(work, eyes, items).items():
        known.supply.coming[firm_id, item_id] = sorted(days)
