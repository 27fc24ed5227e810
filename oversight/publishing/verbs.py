"""Publish a month's figures of a chain, once, after which they never change."""

from datetime import date

from chain.essentiality.reads import stage_essentiality_of
from chain.firms import reads as firms
from chain.firms.decisions import PREFECTURES
from kernel import db
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.work import UnitOfWork
from oversight.naming.reads import ever_named
from oversight.publishing import reads
from oversight.publishing.blocking import StageTold, needs_between, stops
from oversight.publishing.decisions import Group, Picture, published
from oversight.publishing.events import FiguresPublished
from oversight.publishing.marking import stage_marks
from oversight.publishing.tables import (
    FigureShare,
    Measure,
    PublishedFigure,
    PublishedMark,
    PublishedStop,
    PublishedTable,
)


def publish_figures(work: UnitOfWork, *, chain_id: int, period: date) -> bool:
    """Freeze the figures of a chain as of the first of a month; whether they were not there yet.

    Months are published in their order, for each is checked against all before it. Raises Invalid("period") for a day
    that is no first of a month, a month to come, and a month before one that is published.
    """
    reads.hold_chain(work, chain_id)
    latest = next(iter(reads.periods(work, SYSTEM, chain_id)), date.min)
    if period.day != 1 or period > today_of(work.now) or period < latest:
        raise Invalid(
            "period",
            "publish the first of a month that has begun, after the last one published",
            "统计期应为已开始月份的 1 日，且晚于最近一次公布的月份",
        )
    taken = {"chain_id": chain_id, "period": period, "published_at": work.now}
    if not db.insert_new(work.session, PublishedTable.__table__, taken):  # type: ignore[attr-defined]
        return False
    table = reads.published_on(work, SYSTEM, chain_id, period)
    before = reads.history(work, chain_id)
    chain = firms.stages_of(work, SYSTEM, [chain_id])
    pictures: dict[tuple[Measure, int], Picture] = {}
    stages, named = [stage.id for stage in chain], ever_named(work, chain_id)
    for measure in Measure:
        now = reads.members(work, measure, chain_id, period)
        for stage_id in stages:
            at = now.get(stage_id, {place: {} for place in PREFECTURES})
            # A name tells that a firm is there, never how many links it has: it is no known term of a sum of links.
            known = named.get(stage_id, frozenset()) if measure is Measure.FIRMS else frozenset[int]()
            pictures[measure, stage_id] = published(at, before.get((measure, stage_id), []), known)
            for group in pictures[measure, stage_id]:
                _keep(work, table.id, stage_id, measure, group)
    lead_times = reads.lead_times(work, chain_id, period)
    held = reads.held_last(work, chain_id, period)
    for stage_id in stages:
        told, linked = pictures[Measure.FIRMS, stage_id], pictures[Measure.LINKS, stage_id]
        before_this = before.get((Measure.LINKS, stage_id), [])
        last = (before_this[-1], stage_id in held) if before_this and held is not None else None
        for mark in stage_marks(told, linked, lead_times.get(stage_id, []), last):
            work.add(PublishedMark(table_id=table.id, stage_id=stage_id, mark=mark))
    told_of = [
        StageTold(one.id, one.position, pictures[Measure.FIRMS, one.id], pictures[Measure.LINKS, one.id]) for one in chain
    ]  # fmt: skip
    _keep_stops(work, chain_id, table.id, told_of)
    work.record(FiguresPublished(chain_id=chain_id, period=period))
    return True


def _keep_stops(work: UnitOfWork, chain_id: int, table_id: int, told: list[StageTold]) -> None:
    classes = {
        (row.supplier_stage_id, row.buyer_stage_id): str(row.essentiality)
        for row in stage_essentiality_of(work, SYSTEM, [chain_id])
    }
    by = {one.id: Measure.LINKS if one.by_links else Measure.FIRMS for one in told}
    for stop in stops(told, needs_between(told, classes), list(PREFECTURES)):
        work.session.add(
            PublishedStop(
                table_id=table_id, place=stop.place, stage_id=stop.stage_id, own=stop.own, whole=stop.whole,
                measure=by[stop.stage_id],
            )
        )  # fmt: skip


def _keep(work: UnitOfWork, table_id: int, stage_id: int, measure: Measure, group: Group) -> None:
    figure = work.add(
        PublishedFigure(
            table_id=table_id,
            stage_id=stage_id,
            measure=measure,
            places=" ".join(group.places),
            value=round(group.value),
        )
    )
    assert figure.id is not None
    for place, part in zip(group.places, group.parts, strict=True):
        for firm_id, weight in sorted(part):
            work.session.add(FigureShare(figure_id=figure.id, place=place, firm_id=firm_id, weight=round(weight)))
