"""The range of a firm and what it is supplied with; one item with its names, bill, uses and stock."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.items import bills, planning
from web.items.entering import Read, read_count, read_item, read_reference, refused
from web.items.one import shown, today
from web.trade import words
from web.trade.entering import Entered, version_of

PAGE_SIZE = 50
TABS = {"": None, "own": True, "bought": False}


def blueprint() -> Blueprint:
    made = Blueprint("items", __name__)
    made.before_request(_traders_only)
    made.add_url_rule("/items", "list", items)
    made.add_url_rule("/items", "add", add, methods=["POST"])
    made.add_url_rule("/items/<item_id>", "item", item)
    for what in ("change", "retire", "reference", "end-reference", "count"):
        made.add_url_rule(f"/items/<item_id>/{what}", what, _acting(what), methods=["POST"])
    bills.add_to(made)
    planning.add_to(made)
    return made


def _traders_only() -> None:
    """Who trades nothing has no items. Raises NotFound."""
    sitting = seated.person()
    if sitting is not None and seated.audience(sitting) not in ("buyer", "supplier"):
        raise NotFound


def items() -> Response | str:
    return _list(Entered())


def _list(entered: Entered) -> Response:
    by = {"text": request.args.get("q", "").strip()[:60], "of": request.args.get("of", "")}
    wanted = {"text": by["text"] or None, "own": TABS.get(by["of"])}
    answer = ask(
        "items_page", filter={k: v for k, v in wanted.items() if v is not None}, first=PAGE_SIZE,
        after=request.args.get("after"), today=today(),
    )  # fmt: skip
    mine = answer["viewer"]["firm"]["id"] if answer["viewer"]["firm"] else ""
    called: dict[str, list[dict[str, Any]]] = {}
    for reference in answer["crossReferences"]["nodes"]:
        called.setdefault(reference["item"]["id"], []).append(reference)
    page = render_template(
        "items/list.html", found=answer["items"], called=called, mine=mine, by=by, v=entered.values, errors=entered.errors,
        may=bool({"SALES", "PLANNER"} & set(answer["viewer"]["roles"])), words=words, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(page, entered.status)


def add() -> Response:
    seated.of_a_firm()
    read = read_item(request.form)
    if read.errors:
        return _list(Entered(request.form, read.errors))
    payload, errors = act("add_item", read.input)
    if errors:
        return _list(Entered(request.form, errors))
    return redirect(f"/items/{payload['item']['id']}?done=added", 303)


def item(item_id: str) -> Response:
    return shown(item_id, Entered())


def _acting(what: str) -> Any:
    def done(item_id: str) -> Response:
        seated.of_a_firm()
        name, read = _READ[what](item_id)
        errors = read.errors
        if not errors:
            _payload, errors = act(name, read.input)
        if errors:
            return shown(item_id, Entered(request.form, refused(errors, name)))
        return redirect(f"/items/{item_id}?done={what}", 303)

    done.__name__ = what.replace("-", "_")
    return done


def _change(item_id: str) -> tuple[str, Read]:
    read = read_item(request.form, changing=True)
    return "change_item", Read(read.input | {"itemId": item_id}, read.errors)


def _retire(item_id: str) -> tuple[str, Read]:
    return "retire_item", Read({"itemId": item_id, "expectedVersion": read_item(request.form, changing=True).version})


def _reference(item_id: str) -> tuple[str, Read]:
    read = read_reference(request.form)
    return "state_cross_reference", Read({"itemId": item_id} | read.input, read.errors)


def _end(item_id: str) -> tuple[str, Read]:
    given = request.form
    return "end_cross_reference", Read({
        "referenceId": given.get("referenceId", ""), "expectedVersion": version_of(given),
        "lastDay": given.get("lastDay") or today(),
    })  # fmt: skip


def _count(item_id: str) -> tuple[str, Read]:
    read = read_count(request.form)
    return "count_stock", Read({"itemId": item_id} | read.input, read.errors)


_READ = {"change": _change, "retire": _retire, "reference": _reference, "end-reference": _end, "count": _count}
