"""Time to survive, performance impact and risk exposure of each firm: closed form first, a linear programme where it must be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan, nan

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from chain.network.cover import Bounds, Stops, bounds
from chain.network.measure import SOURCES, CoverSource, Measure
from chain.network.stocks import StockNetwork

FOREVER = 36_500.0
"""Days after which a product that still lives is said to live for ever."""

CLOSED_FORM, LP = "closed form", "lp"


@dataclass(frozen=True)
class FirmSurvival:
    """One firm stopped alone. ``days``: time to survive, until demand is first lost; ``exact``: False for a lower bound that is no
    less than the days to recover. ``method``: how; ``source``: of the worst known stock on the way that binds.

    ``recover_days``: of its slowest item, ``nan`` if not declared, as is then all that follows: ``gap`` = recover - survive in
    days (above 0 is a risk), ``impact``, money lost until it recovers, ``exposure`` (REI), impact over the largest, 0 to 1.
    """

    firm: object
    days: float
    method: str
    exact: bool
    source: CoverSource
    recover_days: float
    gap: float
    impact: float
    exposure: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Survival(Measure):
    """``firms`` in the order asked. ``stops``: what a stopped firm can no longer do. ``undisturbed_days``: how long demand is met
    with nobody stopped, ``inf`` if capacity suffices."""

    firms: tuple[FirmSurvival, ...]
    stops: Stops
    undisturbed_days: float


def survival(network: StockNetwork, firms: Sequence[object] | None = None, stops: Stops = Stops.MAKING) -> Survival:
    """Time to survive and exposure of these firms, or of all (Simchi-Levi et al. 2015, by the restatement in the design paper).

    The closed form answers wherever it is exact or no less than the days to recover, unless second sources stand on the way:
    those, and bounds below recovery, go to the linear programme (HiGHS). Exposure compares the firms asked.
    Raises KeyError for a firm that is none of the network.
    """
    asked = list(network.nodes_of) if firms is None else list(firms)
    undisturbed = lives(network, (), stops)
    known = bounds(network, stops)
    found = [_of_firm(network, known, firm, stops, undisturbed) for firm in asked]
    most = max((one.impact for one in found if not isnan(one.impact)), default=0.0)
    return Survival(
        graph_version=network.graph_version, unknown_share=network.unknown_share, stops=stops, undisturbed_days=undisturbed,
        firms=tuple(
            FirmSurvival(**{**vars(one), "exposure": one.impact / most if most > 0 else one.impact}) for one in found
        ),
    )  # fmt: skip


def _of_firm(network: StockNetwork, known: Bounds, firm: object, stops: Stops, undisturbed: float) -> FirmSurvival:
    nodes = network.nodes_of[firm]
    days, binding = min((float(known.days[node]), node) for node in nodes)
    recover = max((float(r) for r in network.recover[nodes] if not isnan(r)), default=nan)
    exact = bool(known.exact[nodes].all()) and undisturbed == inf
    asks = not exact and (undisturbed != inf or bool(known.second[nodes].any()) or not days >= recover)
    method = LP if asks else CLOSED_FORM
    if asks:
        days = lives(network, (firm,), stops)
    impact = nan if isnan(recover) else 0.0
    if days < recover:
        single = exact and len(nodes) == 1
        impact = _closed_loss(network, nodes[0], recover - days) if single else lost(network, (firm,), recover, stops)
    gap = recover - days if isfinite(days) or isnan(recover) else -inf
    return FirmSurvival(
        firm, days, method, exact or asks, SOURCES[int(known.source[binding])], recover, gap, impact, impact
    )


def _closed_loss(network: StockNetwork, node: int, days: float) -> float:
    """Money of demand lost in these days at the one product that a node with one outlet all the way leads to."""
    while network.arcs_out[node]:
        node = int(network.owner[network.arc_need[network.arcs_out[node][0]]])
    return float(days * network.demand[node] * network.margin[node])


def lives(network: StockNetwork, stopped: Collection[object], stops: Stops = Stops.MAKING) -> float:
    """Days for which all demand is met once all these firms stop together, by linear programme; ``inf`` beyond a century."""
    programme = _Programme(network, stopped, stops)
    return inf if programme.idle else programme.longest()


def lost(network: StockNetwork, stopped: Collection[object], days: float, stops: Stops = Stops.MAKING) -> float:
    """Least money of demand lost in so many days with all these firms stopped together, by linear programme."""
    programme = _Programme(network, stopped, stops)
    return 0.0 if programme.idle or days <= 0.0 else programme.least_loss(days)


class _Programme:
    """min sum f l, or max t, subject to r u <= sum y (each need), sum y + d t - l <= s + u (each node), u <= c t, and u = 0 where
    making stopped. Everything in days of a node's rate, so that amounts of 1 and of 10^15 stand side by side.

    Nodes that can make without limit whatever happens, and what only they need, are left out.
    """

    def __init__(self, network: StockNetwork, stopped: Collection[object], stops: Stops) -> None:
        down = np.zeros(network.k, np.bool_)
        for firm in stopped:
            down[network.nodes_of[firm]] = True
        free = _without_limit(network, down)
        nodes = np.flatnonzero(~free & (network.rate > 0))
        self.idle = not len(nodes) or not (network.demand[nodes] > 0).any()
        if self.idle:
            return
        place = np.full(network.k, -1)
        place[nodes] = np.arange(len(nodes))
        fed = np.zeros(len(network.owner), np.bool_)
        fed[network.arc_need[free[network.arc_from]]] = True
        outside = np.bincount(network.arc_need, minlength=len(network.owner)) == 0
        receives = ~(down[network.owner] if stops is Stops.RECEIVING else np.zeros(len(network.owner), np.bool_))
        needs = np.flatnonzero((place[network.owner] >= 0) & ~((fed | outside) & receives))
        row = np.full(len(network.owner), -1)
        row[needs] = np.arange(len(needs))
        ships = ~(down[network.arc_from] if stops is Stops.SHIPPING else np.zeros(len(network.arc_from), np.bool_))
        arcs = np.flatnonzero(
            (row[network.arc_need] >= 0) & (place[network.arc_from] >= 0) & receives[network.arc_need] & ships
        )
        finals = nodes[network.demand[nodes] > 0]
        q = np.where(np.isfinite(network.rate) & (network.rate > 0), network.rate, 1.0)
        a, k, f = len(arcs), len(nodes), len(finals)
        own = network.owner[needs]
        given = (
            network.units[network.arc_need[arcs]] * q[network.owner[network.arc_need[arcs]]] / q[network.arc_from[arcs]]
        )
        seller, final = len(needs) + place[network.arc_from[arcs]], len(needs) + place[finals]
        part = network.demand[finals] / q[finals]
        limited = nodes[np.isfinite(network.capacity[nodes])]
        cap = len(needs) + k + np.arange(len(limited))
        time = k + a + f
        entries = (
            (np.arange(len(needs)), place[own], np.ones(len(needs))),
            (row[network.arc_need[arcs]], k + np.arange(a), -np.ones(a)),
            (seller, k + np.arange(a), given),
            (len(needs) + np.arange(k), np.arange(k), -np.ones(k)),
            (final, k + a + np.arange(f), -part),
            (final, np.full(f, time), part),
            (cap, place[limited], np.ones(len(limited))),
            (cap, np.full(len(limited), time), -network.capacity[limited] / q[limited]),
        )
        rows, columns, values = (np.concatenate([entry[side] for entry in entries]) for side in range(3))
        self.matrix = coo_array((values, (rows, columns)), shape=(len(needs) + k + len(limited), time + 1)).tocsc()
        held = network.stock[nodes] / q[nodes]
        self.limits = np.concatenate((np.zeros(len(needs)), held, np.zeros(len(limited))))
        self.upper = np.full(time + 1, np.inf)
        if stops is Stops.MAKING:
            self.upper[place[down.nonzero()[0]][place[down.nonzero()[0]] >= 0]] = 0.0
        self.loss = slice(k + a, time)
        self.price = network.margin[finals] * network.demand[finals]
        if stops is Stops.SHIPPING:
            shut = down[finals]
            self._shut(final[shut], k + a + np.flatnonzero(shut), time)

    def _shut(self, final: np.ndarray, losses: np.ndarray, time: int) -> None:
        """A product whose maker ships nothing loses every day: l >= t stands in place of its balance."""
        matrix = self.matrix.tolil()
        for at, column in zip(final.tolist(), losses.tolist(), strict=True):
            matrix[at, :] = 0.0
            matrix[at, time], matrix[at, column] = 1.0, -1.0
            self.limits[at] = 0.0
        self.matrix = matrix.tocsc()

    def longest(self) -> float:
        upper = self.upper.copy()
        upper[self.loss], upper[-1] = 0.0, FOREVER
        cost = np.zeros(len(upper))
        cost[-1] = -1.0
        days = -self._solve(cost, np.zeros(len(upper)), upper)
        return inf if days >= FOREVER * (1.0 - 1e-9) else max(days, 0.0)

    def least_loss(self, days: float) -> float:
        lower, upper = np.zeros(len(self.upper)), self.upper.copy()
        lower[-1] = upper[-1] = days
        cost = np.zeros(len(upper))
        unit = float(self.price.max()) or 1.0
        cost[self.loss] = self.price / unit
        return max(self._solve(cost, lower, upper), 0.0) * unit

    def _solve(self, cost: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
        found = linprog(cost, self.matrix, self.limits, bounds=np.column_stack((lower, upper)), method="highs")
        if found.status != 0:
            raise ArithmeticError(f"the linear programme has no answer: {found.message}")
        return float(found.fun)


def _without_limit(network: StockNetwork, down: np.ndarray) -> np.ndarray:
    """Nodes that can make any amount: not stopped, no capacity told, every need met from outside or by such a node."""
    waiting = [0] * network.k
    for need, owner in enumerate(network.owner.tolist()):
        waiting[owner] += bool(network.makers[need])
    able = ~down & np.isinf(network.capacity)
    settled = [node for node in range(network.k) if able[node] and not waiting[node]]
    free, met = np.zeros(network.k, np.bool_), np.zeros(len(network.owner), np.bool_)
    free[settled] = True
    need_of, owner_of = network.arc_need.tolist(), network.owner.tolist()
    for node in settled:
        for arc in network.arcs_out[node]:
            need = need_of[arc]
            if met[need]:
                continue
            met[need] = True
            owner = owner_of[need]
            waiting[owner] -= 1
            if able[owner] and not waiting[owner]:
                free[owner] = True
                settled.append(owner)
    return free
