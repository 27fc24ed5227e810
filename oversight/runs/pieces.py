"""What a piece of a run holds, and how the pieces become scores again. Pure."""

from collections.abc import Sequence

import numpy as np

from chain.network.graph import Floats, Ints
from oversight.resilience.scoring import FIGURES, Scores, scores_of
from oversight.runs.decisions import AT_ONCE
from oversight.runs.lifecycle import Phase


def rows_of(phase: Phase, number: int, firms: int, ranked: Ints | None) -> Ints:
    """The rows of a piece: by number, or of the exact phase of a large network by their coarse rank."""
    span = slice(number * AT_ONCE[phase], (number + 1) * AT_ONCE[phase])
    if ranked is None:
        return np.arange(firms, dtype=np.int32)[span]
    return ranked[span]


def packed(figures: Floats) -> bytes:
    """Little-endian 64-bit numbers, firm after firm."""
    return np.ascontiguousarray(figures, dtype="<f8").tobytes()


def unpacked(figures: bytes) -> Floats:
    return np.frombuffer(figures, dtype="<f8").reshape(-1, len(FIGURES))


def ranked_by(figures: Floats, own: int | None, top: int) -> Ints:
    """Rows of the firms whose stop costs most, coarsely: half by what it costs the owner, the others by the score."""
    rows = np.arange(len(figures))
    by_score = np.lexsort((rows, -figures[:, 0]))
    by_own = np.lexsort((rows, -figures[:, 0], -figures[:, 3]))[: (top + 1) // 2] if own is not None else rows[:0]
    return np.array(list(dict.fromkeys([*by_own.tolist(), *by_score.tolist()]))[:top], dtype=np.int32)


def merged(coarse: Sequence[bytes], exact: Sequence[bytes], firms: int, own: int | None, top: int) -> Scores:
    """Scores of all firms from the pieces of both phases, each in order of their numbers."""
    late = unpacked(b"".join(exact))
    if not coarse:
        return scores_of(late, np.ones(firms, dtype=np.bool_))
    figures = unpacked(b"".join(coarse)).copy()
    rows = ranked_by(figures, own, min(top, firms))
    figures[rows] = late
    is_exact = np.zeros(firms, dtype=np.bool_)
    is_exact[rows] = True
    return scores_of(figures, is_exact)
