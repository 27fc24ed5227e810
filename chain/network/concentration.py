"""On how few firms and regions each stage of a chain rests."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chain.network.graph import ChainGraph, Floats, Ints
from chain.network.measure import Measure


@dataclass(frozen=True)
class StageConcentration:
    """One stage. ``firms``, ``regions``: how many supply it. ``firm``, ``region``: the sum of squared shares, over 0 to 1.

    ``effective``: 1 / ``firm``, so many equal suppliers would be as concentrated. All three are ``nan`` where no amount is
    known or all are nought. ``unknown_share``: of the amounts, 0 to 1, how many are not known.
    """

    stage: str
    firms: int
    regions: int
    firm: float
    region: float
    effective: float
    unknown_share: float

    @property
    def single_source(self) -> bool:
        return self.firms == 1

    @property
    def single_region(self) -> bool:
        return self.regions == 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Concentration(Measure):
    """Every stage with a firm in it, by name. Times 10 000 the index is that of merger control."""

    stages: tuple[StageConcentration, ...]

    @property
    def single_source(self) -> tuple[str, ...]:
        return tuple(one.stage for one in self.stages if one.single_source)

    @property
    def single_region(self) -> tuple[str, ...]:
        return tuple(one.stage for one in self.stages if one.single_region)


def concentration(
    graph: ChainGraph, amounts: Floats | None = None, qualified: NDArray[np.bool_] | None = None
) -> Concentration:
    """Herfindahl-Hirschman index (Hirschman 1945) of each stage, by firm and by region.

    ``amounts[n]``: money a period of each firm, ``nan`` if unknown; without it output, or sales within the network where
    no output is known. ``qualified[n]``: who may supply; without it, who has an amount above nought, and in a stage where
    nobody has, everybody. Unknown sales, and with them the stage's ``unknown_share``, are those of its links without an amount.
    """
    kept = np.ones(graph.n, np.bool_) if qualified is None else qualified
    given = graph.size if amounts is None else amounts
    found = _measured(
        graph.stages, graph.stage[kept], np.flatnonzero(kept), graph.region[kept], given[kept], qualified is not None
    )
    if amounts is None:
        guessed = np.isnan(graph.amount) & np.isnan(graph.output[graph.supplier])
        by_stage = graph.stage[graph.supplier]
        links = np.bincount(by_stage, minlength=len(graph.stages))
        dark = np.bincount(by_stage, guessed, len(graph.stages)) / np.maximum(links, 1)
        unknown = dict(zip(graph.stages, dark.tolist(), strict=True))
        found = tuple(StageConcentration(**{**vars(one), "unknown_share": unknown[one.stage]}) for one in found)
    return Concentration(graph_version=graph.version, unknown_share=graph.unknown_share, stages=found)


@dataclass(frozen=True)
class Supplied:
    """What one firm supplies of one stage from one region; a firm in two stages has two rows."""

    stage: str
    firm: object
    region: str
    amount: float | None


def concentration_of_rows(rows: Sequence[Supplied]) -> tuple[StageConcentration, ...]:
    """The same of plain rows, equal (stage, firm) rows summed; for firms in several stages and for items in place of stages."""
    stages, regions = sorted({row.stage for row in rows}), sorted({row.region for row in rows})
    firms = {firm: number for number, firm in enumerate(dict.fromkeys(row.firm for row in rows))}
    return _measured(
        tuple(stages),
        np.array([stages.index(row.stage) for row in rows], dtype=np.int32),
        np.array([firms[row.firm] for row in rows], dtype=np.int64),
        np.array([regions.index(row.region) for row in rows], dtype=np.int32),
        np.array([np.nan if row.amount is None else row.amount for row in rows], dtype=np.float64),
        False,
    )


def _measured(
    stages: tuple[str, ...], stage: Ints, firm: NDArray[np.int64], region: Ints, amount: Floats, all_count: bool
) -> tuple[StageConcentration, ...]:
    known = np.where(np.isnan(amount), 0.0, amount)
    total = np.bincount(stage, known, len(stages)).astype(np.float64)
    counted = (known > 0.0) | (total[stage] == 0.0) | all_count
    by_firm, firms = _squares(stage, firm, known, counted, total)
    by_region, regions = _squares(stage, region.astype(np.int64), known, counted, total)
    rows = np.bincount(stage, minlength=len(stages))
    unknown = np.bincount(stage, np.isnan(amount), len(stages)) / np.maximum(rows, 1)
    with np.errstate(divide="ignore"):
        return tuple(
            StageConcentration(
                name, int(firms[k]), int(regions[k]), float(by_firm[k]), float(by_region[k]), float(1.0 / by_firm[k]),
                float(unknown[k]),
            )
            for k, name in enumerate(stages) if rows[k]
        )  # fmt: skip


def _squares(
    stage: Ints, holder: NDArray[np.int64], amount: Floats, counted: NDArray[np.bool_], total: Floats
) -> tuple[Floats, NDArray[np.int64]]:
    """Of each stage the sum of its holders' squared shares, ``nan`` where the total is nought, and how many holders count."""
    most = int(holder.max()) + 1 if len(holder) else 1
    key, place = np.unique(stage.astype(np.int64) * most + holder, return_inverse=True)
    of_stage = key // most
    whole = np.where(total > 0.0, total, np.nan)
    share = np.bincount(place, amount, len(key)) / whole[of_stage]
    present = np.bincount(place, counted, len(key)) > 0
    squares: Floats = np.bincount(of_stage, share**2, len(total)).astype(np.float64)
    return squares, np.bincount(of_stage, present, len(total)).astype(np.int64)
