"""`chainmaster import` and `export`: which kinds of file there are, and the door they all go through."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from jobs import people
from jobs.refusal import Refusal
from kernel.access import Actor
from kernel.work import UnitOfWork, unit_of_work


@dataclass(frozen=True)
class Outcome:
    """What an import did (or, in a dry run, would do), a line each, and what is wrong with the file, a line each."""

    done: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()


T = TypeVar("T")
Importer = Callable[[UnitOfWork, Actor, bytes], Outcome]
Exporter = Callable[[UnitOfWork, Actor, str], bytes]

IMPORTS: dict[str, Importer] = {}
"""kind -> reads the content of a file as this person, through the same verbs as the pages. Never commits."""

EXPORTS: dict[str, Exporter] = {}
"""kind -> the file about one subject (such as an order number) as this person may see it."""


class _DryRun(Exception):
    """Leaves the unit of work without committing."""


def take_in(kind: str, content: bytes, *, email: str, dry_run: bool) -> Outcome:
    """All of the file or nothing: a complaint, like a dry run, leaves no trace. Raises Refusal, DomainError."""
    importer = known(kind, IMPORTS, "import")
    outcome = Outcome()
    try:
        with unit_of_work() as work:
            outcome = importer(work, people.actor(work, email), content)
            if dry_run or outcome.complaints:
                raise _DryRun
    except _DryRun:
        return outcome
    return outcome


def give_out(kind: str, subject: str, *, email: str) -> bytes:
    """Raises Refusal for an unknown kind, DomainError such as NotFound for the rest."""
    exporter = known(kind, EXPORTS, "export")
    with unit_of_work(writes=False) as work:
        return exporter(work, people.actor(work, email), subject)


def known(kind: str, kinds: dict[str, T], what: str) -> T:
    """Raises Refusal naming the kinds there are."""
    if kind not in kinds:
        raise Refusal(f"there is no {what} of the kind {kind}; kinds are: {', '.join(sorted(kinds)) or 'none yet'}")
    return kinds[kind]
