"""The daily stocks of a chain once more, one firm and one link at a time: what chain.network.dynamics must agree with.

Written from the description alone, with other shapes and in another order; exact when it is given fractions.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction as F


@dataclass
class Town:
    """``made``: firm -> money a day. ``links``: name -> (supplier, buyer, input, kind, money a day).

    ``target``: (buyer, input) -> days. ``psi``: day -> {firm: share left}. ``late``: day -> {link: days}.
    ``spare``: (buyer, input) -> list of functions of the day. ``guarded``: whose ability cuts each spare, or None.
    """

    made: dict
    links: dict
    target: dict
    psi: object = lambda day: {}
    late: object = lambda day: {}
    spare: dict = field(default_factory=dict)
    tau: object = F(6)
    slack: object = F(0)
    small_first: bool = False
    final_last: bool = False


def days(town: Town, how_many: int):
    """Yields for each day (able, made, held, sent, sold): dictionaries by firm, input, link and firm."""
    bought, use, goes_out, comes_in = defaultdict(F), defaultdict(F), defaultdict(F), defaultdict(list)
    worst = {}
    for name, (supplier, buyer, thing, kind, money) in town.links.items():
        bought[buyer] += money
        use[buyer, thing] += money
        goes_out[supplier] += money
        comes_in[buyer, thing].append(name)
        worst[buyer, thing] = max(worst.get((buyer, thing), 0), kind)
    last_buyers_want = {firm: max(0, made - goes_out[firm]) for firm, made in town.made.items()}
    stock = {key: use[key] * town.target[key] for key in comes_in}
    wish = {name: link[4] for name, link in town.links.items()}
    under_way = []  # (day of arrival, input, money)
    for today in range(how_many):
        left = {firm: town.psi(today).get(firm, 1) for firm in town.made}
        plan, able, made = {}, {}, {}
        for firm, normal in town.made.items():
            wanted = last_buyers_want[firm] + sum(wish[x] for x, link in town.links.items() if link[0] == firm)
            plan[firm] = min(left[firm] * (1 + town.slack), wanted / normal if normal else 1)
            able[firm] = min(left[firm], could(town, firm, stock, use, bought, worst, 1))
            made[firm] = min(plan[firm], could(town, firm, stock, use, bought, worst, plan[firm]))
        sent, sold = {}, {}
        for firm in town.made:
            requests = [(wish[x], x) for x, link in town.links.items() if link[0] == firm]
            sold[firm] = deal(town, made[firm] * town.made[firm], requests, last_buyers_want[firm], sent)
        new = defaultdict(F)
        for name, (_, buyer, thing, _, _) in town.links.items():
            wait = town.late(today).get(name, 0)
            if wait:
                under_way.append((today + wait, (buyer, thing), sent[name]))
            else:
                new[buyer, thing] += sent[name]
        for when, key, money in under_way:
            if when == today:
                new[key] += money
        under_way = [x for x in under_way if x[0] > today]
        for key, sources in town.spare.items():
            missing = sum(wish[x] - sent[x] for x in comes_in[key])
            for capacity, guard in sources:
                gives = max(0, min(missing, capacity(today) * (able[guard] if guard is not None else 1)))
                missing -= gives
                new[key] += gives
        for key in stock:
            stock[key] += new[key] - min(stock[key], use[key] * made[key[0]])
        for key, sources in comes_in.items():
            daily = use[key] * plan[key[0]]
            there = stock[key] + sum(money for _, k, money in under_way if k == key)
            waits = sum(town.late(today).get(x, 0) * town.links[x][4] for x in sources)
            enough = town.target[key] + (waits / use[key] if use[key] else 0)
            order = max(0, daily + (enough * daily - there) / town.tau)
            for x in sources:
                wish[x] = order * town.links[x][4] / use[key] if use[key] else 0
        yield able, made, dict(stock), sent, sold


def could(town, firm, stock, use, bought, worst, plan):
    bounds, linear_loss = [], 0
    for (buyer, thing), daily in use.items():
        if buyer != firm or daily == 0:
            continue
        if worst[buyer, thing] == 2:
            bounds.append(stock[buyer, thing] / daily)
        if worst[buyer, thing] == 1 and plan > 0:
            linear_loss += daily / bought[firm] * max(0, 1 - stock[buyer, thing] / daily / plan)
    if linear_loss > 0:
        bounds.append(plan * (1 - linear_loss))
    return min(bounds, default=10**9)


def deal(town, output, requests, final, sent):
    """Fill the requests of one firm into ``sent``; returns what final demand gets."""
    last = None
    queue = list(requests) if town.final_last else [*requests, (final, last)]
    total = sum(size for size, _ in queue)
    got = {}
    if town.small_first:
        for size, name in sorted(queue, key=lambda request: request[0]):
            got[name] = min(size, output)
            output -= got[name]
    else:
        part = min(1, output / total) if total else 1
        for size, name in queue:
            got[name] = size * part
        output -= sum(got.values())
    if town.final_last:
        got[last] = min(final, max(0, output))
    sent.update((name, money) for name, money in got.items() if name is not last)
    return got[last]
