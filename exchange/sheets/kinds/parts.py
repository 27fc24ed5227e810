"""What the kinds share: choices people know, partners by credit code, columns of a pair of firms."""

from collections.abc import Mapping
from typing import Any

from chain.firms.decisions import PREFECTURES
from exchange.sheets.columns import Choice, Column, Holds
from exchange.sheets.judging import Judged
from exchange.sheets.tables import SheetKind
from kernel.access import Actor
from kernel.codes import UNIT_WORDS
from kernel.ledger.verbs import note
from kernel.work import UnitOfWork

PREFECTURE_CHOICES = tuple(
    Choice(code, (zh, en, zh.removesuffix("市"), zh.removesuffix("市") + "地区"))
    for code, (zh, en) in PREFECTURES.items()
)
UNIT_CHOICES = tuple(Choice(code, words) for code, words in UNIT_WORDS.items())

UNIT = Column(
    "unit", "计量单位", "Unit", Holds.CHOICE, "EA", "联合国贸易编码(UNECE Rec 20)，也可写“件”“千克”等",
    "UNECE Recommendation 20 code; a usual word such as kg will do", new=True, choices=UNIT_CHOICES, any_code=True,
    also=("单位", "基本计量单位", "uom", "unit of measure"),
)  # fmt: skip


def differs(values: Mapping[str, Any], found: Any, *names: str) -> dict[str, Any]:
    """What a row says otherwise than the record; an empty cell says nothing."""
    return {
        name: values[name] for name in names if values.get(name) is not None and values[name] != getattr(found, name)
    }


def said_before(values: Mapping[str, Any], found: Any, *names: str) -> tuple[Any, ...]:
    """What the record says where a row speaks: what the row overwrites, or leaves because it says the same."""
    return tuple((name, getattr(found, name)) for name in names if values.get(name) is not None)


def compared(judged: Judged, found: Any, *names: str) -> dict[str, Any]:
    """What a row says otherwise than the record it is about; what that says now is kept with the row."""
    judged.found = said_before(judged.values, found, *names)
    return differs(judged.values, found, *names)


def note_given(work: UnitOfWork, actor: Actor, kind: SheetKind, rows_of: Mapping[int, int]) -> None:
    """Enter in the ledger of each firm how many rows of a sheet given out are about it."""
    for firm_id, count in rows_of.items():
        note(
            work,
            owner_id=firm_id,
            viewer=actor,
            what=f"{kind}_sheet",
            subject=None,
            grant=None,
            export=True,
            rows=count,
        )
