"""The network of a run as a file: arrays and words, read back as they were written."""

import io
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from threading import Lock
from typing import Any

import numpy as np

from chain.network.graph import ChainGraph, Floats
from chain.network.needs import Bill
from kernel import storage

ARRAYS = tuple(field.name for field in fields(ChainGraph) if field.name not in ("stages", "regions", "items"))
WORDS = ("stages", "regions", "items")
KEPT = 2


@dataclass(frozen=True, eq=False)
class Network:
    """All that is measured: the graph, the owner's row in it, what makers declare as lead time of each link, and what the owner
    knows itself: its bills, the days to recover it stated, what it sold of each product a day. Fields as those of ``Gathered``.
    """

    graph: ChainGraph
    own: int | None
    lead_days: Floats
    bill: Bill
    recover_days: Floats
    sold: Mapping[str, float]


_latest: "OrderedDict[str, Network]" = OrderedDict()
_lock = Lock()


def keep_network(network: Network) -> str:
    """Write it into the storage; the SHA-256 under which it is found."""
    file = io.BytesIO()
    words = json.dumps({name: getattr(network.graph, name) for name in WORDS}, ensure_ascii=False)
    told = json.dumps({"bill": network.bill, "sold": network.sold}, ensure_ascii=False)
    np.savez_compressed(
        file, allow_pickle=False, words=np.frombuffer(words.encode(), dtype=np.uint8),
        own=np.array(-1 if network.own is None else network.own), lead_days=network.lead_days,
        recover_days=network.recover_days, told=np.frombuffer(told.encode(), dtype=np.uint8),
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
        if "told" not in file.files:  # kept before bills and days to recover were part of it
            return Network(graph, None if own < 0 else own, file["lead_days"], {}, np.full(graph.m, np.nan), {})
        told = json.loads(file["told"].tobytes())
        bill = {product: tuple(parts) for product, parts in told["bill"].items()}
        return Network(graph, None if own < 0 else own, file["lead_days"], bill, file["recover_days"], told["sold"])
