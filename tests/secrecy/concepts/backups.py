"""Backup sources, what is essential and days to recover in the access table: the buyer's people, and nobody else, know of either."""

from typing import Any

from chain.backups.visibility import backup_sources_visible_to
from chain.essentiality.visibility import link_essentiality_visible_to, stage_essentiality_visible_to
from chain.recovery.visibility import link_recovery_visible_to
from tests.secrecy.knowing import Table, one_of, signed_in
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
TRADERS = "gearworks rival bearing steel dealer"
NO_TRADER = "carrier jiangsu suzhou operator"
EVERYBODY_ELSE = f"{TRADERS} {NO_TRADER}"
_KEEPING = {
    "done": "buyer planner quality lead",
    "NOT_ALLOWED_NOW": "sales stranger",
    "NOT_FOUND": EVERYBODY_ELSE,
}

ACCESS: dict[str, dict[str, str]] = {
    "backup_sources": {"seen": LONGTENG, "empty": f"{EVERYBODY_ELSE} stranger"},
    "backup_source_page": {"seen": LONGTENG, "NOT_FOUND": f"{EVERYBODY_ELSE} stranger"},
    "backup_coverage": {"seen": f"{LONGTENG} {TRADERS} carrier", "empty": "jiangsu suzhou operator", "NOT_FOUND": "stranger"},
    "second_source": {"seen": LONGTENG, "INVALID": f"{TRADERS} carrier", "empty": "jiangsu suzhou operator", "NOT_FOUND": "stranger"},
    "stage_essentiality_page": {"seen": f"{LONGTENG} {EVERYBODY_ELSE}", "empty": "stranger"},
    "record_backup_source": _KEEPING, "change_backup_source": _KEEPING, "begin_backup_trial": _KEEPING,
    "confirm_backup_ready": _KEEPING, "drop_backup_source": _KEEPING,
    "qualify_backup_source": {"done": "quality lead", "NOT_ALLOWED_NOW": "buyer planner sales stranger", "NOT_FOUND": EVERYBODY_ELSE},
    "state_link_essentiality": _KEEPING, "withdraw_link_essentiality": _KEEPING,
    "state_link_recovery": _KEEPING, "withdraw_link_recovery": _KEEPING,
    "set_stage_essentiality": {"done": "operator", "NOT_ALLOWED_NOW": f"{LONGTENG} {TRADERS} carrier jiangsu suzhou stranger"},
}  # fmt: skip


def _link(world: World) -> str:
    return str(world.cast.chain_master.link_for("RC-40")["id"])


def _at(world: World, state: str) -> dict[str, Any]:
    source = world.made[f"backup {state}"]
    version = world.cast.chain_master.asks("backup_source_page", id=source)["node"]["version"]
    return {"backupSourceId": source, "expectedVersion": version}


def _stages(world: World) -> dict[str, str]:
    stages = world.cast.chain_master.asks("chains")["chains"]["nodes"][0]["stages"]
    return {"supplierStageId": stages[0]["id"], "buyerStageId": stages[1]["id"]}


INPUTS = {
    "record_backup_source": lambda w: {"linkId": _link(w), "workingName": "新", "share": 1},
    "change_backup_source": lambda w: _at(w, "candidate") | {"workingName": "新", "share": 1},
    "qualify_backup_source": lambda w: _at(w, "candidate"),
    "begin_backup_trial": lambda w: _at(w, "qualified"),
    "confirm_backup_ready": lambda w: _at(w, "trial"),
    "drop_backup_source": lambda w: _at(w, "candidate"),
    "state_link_essentiality": lambda w: {"linkId": _link(w), "essentiality": "NEGLIGIBLE"},
    "withdraw_link_essentiality": lambda w: {"linkId": _link(w)},
    "state_link_recovery": lambda w: {"linkId": _link(w), "recoverDays": 97},
    "withdraw_link_recovery": lambda w: {"linkId": _link(w)},
    "set_stage_essentiality": lambda w: _stages(w) | {"essentiality": "LINEAR"},
}
VARIABLES = {
    "backup_source_page": lambda w: {"id": w.made["backup candidate"]},
    "backup_coverage": lambda w: {"chainId": w.cast.chain_master.chain()},
    "second_source": lambda w: {
        "chainId": w.cast.chain_master.chain(), "input": {"linkId": _link(w), "share": 1},
    },
}  # fmt: skip
TABLES = {table.name: table for table in (
    Table("backup_source",      "BackupSource", backup_sources_visible_to,     one_of("buyer_id")),
    Table("link_essentiality",  None,           link_essentiality_visible_to,  one_of("buyer_id")),
    Table("link_recovery",      None,           link_recovery_visible_to,      one_of("buyer_id")),
    Table("stage_essentiality", None,           stage_essentiality_visible_to, signed_in),
)}  # fmt: skip


def _more_of_the_rival(world: World, number: str) -> tuple[str, str]:
    """(link, item) of one more thing it supplies Longteng with."""
    rival, master = world.cast.rival, world.cast.chain_master
    given = {"number": number, "name": number, "unit": "C62", "leadTimeDays": 9}
    item = rival.acts("add_item", given, by="sales")["item"]["id"]
    said = {"itemId": item, "buyerId": master.firm_id, "chainId": rival.chain()}
    return str(rival.acts("declare_supply_link", said, by="sales")["supplyLink"]["id"]), str(item)


def prepare(world: World) -> None:
    """Longteng prepares Gearworks in the rival's place, one source at each step, and says what the rival means to it."""
    cast, longteng = world.cast, world.party_of(world.cast.chain_master)
    master = cast.chain_master
    links = [
        (_link(world), master.item("RC-40")),
        *(_more_of_the_rival(world, number) for number in ("RC-备", "RC-链")),
    ]
    name = world.marked("秘-类别-备链", longteng, world.party_of(cast.gearworks))
    said = {"code": "BACKUP", "name": name, "nameEn": "Backup", "needs": [], "qualifiedOnly": False}
    category = master.acts("add_category", said, by="lead")["category"]["id"]
    sorted_in = {"categoryId": category, "itemIds": [item for _, item in links]}
    master.acts("assign_items", sorted_in, by="quality")["category"]
    asked = {"supplierId": cast.gearworks.firm_id, "categoryId": category, "standing": "APPROVED"}
    proposed = master.acts("propose_qualification", asked, by="quality")["proposal"]
    decided = {"proposalId": proposed["id"], "expectedVersion": 2}
    master.acts("approve_qualification", decided, by="lead")["qualification"]
    for number, (state, (link, _)) in enumerate(zip(("candidate", "qualified", "trial"), links, strict=True)):
        given = {
            "linkId": link, "firmId": cast.gearworks.firm_id, "share": 1, "spareDays": 0, "toolingDays": 0,
            "workingName": world.marked(f"秘-备链-{state}", longteng),
        }  # fmt: skip
        made = master.acts("record_backup_source", given, by="buyer")["backupSource"]
        world.made[f"backup {state}"] = made["id"]
        for step in ("qualify_backup_source", "begin_backup_trial")[:number]:
            master.acts(step, _at(world, state), by="quality")["backupSource"]
    master.acts("state_link_essentiality", {"linkId": _link(world), "essentiality": "LINEAR"}, by="buyer")["supplyLink"]
    master.acts("state_link_recovery", {"linkId": _link(world), "recoverDays": 88}, by="buyer")["supplyLink"]
    cast.operator.acts("set_stage_essentiality", _stages(world) | {"essentiality": "LINEAR"}, by="lead")["chain"]


ALL = {"first": 100}


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """As many sources, on as many links, as the growing world has; some with a firm, most with a name."""
    master, last = growing.cast.chain_master, ""
    for link in [one for one in master.links() if not one["disclosed"] and one["side"] == "BUYER"][-count:]:
        given = {"linkId": link["id"], "workingName": f"厂 {count}", "share": 1}
        last = master.acts("record_backup_source", given, by="buyer")["backupSource"]["id"]
        if link["supplier"]["id"] != growing.cast.gearworks.firm_id:
            named = {"linkId": link["id"], "firmId": growing.cast.gearworks.firm_id, "share": 1}
            master.acts("record_backup_source", named, by="buyer")
        said = {"linkId": link["id"], "essentiality": "LINEAR"}
        master.acts("state_link_essentiality", said, by="planner")["supplyLink"]
        master.acts("state_link_recovery", {"linkId": link["id"], "recoverDays": 30}, by="planner")["supplyLink"]
    return {"backup_source": last}


def _chain(world: Any) -> dict[str, Any]:
    return {"chainId": world.cast.chain_master.chain()}


UNDER = {
    "backup_sources": lambda world, at: ALL,
    "backup_source_page": lambda world, at: {"id": (at or world.small)["backup_source"]},
    "backup_coverage": lambda world, at: _chain(world),
    "second_source": lambda world, at: _chain(world) | {"input": {"linkId": _link(world), "share": 1}},
    "stage_essentiality_page": lambda world, at: {},
}
