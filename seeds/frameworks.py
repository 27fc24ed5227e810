"""What the chain master has agreed on for longer: a framework near its cap, one that follows an index, bolts called off by releases.

Days are counted from today, the past is negative; at fixed hours. Nothing is called off that the robot's own bill takes: what
the year's own trade says of the chain stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from collaboration.frameworks.forms import (
    Amended,
    FrameworkDrafted,
    IndexClause,
    IndexRead,
    LineAmended,
    LineCalledOff,
    LineDrafted,
    Step,
)
from collaboration.frameworks.verbs import (
    accept_framework,
    approve_framework,
    call_off,
    draft_framework,
    propose_framework_amendment,
    submit_framework,
)
from collaboration.logistics.forms import Loaded
from collaboration.orders.forms import WantedDay
from collaboration.orders.tables import Answer
from collaboration.scheduling_agreements.forms import Bucket
from collaboration.scheduling_agreements.tables import Period, Zone
from collaboration.scheduling_agreements.verbs import (
    accept_scheduling_agreement,
    acknowledge_release,
    propose_scheduling_agreement,
    publish_release,
)
from delivery.packages.verbs import accept_delivery
from kernel.clock import today_of
from kernel.work import unit_of_work
from seeds import looks
from seeds.cast import GEARWORKS, LONGTENG
from seeds.deals import Deal
from seeds.firms import BOLTS, HARMONIC
from seeds.year import Year

INDEX = "20CrMnTi 齿轮钢价格指数（南通）"
Weeks = Sequence[tuple[int, Zone, int]]
"""(weeks from the first, zone, quantity)."""


@dataclass
class Agreement:
    """A framework of one line as it will be agreed. ``steps``: (from quantity, price)."""

    number: str
    seller: str
    item: str
    steps: Sequence[tuple[int, str]]
    cap: int
    until: int
    value_cap: Decimal | None = None
    clause: IndexClause | None = None
    note: str = ""
    framework_id: int = 0
    scheduling_id: int = 0
    release_id: int = 0


class Frameworks:
    """The chain master's buyer and lead, and the seller of each."""

    def __init__(self, year: Year, today: date) -> None:
        self.year, self.today, self.trade = year, today, year.trade
        self.buyer, self.lead = (year.seated.actors[f"{who}@longteng.example"] for who in ("buyer", "lead"))

    def plan(self) -> None:
        self._near_its_cap()
        self._by_index()
        self._by_releases()

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _weekly(self, week: int) -> int:
        """Days from today to a Monday: the weeks of every release are counted from the same one, two weeks ago and more."""
        return 7 * week - 14 - self._day(-14).weekday()

    def _number(self, nth: int) -> str:
        return f"KJ-{self.today.year}-{nth:02d}"

    def _near_its_cap(self) -> None:
        """Of 50 pieces 45 are called off: 24 came and are accepted, 21 are to come."""
        spare = Agreement(
            self._number(1),
            HARMONIC,
            "HD-32",
            ((0, "1650"), (20, "1580")),
            50,
            300,
            Decimal(80_000),
            note="谐波减速机备件年度框架，满 20 件降价",
        )
        first, second = (self._deal(spare, f"{spare.number}-{n}") for n in (1, 2))
        self.year.agenda.fixed(self.today, [
            (-58, 9, partial(self._propose, spare)), (-56, 10, partial(self._accept, spare)),
            (-45, 10, partial(self._call_off, spare, first, 24, -22)), (-44, 11, partial(self._confirm, first)),
            (-25, 14, partial(self._ship, first)), (-23, 10, partial(self.trade.receive_latest, first)),
            (-18, 11, partial(self._accept_delivery, first)),
            (-12, 10, partial(self._call_off, spare, second, 21, 15)), (-11, 11, partial(self._confirm, second)),
        ])  # fmt: skip

    def _by_index(self) -> None:
        """Gearworks' price follows steel: the index has fallen, the buyer proposes what the clause makes of it."""
        clause = IndexClause(
            INDEX, Decimal("112.4"), Decimal(35), 2, most_rise_percent=Decimal(5), most_fall_percent=Decimal(5)
        )
        geared = Agreement(
            self._number(2),
            GEARWORKS,
            "RV-40E",
            ((0, "4180"),),
            600,
            330,
            None,
            clause,
            "价格按齿轮钢指数每季度核算一次",
        )
        self.year.agenda.fixed(self.today, [
            (-40, 9, partial(self._propose, geared)), (-38, 10, partial(self._accept, geared)),
            (-2, 15, partial(self._amend, geared)), (-2, 16, partial(self._schedule, geared, f"JH-{self.today.year}-02", 5)),
        ])  # fmt: skip

    def _by_releases(self) -> None:
        """Bolts by the week: of the first release two weeks have come, the second asks for more and waits for its answer."""
        bolts = Agreement(self._number(3), BOLTS, "BT-M8", ((0, "0.84"),), 120_000, 300, note="M8 高强螺栓，按周要货")
        sent = self._deal(bolts, f"JH-{self.today.year}-01-1")
        first = [
            (0, Zone.FIRM, 6000),
            (1, Zone.FIRM, 6000),
            (2, Zone.FIRM, 5000),
            (3, Zone.PRODUCTION, 5000),
            (4, Zone.FORECAST, 8000),
        ]
        second = [
            (2, Zone.FIRM, 5000),
            (3, Zone.FIRM, 7000),
            (4, Zone.PRODUCTION, 8000),
            (5, Zone.FORECAST, 8000),
        ]
        self.year.agenda.fixed(self.today, [
            (-36, 9, partial(self._propose, bolts)), (-35, 10, partial(self._accept, bolts)),
            (-34, 10, partial(self._schedule, bolts, f"JH-{self.today.year}-01", 2)),
            (-33, 10, partial(self._accept_scheduling, bolts)),
            (-32, 9, partial(self._publish, bolts, 1, first, "")), (-31, 10, partial(self._acknowledge, bolts)),
            *((self._weekly(week) - 3, 10, partial(self._ship, sent, most=6_000)) for week in (0, 1)),
            *((self._weekly(week) - 1, 9, partial(self.trade.receive_latest, sent)) for week in (0, 1)),
            (-1, 10, partial(self._publish, bolts, 2, second, "装机计划上调，第 4 周起加量")),
        ])  # fmt: skip

    def _deal(self, agreement: Agreement, number: str) -> Deal:
        deal = self.year.deal(LONGTENG, agreement.seller, goes_on=False)
        deal.number = number
        return deal

    def _propose(self, agreement: Agreement, now: datetime) -> None:
        """Drafted and submitted by the buyer, approved by the lead."""
        line = LineDrafted(
            1, self.year.seated.items[agreement.item], [Step(Decimal(start), Decimal(price)) for start, price in agreement.steps],
            quantity_cap=Decimal(agreement.cap), index_clause=agreement.clause,
        )  # fmt: skip
        said = FrameworkDrafted(
            agreement.number, self.year.seated.firms[agreement.seller], "CNY", today_of(now), self._day(agreement.until), [line],
            agreement.value_cap, agreement.note,
        )  # fmt: skip
        with unit_of_work(self.buyer) as work:
            agreement.framework_id = draft_framework(work, self.buyer, said).id or 0
        for actor, verb in ((self.buyer, submit_framework), (self.lead, approve_framework)):
            with unit_of_work(actor) as work:
                found, _ = looks.framework(work, agreement.framework_id)
                verb(work, actor, framework_id=agreement.framework_id, expected_version=found.version)

    def _accept(self, agreement: Agreement, now: datetime) -> None:
        seller = self.year.clerks[agreement.seller]
        with unit_of_work(seller) as work:
            found, _ = looks.framework(work, agreement.framework_id)
            accept_framework(work, seller, framework_id=agreement.framework_id, expected_version=found.version)

    def _call_off(self, agreement: Agreement, deal: Deal, quantity: int, wanted: int, now: datetime) -> None:
        much = Decimal(quantity)
        with unit_of_work(self.buyer) as work:
            _, line = looks.framework(work, agreement.framework_id)
            called = LineCalledOff(line.id or 0, much, [WantedDay(self._day(wanted), much)])
            order = call_off(
                work, self.buyer, framework_id=agreement.framework_id, number=deal.number, lines=[called]
            )  # fmt: skip
            deal.order_id = order.id or 0

    def _confirm(self, deal: Deal, now: datetime) -> None:
        self.trade.respond(deal, Answer.ACCEPTED)

    def _ship(self, deal: Deal, now: datetime, *, most: int = 0) -> None:
        """All that is owed, or day by day as much as ``most``."""
        with unit_of_work(deal.seller, writes=False) as work:
            deal.order_id = looks.order_numbered(work, self.year.seated.firms[LONGTENG], deal.number).id or 0
            owed = looks.owed(work, deal.order_id)
        loaded, left = list[Loaded](), Decimal(most) if most else None
        for _, schedule, rest in owed:
            much = rest if left is None else min(rest, left)
            if much > 0:
                loaded.append(Loaded(schedule.id or 0, much, lot=f"P{today_of(now):%y%m%d}"))
            left = None if left is None else left - much
        self.trade.despatch(deal, loaded, now, expected=today_of(now) + timedelta(days=1))

    def _accept_delivery(self, deal: Deal, now: datetime) -> None:
        with unit_of_work(self.buyer) as work:
            accept_delivery(work, self.buyer, order_id=deal.order_id)

    def _amend(self, agreement: Agreement, now: datetime) -> None:
        read = IndexRead(Decimal("104.9"), today_of(now) - timedelta(days=1), "南通钢材市场日报")
        with unit_of_work(self.buyer) as work:
            found, line = looks.framework(work, agreement.framework_id)
            said = Amended(
                [LineAmended(line.id or 0, price_from=self._day(10), index=read)],
                note="指数下行，按条款调价；已要货的不变",
            )
            propose_framework_amendment(
                work, self.buyer, framework_id=agreement.framework_id, expected_version=found.version, said=said
            )  # fmt: skip

    def _schedule(self, agreement: Agreement, number: str, notice: int, now: datetime) -> None:
        with unit_of_work(self.buyer) as work:
            _, line = looks.framework(work, agreement.framework_id)
            made = propose_scheduling_agreement(
                work, self.buyer, framework_line_id=line.id or 0, number=number, notice_days=notice
            )  # fmt: skip
            agreement.scheduling_id = made.id or 0

    def _accept_scheduling(self, agreement: Agreement, now: datetime) -> None:
        seller = self.year.clerks[agreement.seller]
        with unit_of_work(seller) as work:
            found = looks.scheduling_agreement(work, agreement.scheduling_id)
            accept_scheduling_agreement(
                work, seller, agreement_id=agreement.scheduling_id, expected_version=found.version
            )  # fmt: skip

    def _publish(self, agreement: Agreement, number: int, weeks: Weeks, note: str, now: datetime) -> None:
        buckets = [
            Bucket(self._day(self._weekly(week)), Period.WEEK, zone, Decimal(much)) for week, zone, much in weeks
        ]
        with unit_of_work(self.buyer) as work:
            found = looks.scheduling_agreement(work, agreement.scheduling_id)
            made = publish_release(
                work, self.buyer, agreement_id=agreement.scheduling_id, expected_version=found.version, number=number,
                buckets=buckets, note=note,
            )  # fmt: skip
            agreement.release_id = made.id or 0

    def _acknowledge(self, agreement: Agreement, now: datetime) -> None:
        seller = self.year.clerks[agreement.seller]
        with unit_of_work(seller) as work:
            found = looks.scheduling_agreement(work, agreement.scheduling_id)
            acknowledge_release(
                work, seller, release_id=agreement.release_id, expected_version=found.version, note="按计划排产"
            )  # fmt: skip


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    Frameworks(year, today).plan()
