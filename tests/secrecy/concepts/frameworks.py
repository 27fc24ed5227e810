"""Framework and scheduling agreements in the access table: the two firms' of each, and until it is proposed the buyer's alone."""

from collections.abc import Mapping
from typing import Any

from chain.items.verbs import add_item
from chain.links.verbs import introduce
from collaboration.frameworks import visibility as frameworks
from collaboration.scheduling_agreements import visibility as agreements
from kernel.access import SYSTEM, Actor
from kernel.work import unit_of_work
from tests.scenarios import frameworks as making
from tests.scenarios.players import day, fresh
from tests.secrecy.knowing import Known, Ledger, Table, one_of, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
OTHERS = f"rival bearing steel dealer {NO_TRADER}"
_SEEN = {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"}
_INSIDE = {"NOT_FOUND": f"gearworks {OTHERS}"}
_BY_BUYER = {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": OTHERS}
_BY_SELLER = {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": OTHERS}
_BY_LEAD = {"done": "lead", "NOT_ALLOWED_NOW": "buyer planner quality sales stranger"} | _INSIDE
_DRAFTED = {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead stranger"} | _INSIDE

ACCESS = {
    "frameworks": {"seen": f"{LONGTENG} gearworks rival", "empty": f"bearing steel dealer {NO_TRADER} stranger"},
    "framework_page": _SEEN, "framework_file": _SEEN,
    "draft_framework": {
        "done": "buyer", "INVALID": "gearworks", "NOT_FOUND": "rival bearing steel dealer",
        "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger",
    },
    "submit_framework": _DRAFTED, "withdraw_framework": _DRAFTED,
    "approve_framework": _BY_LEAD, "reject_framework": _BY_LEAD, "approve_framework_amendment": _BY_LEAD,
    "accept_framework": _BY_SELLER, "decline_framework": _BY_SELLER, "end_framework": _BY_BUYER, "call_off": _BY_BUYER,
    "propose_framework_amendment": {
        "done": "buyer gearworks", "NOT_ALLOWED_NOW": "planner quality sales lead stranger", "NOT_FOUND": OTHERS,
    },
    "accept_framework_amendment": _BY_SELLER, "decline_framework_amendment": _BY_SELLER,
    "withdraw_framework_amendment": {
        "done": "buyer lead", "NOT_ALLOWED_NOW": "planner quality sales gearworks stranger", "NOT_FOUND": OTHERS,
    },
    "scheduling_agreements": _SEEN, "scheduling_agreement_page": _SEEN,
    "release_difference": {"empty": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},  # buckets have no ids
    "propose_scheduling_agreement": {
        "done": "buyer", "NOT_ALLOWED_NOW": f"planner quality sales lead gearworks {NO_TRADER} stranger",
        "NOT_FOUND": "rival bearing steel dealer",
    },
    "accept_scheduling_agreement": _BY_SELLER, "decline_scheduling_agreement": _BY_SELLER,
    "end_scheduling_agreement": _BY_BUYER, "publish_release": _BY_BUYER,
    "acknowledge_release": _BY_SELLER, "object_to_release": _BY_SELLER,
}  # fmt: skip


def _page(world: World, name: str) -> dict[str, Any]:
    return making.now(world.cast.chain_master, {"id": world.made[name]})


def _which(world: World, name: str) -> dict[str, Any]:
    return making.of(_page(world, name))


def _amendment(world: World, name: str) -> dict[str, Any]:
    return making.amendment_of(world.cast.chain_master, {"id": world.made[name]})


def _schedule(world: World, name: str = "scheduling agreement") -> dict[str, Any]:
    found: dict[str, Any] = world.cast.chain_master.asks("scheduling_agreement_page", id=world.made[name])[
        "schedulingAgreement"
    ]
    return found


def _agreement(world: World, name: str = "scheduling agreement") -> dict[str, Any]:
    return {"agreementId": world.made[name], "expectedVersion": _schedule(world, name)["version"]}


def _release(world: World) -> dict[str, Any]:
    found = _schedule(world)
    return {"releaseId": found["releases"][0]["id"], "expectedVersion": found["version"]}


def _bucket(days: int, quantity: str, zone: str = "FIRM") -> dict[str, Any]:
    return {"startsOn": day(days), "period": "DAY", "zone": zone, "quantity": quantity}


def _call_off(world: World) -> dict[str, Any]:
    line = {"lineId": _page(world, "framework agreed")["lines"][0]["id"], "quantity": "1"}
    wanted = {"schedules": [{"wantedOn": day(20), "quantity": "1"}]}
    return {"frameworkId": world.made["framework agreed"], "number": "新", "lines": [line | wanted]}


REASON = {"reason": "新"}
INPUTS = {
    "draft_framework": lambda w: making.said(w.cast.chain_master, w.cast.gearworks),
    "submit_framework": lambda w: _which(w, "framework draft"),
    "withdraw_framework": lambda w: _which(w, "framework waiting"),
    "approve_framework": lambda w: _which(w, "framework waiting"),
    "reject_framework": lambda w: _which(w, "framework waiting") | REASON,
    "accept_framework": lambda w: _which(w, "framework proposed"),
    "decline_framework": lambda w: _which(w, "framework proposed") | REASON,
    "end_framework": lambda w: _which(w, "framework agreed") | REASON,
    "call_off": _call_off,
    "propose_framework_amendment": lambda w: _which(w, "framework agreed") | {"validUntil": day(200)},
    "approve_framework_amendment": lambda w: _amendment(w, "framework raised"),
    "accept_framework_amendment": lambda w: _amendment(w, "framework amended"),
    "decline_framework_amendment": lambda w: _amendment(w, "framework amended") | REASON,
    "withdraw_framework_amendment": lambda w: _amendment(w, "framework amended"),
    "propose_scheduling_agreement": lambda w: {
        "frameworkLineId": _page(w, "framework agreed")["lines"][0]["id"], "number": "新", "noticeDays": 3,
    },
    "accept_scheduling_agreement": lambda w: _agreement(w, "scheduling agreement proposed"),
    "decline_scheduling_agreement": lambda w: _agreement(w, "scheduling agreement proposed") | REASON,
    "end_scheduling_agreement": lambda w: _agreement(w) | REASON,
    "publish_release": lambda w: _agreement(w) | {"number": 9, "buckets": [_bucket(10, "3"), _bucket(20, "4")]},
    "acknowledge_release": lambda w: _release(w),
    "object_to_release": lambda w: _release(w) | {"reason": "OTHER"},
}  # fmt: skip
VARIABLES = {
    "framework_page": lambda w: {"id": w.made["framework agreed"]},
    "framework_file": lambda w: {"id": w.made["framework agreed"]},
    "scheduling_agreement_page": lambda w: {"id": w.made["scheduling agreement"]},
    "release_difference": lambda w: {"agreementId": w.made["scheduling agreement"], "earlier": 1, "later": 2},
}
UNDER: dict[str, Any] = {
    "frameworks": lambda world, at: {"first": 100},
    "framework_page": lambda world, at: {"id": (at or world.small)["framework"]},
    "framework_file": lambda world, at: {"id": (at or world.small)["framework"]},
    "scheduling_agreements": lambda world, at: {"first": 100},
    "scheduling_agreement_page": lambda world, at: {"id": (at or world.small)["scheduling_agreement"]},
    "release_difference": lambda world, at: {"agreementId": (at or world.small)["scheduling_agreement"], "earlier": 1, "later": 2},
}  # fmt: skip


def _knows_framework(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    told = row.state not in ("draft", "waiting")
    return row.buyer_id == party_of(actor) or (told and row.seller_id == party_of(actor))


def _of_buyer(column: str, table: str) -> Known:
    return lambda ledger, row, actor: ledger.row(table, getattr(row, column)).buyer_id == party_of(actor)


def _knows_amendment(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    own = ledger.row("framework", row.framework_id).buyer_id == party_of(actor)
    return own or (row.proposed_at is not None and ledger.knows(actor, "framework", row.framework_id))


def _knows_price(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    told = row.amendment_id is None or ledger.knows(actor, "framework_amendment", row.amendment_id)
    return told and ledger.knows(actor, "framework_line", row.line_id)


TABLES = {table.name: table for table in (
    Table("framework",                "Framework",           frameworks.frameworks_visible_to,                _knows_framework),
    Table("framework_line",           None,                  frameworks.framework_lines_visible_to,           under("framework_id", "framework")),
    Table("framework_amendment",      "FrameworkAmendment",  frameworks.framework_amendments_visible_to,      _knows_amendment),
    Table("framework_amendment_line", None,                  frameworks.framework_amendment_lines_visible_to, under("amendment_id", "framework_amendment")),
    Table("framework_price",          None,                  frameworks.framework_prices_visible_to,          _knows_price),
    Table("framework_price_break",    None,                  frameworks.framework_price_breaks_visible_to,    under("price_id", "framework_price")),
    Table("framework_approval",       None,                  frameworks.framework_approvals_visible_to,       _of_buyer("framework_id", "framework")),
    Table("scheduling_agreement",     "SchedulingAgreement", agreements.scheduling_agreements_visible_to,     one_of("buyer_id", "seller_id")),
    Table("schedule_release",         "ScheduleRelease",     agreements.releases_visible_to,                  under("agreement_id", "scheduling_agreement")),
    Table("release_bucket",           None,                  agreements.release_buckets_visible_to,           under("release_id", "schedule_release")),
)}  # fmt: skip


def _made(world: World, name: str, framework: Mapping[str, Any]) -> None:
    world.made[f"framework {name}"] = framework["id"]


def prepare(world: World) -> None:
    """Longteng and Gearworks agree, amend and call off, and draft what Gearworks does not know yet; the rival has its own."""
    buyer, seller = world.cast.chain_master, world.cast.gearworks
    longteng, gearworks = world.party_of(buyer), world.party_of(seller)
    own = making.agreed_line(buyer, price=world.marked("61007.5501", longteng))
    _made(world, "draft", making.drafts(buyer, seller, own, note=world.marked("秘-框架草稿", longteng))["framework"])
    waiting = making.drafts(buyer, seller, number=world.marked("秘-FA-待批", longteng))["framework"]
    buyer.acts("submit_framework", making.of(waiting), by="buyer")["framework"]
    _made(world, "waiting", waiting)
    _made(world, "proposed", making.proposes(buyer, seller, note=world.marked("秘-框架提议", longteng, gearworks)))
    line = making.agreed_line(
        buyer,
        quantityCap=world.marked("62003.25", longteng, gearworks),
        price=world.marked("63001.75", longteng, gearworks),
    )
    agreed = making.agrees(buyer, seller, line, number=world.marked("秘-FA-框架", longteng, gearworks))
    _made(world, "agreed", agreed)
    making.calls_off(buyer, agreed, "2", number=world.marked("秘-要货单", longteng, gearworks))["order"]
    amended, raised = (making.agrees(buyer, seller) for _ in range(2))
    note = world.marked("秘-框架变更", longteng, gearworks)
    making.amends(buyer, amended, by="buyer", validUntil=day(99), note=note)["amendment"]
    _made(world, "amended", amended)
    more = {"lineId": raised["lines"][0]["id"], "quantityCap": world.marked("64003.125", longteng)}
    making.amends(buyer, raised, by="buyer", lines=[more], note=world.marked("秘-未送出的变更", longteng))["amendment"]
    _made(world, "raised", raised)
    _prepare_releases(world, agreed)
    rival = world.cast.rival
    theirs = making.agreed_line(buyer, "RC-40", price=world.marked("65001.5", longteng, world.party_of(rival)))
    making.agrees(buyer, rival, theirs)


def _prepare_releases(world: World, framework: Mapping[str, Any]) -> None:
    buyer, seller = world.cast.chain_master, world.cast.gearworks
    both = world.party_of(buyer), world.party_of(seller)
    for name, note in (
        ("scheduling agreement proposed", ""),
        ("scheduling agreement", world.marked("秘-计划协议", *both)),
    ):
        said = {"frameworkLineId": framework["lines"][0]["id"], "number": fresh("SA"), "noticeDays": 3, "note": note}
        world.made[name] = buyer.acts("propose_scheduling_agreement", said, by="buyer")["agreement"]["id"]
    seller.acts("accept_scheduling_agreement", _agreement(world), by="sales")["agreement"]
    forecast = world.marked("66007.0625", *both)
    for number in (1, 2):
        buckets = [_bucket(10, "3"), _bucket(40, forecast, "FORECAST")]
        note = world.marked(f"秘-要货计划-{number}", *both)
        said = _agreement(world) | {"number": number, "buckets": buckets, "note": note}
        buyer.acts("publish_release", said, by="buyer")["release"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """A framework with so many lines, amendments and call-offs, and releases of so many buckets; so many frameworks."""
    buyer, seller = growing.cast.chain_master, growing.cast.gearworks
    few = min(count, 6)
    for number in _items(growing, few):
        making.agrees(buyer, seller, making.agreed_line(buyer, number))
    numbers = _items(growing, few)
    lines = [making.agreed_line(buyer, item, number=n) for n, item in enumerate(numbers, start=1)]
    framework = making.agrees(buyer, seller, *lines)
    for n in range(few):
        making.calls_off(buyer, framework, *("1" for _ in lines))["order"]
        change = [making.priced(one, "90", day(3 + n)) for one in framework["lines"]]
        caps = [{"lineId": one["lineId"], "quantityCap": str(90 - n)} | one for one in change]
        making.amends(buyer, framework, by="buyer", lines=caps)["amendment"]
        seller.acts("accept_framework_amendment", making.amendment_of(seller, framework), by="sales")["amendment"]
    said = {"frameworkLineId": framework["lines"][0]["id"], "number": fresh("SA"), "noticeDays": 0}
    made = buyer.acts("propose_scheduling_agreement", said, by="buyer")["agreement"]
    version = seller.acts(
        "accept_scheduling_agreement", {"agreementId": made["id"], "expectedVersion": made["version"]}, by="sales"
    )["agreement"]["version"]
    for number in range(1, few + 1):
        buckets = [_bucket(10 + n, str(number)) for n in range(few)]
        said = {"agreementId": made["id"], "expectedVersion": version, "number": number, "buckets": buckets}
        version = buyer.acts("publish_release", said, by="buyer")["agreement"]["version"]
    return {"framework": framework["id"], "scheduling_agreement": made["id"]}


def _items(growing: Any, count: int) -> list[str]:
    """Numbers of new items of Gearworks that Longteng buys."""
    numbers, seller = [fresh("FI") for _ in range(count)], growing.seated.actors["sales@gearworks.example"]
    buyer_id = growing.seated.actors["buyer@longteng.example"].party_id
    with unit_of_work() as work:
        for number in numbers:
            item = add_item(
                work, seller, number=number, name="件", unit="C62", stage_id=growing.seated.stages["core-parts"]
            )
            introduce(work, SYSTEM, seller, item_id=item.id or 0, buyer_id=buyer_id, chain_id=growing.seated.chain_id)
    return numbers
