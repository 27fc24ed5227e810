"""What every measure says of itself: of which graph it speaks, and how much of that graph is not known."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """``graph_version``: of the graph measured. ``unknown_share``: what is missing to its share of all, 0 to 1."""

    graph_version: str
    unknown_share: Mapping[str, float]
