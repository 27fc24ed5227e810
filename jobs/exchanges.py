"""`chainmaster import` and `export`: which kinds of file there are, and the door they all go through."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from exchange.kinds import EXPORTS, IMPORTS, PRINTS
from exchange.outcome import Outcome
from exchange.ubl.rule_sets import BrokenRuleSet, Failed, failed_rules, rule_sets
from exchange.warned import warnings_of
from jobs import people, sheet_files
from jobs.refusal import Refusal
from kernel.work import unit_of_work

__all__ = ["EXPORTS", "IMPORTS", "Outcome", "give_out", "known", "take_in"]

T = TypeVar("T")
SHORT = {"ubl-rfq": "ubl-request-for-quotation"}
"""What may be typed for a long kind."""


class _DryRun(Exception):
    """Leaves the unit of work without committing."""


def take_in(
    kind: str, content: bytes, *, email: str, dry_run: bool, filename: str = "", only_valid: bool = False,
    rules: Path | None = None,
) -> Outcome:  # fmt: skip
    """All of the file or nothing: a complaint, like a dry run, leaves no trace. Raises Refusal, DomainError.

    only_valid: of a sheet, the rows without a complaint are taken in nevertheless. rules: a folder of official rule sets.
    """
    if kind in sheet_files.KINDS:
        return sheet_files.take_in(
            kind, content, email=email, dry_run=dry_run, filename=filename, only_valid=only_valid
        )
    importer = known(kind, IMPORTS, "import")
    outcome, official = Outcome(), _official(content, rules)
    try:
        with unit_of_work() as work:
            work.actor = people.actor(work, email)  # whose doing it is, in history and audit
            warnings = warnings_of(work, work.actor, content, going_out=False)  # before it changes what stands
            outcome = importer(work, work.actor, content)
            outcome = replace(outcome, warnings=(*warnings, *official))
            if dry_run or outcome.complaints:
                raise _DryRun
    except _DryRun:
        return outcome
    return outcome


def give_out(
    kind: str, subject: str, *, email: str, filename: str | None = None, rules: Path | None = None,
    warn: Callable[[str], None] = lambda line: None,
) -> bytes:  # fmt: skip
    """Raises Refusal for an unknown kind, DomainError such as NotFound for the rest. warn: is told what rules say of it."""
    if kind in sheet_files.KINDS:
        return sheet_files.give_out(kind, email=email, filename=filename)
    exporter = known(kind, {**EXPORTS, **PRINTS}, "export")
    with unit_of_work(writes=False) as work:
        work.actor = people.actor(work, email)
        content: bytes = exporter(work, work.actor, subject)
        warnings = [] if kind in PRINTS else warnings_of(work, work.actor, content, going_out=True)
    for line in (*warnings, *([] if kind in PRINTS else _official(content, rules))):
        warn(str(line))
    return content


def _official(content: bytes, folder: Path | None) -> list[Failed]:
    try:
        return failed_rules(content, rule_sets(folder))
    except BrokenRuleSet as broken:
        raise Refusal(str(broken)) from None


def known(kind: str, kinds: Mapping[str, T], what: str) -> T:
    """What is kept for a kind, also by its short name. Raises Refusal naming the kinds there are."""
    kind = SHORT.get(kind, kind)
    if kind not in kinds:
        listed = ", ".join(sorted([*kinds, *sheet_files.KINDS]))
        raise Refusal(f"there is no {what} of the kind {kind}; kinds are: {listed}")
    return kinds[kind]
