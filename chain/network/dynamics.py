"""Day by day: stocks, orders, rationing and recovery after a disruption, in the form of ARIO. Start at ``simulate``.

Source of the form: Hallegatte, Risk Analysis 28 (2008) and 34 (2014); on firms Inoue and Todo, Nature Sustainability 2
(2019). What is reported after Ivanov's ripple effect: first stop day, depth, width, days to normal.

A day: each firm makes the least of its capacity, what was asked of it, and what its inputs allow, shares it out by the
rule of rationing, takes in what is delivered (to be used from the next day on), and orders in the evening.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chain.network.graph import ESSENTIAL, LINEAR, ChainGraph, Floats, Ints
from chain.network.inputs import Inputs, SecondSource, inputs_of, sums
from chain.network.measure import Measure
from chain.network.scenarios import Disruption

NEVER = -1
NORMAL_WITHIN = 1e-3
"""A firm that makes less than this share below normal counts as normal."""
NOTHING = 1e-9
"""A firm able to make no more than this share of what is normal has stopped."""


@dataclass(frozen=True)
class Rules:
    """``target_days``: stock of an input whose cover is unknown (15 in the Japan runs of Inoue and Todo). ``tau_days``: in
    how many days a gap in stock is to be closed (6, ibid.). ``slack``: share of capacity above normal.
    ``small_first``: small requests are filled before large ones, else all in proportion. ``final_last``: firms are
    served before final demand, else alike. ``period_days``: days of the period that amounts are given for. ``stopped_at``:
    share of normal at or below which what a firm could make counts as a stop.
    """

    target_days: float = 15.0
    tau_days: float = 6.0
    slack: float = 0.0
    small_first: bool = False
    final_last: bool = False
    period_days: float = 365.0
    stopped_at: float = NOTHING


@dataclass(frozen=True, eq=False)
class Day:
    """``able[n]``: share of normal a firm could make today if asked. ``made[n]``: what it made, 1 is normal.
    ``held[k]``: stock of each input at the end of the day, money. ``sent[m]`` and ``sold[n]``: money, on links and to
    final demand. ``extra[b]``: money given by each second source.
    """

    able: Floats
    made: Floats
    held: Floats
    sent: Floats
    sold: Floats
    extra: Floats


@dataclass(frozen=True, eq=False)
class Course(Measure):
    """What a disruption did within ``days`` days; ``n`` firms.

    ``first_stop[n]``: first day a firm could make nothing (``Rules.stopped_at``), NEVER if it always could something.
    ``first_short[n]``, ``last_short[n]``: first and last day it could not make the normal amount if asked, NEVER if it always
    could; one that is merely asked for less is not short. ``depth[n]``: its largest loss in a day, 0 to 1 of normal.
    ``days_to_normal[n]``: from the first day of the disruption until it makes the normal amount for good; 0: it never fell,
    NEVER: not within the days looked at. ``lost_value[n]``: money not made, catching up not taken off.
    ``lost_by_day[days]``: its sum by day. ``firms_hit``: how many lost more than 1/1000 on some day; ``tiers_hit``: how many
    links away from where the disruption struck the furthest of them is.
    """

    rules: Rules
    days: int
    first_stop: Ints
    first_short: Ints
    last_short: Ints
    depth: Floats
    days_to_normal: Ints
    lost_value: Floats
    lost_by_day: Floats
    firms_hit: int
    tiers_hit: int

    @property
    def lost(self) -> float:
        """Money lost in all."""
        return float(self.lost_value.sum())


def simulate(
    graph: ChainGraph,
    disruption: Disruption,
    days: int,
    rules: Rules = Rules(),
    second_sources: Sequence[SecondSource] = (),
) -> Course:
    """What the disruption does to every firm. Raises ValueError for a disruption of another graph."""
    n, began = graph.n, disruption.first_day or 0
    value = normal_per_day(graph, rules)
    first_stop, first_short, last_short, last_low = (np.full(n, NEVER, dtype=np.int32) for _ in range(4))
    depth, lost, by_day = np.zeros(n), np.zeros(n), np.zeros(days)
    for day, state in enumerate(course(graph, disruption, days, rules, second_sources)):
        first_stop[(first_stop == NEVER) & (state.able <= rules.stopped_at)] = day
        missing = np.maximum(0.0, 1.0 - state.made)
        np.maximum(depth, missing, out=depth)
        short = state.able < 1.0 - NORMAL_WITHIN
        first_short[(first_short == NEVER) & short] = day
        last_short[short] = day
        last_low[missing > NORMAL_WITHIN] = day
        lost += missing * value
        by_day[day] = float(missing @ value)
    hit = last_low != NEVER
    to_normal = np.where(hit, np.where(last_low == days - 1, NEVER, last_low + 1 - began), 0).astype(np.int32)
    return Course(
        rules, days, first_stop, first_short, last_short, depth, to_normal, lost, by_day,
        firms_hit=int(hit.sum()), tiers_hit=_tiers(graph, _struck(graph, disruption), hit),
        graph_version=graph.version, unknown_share=graph.unknown_share,
    )  # fmt: skip


def normal_per_day(graph: ChainGraph, rules: Rules = Rules()) -> Floats:
    """Of shape ``n``: money a day each firm makes when all is normal: its output, at least what it sells in the network.

    A firm that sells nothing there and tells no output is taken to make what it buys.
    """
    made = np.maximum(graph.size, graph.sales)
    bought = sums(graph.buyer, graph.weight, graph.n)
    per_day: Floats = np.where(made > 0, made, bought) / rules.period_days
    return per_day


def course(
    graph: ChainGraph,
    disruption: Disruption,
    days: int,
    rules: Rules = Rules(),
    second_sources: Sequence[SecondSource] = (),
) -> Iterator[Day]:
    """The state of each day, 0 to ``days`` - 1, from stocks on target. Arrays are new each day."""
    if disruption.graph_version != graph.version:
        raise ValueError("the disruption was made for another graph")
    needs, n = inputs_of(graph), graph.n
    normal, flow = normal_per_day(graph, rules), graph.weight / rules.period_days
    final = np.maximum(0.0, normal - graph.sales / rules.period_days)
    need = needs.need / rules.period_days
    # A day's use must lie there in the morning: a model of whole days cannot hold less.
    target = np.maximum(1.0, np.where(np.isnan(needs.cover), rules.target_days, needs.cover))
    asked, held = flow.copy(), need * target
    on_the_road, arriving = np.zeros(needs.k), dict[int, Floats]()
    for day in range(days):
        psi = disruption.capacity(day)
        capacity = psi * (1 + rules.slack)
        demand = sums(graph.supplier, asked, n) + final
        plan = np.minimum(capacity, np.divide(demand, normal, out=np.ones(n), where=normal > 0))
        there = np.divide(held, need, out=np.full(needs.k, np.inf), where=need > 0)
        essential = _least(needs, there, n)
        able = np.minimum(psi, _allowed(needs, there, essential, np.ones(n)))
        made = np.minimum(plan, _allowed(needs, there, essential, plan))
        sent, sold = _ration(graph, made * normal, asked, final, rules)
        extra = _extra(needs, second_sources, day, able, asked, sent)
        late = _late(graph, disruption, day)
        arrived = _taken_in(needs, day, sent, late, on_the_road, arriving)
        for source, given in zip(second_sources, extra.tolist(), strict=True):
            arrived[needs.of_link[source.link]] += given
        used = np.minimum(held, need * made[needs.buyer])
        held = held - used + arrived
        wanted = need * plan[needs.buyer]
        # Stock on hand is what counts: what a delay keeps on the road is wanted on top of it.
        enough = target + sums(needs.of_link, late * needs.share_of_link, needs.k)
        orders = np.maximum(0.0, wanted + (enough * wanted - held - on_the_road) / rules.tau_days)
        asked = orders[needs.of_link] * needs.share_of_link
        yield Day(able, made, held, sent, sold, extra)


def _allowed(needs: Inputs, there: Floats, essential: Floats, plan: Floats) -> Floats:
    """The share of normal that the stocks of a firm allow when it plans to make ``plan``, infinite where they do not bind.

    An essential input allows what there is of it; linear inputs take off their share of all purchases as far as short.
    """
    planned = plan[needs.buyer]
    short = np.flatnonzero((needs.kind == LINEAR) & (there < planned))
    lost = sums(needs.buyer[short], needs.share[short] * (1.0 - there[short] / planned[short]), len(plan))
    allowed: Floats = np.where(lost > 0, np.minimum(essential, plan * (1.0 - lost)), essential)
    return allowed


def _least(needs: Inputs, there: Floats, n: int) -> Floats:
    """Of shape ``n``: days of use that lie there of the shortest essential input, infinite where there is none."""
    least = np.full(n, np.inf)
    if needs.k:
        of_essential = np.where(needs.kind == ESSENTIAL, there, np.inf)
        least[needs.buyer[needs.starts]] = np.minimum.reduceat(of_essential, needs.starts)
    return least


def _ration(graph: ChainGraph, output: Floats, asked: Floats, final: Floats, rules: Rules) -> tuple[Floats, Floats]:
    """What of ``output[n]`` goes on each link and to final demand, never more than ``asked[m]`` and ``final[n]``."""
    by_firms = sums(graph.supplier, asked, graph.n)
    if rules.final_last:
        sent = _shared(graph.supplier, asked, by_firms, output, rules.small_first)
        return sent, np.clip(output - sums(graph.supplier, sent, graph.n), 0.0, final)
    supplier = np.concatenate([graph.supplier, np.arange(graph.n, dtype=np.int32)])
    filled = _shared(supplier, np.concatenate([asked, final]), by_firms + final, output, rules.small_first)
    return filled[: graph.m], filled[graph.m :]


def _shared(supplier: Ints, request: Floats, requested: Floats, output: Floats, small_first: bool) -> Floats:
    """What each request gets of its supplier's ``output[n]``; ``requested[n]`` is their sum by supplier."""
    if not small_first:
        part = np.divide(output, requested, out=np.ones_like(output), where=requested > 0)
        return request * np.minimum(1.0, part)[supplier]
    filled, left = request.copy(), output.copy()
    tight = np.flatnonzero((output < requested)[supplier])
    tight = tight[np.lexsort((request[tight], supplier[tight]))]
    begins = np.flatnonzero(np.diff(supplier[tight], prepend=-1))
    rank = np.arange(len(tight)) - np.repeat(begins, np.diff(begins, append=len(tight)))
    by_rank = np.argsort(rank, kind="stable")
    # The smallest request of every supplier, then the second: sums across suppliers would drown a 1 beside 10^15.
    for next_ones in np.split(tight[by_rank], np.cumsum(np.bincount(rank))[:-1]):
        given = np.minimum(request[next_ones], left[supplier[next_ones]])
        filled[next_ones] = given
        left[supplier[next_ones]] -= given
    return filled


def _extra(
    needs: Inputs, sources: Sequence[SecondSource], day: int, able: Floats, asked: Floats, sent: Floats
) -> Floats:
    """What each second source gives: all it can of what the others left short, in the order they are given."""
    given = np.zeros(len(sources))
    if not sources:
        return given
    short = np.maximum(0.0, sums(needs.of_link, asked - sent, needs.k))
    for number, source in enumerate(sources):
        place = needs.of_link[source.link]
        can = source.capacity(day) * (1.0 if source.firm is None else float(able[source.firm]))
        given[number] = min(can, float(short[place]))
        short[place] -= given[number]
    return given


def _late(graph: ChainGraph, disruption: Disruption, day: int) -> Ints:
    """Of shape ``m``: how many days later than usual what is sent on a day comes."""
    late = np.zeros(graph.m, dtype=np.int32)
    for delay in disruption.delays:
        if delay.first <= day and (delay.end is None or day < delay.end):
            late[delay.links] += delay.days
    return late


def _taken_in(
    needs: Inputs, day: int, sent: Floats, late: Ints, on_the_road: Floats, arriving: dict[int, Floats]
) -> Floats:
    """What comes in today for each input; what is late goes on the road and into ``arriving`` under its day."""
    for days in np.unique(late[late > 0]).tolist():
        later = sums(needs.of_link, np.where(late == days, sent, 0.0), needs.k)
        arriving[day + days] = arriving[day + days] + later if day + days in arriving else later
        on_the_road += later
    due = arriving.pop(day, np.zeros(needs.k))
    on_the_road -= due
    arrived: Floats = sums(needs.of_link, np.where(late > 0, 0.0, sent), needs.k) + due
    return arrived


def _struck(graph: ChainGraph, disruption: Disruption) -> NDArray[np.bool_]:
    struck: NDArray[np.bool_] = np.any(disruption.psi < 1, axis=0)
    for delay in disruption.delays:
        struck[graph.buyer[delay.links]] = True
    return struck


def _tiers(graph: ChainGraph, struck: NDArray[np.bool_], hit: NDArray[np.bool_]) -> int:
    """Links, in either direction, from the firms struck to the furthest firm hit."""
    reached, tier, furthest = struck.copy(), 0, 0
    edge = struck
    while edge.any():
        if (edge & hit).any():
            furthest = tier
        near = np.zeros(graph.n, dtype=bool)
        near[graph.buyer[edge[graph.supplier]]] = True
        near[graph.supplier[edge[graph.buyer]]] = True
        edge = near & ~reached
        reached |= edge
        tier += 1
    return furthest
