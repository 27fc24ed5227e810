"""Requisitions: the list, one with its acts, writing one, turning it into a request or an order, the rules of approval."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.formats import unit_code
from web.sourcing import asking, words
from web.sourcing.choosing import all_of, partners, ticked
from web.trade.entering import (
    Complaint,
    Entered,
    Values,
    complaint,
    day,
    figure,
    needed,
    renamed,
    rows_of,
    version_of,
    whole,
    written,
)

PAGE_SIZE, LEAST_ROWS, MOST_ROWS, MOST_PEOPLE = 20, 3, 100, 100
PARTS = ("number", "title", "quantity", "unit", "unitPrice", "wantedOn")
PLAIN = {"submit": "submit_requisition", "approve": "approve_requisition", "finish": "finish_requisition"}


def pages(made: Blueprint) -> None:
    made.add_url_rule("/requisitions", "requisitions", requisitions)
    made.add_url_rule("/requisitions/new", "need", need)
    made.add_url_rule("/requisitions/new", "write", write, methods=["POST"])
    made.add_url_rule("/requisitions/rules", "rules", rules)
    made.add_url_rule("/requisitions/rules", "set_rules", set_rules, methods=["POST"])
    made.add_url_rule("/requisitions/<requisition_id>", "requisition", one)
    made.add_url_rule("/requisitions/<requisition_id>", "act_on", act_on, methods=["POST"])
    made.add_url_rule("/requisitions/<requisition_id>/edit", "rewrite", rewrite)
    made.add_url_rule("/requisitions/<requisition_id>/edit", "write_anew", write_anew, methods=["POST"])


def requisitions() -> str:
    """All of the firm's, or those that wait for who reads: newest first."""
    seated.of_a_firm()
    mine = request.args.get("mine") == "1"
    found = ask("requisitions", filter={"toDecide": mine}, first=PAGE_SIZE, after=request.args.get("after"))
    return render_template("sourcing/requisitions.html", found=found["requisitions"], mine=mine, words=words)


def _found(requisition_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("requisition_page", id=requisition_id)["requisition"]
    if not found:
        raise NotFound
    return found


def one(requisition_id: str) -> Response:
    return _page(requisition_id, Entered())


def _page(requisition_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    found = _found(requisition_id)
    sourcing = {"sourceRequisition", "orderRequisition"} & set(found["openVerbs"])
    own = ask("viewer")["viewer"]["firm"]["id"]
    body = render_template(
        "sourcing/requisition.html", q=found, words=words, v=entered.values or asking.blank(), errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""),
        partners=partners(own) if sourcing else [],
        items=[item for item in all_of("items") if item["maker"] and item["maker"]["id"] != own] if sourcing else [],
    )  # fmt: skip
    return make_response(body, entered.status)


def act_on(requisition_id: str) -> Response:
    """Submit, approve, reject, turn into something, finish: by the button that was pressed."""
    seated.of_a_firm()
    values, errors, names = request.form.to_dict(), list[Complaint](), dict[str, str]()
    told = {"requisitionId": requisition_id, "expectedVersion": version_of(values)}
    wish = values.get("do", "")
    if wish in PLAIN:
        _payload, errors = act(PLAIN[wish], told, step=f"-{wish}")
    elif wish == "reject":
        names = {"reason": "reason"}
        _payload, errors = act("reject_requisition", told | {"reason": values.get("reason", "")}, step="-reject")
    elif wish == "source":
        given, names = _sourced(values, errors)
        if not errors:
            _payload, errors = act("source_requisition", told | given, step="-source")
    elif wish == "order":
        given, names = _ordered(values, _found(requisition_id), errors)
        if not errors:
            _payload, errors = act("order_requisition", told | given, step="-order")
    else:
        raise NotFound
    if errors:
        return _page(
            requisition_id, Entered(values, renamed(errors, names | {"number": names.get("number", "number")}))
        )
    return redirect(f"/requisitions/{requisition_id}?done={wish}", 303)


def _sourced(values: Values, errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    closes = needed(values, "closesOn", errors) and words.moment(values, "closesOn", "closesAt", errors)
    invitees = ticked(values)
    given = {
        "number": needed(values, "rfqNumber", errors), "incoterm": values.get("incoterm") or "DAP", "closesAt": closes,
        "awardBy": needed(values, "awardBy", errors) and day(values, "awardBy", errors), "inviteeIds": invitees,
    }  # fmt: skip
    names = {"number": "rfqNumber", "closesAt": "closesOn", "awardBy": "awardBy", "inviteeIds": "inviteeIds"}
    return given, names | {f"inviteeIds.{n}": f"to.{one}" for n, one in enumerate(invitees)}


def _ordered(
    values: Values, found: Mapping[str, Any], errors: list[Complaint]
) -> tuple[dict[str, Any], dict[str, str]]:
    lines, names = list[dict[str, Any]](), {"number": "orderNumber", "sellerId": "sellerId", "lines": "sellerId"}
    for n, line in enumerate(found["lines"]):
        item, price = (f"o.{line['number']}.{part}" for part in ("item", "price"))
        names |= {
            f"lines.{n}.itemId": item,
            f"lines.{n}.unitPrice": price,
            f"lines.{n}.quantity": item,
            f"lines.{n}.unit": item,
        }
        said = {
            "number": line["number"],
            "itemId": needed(values, item, errors),
            "unitPrice": figure(values, price, errors),
        }
        if said["unitPrice"] is None and not any(price in error["fields"] for error in errors):
            errors.append(complaint(price, _("请填写单价")))
        lines.append(said)
    given = {
        "sellerId": needed(values, "sellerId", errors), "number": needed(values, "orderNumber", errors), "lines": lines
    }  # fmt: skip
    return given, names


def need() -> Response:
    rows = {
        f"l.{n}.{part}": text for n in range(LEAST_ROWS) for part, text in (("number", str(n + 1)), ("unit", "C62"))
    }
    return _form(Entered({"currency": "CNY", "rows": str(LEAST_ROWS)} | rows), {})


def write() -> Response:
    return _written({}, {})


def rewrite(requisition_id: str) -> Response:
    found = _found(requisition_id)
    values = {name: found[name] for name in ("number", "title", "note", "currency")}
    values |= {f"{name}Id": found[name]["id"] if found[name] else "" for name in ("category", "supplier")}
    values["rows"] = str(len(found["lines"]) + 2)
    values |= {f"l.{n}.{part}": str(line[part]) for n, line in enumerate(found["lines"]) for part in PARTS}
    return _form(Entered(values), found)


def write_anew(requisition_id: str) -> Response:
    found = _found(requisition_id)
    return _written({"requisitionId": requisition_id, "expectedVersion": version_of(request.form)}, found)


def _written(told: dict[str, Any], found: Mapping[str, Any]) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    names = {name: name for name in ("number", "title", "note", "currency", "categoryId", "supplierId", "lines")}
    lines = list[dict[str, Any]]()
    for n in range(rows_of(values, "rows", least=LEAST_ROWS, most=MOST_ROWS)):
        if written(values, f"l.{n}.title") or written(values, f"l.{n}.quantity"):
            names |= {f"lines.{len(lines)}.{part}": f"l.{n}.{part}" for part in PARTS}
            lines.append(_line(values, n, errors))
    if not lines and not errors:
        errors.append(complaint("lines", _("请至少填写一行")))
    given = told | {name: needed(values, name, errors) for name in ("number", "title", "currency")}
    given |= {"note": values.get("note", ""), "lines": lines}
    given |= {name: values.get(name) or None for name in ("categoryId", "supplierId")}
    if not errors:
        payload, refused = act("draft_requisition", given)
        if not refused:
            return redirect(f"/requisitions/{payload['requisition']['id']}?done=draft", 303)
        errors = renamed(refused, names)
    return _form(Entered(values, errors), found)


def _line(values: Values, n: int, errors: list[Complaint]) -> dict[str, Any]:
    def name(part: str) -> str:
        return f"l.{n}.{part}"

    for part in ("quantity", "unitPrice", "wantedOn"):
        needed(values, name(part), errors)
    return {
        "number": whole(values, name("number"), errors) or n + 1, "title": needed(values, name("title"), errors),
        "quantity": figure(values, name("quantity"), errors), "unit": unit_code(written(values, name("unit"))) or "C62",
        "unitPrice": figure(values, name("unitPrice"), errors), "wantedOn": day(values, name("wantedOn"), errors),
    }  # fmt: skip


def _form(entered: Entered, found: Mapping[str, Any]) -> Response:
    seated.of_a_firm()
    viewer = ask("viewer")["viewer"]
    own = viewer["firm"]["id"]
    body = render_template(
        "sourcing/need.html", q=found, words=words, v=entered.values, errors=entered.errors, stale=entered.is_stale,
        rows=rows_of(entered.values, "rows", least=LEAST_ROWS, most=MOST_ROWS), roles=set(viewer["roles"]),
        partners=partners(own),
    )  # fmt: skip
    return make_response(body, entered.status)


def rules() -> Response:
    return _rules(Entered())


def set_rules() -> Response:
    """All rows with a person are the rules from now on."""
    seated.of_a_firm()
    values, errors, found, names = request.form.to_dict(), list[Complaint](), list[dict[str, Any]](), dict[str, str]()
    for n in range(rows_of(values, "rows", least=LEAST_ROWS, most=200)):
        if values.get(f"r.{n}.approverId"):
            place = f"rules.{len(found)}"
            names |= {
                f"{place}.{part}": f"r.{n}.{part}" for part in ("approverId", "fromAmount", "currency", "supplierId")
            }
            found.append(
                {
                    "approverId": values[f"r.{n}.approverId"], "supplierId": values.get(f"r.{n}.supplierId") or None,
                    "categoryId": values.get(f"r.{n}.categoryId") or None,
                    "fromAmount": figure(values, f"r.{n}.fromAmount", errors) or "0",
                    "currency": written(values, f"r.{n}.currency").upper() or "CNY",
                }
            )  # fmt: skip
    if not errors:
        _payload, refused = act("set_approval_rules", {"rules": found})
        if not refused:
            return redirect("/requisitions/rules?done=rules", 303)
        errors = renamed(refused, names)
    return _rules(Entered(values, errors))


def _rules(entered: Entered) -> Response:
    seated.of_a_firm()
    viewer, known = ask("viewer")["viewer"], ask("approval_rules")["approvalRules"]
    values = entered.values or _of_rules(known)
    own = viewer["firm"]["id"]
    body = render_template(
        "sourcing/rules.html", rules=known, words=words, v=values, errors=entered.errors, done=request.args.get("done", ""),
        rows=rows_of(values, "rows", least=LEAST_ROWS, most=200), lead="LEAD" in viewer["roles"],
        people=ask("people_page", first=MOST_PEOPLE)["people"]["nodes"],
        partners=partners(own),
    )  # fmt: skip
    return make_response(body, entered.status)


def _of_rules(known: list[dict[str, Any]]) -> dict[str, str]:
    values = {"rows": str(len(known) + LEAST_ROWS)}
    for n, rule in enumerate(known):
        values |= {f"r.{n}.{name}": str(rule[name]) for name in ("approverId", "fromAmount", "currency")}
        values |= {f"r.{n}.{name}Id": rule[name]["id"] if rule[name] else "" for name in ("category", "supplier")}
    return values
