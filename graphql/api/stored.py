"""The stored operations: every query and mutation our own pages and tests send, one per file, by the file's name."""

from functools import cache
from importlib.resources import files
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1] / "operations"


@cache
def _files() -> dict[str, str]:
    """Name -> text of all of them, from the checkout or else the installed package."""
    folder = CHECKOUT if CHECKOUT.is_dir() else files("api") / "operations"
    found = (file for file in folder.iterdir() if file.name.endswith(".graphql"))
    return {file.name.removesuffix(".graphql"): file.read_text(encoding="utf-8") for file in found}


def operation(name: str) -> str:
    """The text of operations/NAME.graphql. Raises KeyError."""
    return _files()[name]


@cache
def names() -> tuple[str, ...]:
    """All of them, sorted."""
    return tuple(sorted(_files()))
