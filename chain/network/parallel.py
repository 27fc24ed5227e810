"""Firms closed by several processes of our own: for the command line, where no worker of a queue is running."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from chain.network.esri import Closing
from chain.network.graph import Floats
from chain.network.layout import Places, Shares

_held: list[Closing] = []


def closed_by_many(
    shares: Shares, weight: Floats, chunks: Sequence[Places], eps: float, theta: float, workers: int
) -> Iterator[tuple[int, tuple[Floats, NDArray[np.int32]]]]:
    """The number of each chunk with its figures and counts, as they are done.

    The processes are spawned: a fork would copy threads that hold locks. Each receives the arrays once, not per chunk.
    Whoever calls this from a script must do so under ``if __name__ == "__main__"``.
    """
    with ProcessPoolExecutor(
        min(workers, max(len(chunks), 1)), get_context("spawn"), _hold, (shares, weight, eps, theta)
    ) as pool:
        waiting = {pool.submit(_closed, places): number for number, places in enumerate(chunks)}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _hold(shares: Shares, weight: Floats, eps: float, theta: float) -> None:
    _held.append(Closing(shares, weight, eps, theta))


def _closed(places: Places) -> tuple[Floats, NDArray[np.int32]]:
    return _held[0].closed(places)
