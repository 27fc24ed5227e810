"""Statements in the access table: known to their two firms, a draft to its maker."""

from datetime import timedelta
from typing import Any

from collaboration.statements import visibility as stating
from kernel import clock
from tests.scenarios.players import day, fresh, line
from tests.scenarios.stating import confirms, disputes, drafts, on, shown
from tests.secrecy.knowing import Ledger, Table, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
OTHERS = "rival bearing steel dealer carrier jiangsu suzhou operator"
_BY_OTHER = {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": OTHERS}
_BY_MAKER = {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": OTHERS}
ACCESS = {
    "statements": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "statement_page": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "statement_xlsx": {"empty": f"{LONGTENG} gearworks {OTHERS} stranger"},  # a file, whose ids are none; see the story
    "draft_statement": {
        "done": "gearworks", "INVALID": "sales rival bearing dealer", "NOT_FOUND": "steel",
        "NOT_ALLOWED_NOW": "buyer planner quality lead carrier jiangsu suzhou operator stranger",
    },
    "send_statement": {"done": "gearworks", "NOT_FOUND": f"{LONGTENG} {OTHERS}", "NOT_ALLOWED_NOW": "stranger"},
    "withdraw_statement": _BY_MAKER, "answer_statement_disputes": _BY_MAKER, "invoice_statement": _BY_MAKER,
    "confirm_statement": _BY_OTHER, "dispute_statement": _BY_OTHER,
}  # fmt: skip


def _on(world: World, name: str, **given: Any) -> dict[str, Any]:
    found = shown(world.cast.gearworks, {"id": world.made[name]})
    return {"statementId": found["id"], "expectedVersion": found["version"]} | given


def _first_line(world: World, name: str) -> dict[str, Any]:
    found: dict[str, Any] = shown(world.cast.gearworks, {"id": world.made[name]})["lines"][0]
    return found


INPUTS = {
    "draft_statement": lambda w: {
        "side": "SELLER", "partnerId": w.cast.chain_master.firm_id, "currency": "CNY", "periodFrom": day(-36), "periodUntil": day(-36),
    },
    "send_statement": lambda w: _on(w, "statement draft"),
    "withdraw_statement": lambda w: _on(w, "statement sent"),
    "confirm_statement": lambda w: _on(w, "statement sent"),
    "dispute_statement": lambda w: _on(
        w, "statement sent", lines=[{"statementLineId": _first_line(w, "statement sent")["id"], "reason": "OTH", "note": "新"}]
    ),
    "answer_statement_disputes": lambda w: _on(
        w, "statement disputed",
        answers=[{"disputeId": _first_line(w, "statement disputed")["disputes"][0]["id"], "outcome": "UPHELD", "note": "新"}],
    ),
    "invoice_statement": lambda w: _on(
        w, "statement agreed", number=fresh("INV"), issuedOn=day(0), dueOn=day(30), taxPercent="13"
    ),
}  # fmt: skip
VARIABLES = {
    "statement_page": lambda w: {"id": w.made["statement disputed"]},
    "statement_xlsx": lambda w: {"id": w.made["statement disputed"]},
}
UNDER = {
    "statements": lambda w, at: {"first": 100},
    "statement_page": lambda w, at: {"id": (at or w.small)["statement"]},
    "statement_xlsx": lambda w, at: {"id": (at or w.small)["statement"]},
}


def _statement(ledger: Ledger, row: Any, actor: Any) -> bool:
    """Its two firms once it was sent; before, its maker."""
    return party_of(actor) == row.maker_id or (
        row.sent_at is not None and party_of(actor) in (row.buyer_id, row.seller_id)
    )


_STATEMENT = under("statement_id", "statement")
TABLES = {table.name: table for table in (
    Table("statement",         "Statement",        stating.statements_visible_to,          _statement),
    Table("statement_line",    "StatementLine",    stating.statement_lines_visible_to,     _STATEMENT),
    Table("statement_dispute", "StatementDispute", stating.statement_disputes_visible_to,  _STATEMENT),
    Table("statement_edition", None,               stating.statement_editions_visible_to,  _STATEMENT),
)}  # fmt: skip


def _received(cast: Any, ago: int, price: str, quantities: list[str], *, lines: int = 1) -> None:
    """An order of so many days ago, so much of which came on that day and each day after."""
    began = clock.now() - timedelta(days=ago)
    clock.set_to(began)
    try:
        order = cast.chain_master.places_order(cast.gearworks, lines=[line("RV-40E", "99", price=price)] * lines)
        cast.gearworks.accepts_all(order)
        for n, quantity in enumerate(quantities):
            clock.set_to(began + timedelta(days=n))
            sent = cast.gearworks.ships(*((order, number, quantity) for number in range(1, lines + 1)))
            cast.chain_master.receives(sent)["receiptAdvice"]
    finally:
        clock.set_to(None)


def prepare(world: World) -> None:
    """Of five days one each is a draft, sent, disputed, agreed, and not stated."""
    master, gearworks = world.cast.chain_master, world.cast.gearworks
    both = (world.party_of(master), world.party_of(gearworks))
    _received(world.cast, 40, world.marked("5511.83", *both), ["1", "2", "3", "4", "5"])
    for name, ago in (("draft", -40), ("sent", -39), ("disputed", -38), ("agreed", -37)):
        made = drafts(gearworks, master, "SELLER", since=ago, until=ago)["statement"]
        world.made[f"statement {name}"] = made["id"]
        if name != "draft":
            on(gearworks, made, "send_statement")["statement"]
        if name == "disputed":
            words = world.marked("秘-对账异议", *both)
            disputes(master, made, (1, "QTY", words, {"rightQuantity": world.marked("2.618", *both)}))["statement"]
        if name == "agreed":
            confirms(master, made)["statement"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """A statement of so many lines, half of them disputed and stood by; some others beside it."""
    master, gearworks = growing.cast.chain_master, growing.cast.gearworks
    ago = 40 + count
    _received(growing.cast, ago, "10", ["1"], lines=count)
    _received(growing.cast, ago - 1, "10", ["1"] * (count // 2))
    for n in range(1, count // 2 + 1):
        drafts(gearworks, master, "SELLER", since=n - ago, until=n - ago)["statement"]
    made = drafts(gearworks, master, "SELLER", since=-ago, until=-ago)["statement"]
    on(gearworks, made, "send_statement")["statement"]
    disputes(master, made, *((n + 1, "OTH", "待查") for n in range(count // 2)))["statement"]
    return {"statement": made["id"]}
