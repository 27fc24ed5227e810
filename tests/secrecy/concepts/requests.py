"""Data requests, names said and the access ledger in the access table."""

from datetime import timedelta
from typing import Any

from chain.aliases.visibility import reveals_visible_to
from chain.requests.tables import Criticality, DataKind
from chain.requests.verbs import Wish, send_data_request
from chain.requests.visibility import data_answers_visible_to, data_requests_visible_to
from kernel import clock
from kernel.access import Actor
from kernel.ledger.visibility import access_entries_visible_to
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS
from tests.scenarios.players import day
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, today
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
_ANSWERING = {
    "done": "gearworks",
    "NOT_ALLOWED_NOW": f"{LONGTENG} stranger",
    "NOT_FOUND": f"rival bearing steel dealer {NO_TRADER}",
}

ACCESS = {
    "access_ledger": {"seen": f"{LONGTENG} gearworks bearing", "empty": f"rival steel dealer {NO_TRADER} stranger"},
    "data_requests": {"seen": f"{LONGTENG} gearworks bearing steel", "empty": f"rival dealer {NO_TRADER} stranger"},
    "data_request_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"rival bearing steel dealer {NO_TRADER} stranger"},
    "identity_reveals": {"seen": "steel", "empty": f"{LONGTENG} gearworks rival bearing dealer {NO_TRADER} stranger"},
    "send_data_request": {"done": "buyer planner lead bearing", "INVALID": "gearworks", "NOT_FOUND": "rival steel dealer", "NOT_ALLOWED_NOW": f"quality sales {NO_TRADER} stranger"},
    "approve_data_request": _ANSWERING, "refuse_data_request": _ANSWERING,
    "terminate_data_request": {"done": "buyer planner lead", "NOT_ALLOWED_NOW": "quality sales gearworks stranger", "NOT_FOUND": f"rival bearing steel dealer {NO_TRADER}"},
    "reveal_identity": {"done": "sales lead bearing", "INVALID": "gearworks", "NOT_FOUND": "rival steel dealer", "NOT_ALLOWED_NOW": f"buyer planner quality {NO_TRADER} stranger"},
    "conceal_identity": {"done": "steel", "NOT_FOUND": "sales lead gearworks rival bearing dealer", "NOT_ALLOWED_NOW": f"buyer planner quality {NO_TRADER} stranger"},
}  # fmt: skip

INPUTS = {
    "send_data_request": lambda w: {
        "partnerId": w.cast.gearworks.firm_id, "item": "新", "kinds": ["STOCK"], "reason": "新", "criticality": "LOW",
    },
    "approve_data_request": lambda w: {
        "dataRequestId": w.made["data request"], "expectedVersion": 1,
        "answers": [{"kind": "STOCK", "value": "1", "unit": "C62"}],
    },
    "refuse_data_request": lambda w: {"dataRequestId": w.made["data request"], "expectedVersion": 1},
    "terminate_data_request": lambda w: {"dataRequestId": w.made["data request"]},
    "reveal_identity": lambda w: {"viewerId": w.cast.gearworks.firm_id, "until": day(9)},
    "conceal_identity": lambda w: {"identityRevealId": w.made["reveal"]},
}  # fmt: skip
VARIABLES = {"data_request_page": lambda w: {"id": w.made["data request"]}}
UNDER = {
    "data_requests": lambda world, at: {"first": 100},
    "data_request_page": lambda world, at: {"id": (at or world.small)["data_request"]},
    "identity_reveals": lambda world, at: {"first": 100},
    "access_ledger": lambda world, at: {"first": 100},
}


def _knows_answer(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    request = ledger.row("data_request", row.request_id)
    granted = request.state == "approved" and request.starts_on <= today() <= request.ends_on
    return party_of(actor) == request.holder_id or (granted and party_of(actor) == request.asker_id)


TABLES = {table.name: table for table in (
    Table("access_entry",    None,             access_entries_visible_to, one_of("owner_id")),
    Table("data_request",    "DataRequest",    data_requests_visible_to,  one_of("asker_id", "holder_id")),
    Table("data_answer",     None,             lambda a: data_answers_visible_to(a, today()), _knows_answer),
    Table("identity_reveal", "IdentityReveal", reveals_visible_to,        one_of("firm_id")),
)}  # fmt: skip


def _alias_seen_by(world: World, seat: str) -> str:
    chain = world.cast.chain_master.chain()
    links = world.api.asks(seat, "supply_links", chainId=chain, first=100)["supplyLinks"]["nodes"]
    return next(str(link["supplierAlias"]) for link in links if link["disclosed"])


def _asks(world: World, seat: str, mark: str, *readers: int, **given: Any) -> str:
    said = {
        "item": world.marked(f"秘-请求物料-{mark}", *readers), "reason": world.marked(f"秘-请求事由-{mark}", *readers),
        "message": world.marked(f"秘-请求留言-{mark}", *readers), "kinds": ["STOCK"], "criticality": "HIGH",
    }  # fmt: skip
    return str(world.api.acts(seat, "send_data_request", said | given)["dataRequest"]["id"])


def prepare(world: World) -> None:
    """One waits between partners; one was answered behind an alias, by a firm its asker also knows by name."""
    cast, longteng = world.cast, world.party_of(world.cast.chain_master)
    gearworks, bearing, steel = (world.party_of(p) for p in (cast.gearworks, cast.bearing, cast.steel))
    world.made["data request"] = _asks(
        world, "buyer@longteng.example", "伙伴", longteng, gearworks, partnerId=cast.gearworks.firm_id
    )
    hidden = _asks(world, "buyer@longteng.example", "代号", longteng, bearing, askerNamed=False,
                   alias=_alias_seen_by(world, "buyer@longteng.example"))  # fmt: skip
    _asks(
        world,
        "sales@gearworks.example",
        "上游",
        gearworks,
        steel,
        alias=_alias_seen_by(world, "sales@gearworks.example"),
    )
    stock = world.marked("60613.47", longteng, bearing)
    answer = {
        "dataRequestId": hidden,
        "expectedVersion": 1,
        "answers": [{"kind": "STOCK", "value": stock, "unit": "C62"}],
    }
    cast.bearing.acts("approve_data_request", answer, by="sales")["dataRequest"]
    given = cast.steel.acts("reveal_identity", {"viewerId": cast.bearing.firm_id, "until": day(30)}, by="sales")
    world.made["reveal"] = given["reveal"]["id"]
    cast.chain_master.asks("data_requests")


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """Asked on days gone by, for no firm may ask so often on one day."""
    asker, last = growing.seated.actors["buyer@longteng.example"], ""
    for number in reversed(range(count)):
        then = clock.now() - timedelta(days=number)
        with unit_of_work(asker, now=then) as work:
            wish = Wish(
                f"{order_id}-{number}",
                [DataKind.STOCK],
                "缺货",
                Criticality.LOW,
                ends_on=clock.today_of(then) + timedelta(days=60),
            )
            send_data_request(work, asker, wish, partner_id=growing.seated.firms[GEARWORKS], alias=None)
    for request in growing.cast.gearworks.asks("data_requests", first=100)["dataRequests"]["nodes"]:
        if request["state"] == "PENDING":
            answer = [{"kind": "STOCK", "value": "5", "unit": "C62"}]
            said = {"dataRequestId": request["id"], "expectedVersion": request["version"], "answers": answer}
            last = growing.cast.gearworks.acts("approve_data_request", said, by="sales")["dataRequest"]["id"]
    growing.cast.chain_master.asks("data_requests", first=100)
    return {"data_request": last}
