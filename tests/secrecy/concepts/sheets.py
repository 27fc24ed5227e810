"""Sheets in and out in the access table."""

from typing import Any

from exchange.sheets import visibility as sheets
from kernel.access import Actor, Role
from tests.scenarios.players import what
from tests.secrecy.knowing import Ledger, Table, party_of
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
TRADERS = f"{LONGTENG} gearworks rival bearing steel dealer"
OTHERS = f"{LONGTENG} rival bearing steel dealer carrier jiangsu suzhou operator stranger"

ACCESS = {
    "sheets_page": {"seen": "gearworks", "empty": OTHERS},
    "sheet_template": {"empty": f"gearworks {OTHERS}"},
    "sheet_import_page": {"seen": "gearworks", "NOT_FOUND": OTHERS},
    "sheet_exports_page": {"seen": "gearworks lead", "empty": f"buyer planner quality sales {OTHERS.removeprefix(LONGTENG).strip()}"},
    "preview_import": {"done": "gearworks", "NOT_FOUND": "planner sales rival bearing steel dealer",
                       "NOT_ALLOWED_NOW": "buyer quality lead carrier jiangsu suzhou operator stranger"},
    "run_import": {"done": "gearworks", "NOT_FOUND": f"{LONGTENG} rival bearing steel dealer carrier jiangsu suzhou operator",
                   "NOT_ALLOWED_NOW": "stranger"},
    "export_sheet": {"done": f"{TRADERS} operator", "NOT_ALLOWED_NOW": "carrier jiangsu suzhou stranger"},
}  # fmt: skip
INPUTS = {
    "preview_import": lambda w: {"uploadId": w.made["sheet upload"], "kind": "ITEMS"},
    "run_import": lambda w: {"importId": w.made["sheet import"], "expectedVersion": 2, "rows": "VALID"},
    "export_sheet": lambda w: {"kind": "ITEMS", "format": "CSV"},
}
VARIABLES = {
    "sheet_import_page": lambda w: {"id": w.made["sheet import"], "first": 100},
    "sheet_template": lambda w: {"kind": "ITEMS", "format": "CSV", "filled": True},
}
UNDER = {
    "sheets_page": lambda world, at: {"first": 100}, "sheet_exports_page": lambda world, at: {"first": 100},
    "sheet_import_page": lambda world, at: {"id": (at or world.small)["sheet_import"], "first": 100},
    "sheet_template": lambda world, at: {"kind": "ITEMS", "format": "CSV"},
}  # fmt: skip


def _party(actor: Actor | None) -> int:
    return 0 if actor is not None and actor.party_id is None and actor.has(Role.OPERATOR) else party_of(actor) or -1


def _knows_import(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return bool(row.party_id == _party(actor))


def knows_problem(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return _knows_import(ledger, ledger.row("sheet_import", row.import_id), actor)


def _knows_export(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return actor is not None and row.party_id == _party(actor) and row.by_user == actor.user_id


TABLES = {table.name: table for table in (
    Table("sheet_import",  "SheetImport", sheets.imports_visible_to,  _knows_import),
    Table("sheet_problem", None,          sheets.problems_visible_to, knows_problem),
    Table("sheet_export",  "SheetExport", sheets.exports_visible_to,  _knows_export),
)}  # fmt: skip


def prepare(world: World) -> None:
    """A previewed import with a good row and a bad one, an upload beside it, and exports of three seats."""
    maker = world.party_of(world.cast.gearworks)
    good, bad = world.marked("秘-导入物料", maker), world.marked("秘-导入坏行", maker)
    text = f"物料号,名称,计量单位,秘-多余列\r\nSECRET-1,{good},件,\r\nSECRET-2,二,{bad},\r\n".encode()
    world.marked("秘-多余列", maker)
    file = world.marked("秘-导入文件.csv", maker)
    upload = what(world.cast.gearworks.uploads(text, file))
    made = world.cast.gearworks.acts("preview_import", {"uploadId": upload, "kind": "ITEMS"}, by="sales")
    world.made["sheet import"] = made["sheetImport"]["id"]
    world.made["sheet upload"] = what(world.cast.gearworks.uploads(text, world.marked("秘-导入文件二.csv", maker)))
    world.cast.gearworks.acts("export_sheet", {"kind": "SUPPLY_LINKS", "format": "CSV"}, by="sales")["sheetExport"]
    world.cast.chain_master.acts("export_sheet", {"kind": "ITEMS", "format": "XLSX"}, by="lead")["sheetExport"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """Imports with so many problems each."""
    rows = "\r\n".join(f"G-{number},,," for number in range(count))
    text = f"物料号,名称,计量单位,x\r\n{rows}\r\n".encode()
    upload = what(growing.cast.gearworks.uploads(text, f"{order_id[:6]}.csv"))
    made = growing.cast.gearworks.acts("preview_import", {"uploadId": upload, "kind": "ITEMS"}, by="sales")
    return {"sheet_import": made["sheetImport"]["id"]}
