"""Every lifecycle of the house, found by its file name, so that no test forgets one."""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from kernel.lifecycle import Lifecycle, Move
from tests.house.tree import DOMAIN, dotted, modules


@dataclass(frozen=True)
class Life:
    """``states``: the enum its moves speak of."""

    name: str
    lifecycle: "Lifecycle[Any]"
    states: type[StrEnum]

    def __repr__(self) -> str:
        return self.name

    @property
    def moves(self) -> "tuple[Move[Any], ...]":
        return self.lifecycle.moves


def _found() -> list[Life]:
    lives = []
    for path in modules("kernel", *DOMAIN):
        if path.endswith("/lifecycle.py") and path != "kernel/lifecycle.py":
            for name, value in vars(import_module(dotted(path))).items():
                if isinstance(value, Lifecycle):
                    lives.append(Life(f"{dotted(path)}.{name}", value, type(value.moves[0].becomes)))
    return lives


LIVES = _found()


def camel(verb: str) -> str:
    """The mutation of a verb: placeOrder of place_order."""
    head, *rest = verb.split("_")
    return head + "".join(part.capitalize() for part in rest)
