"""From rows of a sheet to what each would do: its values, what is wrong with it, and whether another row speaks of the same."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exchange.sheets.columns import Column, Headed, headed, is_header
from exchange.sheets.reading.grid import Grid, Row, letters
from exchange.sheets.tables import SheetKind
from exchange.sheets.values import Wrong, meant
from kernel.access import Actor, Role
from kernel.errors import DomainError
from kernel.work import UnitOfWork

CHUNK = 5000


class Action(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Fault:
    """``field``: of the column it is in; empty where the whole row is meant."""

    field: str
    en: str
    zh: str
    cure_en: str = ""
    cure_zh: str = ""


@dataclass(frozen=True)
class Change:
    """What a row would make of one thing: ``about`` names it for a person."""

    field: str
    about: str
    was: str
    becomes: str


@dataclass
class Judged:
    """``key``: what the row is about, so that two of one file are noticed. ``plan``: what its kind will write.

    ``name``: (field, what it names) of something else that two rows may not share. ``found``: what the record said where
    this row speaks; empty for something new. ``changes``: told in the preview, where its kind tells them.
    """

    row: Row
    values: Mapping[str, Any]
    faults: list[Fault] = field(default_factory=list)
    action: Action = Action.REFUSED
    key: Hashable = None
    plan: Any = None
    name: tuple[str, Hashable] | None = None
    found: tuple[Any, ...] = ()
    changes: Sequence[Change] = ()

    def refuse(self, name: str, en: str, zh: str, cure_en: str = "", cure_zh: str = "") -> None:
        self.faults.append(Fault(name, en, zh, cure_en, cure_zh))

    def refuse_by(self, refused: DomainError, fields: Mapping[str, str]) -> None:
        """What a rule of the domain says, at the column its field stands in."""
        said = refused.fields[0] if refused.fields else ""
        self.refuse(fields.get(said, said), refused.en, refused.zh)


Judge = Callable[[UnitOfWork, Actor, Sequence[Judged]], None]
Write = Callable[[UnitOfWork, Actor, Sequence[Judged]], None]


@dataclass(frozen=True)
class Kind:
    """A kind of sheet. ``judge`` fills in action, key and plan of rows whose cells are in order; it changes nothing.

    ``write`` does what was planned; before it, ``lock`` holds what single verbs hold. ``stamp``: changes whenever anything does that ``judge`` looked at. ``rows``: what the
    actor may see, a row each, under the columns' fields. ``whole``: judges all rows together, once each is judged by itself. ``roles``: who imports. ``most``: rows of one file.
    """

    kind: SheetKind
    zh: str
    en: str
    columns: tuple[Column, ...]
    roles: tuple[Role, ...]
    judge: Judge
    write: Write
    stamp: Callable[[UnitOfWork, Actor], Any]
    rows: Callable[[UnitOfWork, Actor], Iterator[Mapping[str, Any]]]
    examples: tuple[Mapping[str, str], ...]
    most: int
    lock: Write = lambda work, actor, rows: None
    whole: Judge = lambda work, actor, rows: None

    def is_header(self, texts: Sequence[str]) -> bool:
        return is_header(self.columns, texts)


@dataclass
class Sheet:
    """A sheet read for a kind. ``read``: its rows with what is wrong in their cells; ``rows``: the same, judged."""

    grid: Grid
    columns: tuple[Column, ...]
    headed: Headed
    read: list[Judged]
    rows: list[Judged] = field(default_factory=list)

    def cell(self, row: Row, name: str) -> str:
        """Where a fault stands: C17, or the row where the column is not there."""
        place = self.headed.places.get(name)
        return str(row.number) if place is None else f"{letters(place)}{row.number}"

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.field == name), None)


def sheet_of(kind: Kind, grid: Grid) -> Sheet:
    """The rows with their values, cells that are wrong told. Raises Wrong where the columns will not do."""
    if grid.header is None:
        names = [f"{column.zh}" for column in kind.columns if column.key or column.new]
        raise Wrong(
            f"no row of the sheet names the columns of {kind.en}", f"工作表中没有找到“{kind.zh}”的表头行",
            f"use the template; its first row names: {', '.join(c.en for c in kind.columns if c.key or c.new)}",
            f"请使用模板，首行应包含：{'、'.join(names)}",
        )  # fmt: skip
    found = headed(kind.columns, grid.header)
    if found.twice:
        raise Wrong(
            f"a column stands there twice: {', '.join(found.twice)}", f"有重复的列：{'、'.join(found.twice)}",
            "keep one of them", "请只保留其中一列",
        )  # fmt: skip
    missing = [column for column in kind.columns if column.key and column.field not in found.places]
    if missing:
        raise Wrong(
            f"the column {', '.join(c.en for c in missing)} is missing", f"缺少列：{'、'.join(c.zh for c in missing)}",
            "add it, as the template has it", "请按模板补充该列",
        )  # fmt: skip
    if len(grid.rows) > kind.most:
        raise Wrong(
            f"a sheet of {kind.en} has at most {kind.most} rows, this one has {len(grid.rows)}",
            f"“{kind.zh}”每个文件最多 {kind.most} 行，该文件有 {len(grid.rows)} 行", "split it", "请拆分后分别导入",
        )  # fmt: skip
    if not grid.rows:
        raise Wrong(
            "there are no rows under the header", "表头下面没有数据行", "fill in rows, or choose the right sheet",
            "请填写数据，或检查是否选错工作表",
        )  # fmt: skip
    return Sheet(grid, kind.columns, found, [_valued(kind, found, row) for row in grid.rows])


def _valued(kind: Kind, found: Headed, row: Row) -> Judged:
    judged = Judged(row, {})
    values: dict[str, Any] = {}
    for column in kind.columns:
        place = found.places.get(column.field)
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        try:
            values[column.field] = meant(column, cell)
        except Wrong as wrong:
            judged.refuse(column.field, wrong.en, wrong.zh, wrong.cure_en, wrong.cure_zh)
            continue
        if column.key and values[column.field] is None:
            _needed(judged, column)
    judged.values = values
    return judged


def _needed(judged: Judged, column: Column) -> None:
    judged.refuse(
        column.field, f"{column.en} is empty", f"{column.zh}未填写", f"fill it in, such as {column.example}",
        f"请填写，例如 {column.example}",
    )  # fmt: skip


def need_for_new(columns: Sequence[Column], judged: Judged) -> bool:
    """Something new needs more cells than something known; whether they are filled in."""
    empty = [column for column in columns if column.new and judged.values.get(column.field) is None]
    for column in empty:
        _needed(judged, column)
    return not empty


def judge_rows(
    kind: Kind, work: UnitOfWork, actor: Actor, sheet: Sheet, tell: Callable[[int], None] = lambda done: None
) -> None:
    """Judge anew every row whose cells are in order, in the order of the file; then refuse what is there twice."""
    sheet.rows = [Judged(judged.row, judged.values, list(judged.faults)) for judged in sheet.read]
    for begin in range(0, len(sheet.rows), CHUNK):
        part = [judged for judged in sheet.rows[begin : begin + CHUNK] if not judged.faults]
        kind.judge(work, actor, part)
        tell(min(begin + CHUNK, len(sheet.rows)))
    _refuse_twice(sheet)
    kind.whole(work, actor, sheet.rows)
    for judged in sheet.rows:
        if judged.faults:
            judged.action, judged.plan = Action.REFUSED, None


def _refuse_twice(sheet: Sheet) -> None:
    first_key = next(column.field for column in sheet.columns if column.key)
    _refuse_same(sheet, {id(judged): (first_key, judged.key) for judged in sheet.rows if judged.key is not None})
    _refuse_same(sheet, {id(judged): judged.name for judged in sheet.rows if judged.name and not judged.faults})


def _refuse_same(sheet: Sheet, named: Mapping[int, tuple[str, Hashable]]) -> None:
    """Refuse every row that shares its name with another: neither can be told to be the right one."""
    sharing: dict[tuple[str, Hashable], list[Judged]] = {}
    for judged in sheet.rows:
        if id(judged) in named:
            sharing.setdefault(named[id(judged)], []).append(judged)
    for (field_name, _), same in sharing.items():
        for judged in same if len(same) > 1 else ():
            others = [str(other.row.number) for other in same if other is not judged][:3]
            judged.refuse(
                field_name, f"the same stands in row {', '.join(others)} too", f"与第 {'、'.join(others)} 行重复",
                "keep one of the rows", "请只保留其中一行",
            )  # fmt: skip


def counted(rows: Sequence[Judged]) -> Mapping[Action, int]:
    return {action: sum(judged.action is action for judged in rows) for action in Action}
