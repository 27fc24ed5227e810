"""`chainmaster import` and `export`: which kinds of file there are, and the door they all go through."""

from collections.abc import Mapping
from typing import TypeVar

from exchange.kinds import EXPORTS, IMPORTS
from exchange.outcome import Outcome
from jobs import people, sheet_files
from jobs.refusal import Refusal
from kernel.work import unit_of_work

__all__ = ["EXPORTS", "IMPORTS", "Outcome", "give_out", "known", "take_in"]

T = TypeVar("T")


class _DryRun(Exception):
    """Leaves the unit of work without committing."""


def take_in(
    kind: str, content: bytes, *, email: str, dry_run: bool, filename: str = "", only_valid: bool = False
) -> Outcome:
    """All of the file or nothing: a complaint, like a dry run, leaves no trace. Raises Refusal, DomainError.

    only_valid: of a sheet, the rows without a complaint are taken in nevertheless.
    """
    if kind in sheet_files.KINDS:
        return sheet_files.take_in(
            kind, content, email=email, dry_run=dry_run, filename=filename, only_valid=only_valid
        )
    importer = known(kind, IMPORTS, "import")
    outcome = Outcome()
    try:
        with unit_of_work() as work:
            work.actor = people.actor(work, email)  # whose doing it is, in history and audit
            outcome = importer(work, work.actor, content)
            if dry_run or outcome.complaints:
                raise _DryRun
    except _DryRun:
        return outcome
    return outcome


def give_out(kind: str, subject: str, *, email: str, filename: str | None = None) -> bytes:
    """Raises Refusal for an unknown kind, DomainError such as NotFound for the rest."""
    if kind in sheet_files.KINDS:
        return sheet_files.give_out(kind, email=email, filename=filename)
    exporter = known(kind, EXPORTS, "export")
    with unit_of_work(writes=False) as work:
        work.actor = people.actor(work, email)
        return exporter(work, work.actor, subject)


def known(kind: str, kinds: Mapping[str, T], what: str) -> T:
    """Raises Refusal naming the kinds there are."""
    if kind not in kinds:
        listed = ", ".join(sorted([*kinds, *sheet_files.KINDS]))
        raise Refusal(f"there is no {what} of the kind {kind}; kinds are: {listed}")
    return kinds[kind]
