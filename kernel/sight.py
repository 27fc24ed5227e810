"""What an actor may see of a thing known only by kind and number: by that kind's own visibility rule, whoever asks.

The kernel knows no kinds; ``exchange/sight.py`` names them. A kind nobody has named is seen by nobody.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select

from kernel.access import Actor, lies_under

Rule = Callable[[Actor], Select[Any]]


@dataclass(frozen=True)
class Sight:
    """``visible``: who may see it; ``key``: its number. ``told``: to whom its history is told, where that is fewer."""

    visible: Rule
    key: Any
    told: Rule | None = None


_sights: dict[str, Sight] = {}


def can_be_seen(sights: Mapping[str, Sight]) -> None:
    _sights.update(sights)


def kinds() -> Collection[str]:
    """All that are named. Raises RuntimeError before any is: else all would be hidden from everybody, in silence."""
    if not _sights:
        raise RuntimeError("no rule of who sees what is loaded: exchange/sight.py has not been imported")
    return _sights.keys()


def in_sight(actor: Actor, kind: str, number: Any) -> ColumnElement[bool]:
    """Whether the thing a column names is one the actor may see now."""
    sight = _sights[kind]
    return lies_under(number, sight.visible(actor), sight.key)


def seen(actor: Actor, kind: str, number: int) -> Select[Any] | None:
    """The number of that thing, if the actor may see it; None for a kind nobody has named."""
    sight = _sights.get(kind)
    return None if sight is None else _number(sight, sight.visible(actor), number)


def told_of(actor: Actor, kind: str, number: int) -> Select[Any] | None:
    """The number of that thing, if what happens to it is told to the actor; None for a kind nobody has named."""
    sight = _sights.get(kind)
    return None if sight is None else _number(sight, (sight.told or sight.visible)(actor), number)


def _number(sight: Sight, visible: Select[Any], number: int) -> Select[Any]:
    return visible.where(sight.key == number).with_only_columns(sight.key)
