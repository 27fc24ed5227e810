"""What a firm asks of its own consents, and who is named to officials."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from chain.firms.tables import Stage
from chain.firms.visibility import stages_visible_to
from kernel.access import SYSTEM, Actor, Role
from kernel.clock import today_of
from kernel.paging import Page, page
from kernel.work import UnitOfWork
from oversight.naming.tables import NamingConsent
from oversight.naming.visibility import consents_visible_to, names_visible_to


@dataclass(frozen=True)
class Named:
    """A firm that lets itself be named. ``since``: the day officials read it first. ``holder``: it calls itself a key firm."""

    stage_id: int
    prefecture: str
    name: str
    since: date
    holder: bool


@dataclass(frozen=True)
class Naming:
    """The same inside, those that wait with it."""

    consent_id: int
    firm_id: int
    stage_id: int
    name: str
    prefecture: str
    shown_on: date | None
    as_holder: bool


def consents(work: UnitOfWork, actor: Actor, *, chain_id: int, first: int | None, after: str | None) -> Page:
    """Those of the actor's firm in one chain, newest first."""
    stages = stages_visible_to(actor).where(col(Stage.chain_id) == chain_id).with_only_columns(col(Stage.id))
    mine = consents_visible_to(actor).where(col(NamingConsent.stage_id).in_(stages))
    return page(work, mine, NamingConsent, first=first, after=after)


def consents_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(consents_visible_to(actor).where(col(NamingConsent.id).in_(numbers)))


def consent_verbs(actor: Actor, given: Any) -> list[str]:
    """What this person may do to it: the buttons beside it."""
    return ["revoke_naming"] if actor.has(Role.SALES, Role.LEAD) and given.revoked_at is None else []


def names(work: UnitOfWork, actor: Actor, *, chain_id: int, key_at: Collection[int]) -> list[Named]:
    """Who is named to an official today, in no order that tells who consented when.

    key_at: stages where a firm may be told to call itself a key one.
    """
    found = _read(work, actor, chain_id, today_of(work.now))
    found.sort(key=lambda one: (one.stage_id, one.prefecture, one.name))
    return [
        Named(one.stage_id, one.prefecture, one.name, one.shown_on, one.as_holder and one.stage_id in key_at)
        for one in found if one.shown_on is not None
    ]  # fmt: skip


def named_or_waiting(work: UnitOfWork, chain_id: int, on: date) -> list[Naming]:
    """All live consents of firms at work, in the order they were given: for publishing alone."""
    return _read(work, SYSTEM, chain_id, on)


def ever_named(work: UnitOfWork, chain_id: int) -> dict[int, frozenset[int]]:
    """stage -> firms that officials were ever told of: what was read is not forgotten when it is taken back."""
    stages = stages_visible_to(SYSTEM).where(col(Stage.chain_id) == chain_id).with_only_columns(col(Stage.id))
    rows = work.rows(
        consents_visible_to(SYSTEM).where(
            col(NamingConsent.stage_id).in_(stages), col(NamingConsent.shown_on).is_not(None)
        )
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.stage_id, set()).add(row.firm_id)
    return {stage_id: frozenset(firms) for stage_id, firms in found.items()}


def _read(work: UnitOfWork, actor: Actor, chain_id: int, on: date) -> list[Naming]:
    return [Naming(*row) for row in work.session.connection().execute(names_visible_to(actor, chain_id, on))]


def chain_of(work: UnitOfWork, consent_id: int) -> int:
    """In which chain a consent was given."""
    given = work.one(consents_visible_to(SYSTEM).where(col(NamingConsent.id) == consent_id))
    return int(work.one(stages_visible_to(SYSTEM).where(col(Stage.id) == given.stage_id)).chain_id)
