"""Joint purchasing in the access table: Longteng's pools of itself, Rival and dealer, in the window, closed and allotted.

Gearworks bids for them; it is a member of none.
"""

from datetime import datetime, timedelta
from typing import Any

from collaboration.pooling import visibility as pooling
from jobs.pooling import close_due_pools
from kernel import clock
from kernel.access import Actor
from tests.scenarios.players import day, fresh
from tests.scenarios.pooling import awards_pool, joins, opens_pool, pool_of, pool_versioned
from tests.scenarios.sourcing import bids, instant, offered, seen, sends_out, versioned
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NOT_BUYER = "planner quality sales lead"
MEMBERS = "rival dealer"
NO_TRADER = "carrier jiangsu suzhou operator"
NOT_ASKED = f"gearworks bearing steel {NO_TRADER}"
_OWN = {"done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} {MEMBERS} stranger", "NOT_FOUND": NOT_ASKED}
_AS_MEMBER = {"done": f"buyer {MEMBERS}", "NOT_ALLOWED_NOW": f"{NOT_BUYER} stranger", "NOT_FOUND": NOT_ASKED}
ACCESS = {
    "pools": {"seen": f"{LONGTENG} {MEMBERS}", "empty": f"{NOT_ASKED} stranger"},
    "pool_page": {"seen": f"{LONGTENG} {MEMBERS}", "empty": f"{NOT_ASKED} stranger"},
    "open_pool": {
        "done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} {NO_TRADER} stranger",
        "NOT_FOUND": "gearworks rival bearing steel dealer",
    },
    "source_pool": _OWN, "award_pool": _OWN, "cancel_pool": _OWN,
    "join_pool": _AS_MEMBER, "decline_pool": _AS_MEMBER, "leave_pool": _AS_MEMBER,
    # rival and dealer have a share too, and no dealings with its seller
    "order_pool_share": {
        "done": "buyer", "NOT_ALLOWED_NOW": f"{NOT_BUYER} stranger", "NOT_FOUND": f"{MEMBERS} {NOT_ASKED}",
    },
}  # fmt: skip


def _version(world: World, name: str) -> dict[str, Any]:
    return pool_versioned(pool_of(world.cast.chain_master, {"id": world.made[name]}))


def _opening(world: World) -> dict[str, Any]:
    cast = world.cast
    return {
        "number": fresh("JC"), "title": "新", "unit": "C62", "currency": "CNY", "incoterm": "DAP", "wantedOn": day(60),
        "closesAt": instant(hours=9), "rule": "PRO_RATA",
        "memberIds": [one.firm_id for one in (cast.chain_master, cast.rival, cast.dealer)],
    }  # fmt: skip


def _sourcing(world: World) -> dict[str, Any]:
    return _version(world, "pool closed") | {
        "number": fresh("RFQ"), "closesAt": instant(hours=9), "awardBy": day(9),
        "inviteeIds": [world.cast.gearworks.firm_id],
    }  # fmt: skip


def _awarding(world: World) -> dict[str, Any]:
    found = pool_of(world.cast.chain_master, {"id": world.made["pool opened"]})
    offer = found["rfq"]["comparison"][0]["offers"][0]["offer"]["id"]
    return pool_versioned(found) | {"quotationLineId": offer}


def _ordering(world: World) -> dict[str, Any]:
    own = pool_of(world.cast.chain_master, {"id": world.made["pool allotted"]})["own"]
    return {"poolId": world.made["pool allotted"], "expectedVersion": own["version"], "number": fresh("PO")}


INPUTS = {
    "open_pool": _opening,
    "source_pool": _sourcing,
    "award_pool": _awarding,
    "cancel_pool": lambda w: _version(w, "pool joined") | {"reason": "新"},
    "join_pool": lambda w: {"poolId": w.made["pool asked"], "quantity": "3"},
    "decline_pool": lambda w: {"poolId": w.made["pool asked"]},
    "leave_pool": lambda w: {"poolId": w.made["pool joined"]},
    "order_pool_share": _ordering,
}
VARIABLES = {"pool_page": lambda w: {"id": w.made["pool joined"]}}
UNDER = {
    "pools": lambda world, at: {"first": 100},
    "pool_page": lambda world, at: {"id": (at or world.small)["pool"]},
}


def _asked(ledger: Ledger, pool_id: int) -> set[int]:
    return {row.firm_id for row in ledger.of("pool_invitation") if row.pool_id == pool_id}


def _knows_pool(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return party_of(actor) in {row.organiser_id, *_asked(ledger, row.id)}


def _knows_invitation(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return party_of(actor) in (row.firm_id, ledger.row("purchasing_pool", row.pool_id).organiser_id)


TABLES = {table.name: table for table in (
    Table("purchasing_pool", "Pool",           pooling.pools_visible_to,            _knows_pool),
    Table("pool_tier",       None,             pooling.pool_tiers_visible_to,       under("pool_id", "purchasing_pool")),
    Table("pool_invitation", None,             pooling.pool_invitations_visible_to, _knows_invitation),
    Table("pool_membership", "PoolMembership", pooling.pool_memberships_visible_to, one_of("firm_id")),
)}  # fmt: skip


def _opened(world: World, **given: Any) -> dict[str, Any]:
    cast = world.cast
    made: dict[str, Any] = opens_pool(cast.chain_master, cast.chain_master, cast.rival, cast.dealer, **given)["pool"]
    return made


def _joined(world: World, *quantities: str, **given: Any) -> dict[str, Any]:
    """Each member's need and last price are its own."""
    cast, pool = world.cast, _opened(world, **given)
    for member, quantity in zip((cast.chain_master, cast.rival, cast.dealer), quantities, strict=True):
        mine = world.party_of(member)
        price = world.marked(f"{quantity}.7707", mine)
        joins(member, pool, world.marked(quantity, mine), price)["membership"]
    return pool


def _close(*pools: dict[str, Any]) -> None:
    """Their windows end; the clock is where it was again."""
    latest = max(datetime.fromisoformat(pool["closesAt"]) for pool in pools)
    with clock.standing_at(latest + timedelta(seconds=1)):
        close_due_pools()


def prepare(world: World) -> None:
    """One pool nobody has answered, one all have joined, one that is over, one whose bids are opened, one shared out."""
    cast = world.cast
    master, gearworks = cast.chain_master, cast.gearworks
    longteng = world.party_of(master)
    members = [world.party_of(one) for one in (cast.rival, cast.dealer)]
    title = {"title": world.marked("秘-联合采购", longteng, *members)}
    world.made["pool asked"] = _opened(world, **title)["id"]
    soon = {"closesAt": instant(minutes=1)}
    over = [_joined(world, *wishes, **soon) for wishes in (
        ("91003", "91009", "91011"), ("92003", "92009", "92011"), ("93003", "93009", "93011"),
    )]  # fmt: skip
    _close(*over)
    world.made["pool closed"] = over[0]["id"]
    world.made["pool joined"] = _joined(world, "94003", "94009", "94011")["id"]
    for name, pool in zip(("pool opened", "pool allotted"), over[1:], strict=True):
        world.made[name] = pool["id"]
        said = _version(world, name) | {
            "number": fresh("RFQ"), "closesAt": instant(hours=24), "awardBy": day(9), "inviteeIds": [gearworks.firm_id],
        }  # fmt: skip
        rfq = sends_out(master, master.acts("source_pool", said, by="buyer")["pool"]["rfq"])
        bids(gearworks, rfq, offered(gearworks, "RV-40E", "2"))["quotation"]
        found = seen(master, rfq)
        assert found is not None
        master.acts("close_rfq", versioned(found) | {"reason": "已齐"}, by="buyer")["rfq"]
    awards_pool(master, {"id": world.made["pool allotted"]})["pool"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """One pool of so many members and tiers; so many pools."""
    cast = growing.cast
    partners = [
        item["maker"]["id"]
        for item in cast.chain_master.asks("items", filter={"number": "G-"}, first=100)["items"]["nodes"]
    ][:count]
    members = [cast.gearworks.firm_id, cast.rival.firm_id, cast.dealer.firm_id, *partners]
    tiers = {"tiers": [str(10 * n) for n in range(1, min(count, 10) + 1)]}
    for _ in range(count):
        opens_pool(cast.chain_master, memberIds=members[:3], **tiers)["pool"]
    return {"pool": opens_pool(cast.chain_master, memberIds=members, **tiers)["pool"]["id"]}
