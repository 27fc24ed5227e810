"""What a buyer's people ask about its backup sources: which there are, how far each is, how many days lie before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col

from chain.backups.decisions import time_left
from chain.backups.lifecycle import BACKUP_SOURCE_LIFE, LIVE, BackupSourceState
from chain.backups.tables import BackupSource
from chain.backups.verbs import KEEPERS, QUALIFIERS
from chain.backups.visibility import backup_sources_visible_to
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from chain.network.readiness import Readiness
from chain.qualification.reads import approved_for
from kernel.access import Actor, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class BackupSourceSeen:
    """A source as its buyer reads it today. ``is_approved``: the firm is an approved supplier for the item now."""

    id: int
    link_id: int
    firm_id: int | None
    working_name: str
    state: BackupSourceState
    fit_days: int | None
    qualification_days: int | None
    trial_days: int | None
    spare_days: int | None
    tooling_days: int | None
    share: float
    ramp_days: int
    recorded_at: datetime
    changed_at: datetime
    version: int
    is_approved: bool
    readiness: Readiness

    @property
    def is_ready(self) -> bool:
        return self.state is BackupSourceState.READY and self.is_approved


def backup_sources(
    work: UnitOfWork, actor: Actor, *, chain_id: int | None, link_id: int | None,
    states: Collection[BackupSourceState] | None, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """One's firm's own, newest first."""
    visible = backup_sources_visible_to(actor)
    if chain_id is not None:
        in_chain = supply_links_visible_to(actor).where(col(SupplyLink.chain_id) == chain_id)
        visible = visible.where(col(BackupSource.link_id).in_(in_chain.with_only_columns(col(SupplyLink.id))))
    if link_id is not None:
        visible = visible.where(col(BackupSource.link_id) == link_id)
    if states:
        visible = visible.where(col(BackupSource.state).in_(states))
    found = page(work, visible, BackupSource, first=first, after=after)
    return Page(_seen(work, actor, found.rows), found.has_next, found.has_previous, visible)


def backup_source(work: UnitOfWork, actor: Actor, backup_source_id: int) -> BackupSourceSeen:
    row = work.one(backup_sources_visible_to(actor).where(col(BackupSource.id) == backup_source_id))
    return _seen(work, actor, [row])[0]


def backup_sources_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> list[BackupSourceSeen]:
    return _seen(work, actor, work.rows(backup_sources_visible_to(actor).where(col(BackupSource.id).in_(numbers))))


def backup_sources_of(work: UnitOfWork, actor: Actor, link_ids: Collection[int]) -> list[BackupSourceSeen]:
    """Those of some links that are not dropped, oldest first."""
    live = backup_sources_visible_to(actor).where(
        col(BackupSource.link_id).in_(link_ids), col(BackupSource.state).in_(LIVE)
    )
    return _seen(work, actor, work.rows(live.order_by(col(BackupSource.id))))


def _seen(work: UnitOfWork, actor: Actor, rows: Sequence[Any]) -> list[BackupSourceSeen]:
    if not rows:
        return []
    links = work.rows(supply_links_visible_to(actor).where(col(SupplyLink.id).in_({row.link_id for row in rows})))
    item = {link.id: link.item_id for link in links}
    firms = {(row.firm_id, item[row.link_id]) for row in rows if row.firm_id is not None and row.link_id in item}
    approved = approved_for(work, actor, firms)
    return [_one(row, (row.firm_id, item.get(row.link_id)) in approved) for row in rows]


def _one(row: Any, is_approved: bool) -> BackupSourceSeen:
    return BackupSourceSeen(
        id=row.id, link_id=row.link_id, firm_id=row.firm_id, working_name=row.working_name,
        state=row.state, fit_days=row.fit_days, qualification_days=row.qualification_days,
        trial_days=row.trial_days, spare_days=row.spare_days, tooling_days=row.tooling_days, share=row.share,
        ramp_days=row.ramp_days, recorded_at=row.recorded_at, changed_at=row.changed_at, version=row.version,
        is_approved=is_approved, readiness=time_left(row, is_approved),
    )  # fmt: skip


def backup_source_verbs(actor: Actor, source: BackupSourceSeen) -> list[str]:
    """What this person may do to a source now: the buttons beside it."""
    offered = BACKUP_SOURCE_LIFE.verbs(source.state, Side.BUYER)
    return [verb for verb in offered if actor.has(*(QUALIFIERS if verb == "qualify_backup_source" else KEEPERS))]
