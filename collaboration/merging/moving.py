"""How everything that names one firm comes to name another: by the tables themselves, so that none is forgotten.

A row that would then be there twice, or would name one firm on both its sides, stays under the old number, which
leads to the record that stays. See decision 0013.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, and_, false, func, not_, or_, select, update
from sqlmodel import SQLModel, col

from chain.firms.tables import Firm, FirmStanding
from chain.firms.visibility import firms_visible_to
from chain.links.lifecycle import LinkState
from kernel.access import SYSTEM, unscoped
from kernel.clock import today_of
from kernel.migrations.everything import every_table
from kernel.work import UnitOfWork

STAYS = {
    "event": "who did a thing is told as it was", "audit_entry": "the trail is never rewritten",
    "audit_head": "the trail is never rewritten", "firm_merger": "it says which was which",
    "terms_version": "what was accepted with one record is not taken for the other's", "terms_acceptance": "as terms_version",
    "figure_share": "what a published figure was made of is frozen with it",
}  # fmt: skip
"""Tables whose rows keep the old number."""
ENDS = {
    "link_disclosure": ("owner_id", "revoked_at"), "access_grant": ("owner_id", "revoked_at"),
    "identity_reveal": ("firm_id", "concealed_at"), "naming_consent": ("firm_id", "revoked_at"),
}  # fmt: skip
"""What lets a viewer see more of a firm than of others: table -> who gives it, and when it ended."""
NAMES = ("party_id", "owner_id", "viewer_id")
"""How the kernel, which knows no firms, names one."""
REFUSED_ON = {"item": "number", "site": "code", "purchase_order": "number", "despatch_advice": "number"}
"""Where a number that both have must be mended by people first: table -> the column that clashes."""
WHY = "two records of one firm become one, whoever may see which row"


@dataclass(frozen=True)
class Place:
    """A column that names a firm."""

    table: Table
    column: Column[Any]

    @property
    def others(self) -> list[Column[Any]]:
        return [place.column for place in places(self.table) if place.column is not self.column]


def places(*tables: Table) -> list[Place]:
    """Every column of these tables, or of all, that names a firm."""
    return [
        Place(table, column)
        for table in tables or every_table().sorted_tables if table.name not in STAYS
        for column in table.columns if _names_a_firm(column)
    ]  # fmt: skip


def _names_a_firm(column: Column[Any]) -> bool:
    targets = {key.target_fullname for key in column.foreign_keys}
    return "firm.id" in targets or (not targets and column.name in NAMES)


def clashes(place: Place, survivor: int, merged: int) -> ColumnElement[bool]:
    """Whether a row of the merged firm would be there twice once it named the survivor."""
    twins = [
        select(1).where(
            twin.c[place.column.name] == survivor,
            *(twin.c[c.name] == c for c in columns if c is not place.column),
        ).exists()
        for columns in _unique(place) for twin in (place.table.alias(),)
    ]  # fmt: skip
    return and_(place.column == merged, or_(false(), *twins))


def _unique(place: Place) -> Iterator[Sequence[Column[Any]]]:
    table = place.table
    sets = [list(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)]
    sets += [list(index.columns) for index in table.indexes if index.unique]
    sets += [[column] for column in table.columns if column.unique] + [list(table.primary_key.columns)]
    return (columns for columns in sets if place.column in columns)


def same_numbers(work: UnitOfWork, table: str, survivor: int, merged: int) -> list[str]:
    """The numbers both firms gave a thing of their own."""
    found: set[str] = set()
    with unscoped(WHY):
        for place in places(SQLModel.metadata.tables[table]):
            wanted = select(place.table.c[REFUSED_ON[table]]).where(clashes(place, survivor, merged))
            found |= set(work.session.scalars(wanted))
    return sorted(found)


def live_links_between(work: UnitOfWork, one: int, other: int) -> bool:
    """Whether either supplies the other: then they are two firms."""
    links = SQLModel.metadata.tables["supply_link"].c
    pairs = or_(
        and_(links.supplier_id == one, links.buyer_id == other), and_(links.supplier_id == other, links.buyer_id == one)
    )
    with unscoped(WHY):
        return work.session.scalar(select(links.id).where(pairs, links.state != LinkState.ENDED).limit(1)) is not None


def partners_of(work: UnitOfWork, merged: int) -> set[int]:
    """Who knows a firm before it is merged."""
    links = SQLModel.metadata.tables["supply_link"].c
    named = or_(links.supplier_id == merged, links.buyer_id == merged)
    with unscoped(WHY):
        rows = work.session.execute(select(links.supplier_id, links.buyer_id).where(named)).all()
    return {number for row in rows for number in row} - {merged}


def end_grants(work: UnitOfWork, survivor: int, merged: int, now: datetime) -> None:
    """What either lets others see ends: given by one of them, it would now show what was the other's as well."""
    with unscoped(WHY):
        for name, (giver, ended) in ENDS.items():
            table = every_table().tables[name]
            live = and_(table.c[giver].in_((survivor, merged)), table.c[ended].is_(None))
            work.session.execute(update(table).where(live).values({ended: now}))


def hand_over(work: UnitOfWork, survivor: int, merged: int) -> None:
    """Everything of the one record is the other's from today, and its number leads there."""
    _move_rows(work, survivor, merged, today_of(work.now))
    old = work.one(firms_visible_to(SYSTEM).where(col(Firm.id) == merged), lock=True)
    old.standing, old.merged_into_id = FirmStanding.MERGED, survivor
    old.version += 1


def _move_rows(work: UnitOfWork, survivor: int, merged: int, today: date) -> None:
    """Let every row that names the merged firm name the survivor, but those that must stay."""
    work.session.flush()
    with unscoped(WHY):
        _fold_links(work, survivor, merged, today)
        for place in places():
            beside = [func.coalesce(other, 0) == survivor for other in place.others]
            stays = or_(clashes(place, survivor, merged), *beside)
            moved = update(place.table).where(place.column == merged, not_(stays))
            work.session.execute(moved.values({place.column.name: survivor}))
        members = SQLModel.metadata.tables["stage_member"]
        left = and_(members.c.firm_id == merged, members.c.until.is_(None))
        work.session.execute(update(members).where(left).values(until=today))
    work.session.expire_all()


def _fold_links(work: UnitOfWork, survivor: int, merged: int, today: date) -> None:
    """Both had the same link with one partner: the survivor's goes on with the evidence and the backup sources of both."""
    named = ("supply_link", "link_evidence", "backup_source")
    links, evidence, sources = (every_table().tables[name] for name in named)
    for place in places(links):
        for twin_id, old_id in work.session.execute(_twins(place, survivor, merged)).all():
            seen = evidence.alias()
            new = not_(
                select(1).where(
                    seen.c.link_id == twin_id, seen.c.kind == evidence.c.kind,
                    seen.c.source_kind == evidence.c.source_kind, seen.c.source_id == evidence.c.source_id,
                ).exists()
            )  # fmt: skip
            moved = update(evidence).where(evidence.c.link_id == old_id, new).values(link_id=twin_id)
            work.session.execute(moved)
            prepared = update(sources).where(sources.c.link_id == old_id).values(link_id=twin_id)
            work.session.execute(prepared)
            work.session.execute(
                update(links).where(links.c.id == old_id).values(state=LinkState.ENDED, ended_on=today)
            )


def _twins(place: Place, survivor: int, merged: int) -> Any:
    """(id of the survivor's row, id of the merged firm's) wherever both have the same."""
    twin = place.table.alias()
    same = [
        and_(*(twin.c[c.name] == c for c in columns if c is not place.column))
        for columns in _unique(place) if columns != list(place.table.primary_key.columns)
    ]  # fmt: skip
    return select(twin.c.id, place.table.c.id).where(
        place.column == merged, twin.c[place.column.name] == survivor, or_(*same)
    )
