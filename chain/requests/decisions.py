"""The bounds of a data request: how long, how often, about what; and whether an answer answers what was asked."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chain.requests.tables import DataKind
from kernel.codes import unit as known_unit
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule
from kernel.quantities import not_negative

USUAL_DAYS = 30
"""A request ends by itself after this many days unless another day is asked for (features.md B4)."""
LONGEST_DAYS = 90
MOST_A_DAY = 20
"""How often one firm may ask in 24 hours, of all others together: what is asked of one tells nothing of another."""
ANSWERED = (DataKind.CAPACITY, DataKind.STOCK, DataKind.LEAD_TIME)
DAYS = "DAY"
"""UNECE Rec 20: a lead time is told in days."""

OFTEN = Rule("request.often", "等待24小时", "waiting, at most 24 hours")
ONE_OPEN = Rule(
    "request.one_open",
    "本单位终止未结请求，或对方答复",
    "your firm, by ending the open one, or the other by answering it",
)


@dataclass(frozen=True)
class Answer:
    """What an asked firm says of one kind."""

    kind: DataKind
    value: Decimal
    unit: str | None = None


def item_key(text: str) -> str:
    """The item's name as two requests are compared: full-width, case and spaces aside."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())


def check_days(starts_on: date, ends_on: date, today: date) -> None:
    """Raises Invalid naming the field."""
    if starts_on < today:
        raise Invalid("startsOn", "a request begins today or later", "开始日期不得早于今天")
    if ends_on < starts_on:
        raise Invalid("endsOn", "the last day comes after the first", "截止日期不得早于开始日期")
    if ends_on > starts_on + timedelta(days=LONGEST_DAYS):
        raise Invalid(
            "endsOn",
            f"a request lasts {LONGEST_DAYS} days at most; ask again then",
            f"请求最长 {LONGEST_DAYS} 天，到期后可再次请求",
        )


def check_kinds(kinds: Collection[DataKind], *, by_alias: bool) -> None:
    if not kinds or len(set(kinds)) != len(kinds):
        raise Invalid("kinds", "name each kind you need once", "请选择所需的数据类别，每类一次")
    if DataKind.IDENTITY in kinds and not by_alias:
        raise Invalid("kinds", "you know this firm's name already", "贵公司已知该企业名称")


def check_often(asked_lately: int) -> None:
    if asked_lately >= MOST_A_DAY:
        raise Limit(
            f"a firm asks {MOST_A_DAY} times in 24 hours at most; ask again later",
            f"每家企业24小时内最多提出 {MOST_A_DAY} 次请求，请稍后再试",
            rule=OFTEN,
        )


def check_none_open(is_open: bool) -> None:
    if is_open:
        raise NotAllowedNow(
            "your firm has an open request to this address about this item; wait for its answer or end it",
            "贵公司对该对象就该物料已有未结请求，请等待答复或先行终止",
            rule=ONE_OPEN,
        )


def check_answers(asked: Collection[DataKind], answers: Sequence[Answer]) -> None:
    """Exactly the kinds asked for, the name aside, which needs no figure. Raises Invalid naming the field."""
    wanted, given = [k for k in ANSWERED if k in asked], [a.kind for a in answers]
    if sorted(given) != sorted(wanted):
        named = ", ".join(k.value for k in wanted) or "none"
        raise Invalid("answers", f"answer exactly what was asked: {named}", f"请逐项答复所请求的数据：{named}")
    for place, answer in enumerate(answers):
        not_negative(answer.value, f"answers.{place}.value")
        if answer.kind is not DataKind.LEAD_TIME:
            known_unit(answer.unit or "", f"answers.{place}.unit")
        elif answer.value != answer.value.to_integral_value() or answer.unit not in (None, DAYS):
            raise Invalid(f"answers.{place}.value", "a lead time is a whole number of days", "提前期须为整天数")
