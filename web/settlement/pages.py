"""Invoices: those that came and those one sent, one with its match and its acts, writing one, how one matches."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains.leaving import workbook
from web.settlement import words, writing
from web.sourcing.choosing import partners
from web.trade.entering import Complaint, Entered, Values, complaint, figure, needed, renamed, version_of, written
from web.trade.sides import side_asked

PAGE_SIZE, OF_ORDER = 20, 50
OPEN = ("SUBMITTED", "ACKNOWLEDGED", "IN_PROCESS", "UNDER_QUERY", "CONDITIONALLY_ACCEPTED")
VIEWS = {
    "open": OPEN, "to_pay": ("ACCEPTED", "PART_PAID"), "done": ("PAID", "REJECTED"), "draft": ("DRAFT",), "all": (),
}  # fmt: skip
TERMS = (
    "quantityPercent", "quantityAbsolute", "pricePercent", "priceAbsolute", "taxPercent", "releaseLimit", "heldPercent",
)  # fmt: skip


def blueprint() -> Blueprint:
    made = Blueprint("settlement", __name__)
    made.add_url_rule("/invoices", "invoices", invoices)
    made.add_url_rule("/invoices.xlsx", "file", file)
    made.add_url_rule("/invoices/new", "new", new)
    made.add_url_rule("/invoices/new", "write", write, methods=["POST"])
    made.add_url_rule("/invoices/terms", "terms", terms)
    made.add_url_rule("/invoices/terms", "set_terms", set_terms, methods=["POST"])
    made.add_url_rule("/invoices/<invoice_id>", "invoice", one)
    made.add_url_rule("/invoices/<invoice_id>", "act_on", act_on, methods=["POST"])
    made.add_url_rule("/invoices/<invoice_id>/edit", "edit", edit)
    made.add_url_rule("/invoices/<invoice_id>/edit", "save", save, methods=["POST"])
    made.app_context_processor(lambda: {"settled_of": of_order, "invoice_words": words})
    return made


def _filter(side: str, view: str) -> dict[str, Any]:
    found: dict[str, Any] = {"side": side, "number": request.args.get("number", "").strip()[:60] or None}
    return found | ({"states": list(VIEWS[view])} if VIEWS[view] else {})


def invoices() -> str:
    """Newest first; a seller also reads what it may invoice, buyer by buyer."""
    seated.of_a_firm()
    side = side_asked()
    view = request.args.get("show", "open")
    view = view if view in VIEWS and not (view == "draft" and side == "BUYER") else "open"
    found = ask("invoices", filter=_filter(side, view), side=side, first=PAGE_SIZE, after=request.args.get("after"))
    counts = {one["state"]: one["invoices"] for one in found["invoiceCounts"]}
    viewer = ask("viewer")["viewer"]
    return render_template(
        "settlement/list.html", found=found["invoices"], side=side, view=view, words=words, roles=set(viewer["roles"]),
        counts={name: sum(counts.get(state, 0) for state in states or counts) for name, states in VIEWS.items()},
        waiting=_uninvoiced() if side == "SELLER" else {}, number=request.args.get("number", ""),
        today=str(clock.today_of(clock.now())),
    )  # fmt: skip


def _uninvoiced() -> dict[str, dict[str, Any]]:
    """Buyer -> what of its accepted goods is not invoiced: name, lines and orders."""
    found: dict[str, dict[str, Any]] = {}
    for row in ask("uninvoiced", side="SELLER")["uninvoiced"]:
        one = found.setdefault(row["buyer"]["id"], {"name": row["buyer"]["name"], "lines": [], "orders": {}})
        one["lines"].append(row)
        one["orders"][row["order"]["id"]] = row["order"]["number"]
    return found


def file() -> Response:
    seated.of_a_firm()
    side, view = side_asked(), request.args.get("show", "all")
    asked = _filter(side, view if view in VIEWS else "all")
    made = ask("invoices_xlsx", filter=asked)["invoiceList"]["xlsx"]
    return workbook(made, f"invoices-{side.lower()}-{clock.today_of(clock.now())}.xlsx")


def _found(invoice_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("invoice_page", id=invoice_id)["invoice"]
    if not found:
        raise NotFound
    return found


def one(invoice_id: str) -> Response:
    return _page(invoice_id, Entered())


def _page(invoice_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    body = render_template(
        "settlement/one.html", i=_found(invoice_id), words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""), today=str(clock.today_of(clock.now())),
    )  # fmt: skip
    return make_response(body, entered.status)


def of_order(order_id: str) -> dict[str, Any]:
    """For the page of an order: the invoices and statements with lines of it, newest first."""
    which = {"orderId": order_id}
    return {
        "invoices": ask("invoices", filter=which, first=OF_ORDER)["invoices"]["nodes"],
        "statements": ask("statements", filter=which, first=OF_ORDER)["statements"]["nodes"],
    }


def act_on(invoice_id: str) -> Response:
    """Answer, release, approve, reply, take back or throw away: by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    wish = values.get("do", "")
    if wish not in ACTS:
        raise NotFound
    verb, fill = ACTS[wish]
    given, names = fill(values, errors)
    if not errors:
        told = {"invoiceId": invoice_id, "expectedVersion": version_of(values)}
        _payload, refused = act(verb, told | given, step=f"-{wish}")
        errors = renamed(refused, names)
    if errors:
        return _page(invoice_id, Entered(values, errors))
    if wish == "discard":
        return redirect("/invoices?side=SELLER&show=draft", 303)
    return redirect(f"/invoices/{invoice_id}?done={wish}", 303)


Filled = tuple[dict[str, Any], dict[str, str]]


def _answered(values: Values, errors: list[Complaint]) -> Filled:
    given = {
        "answer": needed(values, "answer", errors), "reason": values.get("reason") or None,
        "action": values.get("action") or None, "note": values.get("note", ""), "amount": figure(values, "amount", errors),
    }  # fmt: skip
    return given, {name: name for name in given}


def _replied(values: Values, errors: list[Complaint]) -> Filled:
    return {"text": needed(values, "text", errors)}, {"text": "text"}


def _released(values: Values, errors: list[Complaint]) -> Filled:
    chosen = [name.removeprefix("line.") for name in values if name.startswith("line.")]
    if not chosen:
        errors.append(complaint("releaseReason", _("请选择要放行的行")))
    names = {"reason": "releaseReason", "invoiceLineIds": "releaseReason"}
    return {"invoiceLineIds": chosen, "reason": needed(values, "releaseReason", errors)}, names


def _credited(values: Values, errors: list[Complaint]) -> Filled:
    names = {"number": "creditNumber", "reason": "creditReason", "issuedOn": "creditNumber", "lines": "creditNumber"}
    lines = list[dict[str, Any]]()
    for name in values:
        quantity = figure(values, name, errors) if name.startswith("credit.") else None
        if quantity not in (None, "0"):
            names |= {f"lines.{len(lines)}.{part}": name for part in ("quantity", "invoiceLineId")}
            lines.append({"invoiceLineId": name.removeprefix("credit."), "quantity": quantity})
    if not lines and not errors:
        errors.append(complaint("creditNumber", _("请填写要冲销的数量")))
    given = {
        "number": needed(values, "creditNumber", errors), "reason": needed(values, "creditReason", errors),
        "issuedOn": str(clock.today_of(clock.now())), "lines": lines,
    }  # fmt: skip
    return given, names


ACTS: dict[str, tuple[str, Any]] = {
    "respond": ("respond_to_invoice", _answered), "reply": ("answer_invoice_query", _replied),
    "release": ("release_invoice", _released), "approve": ("approve_release", lambda values, errors: ({}, {})),
    "credit": ("issue_credit_note", _credited), "discard": ("discard_invoice", lambda values, errors: ({}, {})),
}  # fmt: skip
"""Button -> the operation, and what is read out of the form for it."""


def new() -> Response:
    """One buyer's accepted goods, proposed: of all its orders, or of one."""
    seated.of_a_firm()
    buyer, order = request.args.get("buyer", ""), request.args.get("order", "")
    rows = ask("uninvoiced", side="SELLER", partnerId=buyer)["uninvoiced"] if buyer else []
    rows = [row for row in rows if order in ("", row["order"]["id"])]
    if not rows:
        return redirect("/invoices?side=SELLER", 303)
    same = [row for row in rows if row["currency"] == rows[0]["currency"]][: writing.MOST_ROWS - 1]
    return _form(Entered(writing.proposed(same)), rows[0]["buyer"], None)


def write() -> Response:
    return _written(request.form.get("buyer", ""), None)


def edit(invoice_id: str) -> Response:
    found = _found(invoice_id)
    return _form(Entered(writing.of_draft(found)), found["buyer"], found)


def save(invoice_id: str) -> Response:
    return _written("", _found(invoice_id))


def _written(buyer_id: str, found: Mapping[str, Any] | None) -> Response:
    """Kept or handed over, by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    buyer = found["buyer"] if found else _buyer(buyer_id)
    given, names = writing.entered(values, buyer["id"], errors)
    if found:
        given |= {"invoiceId": found["id"], "expectedVersion": version_of(values)}
    verb = "draft_invoice" if values.get("do") == "draft" else "submit_invoice"
    if not errors:
        payload, refused = act(verb, given, step=f"-{verb}")
        if not refused:
            return redirect(f"/invoices/{payload['invoice']['id']}?done={verb}", 303)
        errors = renamed(refused, names)
    return _form(Entered(values, errors), buyer, found)


def _buyer(buyer_id: str) -> dict[str, Any]:
    rows = ask("uninvoiced", side="SELLER", partnerId=buyer_id)["uninvoiced"] if buyer_id else []
    known = [row["buyer"] for row in rows] or [f for f in partners("") if f["id"] == buyer_id]
    if not known:
        raise NotFound
    found: dict[str, Any] = known[0]
    return found


def _form(entered: Entered, buyer: Mapping[str, Any], found: Mapping[str, Any] | None) -> Response:
    rows = entered.values.get("rows", "1")
    body = render_template(
        "settlement/form.html", v=entered.values, errors=entered.errors, stale=entered.is_stale, buyer=buyer, i=found,
        words=words, rows=min(writing.MOST_ROWS, int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 4 else 1),
    )  # fmt: skip
    return make_response(body, entered.status)


def terms() -> Response:
    return _terms(Entered())


def set_terms() -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given: dict[str, Any] = {name: figure(values, name, errors) for name in TERMS}
    given |= {"currency": written(values, "currency").upper() or "CNY", "sellerId": values.get("sellerId") or None}
    if not errors:
        _payload, refused = act("set_settlement_terms", given)
        if not refused:
            return redirect("/invoices/terms?done=terms", 303)
        errors = renamed(refused, {name: name for name in given})
    return _terms(Entered(values, errors))


def _terms(entered: Entered) -> Response:
    seated.of_a_firm()
    viewer, known = ask("viewer")["viewer"], ask("settlement_terms")["settlementTerms"]
    chosen = request.args.get("seller", "")
    held = next((one for one in known if (one["seller"] or {"id": ""})["id"] == chosen), None)
    values = entered.values or ({name: held[name] or "" for name in (*TERMS, "currency")} if held else {})
    body = render_template(
        "settlement/terms.html", known=known, v={"sellerId": chosen, **values}, errors=entered.errors, terms=TERMS,
        done=request.args.get("done", ""), lead="LEAD" in viewer["roles"], partners=partners(viewer["firm"]["id"]),
    )  # fmt: skip
    return make_response(body, entered.status)
