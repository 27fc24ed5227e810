"""Invoices in the access table: known to their two firms; how Longteng matches and releases, to Longteng alone."""

from typing import Any

from collaboration.settlement import visibility as invoicing
from tests.scenarios.players import Player, day, fresh, line
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
OTHERS = f"rival bearing steel dealer {NO_TRADER}"
_WRITTEN = {
    "done": "gearworks", "NOT_ALLOWED_NOW": f"buyer planner quality lead {NO_TRADER} stranger",
    "NOT_FOUND": "sales rival bearing steel dealer",
}  # fmt: skip
_BY_SELLER = {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": OTHERS}
_BY_BUYER = {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": OTHERS}
_DISCARDED = {"done": "gearworks", "NOT_ALLOWED_NOW": f"buyer planner quality lead {NO_TRADER} stranger",
              "NOT_FOUND": "sales rival bearing steel dealer"}  # fmt: skip
ACCESS = {
    "invoices": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "invoice_page": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "invoices_xlsx": {"empty": f"{LONGTENG} gearworks {OTHERS} stranger"},  # a file, whose ids are none; see the story
    "uninvoiced": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "settlement_terms": {"seen": LONGTENG, "empty": f"gearworks {OTHERS} stranger"},
    "draft_invoice": _WRITTEN, "submit_invoice": _WRITTEN,
    "discard_invoice": _DISCARDED, "answer_invoice_query": _BY_SELLER, "issue_credit_note": _BY_SELLER,
    "respond_to_invoice": _BY_BUYER, "release_invoice": _BY_BUYER,
    "approve_release": {"done": "lead", "NOT_ALLOWED_NOW": "buyer planner quality sales gearworks stranger", "NOT_FOUND": OTHERS},
    "set_settlement_terms": {"done": "lead", "NOT_ALLOWED_NOW": f"buyer planner quality sales gearworks {OTHERS} stranger"},
}  # fmt: skip


def _page(player: Player, number: str) -> dict[str, Any]:
    found: dict[str, Any] = player.asks("invoice_page", id=number)["invoice"]
    return found


def _on(world: World, name: str, **given: Any) -> dict[str, Any]:
    found = _page(world.cast.gearworks, world.made[name])
    return {"invoiceId": found["id"], "expectedVersion": found["version"]} | given


def _said(buyer: Player, order: Any, *lines: dict[str, Any], **given: Any) -> dict[str, Any]:
    return {
        "number": fresh("INV"), "buyerId": buyer.firm_id, "issuedOn": day(0), "dueOn": day(30), "currency": "CNY",
        "lines": [{"number": n, "quantity": "1", "unitPrice": "4", "taxPercent": "13"} | one for n, one in enumerate(lines, 1)],
    } | given  # fmt: skip


def _draft(world: World) -> dict[str, Any]:
    return _on(world, "invoice draft") | _said(
        world.cast.chain_master, None, {"orderLineId": world.made["invoiced line"], "description": "新"}
    )


def _own_lines(world: World, name: str) -> list[str]:
    return [one["id"] for one in _page(world.cast.gearworks, world.made[name])["lines"]]


INPUTS = {
    "draft_invoice": _draft, "discard_invoice": lambda w: _on(w, "invoice draft"),
    "submit_invoice": _draft,
    "respond_to_invoice": lambda w: _on(w, "invoice sent", answer="IN_PROCESS"),
    "answer_invoice_query": lambda w: _on(w, "invoice queried", text="新"),
    "release_invoice": lambda w: _on(
        w, "invoice sent", invoiceLineIds=_own_lines(w, "invoice sent"), reason="新"
    ),
    "approve_release": lambda w: _on(w, "invoice released"),
    "issue_credit_note": lambda w: _on(
        w, "invoice sent", number=fresh("CN"), issuedOn=day(0), reason="新",
        lines=[{"invoiceLineId": _own_lines(w, "invoice sent")[0], "quantity": "1"}],
    ),
    "set_settlement_terms": lambda w: {"currency": "CNY", "heldPercent": "3"},
}  # fmt: skip
VARIABLES = {"invoice_page": lambda w: {"id": w.made["invoice queried"]}, "uninvoiced": lambda w: {"side": "BUYER"}}
UNDER = {
    "invoices": lambda world, at: {"first": 100},
    "invoice_page": lambda world, at: {"id": (at or world.small)["invoice"]},
    "invoices_xlsx": lambda world, at: {},
    "uninvoiced": lambda world, at: {"side": "SELLER"},
    "settlement_terms": lambda world, at: {},
}


def _invoice(ledger: Ledger, row: Any, actor: Any) -> bool:
    """Its two firms; the buyer once it is submitted."""
    return party_of(actor) == row.seller_id or (party_of(actor) == row.buyer_id and row.state != "draft")


def _buyers(ledger: Ledger, row: Any, actor: Any) -> bool:
    return party_of(actor) == ledger.row("invoice", row.invoice_id).buyer_id


_INVOICE = under("invoice_id", "invoice")
TABLES = {table.name: table for table in (
    Table("invoice",          "Invoice",     invoicing.invoices_visible_to,          _invoice),
    Table("invoice_line",     "InvoiceLine", invoicing.invoice_lines_visible_to,     _INVOICE),
    Table("invoice_response", None,          invoicing.invoice_responses_visible_to, _INVOICE),
    Table("invoice_release",  None,          invoicing.invoice_releases_visible_to,  _buyers),
    Table("credit_note",      "CreditNote",  invoicing.credit_notes_visible_to,      _INVOICE),
    Table("credit_note_line", None,          invoicing.credit_note_lines_visible_to, under("credit_note_id", "credit_note")),
    Table("settlement_terms", None,          invoicing.settlement_terms_visible_to,  one_of("buyer_id")),
)}  # fmt: skip


def prepare(world: World) -> None:
    """An order half come: one invoice kept, one sent and blocked, one released, one queried and credited in part."""
    master, gearworks = world.cast.chain_master, world.cast.gearworks
    longteng, both = world.party_of(master), (world.party_of(master), world.party_of(gearworks))
    limit = world.marked("85.5509", longteng)
    terms = {"sellerId": gearworks.firm_id, "currency": "CNY", "releaseLimit": limit, "pricePercent": "1"}
    master.acts("set_settlement_terms", terms, by="lead")["settlementTerms"]
    price = world.marked("61003.5517", *both)
    order = master.places_order(gearworks, lines=[line("RV-40E", "20", price=price)])
    gearworks.accepts_all(order)
    master.receives(gearworks.ships((order, 1, "6")))["receiptAdvice"]
    world.made["invoiced line"] = gearworks.lines_of(order)[1]["id"]

    def send(verb: str, name: str, quantity: str, **given: Any) -> None:
        one = {"orderLineId": world.made["invoiced line"], "quantity": quantity, "unitPrice": price}
        made = gearworks.acts(verb, _said(master, order, one, **given), by="sales")["invoice"]
        world.made[f"invoice {name}"] = made["id"]

    send("draft_invoice", "draft", "2", note=world.marked("秘-发票草稿", both[1]))
    send(
        "submit_invoice", "queried", "3", note=world.marked("秘-发票备注", *both), fapiaoType="ORDINARY",
        fapiaoNumber=world.marked("60518842", *both), number=world.marked("秘-发票号", *both),
        paymentTerms=world.marked("秘-付款条件", *both),
    )  # fmt: skip
    send("submit_invoice", "released", "5")
    send("submit_invoice", "sent", "9")
    asked = _on(world, "invoice queried", answer="UNDER_QUERY", reason="QTY", note=world.marked("秘-发票质疑", *both))
    master.acts("respond_to_invoice", asked, by="buyer")["invoice"]
    lines = [{"invoiceLineId": _own_lines(world, "invoice queried")[0], "quantity": "1"}]
    note = {
        "number": world.marked("秘-冲销单", *both),
        "issuedOn": day(0),
        "reason": world.marked("秘-冲销原因", *both),
    }
    gearworks.acts("issue_credit_note", _on(world, "invoice queried", lines=lines, **note), by="sales")["creditNote"]
    passed = {"invoiceLineIds": _own_lines(world, "invoice released"), "reason": world.marked("秘-放行理由", longteng)}
    master.acts("release_invoice", _on(world, "invoice released", **passed), by="buyer")["invoice"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """An invoice of so many lines, queried, released and credited a few times; and some more invoices."""
    master, gearworks = growing.cast.chain_master, growing.cast.gearworks
    order = gearworks.asks("trade_order_page", id=order_id)["node"]
    master.acts("set_settlement_terms", {"currency": "CNY", "heldPercent": "10"}, by="lead")["settlementTerms"]
    own = [{"orderLineId": one["id"], "quantity": "3"} for one in order["lines"]]
    for one in own[: count // 2]:
        gearworks.acts("submit_invoice", _said(master, order, one), by="sales")["invoice"]
    made = gearworks.acts("submit_invoice", _said(master, order, *own), by="sales")["invoice"]["id"]

    def on(**given: Any) -> dict[str, Any]:
        return {"invoiceId": made, "expectedVersion": _page(gearworks, made)["version"]} | given

    lines = [one["id"] for one in _page(gearworks, made)["lines"]]
    master.acts("release_invoice", on(invoiceLineIds=lines[: count // 2], reason="放行"), by="buyer")["invoice"]
    for n in range(count // 4 + 1):
        master.acts("respond_to_invoice", on(answer="UNDER_QUERY", reason="QTY"), by="buyer")["invoice"]
        credit = {"number": fresh("CN"), "issuedOn": day(0), "reason": "冲销"}
        taken = [{"invoiceLineId": lines[n], "quantity": "1"}]
        gearworks.acts("issue_credit_note", on(lines=taken, **credit), by="sales")["creditNote"]
    return {"invoice": made}
