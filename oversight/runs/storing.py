"""The network of a run as a file: arrays and words, read back as they were written."""

import io
import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from threading import Lock
from typing import Any

import numpy as np

from chain.network.graph import ChainGraph, Floats
from kernel import storage

ARRAYS = tuple(field.name for field in fields(ChainGraph) if field.name not in ("stages", "regions", "items"))
WORDS = ("stages", "regions", "items")
KEPT = 2


@dataclass(frozen=True, eq=False)
class Network:
    """All that is measured: the graph, the owner's row in it, and what makers declare as lead time of each link."""

    graph: ChainGraph
    own: int | None
    lead_days: Floats


_latest: "OrderedDict[str, Network]" = OrderedDict()
_lock = Lock()


def keep_network(network: Network) -> str:
    """Write it into the storage; the SHA-256 under which it is found."""
    file = io.BytesIO()
    words = json.dumps({name: getattr(network.graph, name) for name in WORDS}, ensure_ascii=False)
    np.savez_compressed(
        file, allow_pickle=False, words=np.frombuffer(words.encode(), dtype=np.uint8),
        own=np.array(-1 if network.own is None else network.own), lead_days=network.lead_days,
        **{name: getattr(network.graph, name) for name in ARRAYS},
    )  # fmt: skip
    return storage.keep(file.getvalue())


def kept_network(digest: str) -> Network:
    """The network kept under a SHA-256; this process holds the latest two. Raises FileNotFoundError."""
    with _lock:
        found = _latest.get(digest)
    if found is None:
        found = _read(b"".join(storage.read_back(digest)))
    with _lock:
        _latest[digest] = found
        _latest.move_to_end(digest)
        while len(_latest) > KEPT:
            _latest.popitem(last=False)
    return found


def _read(content: bytes) -> Network:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        words: dict[str, Sequence[str]] = json.loads(file["words"].tobytes())
        given: dict[str, Any] = {name: file[name] for name in ARRAYS}
        given |= {name: tuple(words[name]) for name in WORDS}
        graph = ChainGraph(**given)
        own = int(file["own"])
        return Network(graph, None if own < 0 else own, file["lead_days"])
