"""A firm's own map as figures: the table, the prefecture map, the graph, and the account of one link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from web.chains.filters import Filter, Spot, ends
from web.drawings.firm_graph import MOST_FIRMS, Edge, FirmGraph, Node, firm_graph
from web.drawings.prefectures import PrefectureFigure

Address = Callable[..., str]
BASIS_DRAWN: dict[str, Any] = {"DECLARED": "declared", "SEEN_IN_ORDERS": "orders", "SURVEYED": "survey"}
HIDDEN_PLACE = ""


@dataclass(frozen=True)
class Row:
    """A prefecture's row of the table: how many firms of each stage stand there. code "": place not disclosed."""

    code: str
    name: str
    counts: tuple[int, ...]


def rows_of(spots: Sequence[Spot], stages: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Row]:
    """Prefectures with a firm, and last those whose place is not told. Firms without a stage count in the last column."""
    columns = [s["id"] for s in stages] + [None]
    codes = [code for code in names if any(s.prefecture == code for s in spots)]
    if any(s.prefecture is None for s in spots):
        codes.append(HIDDEN_PLACE)
    return [
        Row(
            code,
            names.get(code, _("地区未公开")),
            tuple(sum((s.prefecture or "") == code and s.stage_id == column for s in spots) for column in columns),
        )
        for code in codes
    ]


def figures_of(spots: Sequence[Spot], by: Filter, names: Mapping[str, str], address: Address) -> list[PrefectureFigure]:
    found = []
    for code, name in names.items():
        count = sum(s.prefecture == code for s in spots)
        if count:
            found.append(
                PrefectureFigure(
                    code,
                    address(prefecture=None if by.prefectures == (code,) else code, after=None),
                    None,
                    None,
                    None,
                    words=str(count),
                    told=_("%(name)s，%(firms)s 家企业", name=name, firms=count),
                    shade=1 + (count >= 3) + (count >= 10) + (count >= 30),
                )  # fmt: skip
            )
    return found


def graph_of(
    spots: Sequence[Spot], links: Sequence[Mapping[str, Any]], chain: Mapping[str, Any], *, on: date, address: Address
) -> FirmGraph | None:
    """The firms and links as a picture; None when there are too many to be read."""
    if not spots or len(spots) > MOST_FIRMS:
        return None
    nodes = [
        Node(
            s.key, label_of(s), s.position,
            "alias" if s.hidden else "master" if s.role == "CHAIN_MASTER" else "firm",
            href=address(firm=s.key, link=None),
        )
        for s in spots
    ]  # fmt: skip
    edges = [
        Edge(
            *ends(link), BASIS_DRAWN[link["basis"]], link["confidence"], (on - date.fromisoformat(link["asOf"])).days,
            link["endedOn"] is not None, link["item"]["number"] if link["item"] else "", link["state"] == "DISPUTED",
        )
        for link in sorted(links, key=lambda one: one["confidence"])  # the surest of a pair is drawn on top
    ]  # fmt: skip
    return firm_graph(nodes, edges, stage_names=[(s["position"], s["name"]) for s in chain["stages"]])


def label_of(spot: Spot) -> str:
    return spot.name or _("代号 %(alias)s", alias=spot.key[:6])


@dataclass(frozen=True)
class Witness:
    """One kind of evidence of a link: what it counts for on the day. share: trust x 2^(-age / half-life), 0 to 1.

    by: whose word a declaration is. counts: it convinces now; else its share is 0.
    """

    kind: str
    by: str | None
    counts: bool
    count: int
    latest_on: str
    age_days: int
    trust: float
    half_life_days: int
    share: float


def witnesses(link: Mapping[str, Any], on: date) -> list[Witness]:
    """What a link rests on, strongest first."""
    found = []
    for seen in link["evidence"]:
        age = max(0, (on - date.fromisoformat(seen["latestOn"])).days)
        share = seen["trust"] * 2 ** (-age / seen["halfLifeDays"]) if seen["counts"] else 0.0
        found.append(
            Witness(
                seen["kind"],
                seen["by"],
                seen["counts"],
                seen["count"],
                seen["latestOn"],
                age,
                seen["trust"],
                seen["halfLifeDays"],
                share,
            )  # fmt: skip
        )
    return sorted(found, key=lambda w: -w.share)
