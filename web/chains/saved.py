"""Scenarios the firm keeps: the list, what is done to one, several side by side, and the files of them."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import act, ask
from web.chains import desk
from web.chains.leaving import workbook
from web.trade.entering import Complaint, Entered, renamed, version_of

PAGE_SIZE, MOST_SIDE_BY_SIDE = 50, 4
STROKES = (("#9b1c3c", ""), ("#0b4f8a", "10 4"), ("#2f6b2f", "3 3"), ("#7a4b00", "12 3 3 3"))
"""How the lines of each column are drawn: told apart by their dashes where colours are not seen."""
WIDTHS = (2.6, 1.1)


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/scenarios", "scenarios", scenarios)
    made.add_url_rule("/chains/<chain_id>/scenarios", "save_scenario", save, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/scenarios/compare", "compare_scenarios", compare)
    made.add_url_rule("/chains/<chain_id>/scenarios.xlsx", "scenarios_file", compared_file)
    made.add_url_rule("/chains/<chain_id>/scenarios/<scenario_id>", "change_scenario", change, methods=["POST"])


def scenarios(chain_id: str) -> Response:
    return _list(chain_id, Entered())


def save(chain_id: str) -> Response:
    """Keep what stands in the address of the desk under a name, or in place of what was kept."""
    seated.of_a_firm()
    values = request.form.to_dict()
    back = f"/chains/{chain_id}/scenario?{values.get('desk', '')}"
    kept = desk.read(values.get("desk", ""))
    try:
        asked: dict[str, Any] = desk.asked(kept)
    except ValueError:
        return _refused(chain_id, back, [{"code": "INVALID", "message": desk.no_number(), "fields": [], "rule": None}])
    if values.get("begins") == "fixed":
        asked["begins"] = str(clock.today_of(clock.now()))
    if values.get("do") == "restate":
        given = {"scenarioId": kept.saved, "expectedVersion": version_of(values), "scenario": asked}
        _payload, errors = act("restate_scenario", given, step="-restate")
    else:
        _payload, errors = act(
            "save_scenario", {"chainId": chain_id, "name": values.get("name", ""), "scenario": asked}
        )
    if errors:
        return _refused(chain_id, back, errors)
    return redirect(
        f"/chains/{chain_id}/scenarios?done={'restated' if values.get('do') == 'restate' else 'saved'}", 303
    )


def _refused(chain_id: str, back: str, errors: list[Complaint]) -> Response:
    return _list(chain_id, Entered({}, errors), back=back)


def change(chain_id: str, scenario_id: str) -> Response:
    """Rename or drop one: by the button that was pressed."""
    seated.of_a_firm()
    values = request.form.to_dict()
    told: dict[str, Any] = {"scenarioId": scenario_id, "expectedVersion": version_of(values)}
    if values.get("do") == "drop":
        _payload, errors = act("drop_scenario", told, step="-drop")
    else:
        field = next((name for name in values if name.startswith("name.")), "name")
        _payload, refused = act("rename_scenario", told | {"name": values.get(field, "")}, step="-rename")
        errors = renamed(refused, {"name": field})
    if errors:
        return _list(chain_id, Entered(values, errors), tried=scenario_id)
    return redirect(f"/chains/{chain_id}/scenarios?done={'dropped' if values.get('do') == 'drop' else 'renamed'}", 303)


def _list(chain_id: str, entered: Entered, *, back: str = "", tried: str = "") -> Response:
    chain = _chain(chain_id)
    found = ask("saved_scenarios", chainId=chain_id, first=PAGE_SIZE, after=request.args.get("after"))["savedScenarios"]
    kinds = desk.kinds()
    body = render_template(
        "chains/scenarios.html", chain=chain, found=found, v=entered.values, errors=entered.errors, back=back, tried=tried,
        stale=entered.is_stale, done=request.args.get("done", ""), kinds=kinds, most=MOST_SIDE_BY_SIDE,
        opened=lambda one: f"/chains/{chain_id}/scenario?{desk.spelled(one)}",
    )  # fmt: skip
    return make_response(body, entered.status)


def _chain(chain_id: str) -> dict[str, Any]:
    """Raises NotFound for who works for no firm, and for a chain that is none."""
    seated.of_a_firm()
    found: dict[str, Any] | None = ask("chain_head", id=chain_id)["node"]
    if not found or "code" not in found:
        raise NotFound
    return found


def compare(chain_id: str) -> Response:
    """Two to four of them, each with and without further sources, over one network."""
    wanted = request.args.getlist("id")
    try:
        found = ask("compare_scenarios", ids=wanted)["compareScenarios"]
    except NotFound:
        raise
    except DomainError as refused:
        said: Complaint = {"code": refused.code, "message": str(refused), "fields": [], "rule": None}
        return _list(chain_id, Entered({}, [said]))
    if found["chain"]["id"] != chain_id:
        raise NotFound
    columns = [_column(number, one) for number, one in enumerate(found["columns"])]
    most = max((max(line["values"]) for one in columns for line in one["lines"]), default=0.0)
    longest = max((len(line["values"]) for one in columns for line in one["lines"]), default=1)
    stages = {loss["stage"]["id"]: loss["stage"] for one in columns for run in one["runs"] for loss in run["byStage"]}
    return make_response(render_template(
        "chains/compared.html", chain=found["chain"], found=found, columns=columns, most=most, longest=longest,
        stages=sorted(stages.values(), key=lambda stage: stage["position"]), line=desk.line, lost_at=_lost_at,
        file=f"/chains/{chain_id}/scenarios.xlsx?{urlencode([('id', one) for one in wanted])}",
    ))  # fmt: skip


def _column(number: int, one: dict[str, Any]) -> dict[str, Any]:
    """A scenario with its runs, and the lines they draw."""
    run = one["simulation"]
    runs = [] if run is None else [r for r in (run["without"], run["withSources"]) if r is not None]
    stroke, dash = STROKES[number % len(STROKES)]
    lines = [
        {"values": r["lostByDay"], "stroke": stroke, "dash": dash, "width": WIDTHS[place],
         "name": one["scenario"]["name"] if not place else _("%(name)s · 有备链", name=one["scenario"]["name"])}
        for place, r in enumerate(runs)
    ]  # fmt: skip
    return one | {"runs": runs, "lines": lines}


def _lost_at(run: dict[str, Any], stage: dict[str, Any]) -> float:
    return next((float(loss["lost"]) for loss in run["byStage"] if loss["stage"]["id"] == stage["id"]), 0.0)


def compared_file(chain_id: str) -> Response:
    try:
        found = ask("comparison_xlsx", ids=request.args.getlist("id"))["compareScenarios"]
    except DomainError:
        raise NotFound from None
    if found["chain"]["id"] != chain_id:
        raise NotFound
    return workbook(found["xlsx"], f"scenarios-{found['chain']['code']}-{found['asOf']}.xlsx")
