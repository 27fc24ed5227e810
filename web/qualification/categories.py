"""The buyer's categories: what each needs, and which items belong to it."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents.entries import Complaint, Entered, complaint, renamed
from web.qualification import words

MOST, OTHER_ROWS, NEW = 100, 2, "new"


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/qualification/categories", "categories", categories)
    made.add_url_rule("/qualification/categories", "add_category", add, methods=["POST"])
    made.add_url_rule("/qualification/categories/<category_id>", "change_category", change, methods=["POST"])
    made.add_url_rule("/qualification/categories/<category_id>/items", "assign_items", assign, methods=["POST"])


def categories() -> str:
    return _page(Entered())


def add() -> Response:
    seated.of_a_firm()
    values = request.form.to_dict()
    given, errors = _filled(values, NEW, ("code", "name", "nameEn"))
    if not errors:
        _payload, refused = act("add_category", given)
        errors = renamed(refused, NEW, _fields(given))
    return _answered(Entered(NEW, values, errors), "added")


def change(category_id: str) -> Response:
    seated.of_a_firm()
    values = request.form.to_dict()
    given, errors = _filled(values, category_id, ("name", "nameEn"))
    if not errors:
        known = {"categoryId": category_id, "expectedVersion": words.version_read(values)}
        _payload, refused = act("change_category", given | known)
        errors = renamed(refused, category_id, _fields(given))
    return _answered(Entered(category_id, values, errors), "changed")


def assign(category_id: str) -> Response:
    """The items ticked belong here from now; those that were here and are no longer ticked belong nowhere."""
    seated.of_a_firm()
    form = f"items-{category_id}"
    ticked, here = request.form.getlist(f"{form}.item"), request.form.getlist(f"{form}.here")
    errors: list[Complaint] = []
    for step, where, items in (
        ("-in", category_id, [i for i in ticked if i not in here]), ("-out", None, [i for i in here if i not in ticked]),
    ):  # fmt: skip
        if items and not errors:
            _payload, refused = act("assign_items", {"categoryId": where, "itemIds": items}, step=step)
            errors = renamed(refused, form, {})
    return _answered(Entered(form, request.form.to_dict(), errors), "assigned")


def _filled(values: dict[str, str], form: str, must: tuple[str, ...]) -> tuple[dict[str, Any], list[Complaint]]:
    given: dict[str, Any] = {name: values.get(f"{form}.{name}", "").strip() for name in must}
    errors = [complaint(f"{form}.{name}", _("请填写此项")) for name in must if not given[name]]
    needs = [{"kind": kind} for kind in words.KINDS if kind != "OTHER" and values.get(f"{form}.{kind}")]
    others = [values.get(f"{form}.other.{row}", "").strip() for row in range(OTHER_ROWS)]
    needs += [{"kind": "OTHER", "named": named} for named in others if named]
    return given | {"needs": needs, "qualifiedOnly": bool(values.get(f"{form}.qualifiedOnly"))}, errors


def _fields(given: dict[str, Any]) -> dict[str, str]:
    others = [n for n in given["needs"] if n["kind"] == "OTHER"]
    first = len(given["needs"]) - len(others)
    return {"code": "code", "name": "name", "nameEn": "nameEn"} | {
        f"needs.{first + row}.named": f"other.{row}" for row in range(len(others))
    }


def _answered(entered: Entered, done: str) -> Response:
    if entered.errors:
        return make_response(_page(entered), 422)
    return redirect(f"/qualification/categories?done={done}", 303)


def _page(entered: Entered) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None:
        raise NotFound
    found = ask("qualification_page", first=0)["qualificationCategories"]
    items = ask("items", first=MOST)["items"]["nodes"]
    bought = [i for i in items if i["maker"] and i["maker"]["id"] != viewer["firm"]["id"]]
    sorted_in = {
        c["id"]: ask("categorized_items", categoryId=c["id"], first=MOST)["categorizedItems"]["nodes"] for c in found
    }
    return render_template(
        "qualification/categories.html", categories=found, bought=bought, words=words, entered=entered,
        sorted_in={key: [n["item"]["id"] for n in nodes if n["item"]] for key, nodes in sorted_in.items()},
        roles=set(viewer["roles"]), other_rows=OTHER_ROWS, done=request.args.get("done", ""),
    )  # fmt: skip
