"""A fire at the bearing maker: told to its two customers, passed on by both, assessed by the chain master; and one long over."""

from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256

from collaboration.notices.decisions import Content
from collaboration.notices.reads import disruption_notices
from collaboration.notices.tables import Cause, DisruptionNotice, Effect, Impact
from collaboration.notices.verbs import (
    assess_disruption_notice,
    forward_disruption_notice,
    open_disruption_notice,
    resolve_disruption_notice,
    write_disruption_notice,
)
from kernel.access import Actor
from kernel.clock import CHINA
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL
from seeds.year import Year

PASSED_ON = {
    GEARWORKS: (3, "RV-40E", 50, "一种关键零件供应紧张，RV-40E 本月只能保证一半数量，已排第二货源试样。"),
    RIVAL: (2, "RC-40", 60, "因上游零件短缺，RC-40 交期预计顺延两周，请以本公司最新答复为准。"),
}
"""firm -> (days before today, item, percent of its capacity left, in its words)."""


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    year.agenda.at(_instant(today, 34, 9), partial(_typhoon, year, today))
    year.agenda.at(_instant(today, 4, 9), partial(_fire, year, today))
    for place, firm in enumerate(PASSED_ON):
        year.agenda.at(_instant(today, PASSED_ON[firm][0], 14, place), partial(_pass_on, year, firm, today))
    year.agenda.at(_instant(today, 1, 16), partial(_assess, year))


def _instant(today: date, days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(hour, minute, 11), CHINA)


def _typhoon(year: Year, today: date, now: datetime) -> None:
    """Over after five days, and said so."""
    content = Content(
        Cause.NATURAL_DISASTER, Effect.CAPACITY_REDUCED, today - timedelta(days=34), "台风停工，厂区供电中断，预计五天恢复。",
        expected_end_on=today - timedelta(days=29), left_percent=0, item_ids=[year.seated.items["RC-40"]],
    )  # fmt: skip
    actor = year.clerks[RIVAL]
    with unit_of_work(actor) as work:
        notice = _told(work, actor, content, [year.seated.firms[LONGTENG]], year, "typhoon")
    year.agenda.at(_instant(today, 29, 10), partial(_over, actor, notice))


def _over(actor: Actor, notice: DisruptionNotice, now: datetime) -> None:
    text = "供电恢复，已全面复工；延误的订单将在一周内补齐。"
    with unit_of_work(actor) as work:
        resolve_disruption_notice(work, actor, notice_id=notice.id or 0, expected_version=notice.version, text=text)


def _fire(year: Year, today: date, now: datetime) -> None:
    content = Content(
        Cause.PRODUCTION_INCIDENT, Effect.CAPACITY_REDUCED, today - timedelta(days=4),
        "热处理线失火，CRB-100 只有四成产能，抢修约三周；现有库存按比例分配。",
        expected_end_on=today + timedelta(days=17), left_percent=40, item_ids=[year.seated.items["CRB-100"]],
    )  # fmt: skip
    actor, firms = year.clerks[BEARING], year.seated.firms
    with unit_of_work(actor) as work:
        _told(work, actor, content, [firms[GEARWORKS], firms[RIVAL]], year, "fire")


def _told(work: UnitOfWork, actor: Actor, content: Content, to: list[int], year: Year, name: str) -> DisruptionNotice:
    """Under an id made of its name: the replay draws no lots."""
    source = sha256(f"demo disruption {name}".encode()).hexdigest()[:32]
    draft = write_disruption_notice(work, actor, content, addressee_ids=to, source=source)
    return open_disruption_notice(work, actor, notice_id=draft.id or 0, expected_version=draft.version)


def _pass_on(year: Year, firm: str, today: date, now: datetime) -> None:
    days, item, left, text = PASSED_ON[firm]
    content = Content(
        Cause.OTHER, Effect.CAPACITY_REDUCED, today - timedelta(days=days), text, left_percent=left,
        expected_end_on=today + timedelta(days=17), item_ids=[year.seated.items[item]],
    )  # fmt: skip
    actor = year.clerks[firm]
    with unit_of_work(actor) as work:
        received = _newest(work, actor)
        draft = forward_disruption_notice(
            work, actor, content, notice_id=received.id or 0, addressee_ids=[year.seated.firms[LONGTENG]]
        )
        open_disruption_notice(work, actor, notice_id=draft.id or 0, expected_version=draft.version)


def _newest(work: UnitOfWork, actor: Actor) -> DisruptionNotice:
    found = disruption_notices(work, actor, side=None, states=None, source=None, first=1, after=None).rows
    newest: DisruptionNotice = found[0]
    return newest


def _assess(year: Year, now: datetime) -> None:
    """The planner watches what the rival says; what Gearworks says is left to this morning."""
    planner = year.seated.actors["planner@longteng.example"]
    with unit_of_work(planner) as work:
        notice = _newest(work, planner)
        assess_disruption_notice(
            work, planner, notice_id=notice.id or 0, expected_version=notice.version, impact=Impact.WATCH,
            note="RC-40 现有库存够用约三周，先看库存。",
        )  # fmt: skip
