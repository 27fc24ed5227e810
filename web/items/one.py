"""The page of one item: its names at buyers, its bill, its uses, its stock, what customers' plans ask of it."""

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web.ask import ask
from web.items.branches import nested, used
from web.trade import words
from web.trade.entering import Entered


def today() -> str:
    return str(clock.today_of(clock.now()))


def shown(item_id: str, entered: Entered) -> Response:
    """The page of one item, with the form that was refused filled in again. Raises NotFound."""
    answer = ask("item_page", id=item_id, today=today())
    found, viewer = answer["node"], answer["viewer"]
    if not found or "number" not in found:
        raise NotFound
    mine = viewer["firm"]["id"] if viewer["firm"] else ""
    page = render_template(
        "items/item.html", item=found, own=found["maker"]["id"] == mine, viewer=viewer, mine=mine,
        references=answer["crossReferences"]["nodes"], counts=answer["stockCounts"]["nodes"], words=words,
        bills=answer["billsOfMaterial"]["nodes"], tree=nested(answer["billTree"]["rows"]), is_cut=answer["billTree"]["isCut"],
        uses=used(answer["whereUsed"]["uses"]), needs=answer["materialNeeds"], partners=_partners(mine),
        sites=_sites(mine), v=entered.values, errors=entered.errors, stale=entered.is_stale, form=entered.values.get("form", ""),
        today=today(), done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(page, entered.status)


def _partners(mine: str) -> list[tuple[str, str]]:
    return [(firm["id"], firm["name"]) for firm in ask("firms", first=100)["firms"]["nodes"] if firm["id"] != mine]


def _sites(mine: str) -> list[tuple[str, str]]:
    found = ask("sites", filter={"firmId": mine, "openOnly": True}, first=100)["sites"]["nodes"] if mine else []
    return [(site["id"], site["name"]) for site in found]
