"""The chain map: officials' counts, a firm's own network with its graph, links and side panel."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains import backups, beside, changes, disclosing, marks, resilience, runs, saved, scenario
from web.chains.drawing import figures_of, graph_of, label_of, rows_of, witnesses
from web.chains.filters import BASES, Filter, Spot, ends, narrowed, read_filter, spots_of
from web.chains.leaving import workbook
from web.chains.official import official_view
from web.drawings.firm_graph import MOST_FIRMS
from web.drawings.prefectures import jiangsu
from web.links import same_page

PAGE_SIZE = 50


def blueprint() -> Blueprint:
    made = Blueprint("chains", __name__)
    made.before_request(_not_the_operator)
    made.add_url_rule("/chains", "list", chains)
    beside.add_to(made)
    made.add_url_rule("/chains/<chain_id>", "map", chain_map)
    made.add_url_rule("/chains/<chain_id>/official.xlsx", "official_file", official_file)
    made.add_url_rule("/chains/<chain_id>/links/<link_id>/end", "end", end, methods=["POST"])
    disclosing.add_to(made)
    resilience.add_to(made)
    scenario.add_to(made)
    runs.add_to(made)
    marks.add_to(made)
    changes.add_to(made)
    saved.add_to(made)
    backups.add_to(made)
    return made


def _not_the_operator() -> None:
    """Who runs the installation reads no chain. Raises NotFound."""
    sitting = seated.person()
    if sitting is not None and seated.audience(sitting) == "operator":
        raise NotFound


def chains() -> Response | str:
    """All chains of the plan; where there is one only, that one."""
    found = ask("chains")["chains"]["nodes"]
    if len(found) == 1:
        return redirect(f"/chains/{found[0]['id']}")
    sitting = seated.person()
    return render_template(
        "chains/list.html", chains=found, of_firm=sitting is not None and sitting.party_id is not None
    )


def chain_map(chain_id: str) -> str:
    by = read_filter(request.args)
    answer = ask("chain_map_page", chainId=chain_id, asOf=str(by.on) if by.on else None)
    if answer["chainMap"]["official"]:
        return _official(answer["chainMap"], by)
    return _own(answer, by)


def official_file(chain_id: str) -> Response:
    """What an official reads of a month, to keep. Raises NotFound for a firm."""
    by = read_filter(request.args)
    found = ask("official_xlsx", chainId=chain_id, asOf=str(by.on) if by.on else None)["chainMap"]
    if not found["official"]:
        raise NotFound
    return workbook(found["xlsx"], f"official-{found['chain']['code']}-{found['asOf']}.xlsx")


def end(chain_id: str, link_id: str) -> Response | str:
    """Either end says that a link is over."""
    seated.of_a_firm()
    _payload, errors = act("end_supply_link", {"linkId": link_id})
    if errors:
        answer = ask("chain_map_page", chainId=chain_id, asOf=None)
        return _own(answer, Filter(), link=link_id, errors=errors)
    return redirect(f"/chains/{chain_id}?link={link_id}&done=ended#panel", 303)


def _official(found: dict[str, Any], by: Filter) -> str:
    view = official_view(found, stages=by.stages, prefectures=by.prefectures, address=_address)
    return render_template(
        "chains/official.html", chain=found["chain"], as_of_day=found["asOf"], view=view, by=by, chart=jiangsu(),
        months=found["periods"],
    )  # fmt: skip


def _own(answer: dict[str, Any], by: Filter, *, link: str = "", errors: Any = ()) -> str:
    found = answer["chainMap"]
    on = date.fromisoformat(found["asOf"])
    spots = spots_of(found["firms"])
    panel = _panel(answer, spots, on, link=link, errors=errors)
    if request.headers.get("HX-Request") and not errors:
        return render_template("chains/_panel.html", chain=found["chain"], panel=panel)
    names = {cell["prefecture"]: cell["prefectureName"] for cell in found["cells"]}
    left = narrowed(spots, found["links"], by)
    graph = graph_of(left.spots, left.links, found["chain"], on=on, address=_address)
    rows, page = _page_of(left.links)
    return render_template(
        "chains/own.html", chain=found["chain"], as_of_day=found["asOf"], by=by, left=left, bases=BASES, on=on,
        table=rows_of(left.spots, found["chain"]["stages"], names), figures=figures_of(left.spots, by, names, _address),
        names=names, chart=jiangsu(), graph=graph, most=MOST_FIRMS, links=rows, page=page, panel=panel, errors=errors,
        all_firms=len(spots), all_links=len(found["links"]), by_basis=found["byBasis"], disputed=found["disputed"], label_of=_labels(spots),
        done=request.args.get("done", ""),
    )  # fmt: skip


def _labels(spots: tuple[Spot, ...]) -> dict[str, str]:
    return {spot.key: label_of(spot) for spot in spots}


def _page_of(links: tuple[dict[str, Any], ...]) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """One page of the list, going on after the link named in the address."""
    after = request.args.get("after")
    begin = next((n + 1 for n, link in enumerate(links) if link["id"] == after), 0)
    rows = links[begin : begin + PAGE_SIZE]
    return rows, {"hasNextPage": begin + PAGE_SIZE < len(links), "endCursor": rows[-1]["id"] if rows else None}


def _panel(answer: dict[str, Any], spots: tuple[Spot, ...], on: date, *, link: str, errors: Any) -> dict[str, Any]:
    """What stands beside the graph: one link, one firm, or how to choose. Raises NotFound for one that is not there."""
    found, mine = answer["chainMap"], answer["viewer"]["firm"]["id"] if answer["viewer"]["firm"] else ""
    label_of = _labels(spots)
    wanted_link, wanted_firm = link or request.args.get("link", ""), request.args.get("firm", "")
    shared = {"label_of": label_of, "mine": mine, "on": on, "errors": errors, "kind": ""}
    if wanted_link:
        chosen = next((one for one in found["links"] if one["id"] == wanted_link), None)
        if chosen is None:
            raise NotFound
        seen_by = disclosing.viewers_of(found["chain"]["id"], on) if ends(chosen)[1] == mine else []
        return shared | {"kind": "link", "link": chosen, "ends": ends(chosen), "witnesses": witnesses(chosen, on), "seen_by": seen_by}  # fmt: skip
    if wanted_firm:
        spot = next((s for s in spots if s.key == wanted_firm), None)
        if spot is None:
            raise NotFound
        stage = next((s["name"] for s in found["chain"]["stages"] if s["id"] == spot.stage_id), None)
        sells = [one for one in found["links"] if ends(one)[0] == spot.key]
        buys = [one for one in found["links"] if ends(one)[1] == spot.key]
        return shared | {"kind": "firm", "spot": spot, "stage": stage, "sells": sells, "buys": buys}
    return shared


def _address(**changed: str | None) -> str:
    return same_page(request, **changed)
