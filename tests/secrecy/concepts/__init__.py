"""The access table, concept by concept: every module here adds its part, found by being here.

A module may hold ``ACCESS`` (operation -> verdict -> seats), ``INPUTS`` and ``VARIABLES`` (what an operation is sent with,
see ``asked_of``), ``TABLES`` and ``WITHOUT`` (see ``tables``), ``prepare(world)`` (what it adds to the prepared world, with its
marked secrets), ``UNDER`` (what a stored query is asked with in ``tests/house/test_statements.py``: name -> function of
world and the large or small order), ``grow(growing, order_id, count)`` (what of the concept hangs on that order, so many of
each; answers with their ids by name).
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def modules() -> list[ModuleType]:
    return [import_module(f"{__name__}.{found.name}") for found in sorted(iter_modules(__path__), key=lambda m: m.name)]


def merged(name: str) -> dict[str, Any]:
    """One dictionary of what all concepts say under a name. Raises ValueError where two speak of the same thing."""
    whole: dict[str, Any] = {}
    for module in modules():
        part = getattr(module, name, {})
        if twice := whole.keys() & part.keys():
            raise ValueError(f"{module.__name__}.{name} repeats {sorted(twice)}")
        whole |= part
    return whole
