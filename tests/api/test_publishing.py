"""Officials' figures are frozen once a month: by one job, in order, with one effect however often it runs."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from chain.firms.tables import FirmRole
from chain.firms.verbs import join_stage, leave_stage, register_firm
from collaboration.merging.verbs import agree_to_merger, propose_merger
from jobs.publishing import publish_officials_figures
from kernel import clock
from kernel.access import SYSTEM, Actor, Role, unscoped
from kernel.errors import Invalid
from kernel.work import unit_of_work
from oversight.publishing.reads import figures, published_on
from oversight.publishing.tables import FigureShare, Measure, PublishedFigure, PublishedTable
from oversight.publishing.verbs import publish_figures
from seeds.cast import credit_code

PLACE = "321300"


def on(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.CHINA)


def first_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=10)).replace(day=1)


def rows() -> tuple[int, ...]:
    with unit_of_work(writes=False) as work, unscoped("a test counts"):
        return tuple(len(work.session.scalars(select(t)).all()) for t in (PublishedTable, PublishedFigure, FigureShare))


def join(seated, stage: str, numbers: range, since: date) -> list[int]:
    found = []
    with unit_of_work(now=on(since)) as work:
        for n in numbers:
            firm = register_firm(
                work, SYSTEM, name=f"厂{n}", code=credit_code(n), role=FirmRole.SUPPLIER, prefecture=PLACE
            )
            join_stage(work, SYSTEM, firm_id=firm.id or 0, stage_id=seated.stages[stage], since=since)
            found.append(firm.id or 0)
    return found


def told(seated, stage: str, day: date) -> int:
    with unit_of_work(writes=False) as work:
        table = published_on(work, SYSTEM, seated.chain_id, day)
        return next(
            f.value for f in figures(work, SYSTEM, table.id)
            if (f.stage_id, f.measure) == (seated.stages[stage], Measure.FIRMS) and PLACE in f.places
        )  # fmt: skip


def publish(day: date) -> None:
    with clock.standing_at(on(day)):
        publish_officials_figures()


def test_the_job_run_twice_publishes_a_month_once(seated):
    publish_officials_figures()
    once = rows()

    publish_officials_figures()

    assert rows() == once
    assert once[0] == 1


def test_a_month_that_has_not_begun_and_one_before_the_last_are_refused(seated):
    publish_officials_figures()
    this_month = clock.today_of(clock.now()).replace(day=1)
    before = rows()

    for period in (
        first_after(this_month),
        this_month - timedelta(days=1),
        (this_month - timedelta(days=1)).replace(day=1),
    ):
        with unit_of_work() as work, pytest.raises(Invalid) as refused:
            publish_figures(work, chain_id=seated.chain_id, period=period)
        assert refused.value.fields == ("period",)

    assert rows() == before


def test_a_place_is_renewed_when_three_firms_have_come_or_gone_and_held_till_then(seated):
    begin = first_after(clock.today_of(clock.now()))
    months = [begin]
    for _ in range(3):
        months.append(first_after(months[-1]))
    firms = join(seated, "robots", range(700, 705), begin - timedelta(days=1))
    publish(months[0])
    join(seated, "robots", range(710, 711), months[0] + timedelta(days=2))
    publish(months[1])
    held = told(seated, "robots", months[1])
    with unit_of_work() as work:
        for firm_id in firms[:2]:
            leave_stage(work, SYSTEM, firm_id=firm_id, stage_id=seated.stages["robots"], until=months[1])
    publish(months[2])

    # with the chain master, alone in its prefecture, they are told together: 1 + 5, held at one more, then less two
    assert (told(seated, "robots", months[0]), held, told(seated, "robots", months[2])) == (6, 6, 5)


def merge(survivor: int, merged: int, day: date) -> None:
    one, other = (Actor(user_id=n, roles=frozenset({Role.OPERATOR})) for n in (9001, 9002))
    with unit_of_work(one, now=on(day)) as work:
        merger = propose_merger(work, one, survivor_id=survivor, merged_id=merged, reason="同一法人重复登记")
    with unit_of_work(other, now=on(day)) as work:
        agree_to_merger(work, other, merger_id=merger.id or 0)


def test_a_merged_record_does_not_pass_for_a_firm_that_went_and_one_that_came(seated):
    """With the merger taken for two changes, one firm leaving in the same month would make three, and be told."""
    begin = first_after(clock.today_of(clock.now()))
    later = first_after(begin)
    firms = join(seated, "robots", range(700, 705), begin - timedelta(days=1))
    with unit_of_work() as work:
        again = register_firm(
            work, SYSTEM, name="厂700(重复)", code=credit_code(720), role=FirmRole.SUPPLIER, prefecture=PLACE
        )
        survivor = again.id or 0
    publish(begin)
    merge(survivor, firms[0], begin + timedelta(days=2))
    publish(later)
    merged_alone = told(seated, "robots", later)
    with unit_of_work() as work:
        leave_stage(work, SYSTEM, firm_id=firms[1], stage_id=seated.stages["robots"], until=first_after(later))
    publish(first_after(later))

    assert (told(seated, "robots", begin), merged_alone, told(seated, "robots", first_after(later))) == (6, 6, 6)


def test_two_records_of_one_firm_in_one_figure_count_as_they_were_told(seated):
    begin = first_after(clock.today_of(clock.now()))
    firms = join(seated, "robots", range(700, 705), begin - timedelta(days=1))
    publish(begin)
    merge(firms[1], firms[0], begin + timedelta(days=2))
    publish(first_after(begin))

    assert (told(seated, "robots", begin), told(seated, "robots", first_after(begin))) == (6, 6)
