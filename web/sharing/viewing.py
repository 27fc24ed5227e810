"""View as: our firm as a partner sees it, or the officials, by the very operations their own pages send."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import ask, ask_as
from web.requests import words

OFFICIALS = "officials"
MOST = 100


def blueprint() -> Blueprint:
    made = Blueprint("viewing", __name__)
    made.add_url_rule("/sharing/view-as", "choose", choose)
    made.add_url_rule("/sharing/view-as/officials", "officials", officials)
    made.add_url_rule("/sharing/view-as/<firm_id>", "partner", partner)
    return made


def choose() -> str:
    seated.of_a_firm()
    mine = _mine()
    partners = [f for f in ask("firms", first=MOST)["firms"]["nodes"] if f["id"] != mine["id"]]
    return render_template("sharing/view_as.html", partners=partners, mine=mine)


def partner(firm_id: str) -> str:
    """What that firm sees of ours: every part is its own page's question, asked through its eyes."""
    seated.of_a_firm()
    mine = _mine()
    found = ask_as(firm_id, "firm_page", id=mine["id"])
    known = next((f for f in ask("firms", first=MOST)["firms"]["nodes"] if f["id"] == firm_id), None)
    name = known["name"] if known else ""
    links = ask_as(firm_id, "supply_links", first=MOST)["supplyLinks"]
    orders = ask_as(firm_id, "orders_page", first=0)
    return render_template(
        "sharing/seen.html", mine=mine, partner={"id": firm_id, "name": name}, firm=found["node"], items=found["items"],
        sites=found["sites"]["nodes"], links=links, disclosed=[link for link in links["nodes"] if link["disclosed"]],
        common=[link for link in links["nodes"] if not link["disclosed"]], words=words,
        grants=ask_as(firm_id, "access_grants", filter={"live": True}, first=MOST)["accessGrants"]["nodes"],
        figures=ask_as(firm_id, "sharing_figures_page", first=MOST)["sharedFigures"]["nodes"],
        allocated=ask_as(firm_id, "allocated_figures", first=MOST)["allocatedFigures"]["nodes"],
        certificates=ask_as(firm_id, "certificates_page", first=MOST)["certificates"]["nodes"],
        orders=orders["orders"]["totalCount"],
    )  # fmt: skip


def officials() -> str:
    """Of the figures officials read, those our firm is in; they have no name and no trade of ours."""
    seated.of_a_firm()
    mine = _mine()
    maps, consented, today = [], [], str(clock.today_of(clock.now()))
    for chain in ask("chains", first=MOST)["chains"]["nodes"]:
        seen = ask_as(OFFICIALS, "chain_map_page", chainId=chain["id"])["chainMap"]
        stages = {stage["id"]: stage["name"] for stage in seen["chain"]["stages"]}
        given = ask("naming_consents", chainId=chain["id"], first=MOST)["namingConsents"]["nodes"]
        consented += [one["stage"]["name"] for one in given if not one["revoked"] and one["until"] >= today]
        if seen["figures"] or seen["cells"]:
            maps.append(
                {"chain": chain, "asOf": seen["asOf"], "figures": [_figure(f, stages) for f in seen["figures"]]}
            )
    named = ask_as(OFFICIALS, "firms", first=1)["firms"]["nodes"]
    return render_template(
        "sharing/seen_by_officials.html", mine=mine, maps=maps, named=named, asked=request.path, consented=consented
    )


def _figure(figure: Mapping[str, Any], stages: Mapping[str, str]) -> dict[str, Any]:
    return {
        "stage": stages.get(figure["stage"]["id"], ""), "places": figure["prefectureNames"],
        "measure": figure["measure"], "value": figure["value"],
    }  # fmt: skip


def _mine() -> dict[str, Any]:
    firm: dict[str, Any] | None = ask("viewer")["viewer"]["firm"]
    if firm is None:
        raise NotFound
    return firm
