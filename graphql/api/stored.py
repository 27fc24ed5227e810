"""The stored operations: every query and mutation our own pages and tests send, one per file, by the file's name."""

from functools import cache
from importlib.resources import files
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1] / "operations"


@cache
def operation(name: str) -> str:
    """The text of operations/NAME.graphql, from the installed package or the checkout. Raises KeyError."""
    if not name.replace("_", "").isalnum():
        raise KeyError(name)
    for folder in (CHECKOUT, files("api") / "operations"):
        file = folder / f"{name}.graphql"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise KeyError(name)


@cache
def names() -> tuple[str, ...]:
    """All of them, sorted."""
    for folder in (CHECKOUT, files("api") / "operations"):
        if folder.is_dir():
            return tuple(
                sorted(f.name.removesuffix(".graphql") for f in folder.iterdir() if f.name.endswith(".graphql"))
            )
    return ()
