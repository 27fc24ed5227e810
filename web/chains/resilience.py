"""How much a firm's line leans on whom, over what it may see of the chain; why one firm matters, in sentences."""

from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web.ask import ask
from web.chains.leaving import attached, workbook

MOST_SHOWN = 50
FILES = {"csv": "text/csv; charset=utf-8", "graphml": "application/xml; charset=utf-8"}


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/resilience", "resilience", resilience)
    made.add_url_rule("/chains/<chain_id>/resilience.<ending>", "resilience_file", resilience_file)


def resilience(chain_id: str) -> str:
    """The measures, and beside them the reasons for one firm. Raises NotFound for officials, who have figures of their own."""
    found = ask("chain_resilience", chainId=chain_id, asOf=None)["resilience"]
    if found is None:
        raise NotFound
    wanted = request.args.get("firm", "")
    told = ask("firm_reasons", chainId=chain_id, key=wanted)["firmReasons"] if wanted else None
    everyone = request.args.get("all") == "1"
    return render_template(
        "chains/resilience.html", r=found, chain=found["chain"], told=told,
        shown=found["firms"] if everyone else found["firms"][:MOST_SHOWN],
        stopping=[one for one in found["firms"] if one["isSinglePoint"]], called=called,
    )  # fmt: skip


def resilience_file(chain_id: str, ending: str) -> Response:
    """The same as a file: csv, graphml or xlsx. Raises NotFound for any other, and for who has no such page."""
    if ending not in (*FILES, "xlsx"):
        raise NotFound
    found = ask(f"resilience_{ending}", chainId=chain_id)["resilience"]
    if found is None:
        raise NotFound
    name = f"resilience-{found['chain']['code']}-{found['asOf']}.{ending}"
    return workbook(found[ending], name) if ending == "xlsx" else attached(found[ending], name, FILES[ending])


def called(spot: dict[str, Any]) -> str:
    """A firm by name where the reader may know it, else by the alias it knows it by."""
    return str(spot["firm"]["name"] if spot["firm"] else spot["revealedName"] or spot["alias"])
