"""Where an item is used: in one's own bills, and above them as far as each customer lets the one below look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from chain.bills.tables import BillLine, BillOfMaterial
from chain.bills.visibility import bill_lines_visible_to, bills_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from chain.links.visibility import live_disclosures, supply_links_visible_to
from kernel import ids
from kernel.access import Actor
from kernel.ledger.verbs import note
from kernel.work import UnitOfWork

MOST_USES = 500
DEEPEST = 10
STANDING = (LinkState.DECLARED, LinkState.CONFIRMED)


@dataclass(frozen=True)
class Use:
    """An item of a firm goes into another of the same firm. Ids are None where only an alias is shown.

    ``under``: the place in the list of the use one level below, None where it is the item asked about.
    """

    level: int
    under: int | None
    firm_id: int | None
    firm_alias: str | None
    item_id: int | None
    item_alias: str | None


def where_used(work: UnitOfWork, actor: Actor, *, item_id: int, on: date) -> tuple[list[Use], bool]:
    """(uses, whether more were left out), level by level. Raises NotFound.

    A firm sees its own bills. A customer that lets it look is seen by name, its items under an alias; whoever lets that
    customer look in turn is seen under an alias altogether: a name never travels further than one step.
    """
    work.one(items_visible_to(actor).where(col(Item.id) == item_id), field="itemId")
    viewer = -1 if actor.party_id is None else actor.party_id
    uses: list[Use] = []
    seen = {(viewer, item_id)}
    here: dict[tuple[int, int], int | None] = {(viewer, item_id): None}
    steps = {(viewer, item_id): 0}
    for level in range(1, DEEPEST + 1):
        for firm, parts in _by_firm(here).items():
            for customer, part in _customers(work, actor, firm, parts, on):
                if (customer, part) not in seen:
                    seen.add((customer, part))
                    here[customer, part] = here[firm, part]
                    steps[customer, part] = steps[firm, part] + 1
        above: dict[tuple[int, int], int | None] = {}
        for firm, parts in _by_firm(here).items():
            for parent, part in _parents(work, firm, parts, on):
                if (firm, parent) in seen:
                    continue
                if len(uses) >= MOST_USES:
                    return uses, True
                seen.add((firm, parent))
                above[firm, parent] = len(uses)
                steps[firm, parent] = steps[firm, part]
                uses.append(_use(viewer, level, here[firm, part], firm, parent, steps[firm, part]))
        here = above
    return uses, bool(here)


def _by_firm(places: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for firm, item in places:
        found.setdefault(firm, []).append(item)
    return found


def _use(viewer: int, level: int, under: int | None, firm: int, item: int, steps: int) -> Use:
    own, known = steps == 0, steps <= 1
    return Use(
        level, under,
        firm if known else None, None if known else ids.pseudonym(viewer, firm),
        item if own else None, None if own else ids.pseudonym(viewer, item, kind="I"),
    )  # fmt: skip


def _parents(work: UnitOfWork, firm_id: int, parts: Sequence[int], on: date) -> list[tuple[int, int]]:
    """(item, part) of a firm's bills in force on a day that have one of these parts: read through the firm's own eyes."""
    eyes = Actor(user_id=0, party_id=firm_id)
    using = work.rows(bill_lines_visible_to(eyes).where(col(BillLine.component_id).in_(parts)))
    bills = bills_visible_to(eyes).where(
        col(BillOfMaterial.id).in_({line.bill_id for line in using}), col(BillOfMaterial.valid_from) <= on
    )
    item_of = {b.id: b.item_id for b in work.rows(bills) if b.valid_to is None or b.valid_to >= on}
    return sorted({(item_of[line.bill_id], line.component_id) for line in using if line.bill_id in item_of})


def _customers(work: UnitOfWork, actor: Actor, firm_id: int, items: Sequence[int], on: date) -> list[tuple[int, int]]:
    """(buyer, item) where who buys one of these items of a firm lets it look upstream in the chain of their link.

    The customer's ledger names the firm it lets look; whoever looks from further below, it must not learn of.
    """
    eyes = Actor(user_id=0, party_id=firm_id)
    links = work.rows(
        supply_links_visible_to(eyes).where(
            col(SupplyLink.supplier_id) == firm_id, col(SupplyLink.item_id).in_(items),
            col(SupplyLink.state).in_(STANDING),
        )
    )  # fmt: skip
    given = work.rows(live_disclosures(eyes, {link.buyer_id for link in links}, on))
    shown = {(one.owner_id, one.chain_id): one.id for one in given}
    open_links = [link for link in links if (link.buyer_id, link.chain_id) in shown]
    for owner_id, chain_id in sorted({(link.buyer_id, link.chain_id) for link in open_links}):
        note(
            work, owner_id=owner_id, viewer=actor if actor.party_id == firm_id else eyes, what="where_used",
            subject=("Chain", chain_id), grant=("LinkDisclosure", shown[owner_id, chain_id]),
        )  # fmt: skip
    return sorted({(link.buyer_id, link.item_id) for link in open_links})
