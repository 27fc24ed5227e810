"""What is asked about imports and exports, and what judging and giving out need to know of the chain."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from chain.firms.tables import Firm, Site, Stage
from chain.firms.visibility import chains_visible_to, firms_visible_to, sites_visible_to, stages_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from exchange.sheets.lifecycle import IMPORT_LIFE, ImportSide
from exchange.sheets.tables import SheetChange, SheetExport, SheetImport, SheetProblem
from exchange.sheets.visibility import changes_visible_to, exports_visible_to, imports_visible_to, problems_visible_to
from kernel.access import Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork

PORTION = 2000
FETCHED_WITHIN = timedelta(hours=1)


def imports(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """The imports of the actor's firm, newest first."""
    return page(work, imports_visible_to(actor), SheetImport, first=first, after=after)


def imports_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(imports_visible_to(actor).where(col(SheetImport.id).in_(numbers)))


def problems_of(work: UnitOfWork, actor: Actor, import_id: int, *, first: int | None, after: str | None) -> Page:
    """What is wrong with a file, in its order."""
    found = problems_visible_to(actor).where(col(SheetProblem.import_id) == import_id)
    return page(work, found, SheetProblem, first=first, after=after, newest=False)


def changes_of(work: UnitOfWork, actor: Actor, import_id: int, *, first: int | None, after: str | None) -> Page:
    """What a file would change, in its order."""
    found = changes_visible_to(actor).where(col(SheetChange.import_id) == import_id)
    return page(work, found, SheetChange, first=first, after=after, newest=False)


def exports(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """What this person had given out, newest first."""
    return page(work, exports_visible_to(actor), SheetExport, first=first, after=after)


def exports_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(exports_visible_to(actor).where(col(SheetExport.id).in_(numbers)))


def import_verbs(actor: Actor, row: Any, roles: Collection[Role]) -> list[str]:
    """What this person may do to an import now."""
    if not actor.has(*roles) or not (row.to_create or row.to_update):
        return []
    return IMPORT_LIFE.verbs(row.state, ImportSide.IMPORTER)


def left_out(row: Any, *, chinese: bool) -> list[str]:
    """Columns and sheets of the file nothing is known of, for a person to read."""
    words = {"column": "列", "sheet": "工作表"} if chinese else {"column": "column", "sheet": "sheet"}
    told = [line.partition(":") for line in row.left_out.split("\n") if line]
    return [f"{words.get(what, what)} {name}" for what, _, name in told]


def file_of(row: Any, now: datetime) -> str | None:
    """The content of an export, while it may still be fetched: what a person may see changes."""
    return row.sha256 if row.made_at is not None and now - row.made_at < FETCHED_WITHIN else None


def in_portions(work: UnitOfWork, statement: Any, table: Any) -> Iterator[Any]:
    """Every row of a visible select by row number, never all of them in the memory at once."""
    last = 0
    while found := work.rows(statement.where(col(table.id) > last).order_by(col(table.id)).limit(PORTION)):
        yield from found
        last = found[-1].id


def stages_by_code(work: UnitOfWork, actor: Actor) -> Mapping[str, int]:
    """Code -> row number of the stages; of a code that two chains use, the first."""
    found: dict[str, int] = {}
    for stage in work.rows(stages_visible_to(actor).order_by(col(Stage.id))):
        found.setdefault(stage.code, stage.id)
    return found


def chains_by_code(work: UnitOfWork, actor: Actor) -> Mapping[str, int]:
    return {chain.code: chain.id for chain in work.rows(chains_visible_to(actor))}


def own_items(work: UnitOfWork, actor: Actor) -> Iterator[Any]:
    mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id, col(Item.retired_on).is_(None))
    return in_portions(work, mine, Item)


def item_numbers(work: UnitOfWork, actor: Actor) -> Mapping[int, str]:
    """Row number -> their makers' numbers, of the items one may know of."""
    return {item.id: item.number for item in in_portions(work, items_visible_to(actor), Item)}


def items_stamp(work: UnitOfWork, actor: Actor) -> Any:
    mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id)
    return stamp_of(work, mine, Item)


def own_firm(work: UnitOfWork, actor: Actor) -> Any:
    return work.one(firms_visible_to(actor).where(col(Firm.id) == actor.party_id))


def own_sites(work: UnitOfWork, actor: Actor, *, open_only: bool) -> Iterator[Any]:
    mine = sites_visible_to(actor).where(col(Site.firm_id) == actor.party_id)
    return in_portions(work, mine.where(col(Site.closed_on).is_(None)) if open_only else mine, Site)


def sites_stamp(work: UnitOfWork, actor: Actor) -> Any:
    return stamp_of(work, sites_visible_to(actor).where(col(Site.firm_id) == actor.party_id), Site)


def firms_stamp(work: UnitOfWork, actor: Actor) -> Any:
    return stamp_of(work, firms_visible_to(actor), Firm)


def stamp_of(work: UnitOfWork, statement: Any, table: Any) -> tuple[Any, ...]:
    """Changes whenever a row of a visible select is added or changed: how many, the last, and the sum of their versions."""
    counted = statement.with_only_columns(func.count(), func.max(col(table.id)), func.sum(col(table.version)))
    return tuple(work.session.connection().execute(counted).one())
