"""Disruption notices in the access table: one open from Gearworks to Longteng, one passed on, one draft."""

from typing import Any

from collaboration.notices import visibility as noticing
from kernel.access import Actor
from seeds.cast import GEARWORKS
from tests.scenarios.players import Player, day
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
NOT_TOLD = f"rival bearing steel dealer {NO_TRADER}"
_SENDING = {"done": "gearworks", "NOT_FOUND": NOT_TOLD, "NOT_ALLOWED_NOW": f"{LONGTENG} stranger"}
_NEW = {
    "done": "buyer planner sales lead bearing", "NOT_ALLOWED_NOW": f"quality {NO_TRADER} stranger",
    "INVALID": "gearworks", "NOT_FOUND": "rival steel dealer",
}  # fmt: skip
ACCESS = {
    "disruption_notices": {"seen": f"{LONGTENG} gearworks rival bearing", "empty": f"steel dealer {NO_TRADER} stranger"},
    "disruption_notice_page": {"seen": f"{LONGTENG} gearworks", "empty": f"{NOT_TOLD} stranger"},
    "write_disruption_notice": _NEW,
    "open_disruption_notice": {"done": "gearworks", "NOT_FOUND": f"{LONGTENG} {NOT_TOLD}", "NOT_ALLOWED_NOW": "stranger"},
    "update_disruption_notice": _SENDING,
    "resolve_disruption_notice": _SENDING,
    "forward_disruption_notice": {"done": "buyer planner sales lead gearworks", "NOT_FOUND": NOT_TOLD, "NOT_ALLOWED_NOW": "quality stranger"},
    "read_disruption_notice": {"done": LONGTENG, "NOT_FOUND": NOT_TOLD, "NOT_ALLOWED_NOW": "gearworks stranger"},
    "assess_disruption_notice": {"done": LONGTENG, "NOT_FOUND": NOT_TOLD, "NOT_ALLOWED_NOW": "gearworks stranger"},
}  # fmt: skip


def _said(**given: Any) -> dict[str, Any]:
    return {"cause": "STRIKE", "effect": "CAPACITY_REDUCED", "startsOn": day(0), "text": "新"} | given


def _version(world: World, name: str) -> dict[str, Any]:
    found = world.cast.gearworks.asks("disruption_notice_page", id=world.made[name])["disruptionNotice"]
    return {"noticeId": world.made[name], "expectedVersion": found["version"]}


INPUTS = {
    "write_disruption_notice": lambda w: _said(addresseeIds=[w.cast.gearworks.firm_id]),
    "open_disruption_notice": lambda w: _version(w, "draft notice"),
    "update_disruption_notice": lambda w: _said(**_version(w, "notice")),
    "resolve_disruption_notice": lambda w: {"text": "新"} | _version(w, "notice"),
    "forward_disruption_notice": lambda w: _said(noticeId=w.made["notice"], addresseeIds=[]),
    "read_disruption_notice": lambda w: {"noticeId": w.made["notice"]},
    "assess_disruption_notice": lambda w: {"impact": "WATCH"} | _version(w, "notice"),
}
VARIABLES = {"disruption_notice_page": lambda w: {"id": w.made["notice"]}}
UNDER = {
    "disruption_notices": lambda world, at: {"first": 100},
    "disruption_notice_page": lambda world, at: {"id": (at or world.small)["disruption_notice"]},
}


def _addressed(ledger: Ledger, notice_id: int) -> set[int]:
    return {row.addressee_id for row in ledger.of("notice_addressee") if row.notice_id == notice_id}


def _knows_notice(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    me = party_of(actor)
    return me == row.sender_id or (row.state != "draft" and me in _addressed(ledger, row.id))


def _knows_item(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    notice, me = ledger.row("disruption_notice", row.notice_id), party_of(actor)
    traded = any(
        link.item_id == row.item_id and {link.supplier_id, link.buyer_id} == {me, notice.sender_id}
        for link in ledger.of("supply_link")
    )
    return me == notice.sender_id or (_knows_notice(ledger, notice, actor) and traded)


def _knows_addressee(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    notice, me = ledger.row("disruption_notice", row.notice_id), party_of(actor)
    return me == notice.sender_id or (me == row.addressee_id and _knows_notice(ledger, notice, actor))


TABLES = {table.name: table for table in (
    Table("disruption_notice", "DisruptionNotice", noticing.notices_visible_to,         _knows_notice),
    Table("notice_site",       None,               noticing.notice_sites_visible_to,    under("notice_id", "disruption_notice")),
    Table("notice_item",       None,               noticing.notice_items_visible_to,    _knows_item),
    Table("notice_addressee",  None,               noticing.addressees_visible_to,      _knows_addressee),
    Table("notice_assessment", None,               noticing.assessments_visible_to,     one_of("firm_id")),
    Table("notice_forwarding", None,               noticing.forwardings_visible_to,     one_of("firm_id")),
    Table("notice_request",    None,               noticing.notice_requests_visible_to, under("request_id", "data_request")),
)}  # fmt: skip


def _opens(player: Player, notice: dict[str, Any]) -> str:
    said = {"noticeId": notice["id"], "expectedVersion": notice["version"]}
    return str(player.acts("open_disruption_notice", said, by="sales")["notice"]["id"])


def prepare(world: World) -> None:
    """Bearing tells Gearworks and Rival; Gearworks passes it on to Longteng, which asks; and has another in hand."""
    cast = world.cast
    longteng, gearworks, bearing, rival = (
        world.party_of(one) for one in (cast.chain_master, cast.gearworks, cast.bearing, cast.rival)
    )
    named = {
        "itemIds": [cast.bearing.item("CRB-100")], "addresseeIds": [cast.gearworks.firm_id, cast.rival.firm_id],
        "text": world.marked("秘-上游停工原因说明全文", bearing, gearworks, rival),
    }  # fmt: skip
    first = cast.bearing.acts("write_disruption_notice", _said(**named), by="sales")["notice"]
    told = _opens(cast.bearing, first)
    world.marked(first["sourceDisruptionId"], bearing, gearworks, rival, longteng)
    cast.rival.acts(
        "assess_disruption_notice",
        {"noticeId": told, "expectedVersion": 2, "impact": "ACT", "note": world.marked("秘-锐驰评估", rival)}, by="sales",
    )["notice"]  # fmt: skip
    own = {"noticeId": told, "addresseeIds": [cast.chain_master.firm_id], "itemIds": [cast.gearworks.item("RV-40E")],
           "siteIds": [world.made["site 明"]], "text": world.marked("秘-精齿自己的话", gearworks, longteng)}  # fmt: skip
    passed = cast.gearworks.acts("forward_disruption_notice", _said(**own), by="sales")["notice"]
    world.made["notice"] = _opens(cast.gearworks, passed)
    asked = {
        "partnerId": cast.gearworks.firm_id, "item": "停工相关物料", "kinds": ["STOCK"], "criticality": "HIGH",
        "reason": "停工", "noticeId": world.made["notice"],
    }  # fmt: skip
    cast.chain_master.acts("send_data_request", asked, by="buyer")["dataRequest"]
    draft = _said(text=world.marked("秘-未发出的通知", gearworks), addresseeIds=[cast.chain_master.firm_id])
    written = cast.gearworks.acts("write_disruption_notice", draft, by="sales")["notice"]
    world.made["draft notice"] = written["id"]
    world.marked(written["sourceDisruptionId"], gearworks)


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """One notice with so many addressees, sites and items; so many notices to Longteng."""
    assert growing.seated.firms[GEARWORKS]
    gearworks, master = growing.cast.gearworks, growing.cast.chain_master
    sites = [
        gearworks.acts(
            "add_site", {"firmId": gearworks.firm_id, "code": f"N{count}-{n}", "name": f"厂{n}", "prefecture": "320500"},
            by="sales",
        )["site"]["id"]
        for n in range(count)
    ]  # fmt: skip
    items = [gearworks.item(number) for number in ("RV-40E", "RV-80E", "HD-25")]
    last = ""
    for _ in range(count):
        said = _said(
            addresseeIds=[master.firm_id, growing.cast.bearing.firm_id], siteIds=sites, itemIds=items[: max(count, 1)]
        )
        last = _opens(gearworks, gearworks.acts("write_disruption_notice", said, by="sales")["notice"])
        assessed = {"noticeId": last, "expectedVersion": 2, "impact": "WATCH"}
        master.acts("assess_disruption_notice", assessed, by="buyer")["notice"]
    return {"disruption_notice": last}
