"""The bounds of a notice: its words, its days, what it names, whom it is sent to; and how far an addressee is with it."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from collaboration.notices.lifecycle import ReceiptState
from collaboration.notices.tables import Cause, Effect
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule

LONGEST_TEXT = 4000
LONGEST_NOTE = 1000
MOST_ADDRESSEES, MOST_ITEMS, MOST_SITES = 100, 50, 20
MOST_A_DAY = 50
FARTHEST_START_DAYS, LONGEST_DAYS = 730, 1830
FEW_WORDS = 12
"""A text this short may be said alike by two firms without one repeating the other."""

OFTEN = Rule("notice.often", "等待24小时", "waiting, at most 24 hours")
TOLD_ALREADY = Rule("notice.told_already", "更新已发给该企业的通知", "your firm, by updating the notice that firm has")
OWN_WORDS = Rule("notice.own_words", "改用本单位自己的表述", "your firm, by saying it in its own words")


@dataclass(frozen=True)
class Content:
    """What a notice says. ``left_percent``: of the capacity. ``site_ids``, ``item_ids``: row numbers."""

    cause: Cause
    effect: Effect
    starts_on: date
    text: str
    expected_end_on: date | None = None
    left_percent: int | None = None
    site_ids: Sequence[int] = field(default=())
    item_ids: Sequence[int] = field(default=())


def check_days(content: Content, today: date) -> None:
    """Raises Invalid naming the field."""
    if abs((content.starts_on - today).days) > FARTHEST_START_DAYS:
        raise Invalid("startsOn", "a disruption begins within two years of today", "开始日期应在今天前后两年之内")
    if content.expected_end_on is None:
        return
    if content.expected_end_on < content.starts_on:
        raise Invalid("expectedEndOn", "it ends on the day it begins or later", "预计结束日期不得早于开始日期")
    if content.expected_end_on > content.starts_on + timedelta(days=LONGEST_DAYS):
        raise Invalid(
            "expectedEndOn", "it ends within five years of its begin; leave the day out while it is not known",
            "预计结束日期应在开始后五年之内；尚不清楚时请留空",
        )  # fmt: skip


def check_left(effect: Effect, left_percent: int | None) -> None:
    if left_percent is None:
        return
    if effect is not Effect.CAPACITY_REDUCED:
        raise Invalid(
            "leftPercent", "only of a capacity that is reduced something is left", "仅“产能减少”可填写剩余产能"
        )
    if not 0 <= left_percent < 100:
        raise Invalid("leftPercent", "what is left is 0 to 99 percent", "剩余产能应为 0 至 99%")


def check_named(numbers: Sequence[int], name: str, most: int, *, least: int = 0) -> None:
    """Each once, and not too many. Raises Invalid naming the field."""
    if not least <= len(numbers) <= most or len(set(numbers)) != len(numbers):
        raise Invalid(name, f"name {least} to {most}, each once", f"请选择 {least} 至 {most} 项，每项一次")


def check_often(opened_lately: int) -> None:
    if opened_lately >= MOST_A_DAY:
        raise Limit(
            f"a firm opens {MOST_A_DAY} notices in 24 hours at most; update those it has opened",
            f"每家企业24小时内最多发出 {MOST_A_DAY} 份通知，请更新已发出的通知",
            rule=OFTEN,
        )


def check_not_told(addressees: Sequence[int], told: Collection[int]) -> None:
    """told: who has this disruption from one's own firm, and from whom one's own firm has it."""
    for place, addressee in enumerate(addressees):
        if addressee in told:
            raise NotAllowedNow(
                f"addressee {place + 1} has a notice of this disruption from your firm, or sent it to you",
                f"第 {place + 1} 家收件企业已收到贵公司关于此次中断的通知，或正是它通知了贵公司",
                rule=TOLD_ALREADY,
            )


def check_own_words(text: str, received: str) -> None:
    """What one was sent is not passed on letter by letter: it may tell who is upstream. Raises Invalid("text")."""
    said, heard = _bare(text), _bare(received)
    if len(heard) >= FEW_WORDS and heard in said:
        raise Invalid(
            "text", "say it in your own words: the text you received may tell who is upstream",
            "请用本单位自己的表述：收到的原文可能透露上游是谁", rule=OWN_WORDS,
        )  # fmt: skip


def _bare(text: str) -> str:
    """Letters and figures alone, as two texts are compared."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def receipt_state(read_at: datetime | None, assessed_version: int | None, version: int) -> ReceiptState:
    """How far an addressee is with what the notice says now."""
    if assessed_version == version:
        return ReceiptState.ASSESSED
    return ReceiptState.UNREAD if read_at is None else ReceiptState.READ
