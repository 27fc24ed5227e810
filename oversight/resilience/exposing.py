"""What the stop of a firm costs the one that looks between the day it stops and the day the other has recovered. Pure.

Time to survive against time to recover, after Simchi-Levi, Schmidt and Wei 2014; what is decided here stands in decision 0032.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from chain.network.graph import ESSENTIAL, ChainGraph, Floats
from chain.network.measure import CoverSource, RecoverSource
from oversight.resilience.measuring import FirmRisk, Measured


@dataclass(frozen=True)
class Exposure:
    """One firm (``row``) stopped. ``survive_days``: until the viewer stops, at least. ``recover_days``: of the slowest link of the firm
    that leads to the viewer, None where none is known; ``is_least``: of some such link nothing is known. ``gap_days``: recover -
    survive, above 0 a risk. ``share``: of the viewer's output lost a day of the gap, 0 to 1. ``lost_days``: days of all its output, at most;
    ``money``: the same in CNY. ``index`` (REI): over the largest, 0 to 1. ``rank``: by what is lost, None where nothing or unknown.
    """

    row: int
    survive_days: float
    survive_source: CoverSource
    recover_days: float | None
    recover_source: RecoverSource
    is_least: bool
    share: float
    gap_days: float | None = None
    lost_days: float | None = None
    money: float | None = None
    index: float | None = None
    rank: int | None = None


@dataclass(frozen=True)
class Exposures:
    """``firms``: whose stop stops the viewer, most lost first, those not known last. ``unknown_share``: of the links that lead to the
    viewer, 0 to 1, of which no days to recover are known. ``output_per_day``: CNY, None where nothing was agreed."""

    firms: tuple[Exposure, ...]
    unknown_share: float
    output_per_day: float | None


def exposures(
    graph: ChainGraph, found: Measured, stated: Floats, declared: Floats, sold: Mapping[str, float]
) -> Exposures:
    """stated, declared: days of shape m, nan where unknown. sold: own product -> CNY a day agreed with its customers."""
    output = sum(sold.values()) or None
    leading = (graph.kind == ESSENTIAL) & (found.narrow.away[graph.buyer] >= 0) & (graph.supplier != graph.buyer)
    declared = np.where(declared > 0, declared, np.nan)
    days = np.where(np.isnan(stated), declared, stated)
    links_of: dict[int, list[int]] = {}
    for link in np.flatnonzero(leading).tolist():
        links_of.setdefault(int(graph.supplier[link]), []).append(link)
    firms = [
        _lost(_exposed(risk, links_of[risk.row], stated, days, _share(risk, sold)), output)
        for risk in found.firms if risk.days is not None and risk.row in links_of
    ]  # fmt: skip
    firms.sort(
        key=lambda one: (-1.0 if one.lost_days is None else one.lost_days, one.survive_source is CoverSource.EVIDENCE),
        reverse=True,
    )
    most = max((one.lost_days for one in firms if one.lost_days), default=0.0)
    ranked = [
        replace(one, index=one.lost_days / most, rank=rank) if one.lost_days else one for rank, one in enumerate(firms, start=1)
    ]  # fmt: skip
    unknown = float(np.isnan(days[leading]).mean()) if leading.any() else 0.0
    return Exposures(tuple(ranked), unknown, output)


def _share(risk: FirmRisk, sold: Mapping[str, float]) -> float:
    """Of the viewer's output: all where the firm stops all of it, its products' part of all that is sold where it stops these, else what the
    cascade says; all where it is not known what a product sells."""
    if not risk.is_single_point:
        return risk.own_loss
    if risk.stops_all:
        return 1.0
    whole = sum(sold.values())
    return sum(sold.get(product, 0.0) for product in risk.stops) / whole if whole else 1.0


def _exposed(risk: FirmRisk, links: list[int], stated: Floats, days: Floats, share: float) -> Exposure:
    known = [link for link in links if not np.isnan(days[link])]
    slowest = max(known, key=lambda link: (days[link], np.isnan(stated[link])), default=None)
    source = RecoverSource.UNKNOWN
    if slowest is not None:
        source = RecoverSource.DECLARED if np.isnan(stated[slowest]) else RecoverSource.STATED
    return Exposure(
        risk.row, float(risk.days or 0.0), risk.days_source, None if slowest is None else float(days[slowest]), source,
        len(known) < len(links), share,
    )  # fmt: skip


def _lost(one: Exposure, output: float | None) -> Exposure:
    """A lead time on both sides would be compared with itself: without a count or the viewer's own word, nothing is said."""
    if one.recover_days is None:
        return one
    if one.recover_source is RecoverSource.DECLARED and one.survive_source is not CoverSource.EVIDENCE:
        return one
    gap = one.recover_days - one.survive_days
    lost = max(0.0, gap) * one.share
    return replace(one, gap_days=gap, lost_days=lost, money=None if output is None else lost * output)
