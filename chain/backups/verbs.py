"""What a buyer does about the backup sources of its links: record, change, qualify, try, confirm as ready, drop."""

from sqlmodel import col

from chain.backups.decisions import (
    Figures,
    check_evidence,
    check_figures,
    check_live,
    check_named,
    check_nothing_left,
    check_room,
)
from chain.backups.events import (
    BackupReadyConfirmed,
    BackupSourceChanged,
    BackupSourceDropped,
    BackupSourceQualified,
    BackupSourceRecorded,
    BackupTrialBegun,
)
from chain.backups.lifecycle import BACKUP_SOURCE_LIFE, LIVE, BackupSourceState
from chain.backups.tables import BackupSource
from chain.backups.visibility import backup_sources_visible_to
from chain.firms.verbs import partner
from chain.links.tables import SupplyLink
from chain.links.verbs import purchase_of
from chain.qualification.reads import approved_for
from kernel.access import Actor, Role, Side, require
from kernel.errors import Invalid, Stale
from kernel.work import UnitOfWork

KEEPERS = (Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD)
QUALIFIERS = (Role.QUALITY, Role.LEAD)


def record_backup_source(
    work: UnitOfWork, actor: Actor, figures: Figures, *, link_id: int, firm_id: int | None = None, working_name: str = ""
) -> BackupSource:  # fmt: skip
    """Note a further source for what one of one's own links brings: a firm one deals with, or a name to work with.

    Nothing of it reaches the firm, the present supplier or anybody else. Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    link = purchase_of(work, actor, link_id)
    require(actor, *KEEPERS)
    check_live(link.state)
    name = _named(work, actor, link, firm_id, working_name)
    check_figures(figures)
    live = backup_sources_visible_to(actor).where(
        col(BackupSource.link_id) == link_id, col(BackupSource.state).in_(LIVE)
    )
    check_room(work.all(live, lock=True), firm_id, name)
    made = work.add(
        BackupSource(
            buyer_id=link.buyer_id, link_id=link_id, firm_id=firm_id, working_name=name, recorded_at=work.now,
            changed_at=work.now, **vars(figures),
        )
    )  # fmt: skip
    assert made.id is not None
    work.record(BackupSourceRecorded(backup_source_id=made.id))
    return made


def change_backup_source(
    work: UnitOfWork, actor: Actor, figures: Figures, *, backup_source_id: int, expected_version: int,
    firm_id: int | None = None, working_name: str = "",
) -> BackupSource:  # fmt: skip
    """State the figures anew, all of them; of a source that had a working name only, also which firm it is. One that is ready
    has nothing left to come: who finds otherwise drops it and notes it anew.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    source = _kept(work, actor, backup_source_id, expected_version, "change_backup_source")
    if firm_id is not None and source.firm_id not in (None, firm_id):
        raise Invalid("firmId", "this is another firm: note a source of its own", "这是另一家企业，请另行登记备链")
    link = purchase_of(work, actor, source.link_id)
    source.working_name = _named(work, actor, link, firm_id or source.firm_id, working_name)
    if firm_id is not None and source.firm_id is None:
        others = backup_sources_visible_to(actor).where(
            col(BackupSource.link_id) == source.link_id, col(BackupSource.state).in_(LIVE),
            col(BackupSource.firm_id) == firm_id,
        )  # fmt: skip
        check_room(work.all(others), firm_id, "")
        source.firm_id = firm_id
    check_figures(figures)
    if source.state is BackupSourceState.READY:
        check_nothing_left(figures)
    for field, value in vars(figures).items():
        setattr(source, field, value)
    work.record(BackupSourceChanged(backup_source_id=backup_source_id))
    return source


def qualify_backup_source(
    work: UnitOfWork, actor: Actor, *, backup_source_id: int, expected_version: int
) -> BackupSource:
    """It fits and is an approved supplier of one's firm for this item. Raises NotFound, NotAllowedNow, Stale."""
    source = _own(work, actor, backup_source_id)
    require(actor, *QUALIFIERS)
    _move(work, source, expected_version, "qualify_backup_source")
    _check_evidence(work, actor, source)
    work.record(BackupSourceQualified(backup_source_id=backup_source_id))
    return source


def begin_backup_trial(work: UnitOfWork, actor: Actor, *, backup_source_id: int, expected_version: int) -> BackupSource:
    """It makes trial lots now. Raises NotFound, NotAllowedNow, Stale."""
    source = _kept(work, actor, backup_source_id, expected_version, "begin_backup_trial")
    _check_evidence(work, actor, source)
    work.record(BackupTrialBegun(backup_source_id=backup_source_id))
    return source


def confirm_backup_ready(
    work: UnitOfWork, actor: Actor, *, backup_source_id: int, expected_version: int
) -> BackupSource:
    """The trial went well, tools and capacity are there: it could deliver today. Raises NotFound, NotAllowedNow, Stale."""
    source = _kept(work, actor, backup_source_id, expected_version, "confirm_backup_ready")
    _check_evidence(work, actor, source)
    check_nothing_left(source)
    work.record(BackupReadyConfirmed(backup_source_id=backup_source_id))
    return source


def drop_backup_source(work: UnitOfWork, actor: Actor, *, backup_source_id: int, expected_version: int) -> BackupSource:
    """It counts no more. Raises NotFound, NotAllowedNow, Stale."""
    source = _kept(work, actor, backup_source_id, expected_version, "drop_backup_source")
    work.record(BackupSourceDropped(backup_source_id=backup_source_id))
    return source


def _named(work: UnitOfWork, actor: Actor, link: SupplyLink, firm_id: int | None, working_name: str) -> str:
    if firm_id is not None:
        partner(work, actor, firm_id, field="firmId", by_link=True)
    return check_named(firm_id, working_name, link.supplier_id, link.buyer_id)


def _own(work: UnitOfWork, actor: Actor, backup_source_id: int) -> BackupSource:
    seen = backup_sources_visible_to(actor).where(col(BackupSource.id) == backup_source_id)
    return work.one(seen, lock=True, field="backupSourceId")


def _kept(work: UnitOfWork, actor: Actor, backup_source_id: int, expected_version: int, verb: str) -> BackupSource:
    source = _own(work, actor, backup_source_id)
    require(actor, *KEEPERS)
    return _move(work, source, expected_version, verb)


def _move(work: UnitOfWork, source: BackupSource, expected_version: int, verb: str) -> BackupSource:
    source.state = BACKUP_SOURCE_LIFE.after(source.state, verb, by=Side.BUYER)
    if source.version != expected_version:
        raise Stale(source.version)
    source.version += 1
    source.changed_at = work.now
    return source


def _check_evidence(work: UnitOfWork, actor: Actor, source: BackupSource) -> None:
    link = purchase_of(work, actor, source.link_id)
    approved = source.firm_id is not None and bool(approved_for(work, actor, {(source.firm_id, link.item_id)}))
    check_evidence(source.firm_id, approved)
