"""Terms, grants, shared and allocated figures in the access table."""

from typing import Any

from chain.sharing import visibility as sharing
from chain.sharing.decisions import CLASS_OF
from kernel.access import Actor
from tests.scenarios.players import Player, day
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, today, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
_NO_SIGNER = f"{NO_TRADER} buyer planner quality sales stranger"
_OF_GEARWORKS = {"seen": f"{LONGTENG} bearing", "NOT_FOUND": f"gearworks rival steel dealer {NO_TRADER} stranger"}
_TRADERS = {"seen": f"{LONGTENG} gearworks rival bearing steel dealer", "empty": f"{NO_TRADER} stranger"}

ACCESS = {
    "sharing_page": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer {NO_TRADER}", "empty": "stranger"},  # the public chains
    "sharing_figures_page": _TRADERS,
    "sharing_partner_page": _OF_GEARWORKS,
    "sharing_terms_page": _OF_GEARWORKS,
    "access_grants": {"seen": f"{LONGTENG} gearworks rival bearing", "empty": f"steel dealer {NO_TRADER} stranger"},
    "allocated_figures": {"seen": f"{LONGTENG} gearworks rival bearing", "empty": f"steel dealer {NO_TRADER} stranger"},
    "propose_terms": {"done": "lead bearing", "NOT_FOUND": "gearworks rival steel dealer", "NOT_ALLOWED_NOW": _NO_SIGNER},
    "accept_terms": {"done": "bearing", "NOT_FOUND": "gearworks rival steel dealer", "NOT_ALLOWED_NOW": f"lead {_NO_SIGNER}"},
    "decline_terms": {"done": "bearing", "NOT_FOUND": "gearworks rival steel dealer", "NOT_ALLOWED_NOW": f"lead {_NO_SIGNER}"},
    "withdraw_terms": {"done": "rival", "NOT_FOUND": "bearing dealer", "NOT_ALLOWED_NOW": f"lead gearworks steel {_NO_SIGNER}"},
    "grant_access": {"done": "sales lead bearing", "INVALID": "gearworks", "NOT_FOUND": "rival steel dealer", "NOT_ALLOWED_NOW": f"{NO_TRADER} buyer planner quality stranger"},
    "revoke_access": {"done": "gearworks", "NOT_FOUND": "sales lead rival bearing steel dealer", "NOT_ALLOWED_NOW": f"{NO_TRADER} buyer planner quality stranger"},
    "state_figure": {"done": "gearworks", "INVALID": "sales lead", "NOT_FOUND": "rival bearing steel dealer", "NOT_ALLOWED_NOW": f"{NO_TRADER} buyer planner quality stranger"},
    "allocate_figure": {"done": "planner sales", "INVALID": "gearworks", "NOT_FOUND": "rival bearing steel dealer", "NOT_ALLOWED_NOW": f"{NO_TRADER} buyer quality lead stranger"},
    "withdraw_allocation": {"done": "bearing", "NOT_FOUND": "planner sales gearworks rival steel dealer", "NOT_ALLOWED_NOW": f"{NO_TRADER} buyer quality lead stranger"},
}  # fmt: skip


def _gearworks(world: World) -> dict[str, Any]:
    return {"partnerId": world.cast.gearworks.firm_id}


INPUTS = {
    "propose_terms": lambda w: _gearworks(w) | {"text": "新", "effectiveOn": day(30)},
    "accept_terms": lambda w: {"partnerId": w.cast.rival.firm_id, "sha256": w.made["terms sha256"]},
    "decline_terms": lambda w: {"partnerId": w.cast.rival.firm_id},
    "withdraw_terms": lambda w: {"partnerId": w.cast.bearing.firm_id},
    "grant_access": lambda w: {
        "viewerId": w.cast.gearworks.firm_id, "fieldClass": "CAPACITY", "level": "EXACT", "scope": "ALL",
        "until": day(9), "reason": "核对",
    },
    "revoke_access": lambda w: {"grantId": w.made["grant"]},
    "state_figure": lambda w: {"itemId": w.cast.gearworks.item("RV-40E"), "kind": "MONTHLY_CAPACITY", "value": "5"},
    "allocate_figure": lambda w: _gearworks(w) | {
        "itemId": w.cast.gearworks.item("RV-40E"), "kind": "STOCK", "quantity": "5", "asOf": day(0),
    },
    "withdraw_allocation": lambda w: {"allocatedFigureId": w.made["allocated figure"]},
}  # fmt: skip
VARIABLES = {"sharing_partner_page": _gearworks, "sharing_terms_page": _gearworks}
_ALL: dict[str, Any] = {"first": 100}
UNDER = {
    "sharing_page": lambda world, at: _ALL, "sharing_figures_page": lambda world, at: _ALL,
    "access_grants": lambda world, at: _ALL, "allocated_figures": lambda world, at: _ALL,
    "sharing_partner_page": lambda world, at: _ALL | _gearworks(world),
    "sharing_terms_page": lambda world, at: _ALL | _gearworks(world),
}  # fmt: skip


def _knows_figure(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    """Its owner; and whom the narrowest live grant that reaches it, of equals the newest, shows it at some level."""
    me = party_of(actor)
    if row.owner_id == me:
        return True
    item = ledger.row("item", row.item_id)
    stage = None if item is None or item.stage_id is None else ledger.row("stage", item.stage_id)
    reached = {
        "all": True,
        "chain": None if stage is None else stage.chain_id,
        "item": row.item_id,
        "link": row.item_id,
    }
    grants = [
        given for given in ledger.of("access_grant")
        if (given.owner_id, given.viewer_id, given.field_class) == (row.owner_id, me, CLASS_OF[row.kind])
        and given.revoked_at is None and given.since <= today() <= given.until
        and (given.scope == "all" or reached[given.scope] == (given.chain_id if given.scope == "chain" else given.item_id))
    ]  # fmt: skip
    narrowest = sorted(grants, key=lambda g: (["all", "chain", "item", "link"].index(g.scope), g.id))
    return row.replaced_at is None and bool(narrowest) and narrowest[-1].level != "none"


TABLES = {table.name: table for table in (
    #     table               outside            every read starts from                                who may know a row
    Table("terms_version",    "Terms",           sharing.terms_visible_to,                             one_of("first_id", "second_id")),
    Table("terms_acceptance", None,              sharing.acceptances_visible_to,                       under("version_id", "terms_version")),
    Table("access_grant",     "AccessGrant",     sharing.grants_visible_to,                            one_of("owner_id", "viewer_id")),
    Table("stated_figure",    None,              lambda a: sharing.stated_figures_visible_to(a, today()), _knows_figure),
    Table("allocated_figure", "AllocatedFigure", sharing.allocated_figures_visible_to,                 one_of("owner_id", "partner_id")),
)}  # fmt: skip
WITHOUT = {"terms_text": "found by the hash a visible version names (chain.sharing.visibility.texts_visible_to)"}


def prepare(world: World) -> None:
    """An open proposal; figures granted exactly, as a band and not at all; figures apart for two rivals and both ways."""
    _terms(world)
    _figures(world)
    _allocations(world)


def _both(world: World, *players: Player) -> list[int]:
    return [world.party_of(player) for player in players]


def _terms(world: World) -> None:
    rival, bearing = world.cast.rival, world.cast.bearing
    text = world.marked("秘-条款-锐驰对恒轴", *_both(world, rival, bearing))
    told = {"partnerId": bearing.firm_id, "text": text, "effectiveOn": day(200)}
    made = rival.acts("propose_terms", told, by="sales")["terms"]
    world.made["terms sha256"] = world.marked(made["sha256"], *_both(world, rival, bearing))


def _figures(world: World) -> None:
    gearworks, master, rival = world.cast.gearworks, world.cast.chain_master, world.cast.rival
    owner, both = world.party_of(gearworks), _both(world, gearworks, master)
    for item, kind, value, currency, readers in (
        ("RV-40E", "LIST_PRICE", "64021.19", "CNY", both), ("RV-80E", "LIST_PRICE", "64022.19", "CNY", [owner]),
        ("RV-40E", "MONTHLY_CAPACITY", "64023.19", None, [owner]), ("RV-40E", "UNIT_COST", "64024.19", "CNY", [owner]),
    ):  # fmt: skip
        told = {
            "itemId": gearworks.item(item),
            "kind": kind,
            "value": world.marked(value, *readers),
            "currency": currency,
        }
        gearworks.acts("state_figure", told, by="sales")["figure"]
    reason = world.marked("秘-授权-精齿对龙腾", *both)
    for field, level, scope in (("CAPACITY", "BAND", {"scope": "ALL"}), ("PRICE", "EXACT", {"scope": "ITEM", "itemId": gearworks.item("RV-40E")})):  # fmt: skip
        told = {"viewerId": master.firm_id, "fieldClass": field, "level": level, "until": day(60), "reason": reason}
        world.made["grant"] = gearworks.acts("grant_access", told | scope, by="sales")["accessGrant"]["id"]
    asked = {
        "itemId": rival.item("RC-40"),
        "kind": "LIST_PRICE",
        "value": world.marked("64025.19", world.party_of(rival)),
    }
    rival.acts("state_figure", asked | {"currency": "CNY"}, by="sales")["figure"]
    bearing = world.cast.bearing
    told = {"viewerId": rival.firm_id, "fieldClass": "COST", "level": "NONE", "scope": "ALL", "until": day(60)}
    apart = world.marked("秘-授权-恒轴对锐驰", *_both(world, bearing, rival))
    bearing.acts("grant_access", told | {"reason": apart}, by="sales")["accessGrant"]


def _allocations(world: World) -> None:
    bearing, gearworks, rival, master = (
        world.cast.bearing,
        world.cast.gearworks,
        world.cast.rival,
        world.cast.chain_master,
    )
    for owner, partner, item, quantity in (
        (bearing, gearworks, "CRB-100", "53021.7"), (bearing, rival, "CRB-100", "53022.7"),
        (gearworks, master, "RV-40E", "53023.7"), (master, gearworks, "RV-40E", "53024.7"),
    ):  # fmt: skip
        told = {
            "partnerId": partner.firm_id, "itemId": owner.item(item), "kind": "STOCK", "asOf": day(0),
            "quantity": world.marked(quantity, *_both(world, owner, partner)),
        }  # fmt: skip
        made = owner.acts("allocate_figure", told, by="sales")["allocatedFigure"]
        world.made.setdefault("allocated figure", made["id"])


def grow(growing: Any, order_id: str, lines: int) -> dict[str, str]:
    """As many grants, figures, days set apart and versions of the terms as an order has lines."""
    gearworks, master = growing.cast.gearworks, growing.cast.chain_master
    items = [gearworks.item(number) for number in ("RV-40E", "RV-80E", "HD-25")]
    for n in range(lines):
        item = items[n % 3]
        given = {"viewerId": master.firm_id, "fieldClass": "PRICE", "level": "EXACT", "scope": "ITEM", "itemId": item}
        gearworks.acts("grant_access", given | {"until": day(9), "reason": f"{n}"}, by="sales")["accessGrant"]
        kind = ("LIST_PRICE", "UNIT_COST", "MONTHLY_CAPACITY")[n // 3 % 3]
        stated = {"itemId": item, "kind": kind, "value": "5", "currency": None if kind == "MONTHLY_CAPACITY" else "CNY"}
        gearworks.acts("state_figure", stated, by="sales")["figure"]
        apart = {"partnerId": master.firm_id, "itemId": item, "kind": "PLANNED_OUTPUT", "quantity": "5", "asOf": day(0)}
        days = {"fromOn": day(lines * 10 + n), "toOn": day(lines * 10 + n)}
        gearworks.acts("allocate_figure", apart | days, by="sales")["allocatedFigure"]
        of_master = {"partnerId": master.firm_id}
        proposed = of_master | {"text": f"新 {lines} {n}", "effectiveOn": day(20)}
        gearworks.acts("propose_terms", proposed, by="sales")["terms"]
        gearworks.acts("withdraw_terms", of_master, by="sales")["terms"]
    return {}
