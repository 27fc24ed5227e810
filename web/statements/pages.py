"""Statements: those of the firm, one line by line with what may be done to it, its invoice, its file."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains.leaving import workbook
from web.settlement import words as invoice_words
from web.sourcing.choosing import partners
from web.statements import words
from web.trade.entering import Complaint, Entered, Values, complaint, day, figure, needed, renamed, version_of, written
from web.trade.sides import side_asked

PAGE_SIZE, LINES, USUAL_TAX, USUAL_DAYS = 20, 100, "13", 30
VIEWS = {
    "open": ("DRAFT", "SENT", "DISPUTED"), "agreed": ("AGREED",), "withdrawn": ("WITHDRAWN",), "all": (),
}  # fmt: skip


def blueprint() -> Blueprint:
    made = Blueprint("statements", __name__)
    made.add_url_rule("/statements", "statements", statements)
    made.add_url_rule("/statements", "draft", draft, methods=["POST"])
    made.add_url_rule("/statements/<statement_id>", "statement", one)
    made.add_url_rule("/statements/<statement_id>", "act_on", act_on, methods=["POST"])
    made.add_url_rule("/statements/<statement_id>.xlsx", "file", file)
    return made


def statements() -> Response:
    return _list(Entered())


def _list(entered: Entered) -> Response:
    """Newest first, with a form for the month that ended last."""
    seated.of_a_firm()
    side, view = side_asked(), request.args.get("show", "open")
    view = view if view in VIEWS else "open"
    asked: dict[str, Any] = {"side": side} | ({"states": list(VIEWS[view])} if VIEWS[view] else {})
    found = ask("statements", filter=asked, side=side, first=PAGE_SIZE, after=request.args.get("after"))
    counts = {one["state"]: one["statements"] for one in found["statementCounts"]}
    viewer = ask("viewer")["viewer"]
    last = clock.today_of(clock.now()).replace(day=1) - timedelta(days=1)
    usual = {"currency": "CNY", "periodFrom": str(last.replace(day=1)), "periodUntil": str(last)}
    may_make = ("SALES" if side == "SELLER" else "BUYER") in viewer["roles"]
    body = render_template(
        "statements/list.html", found=found["statements"], side=side, view=view, words=words, errors=entered.errors,
        v=usual | dict(entered.values), partners=partners(viewer["firm"]["id"]) if may_make else [], may_make=may_make,
        counts={name: sum(counts.get(state, 0) for state in states or counts) for name, states in VIEWS.items()},
    )  # fmt: skip
    return make_response(body, entered.status)


def draft() -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given = {
        "side": "BUYER" if values.get("side") == "BUYER" else "SELLER", "partnerId": needed(values, "partnerId", errors),
        "currency": written(values, "currency").upper() or "CNY",
        "periodFrom": _day(values, "periodFrom", errors),
        "periodUntil": _day(values, "periodUntil", errors),
    }  # fmt: skip
    if not errors:
        payload, refused = act("draft_statement", given)
        if not refused:
            return redirect(f"/statements/{payload['statement']['id']}?done=draft", 303)
        errors = renamed(refused, {name: name for name in given})
    return _list(Entered(values, errors))


def _day(values: Values, name: str, errors: list[Complaint]) -> str | None:
    """A day that must not stay empty."""
    return day(values, name, errors) if needed(values, name, errors) else None


def _found(statement_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("statement_page", id=statement_id)["statement"]
    if not found:
        raise NotFound
    return found


def one(statement_id: str) -> Response:
    return _page(statement_id, Entered())


def _page(statement_id: str, entered: Entered) -> Response:
    """A hundred lines at a time; all of them, without forms, to print."""
    seated.of_a_firm()
    found = _found(statement_id)
    lines, whole, at = found["lines"], "all" in request.args, request.args.get("page", "1")
    pages = max(1, -(-len(lines) // LINES))
    number = min(int(at), pages) if at.isascii() and at.isdigit() and 0 < len(at) < 4 and int(at) else 1
    today = clock.today_of(clock.now())
    usual = {"issuedOn": str(today), "dueOn": str(today + timedelta(days=USUAL_DAYS)), "taxPercent": USUAL_TAX}
    body = render_template(
        "statements/one.html", s=found, lines=lines if whole else lines[(number - 1) * LINES : number * LINES], whole=whole,
        waiting=[(line, d) for line in lines for d in line["disputes"] if d["state"] == "OPEN"],
        page=number, pages=pages, words=words, reasons=invoice_words.reasons(), reason_words=dict(invoice_words.reasons()), fapiao_types=invoice_words.fapiao_types(),
        called=invoice_words.called, v=usual | dict(entered.values), errors=entered.errors, stale=entered.is_stale,
        done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)


def file(statement_id: str) -> Response:
    seated.of_a_firm()
    made = ask("statement_xlsx", id=statement_id)["statementFile"]
    if not made:
        raise NotFound
    found = _found(statement_id)
    return workbook(made["xlsx"], f"statement-{found['periodFrom']}-{found['periodUntil']}-{found['edition']}.xlsx")


Filled = tuple[dict[str, Any], dict[str, str]]


def act_on(statement_id: str) -> Response:
    """Send, confirm, dispute, answer, withdraw or invoice: by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    wish = values.get("do", "")
    if wish not in ACTS:
        raise NotFound
    verb, fill = ACTS[wish]
    given, names = fill(values, errors)
    if not errors:
        told = {"statementId": statement_id, "expectedVersion": version_of(values)}
        payload, refused = act(verb, told | given, step=f"-{wish}")
        if not refused and wish == "invoice":
            return redirect(f"/invoices/{payload['invoice']['id']}?done=submit_invoice", 303)
        errors = renamed(refused, names)
    if errors:
        return _page(statement_id, Entered(values, errors))
    return redirect(f"/statements/{statement_id}?done={wish}", 303)


def _plain(values: Values, errors: list[Complaint]) -> Filled:
    return {}, {}


def _confirmed(values: Values, errors: list[Complaint]) -> Filled:
    chosen = [name.removeprefix("aside.") for name in values if name.startswith("aside.")]
    return {"setAside": chosen}, {f"setAside.{n}": f"aside.{number}" for n, number in enumerate(chosen)}


def _disputed(values: Values, errors: list[Complaint]) -> Filled:
    """Every line for which a reason was chosen."""
    lines, names = list[dict[str, Any]](), dict[str, str]()
    for name, reason in values.items():
        if not name.startswith("reason.") or not reason:
            continue
        number = name.removeprefix("reason.")
        place = f"lines.{len(lines)}"
        names |= {
            f"{place}.note": f"note.{number}", f"{place}.rightQuantity": f"quantity.{number}",
            f"{place}.rightPrice": f"price.{number}", f"{place}.reason": name,
        }  # fmt: skip
        lines.append({
            "statementLineId": number, "reason": reason, "note": needed(values, f"note.{number}", errors),
            "rightQuantity": figure(values, f"quantity.{number}", errors), "rightPrice": figure(values, f"price.{number}", errors),
        })  # fmt: skip
    if not lines:
        errors.append(complaint("disputes", _("请在有异议的行选择原因并说明")))
    return {"lines": lines}, names


def _answered(values: Values, errors: list[Complaint]) -> Filled:
    answers, names = list[dict[str, Any]](), dict[str, str]()
    for name, outcome in values.items():
        if name.startswith("outcome."):
            number = name.removeprefix("outcome.")
            if not outcome:
                errors.append(complaint(name, _("请选择")))
            names |= {f"answers.{len(answers)}.outcome": name, f"answers.{len(answers)}.note": f"answer.{number}"}
            answers.append({"disputeId": number, "outcome": outcome, "note": values.get(f"answer.{number}", "")})
    return {"answers": answers}, names


def _invoiced(values: Values, errors: list[Complaint]) -> Filled:
    given = {
        "number": needed(values, "number", errors), "issuedOn": _day(values, "issuedOn", errors),
        "dueOn": _day(values, "dueOn", errors),
        "taxPercent": figure(values, "taxPercent", errors) if needed(values, "taxPercent", errors) else None,
        "paymentTerms": values.get("paymentTerms", ""), "fapiaoNumber": written(values, "fapiaoNumber") or None,
        "fapiaoType": values.get("fapiaoType") or None,
    }  # fmt: skip
    return given, {name: name for name in given} | {"lines.0.taxPercent": "taxPercent"}


ACTS: dict[str, tuple[str, Any]] = {
    "send": ("send_statement", _plain), "withdraw": ("withdraw_statement", _plain), "confirm": ("confirm_statement", _confirmed),
    "dispute": ("dispute_statement", _disputed), "answer": ("answer_statement_disputes", _answered),
    "invoice": ("invoice_statement", _invoiced),
}  # fmt: skip
"""Button -> the operation, and what is read out of the form for it."""
