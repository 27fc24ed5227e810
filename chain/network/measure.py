"""What every measure says of itself: of which graph it speaks, and how much of that graph is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MEASURES = ("esri", "single_points", "articulation", "bridges", "hhi", "robustness", "tts")
"""What ``report`` and the command can be asked for; here, where naming them loads nothing of what computes them."""

EPS = 1e-2
"""The stop Diem et al. 2022 publish: a sweep that takes no more than this from anyone ends a cascade. It stands beside every score."""
COARSE = 1e-3
"""Losses below it are not handed on where a score need not be exact."""


class CoverSource(StrEnum):
    """Whence days of cover are known, best first."""

    EVIDENCE = "evidence"
    DECLARED = "declared"
    UNKNOWN = "unknown"


SOURCES = tuple(CoverSource)


class RecoverSource(StrEnum):
    """Whence days to recover are known, best first."""

    STATED = "stated"  # by the buyer of the link
    DECLARED = "declared"  # the lead time its maker declares
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure:
    """``graph_version``: of the graph measured. ``unknown_share``: what is missing to its share of all, 0 to 1."""

    graph_version: str
    unknown_share: Mapping[str, float]
