"""Supply networks of any size to measure on, made up by a rule: as skewed as real ones, the same at every run."""

import numpy as np

from chain.network.graph import ESSENTIAL, LINEAR, ChainGraph

PHYSICAL = 0.55
"""Part of the stages that make goods; what one such stage needs of another is essential, all else is linear."""


def network(firms: int, links: int, stages: int | None = None, seed: int = 42) -> ChainGraph:
    """Degrees by truncated power laws (2.3, up to 512 times the least), amounts log-normal, stages of falling size."""
    rng = np.random.default_rng(seed)
    stages = stages or max(10, min(600, firms // 50))
    size = 1.0 / np.arange(1, stages + 1) ** 0.8
    stage = rng.choice(stages, firms, p=size / size.sum())
    sells, buys = _popularity(rng, firms), _popularity(rng, firms)
    drawn = int(links * 1.15)
    supplier, buyer = rng.choice(firms, drawn, p=sells), rng.choice(firms, drawn, p=buys)
    pairs = np.unique(supplier[supplier != buyer] * firms + buyer[supplier != buyer])
    pairs = rng.permutation(pairs)[:links]
    supplier, buyer = pairs // firms, pairs % firms
    makes = rng.random(stages) < PHYSICAL
    needed = makes[stage[supplier]] & makes[stage[buyer]]
    unknown, number = np.full(len(pairs), np.nan), len(pairs)
    return ChainGraph(
        ids=np.arange(firms), stage=stage.astype(np.int32), region=np.zeros(firms, np.int32), output=np.full(firms, np.nan),
        supplier=supplier.astype(np.int32), buyer=buyer.astype(np.int32), item=np.zeros(number, np.int32),
        amount=rng.lognormal(0.0, 1.5, number), kind=np.where(needed, ESSENTIAL, LINEAR).astype(np.int8), cover=unknown,
        confidence=np.ones(number), stages=tuple(f"s{k}" for k in range(stages)), regions=("r",), items=("i",),
    )  # fmt: skip


def _popularity(rng: np.random.Generator, firms: int) -> np.ndarray:
    steps = np.arange(1, 513)
    chance = steps**-2.3
    drawn = rng.choice(steps, firms, p=chance / chance.sum()).astype(float)
    return drawn / drawn.sum()
