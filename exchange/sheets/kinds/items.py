"""Items: one row each, by the maker's own number."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import col

from chain.items.bulk import ItemChange, NewItem, add_items, change_items
from chain.items.tables import Item
from chain.items.verbs import LONGEST_LEAD_TIME, check_new_item, check_words
from chain.items.visibility import items_visible_to
from exchange.sheets import reads
from exchange.sheets.columns import Column, Holds
from exchange.sheets.judging import Action, Judged, Kind, need_for_new
from exchange.sheets.kinds.parts import UNIT, compared, differs
from exchange.sheets.tables import SheetKind
from kernel.access import Actor, Role
from kernel.bulk import portions
from kernel.errors import Invalid
from kernel.work import UnitOfWork

FIELDS = {"leadTimeDays": "lead_time_days"}
COLUMNS = (
    Column("number", "物料号", "Item number", Holds.CODE, "RV-40E", "本单位的物料号，最多 60 个字符；已有的物料号表示更新",
           "Your own item number, at most 60 characters; one you have already is updated", key=True,
           also=("料号", "物料编码", "物料编号", "item no", "part number", "item")),
    Column("name", "名称", "Name", Holds.TEXT, "RV 减速器 40E", "最多 120 个字符", "At most 120 characters", new=True,
           also=("物料名称", "品名", "item name", "description")),
    UNIT,
    Column("lead_time_days", "交货周期（天）", "Lead time (days)", Holds.WHOLE, "21",
           f"日历天，0 至 {LONGEST_LEAD_TIME}", f"Calendar days, 0 to {LONGEST_LEAD_TIME}",
           also=("交期", "提前期", "lead time", "lead time days")),
    Column("stage", "产业链环节", "Stage", Holds.CODE, "core-parts", "环节代码，仅在新增时填写", "Code of the stage of a chain; for a new item only",
           also=("环节", "stage code")),
)  # fmt: skip


def judge(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    known: dict[str, Any] = {}
    for numbers in portions({judged.values["number"] for judged in rows}):
        mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id, col(Item.number).in_(numbers))
        known |= {item.number: item for item in work.rows(mine)}
    stages = reads.stages_by_code(work, actor)
    for judged in rows:
        judged.key = judged.values["number"]
        item = known.get(judged.values["number"])
        if item is None:
            _judge_new(judged, stages)
        else:
            _judge_known(judged, item, stages)


def _judge_new(judged: Judged, stages: Mapping[str, int]) -> None:
    if not need_for_new(COLUMNS, judged):
        return
    v = judged.values
    draft = NewItem(v["number"], v["name"], v["unit"], v["lead_time_days"] or 0, _stage(judged, stages))
    try:
        check_new_item(number=draft.number, name=draft.name, unit=draft.unit, lead_time_days=draft.lead_time_days)
    except Invalid as refused:
        judged.refuse_by(refused, FIELDS)
    judged.action, judged.plan = Action.CREATE, draft


def _stage(judged: Judged, stages: Mapping[str, int]) -> int | None:
    code = judged.values.get("stage")
    if code is not None and code not in stages:
        some = ", ".join(sorted(stages)[:8])
        judged.refuse(
            "stage",
            f"there is no stage {code[:40]}",
            f"没有代码为 {code[:40]} 的环节",
            f"write one of: {some}",
            f"请填写：{some}",
        )
    return stages.get(code) if code else None


def _judge_known(judged: Judged, item: Any, stages: Mapping[str, int]) -> None:
    fixed = differs(judged.values, item, "unit")
    if judged.values.get("stage") and _stage(judged, stages) != item.stage_id:
        fixed["stage"] = None
    for name in fixed:
        judged.refuse(
            name, "number, unit and stage of an item stay as they are", "物料的编号、计量单位和环节不能更改",
            "leave the cell empty, or add another item under a new number", "请清空该单元格，或以新物料号另行添加",
        )  # fmt: skip
    changed = compared(judged, item, "name", "lead_time_days")
    if item.retired_on is not None and changed:
        judged.refuse(
            "number", f"this item was retired on {item.retired_on}", f"该物料已于 {item.retired_on} 停用",
            "add another item under a new number", "请以新物料号另行添加",
        )  # fmt: skip
    if not changed:
        judged.action = Action.UNCHANGED
        return
    name, days = changed.get("name", item.name), changed.get("lead_time_days", item.lead_time_days)
    try:
        check_words(name, days)
    except Invalid as refused:
        judged.refuse_by(refused, FIELDS)
    judged.action, judged.plan = Action.UPDATE, ItemChange(item.id, item.version, name, days, tuple(changed))


def write(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    add_items(work, actor, [judged.plan for judged in rows if judged.action is Action.CREATE])
    change_items(work, actor, [judged.plan for judged in rows if judged.action is Action.UPDATE])


def stamp(work: UnitOfWork, actor: Actor) -> Any:
    return reads.items_stamp(work, actor)


def rows(work: UnitOfWork, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """The items of one's own firm that are in its range."""
    codes = {number: code for code, number in reads.stages_by_code(work, actor).items()}
    for item in reads.own_items(work, actor):
        yield {
            "number": item.number, "name": item.name, "unit": item.unit, "lead_time_days": item.lead_time_days,
            "stage": codes.get(item.stage_id),
        }  # fmt: skip


ITEMS = Kind(
    SheetKind.ITEMS, "物料", "items", COLUMNS, (Role.SALES, Role.PLANNER), judge, write, stamp, rows,
    (
        {"number": "RV-40E", "name": "RV 减速器 40E", "unit": "EA", "lead_time_days": "21"},
        {"number": "007-0012", "name": "深沟球轴承 6205", "unit": "件", "lead_time_days": "14"},
        {"number": "GCR15", "name": "轴承钢棒料", "unit": "千克"},
    ), most=100_000,
)  # fmt: skip
