"""ESRI written down as its formulas read, over a networkx graph, a firm and a link at a time: slow, and with nothing in common
with the kernels. It computes in whatever number it is given: floats, or fractions that round nothing."""

from collections import defaultdict

import networkx as nx

from chain.network.graph import ESSENTIAL, LINEAR


class PlainEsri:
    """Nodes carry ``stage`` and ``size``, edges ``weight`` and ``kind``, as ``ChainGraph.to_networkx`` gives them."""

    def __init__(self, chain: nx.MultiDiGraph, number=float):
        self.chain, self.one, self.none = chain, number(1), number(0)
        self.size = {firm: number(size) for firm, size in chain.nodes(data="size")}
        self.stage = dict(chain.nodes(data="stage"))
        weighed = [(j, i, link, number(link["weight"])) for j, i, link in chain.edges(data=True)]
        self.sales, spent, of_stage = (defaultdict(lambda: self.none) for _ in range(3))
        for j, i, _, weight in weighed:
            self.sales[j] += weight
            spent[i] += weight
            of_stage[i, self.stage[j]] += weight
        self.inputs, self.orders = {i: [] for i in chain}, {i: [] for i in chain}
        for j, i, link, weight in weighed:
            if weight:
                self.orders[j].append((i, weight / self.sales[j]))
                if link["kind"] == ESSENTIAL:
                    self.inputs[i].append((j, self.stage[j], weight / of_stage[i, self.stage[j]]))
                elif link["kind"] == LINEAR:
                    self.inputs[i].append((j, LINEAR, weight / spent[i]))

    def hold(self, supplier, buyer):
        """From here on nothing goes missing between these two."""
        self.inputs[buyer] = [each for each in self.inputs[buyer] if each[0] != supplier]

    def shocked(self, psi, eps, sweeps=None):
        """Down and up of every firm after the cascade, and the number of sweeps; ``sweeps``: exactly so many."""
        psi = {firm: psi.get(firm, self.one) for firm in self.chain}
        down, up, done = dict(psi), dict(psi), 0
        while sweeps is None or done < sweeps:
            done += 1
            sigma = self.replaceability(down)
            new_down = {i: self.after_inputs(i, psi[i], down, sigma) for i in self.chain}
            new_up = {i: self.after_orders(i, psi[i], up) for i in self.chain}
            fall = max(max(down[i] - new_down[i], up[i] - new_up[i]) for i in self.chain)
            down, up = new_down, new_up
            if sweeps is None and fall <= eps:
                break
        return down, up, done

    def replaceability(self, down):
        left = defaultdict(lambda: self.none)
        for firm in self.chain:
            left[self.stage[firm]] += self.sales[firm] * down[firm]
        return {
            j: min(self.one, self.sales[j] / left[self.stage[j]]) if left[self.stage[j]] > 0 else self.one
            for j in self.chain
        }

    def after_inputs(self, i, psi, down, sigma):
        """The linear inputs together are one input, and so is each essential stage; the worst of them binds."""
        lost = {}
        for j, which, share in self.inputs[i]:
            if down[j] < 1:
                lost[which] = lost.get(which, self.none) + share * sigma[j] * (1 - down[j])
        return max(self.none, min(psi, 1 - max(lost.values(), default=self.none)))

    def after_orders(self, i, psi, up):
        if not self.orders[i]:
            return psi
        return min(psi, sum([part * up[k] for k, part in self.orders[i]], self.none))

    def scored(self, psi, eps, sweeps=None):
        """Score, downstream score, upstream score, and the number of sweeps."""
        down, up, done = self.shocked(psi, eps, sweeps)
        total = sum(self.size.values()) or self.one
        worse = sum(self.size[i] * (1 - min(down[i], up[i])) for i in self.chain) / total
        lost_down = sum(self.size[i] * (1 - down[i]) for i in self.chain) / total
        return worse, lost_down, sum(self.size[i] * (1 - up[i]) for i in self.chain) / total, done

    def closed(self, firm, eps):
        return self.scored({firm: self.none}, eps)
