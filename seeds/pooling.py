"""Joint purchasing: a first pool of bolts bought and shared out with what each member saved, and a second whose window is open.

Days are counted from today, the past is negative; at fixed hours.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from chain.links.verbs import introduce
from collaboration.orders.responses import respond_to_order
from collaboration.orders.tables import Answer
from collaboration.pooling.forms import PoolAsked, PoolSourced
from collaboration.pooling.reads import memberships_of
from collaboration.pooling.tables import PoolRule
from collaboration.pooling.verbs import award_pool, decline_pool, join_pool, open_pool, order_pool_share, source_pool
from collaboration.sourcing.forms import Break, LineOffered, Offer
from collaboration.sourcing.tables import Incoterm
from collaboration.sourcing.verbs import approve_rfq, issue_rfq, submit_quotation
from jobs.pooling import close_due_pools
from jobs.sourcing import close_due_rfqs
from kernel.access import SYSTEM, Actor
from kernel.work import unit_of_work
from seeds import looks
from seeds.agenda import hour_of
from seeds.cast import GEARWORKS, LONGTENG, RIVAL, agree_on_terms
from seeds.firms import BOLTS, HARMONIC
from seeds.year import Year

ITEM, STANDARD = "BT-M8", "GB/T 5782 8.8 级"
NEEDED: Mapping[str, tuple[int, str]] = {LONGTENG: (12_000, "0.86"), GEARWORKS: (9_000, "0.86"), RIVAL: (7_000, "0.91")}
"""member of the first pool -> (how many it needs, what it paid last)."""
PRICES = ((0, "0.86"), (10_000, "0.82"), (25_000, "0.77"))
CLOSES_HOUR = 17


class Pooling:
    """The chain master organises and is a member itself; who sells is the maker of bolts."""

    def __init__(self, year: Year, today: date) -> None:
        self.year, self.today, self.firms = year, today, year.seated.firms
        self.buyer, self.lead = (year.seated.actors[f"{who}@longteng.example"] for who in ("buyer", "lead"))
        self._pools: dict[int, int] = {}

    def plan(self) -> None:
        self.year.agenda.fixed(self.today, [
            (-60, 10, self._introduce),
            (-56, 9, partial(self._open, 1, -48, 20)),
            *((days, 10, partial(self._join, 1, firm, *NEEDED[firm])) for days, firm in ((-55, LONGTENG), (-54, GEARWORKS), (-52, RIVAL))),
            (-52, 15, partial(self._decline, 1, HARMONIC)),
            (-48, CLOSES_HOUR, self._close), (-47, 10, self._ask), (-45, 10, self._bid), (-42, CLOSES_HOUR, self._close),
            (-40, 10, self._award), (-39, 10, partial(self._order, LONGTENG)), (-38, 15, partial(self._order, GEARWORKS)),
            (-3, 9, partial(self._open, 2, 5, 75)),
            (-2, 9, partial(self._join, 2, LONGTENG, 14_000, "0.77")), (-1, 9, partial(self._join, 2, GEARWORKS, 8_000, "0.77")),
        ])  # fmt: skip

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _number(self, kind: str, nth: int) -> str:
        return f"{kind}-{self.today.year}-{nth:02d}"

    def _buys(self, firm: str) -> Actor:
        return self.buyer if firm == LONGTENG else self.year.clerks[firm]

    def _introduce(self, now: datetime) -> None:
        """A survey found that the rival buys these bolts too: so it may order its share. Neither end has confirmed it."""
        with unit_of_work() as work:
            introduce(
                work, SYSTEM, self.year.clerks[BOLTS], item_id=self.year.seated.items[ITEM], buyer_id=self.firms[RIVAL],
                chain_id=self.year.seated.chain_id,
            )  # fmt: skip
            agree_on_terms(work, self.year.clerks[BOLTS], self.year.clerks[RIVAL])

    def _open(self, nth: int, closes: int, wanted: int, now: datetime) -> None:
        asked = PoolAsked(
            self._number("JC", nth), f"M8 高强螺栓第 {nth} 期", "C62", "CNY", Incoterm.DAP, self._day(wanted),
            hour_of(self._day(closes), CLOSES_HOUR), PoolRule.PRO_RATA,
            [self.firms[name] for name in (*NEEDED, HARMONIC)], [Decimal(10_000), Decimal(25_000)], Decimal(500),
            standard=STANDARD, note="各单位用量互不公开；按申报量比例分配",
        )  # fmt: skip
        with unit_of_work(self.buyer) as work:
            self._pools[nth] = open_pool(work, self.buyer, asked).id or 0

    def _join(self, nth: int, firm: str, quantity: int, paid: str, now: datetime) -> None:
        member = self._buys(firm)
        with unit_of_work(member) as work:
            join_pool(
                work, member, pool_id=self._pools[nth], quantity=Decimal(quantity), baseline_price=Decimal(paid)
            )  # fmt: skip

    def _decline(self, nth: int, firm: str, now: datetime) -> None:
        with unit_of_work(self.year.clerks[firm]) as work:
            decline_pool(work, self.year.clerks[firm], pool_id=self._pools[nth])

    def _close(self, now: datetime) -> None:
        """What the timetable does every minute."""
        close_due_pools()
        close_due_rfqs()

    def _ask(self, now: datetime) -> None:
        """The total becomes a request, which the lead approves and the buyer issues."""
        how = PoolSourced(
            self._number("XJ", 5), hour_of(self._day(-42), CLOSES_HOUR), self._day(-35), [self.firms[BOLTS]]
        )
        with unit_of_work(self.buyer) as work:
            pool = looks.pool(work, self._pools[1])
            rfq_id = source_pool(work, self.buyer, how, pool_id=pool.id or 0, expected_version=pool.version).rfq_id
        for actor, verb in ((self.lead, approve_rfq), (self.buyer, issue_rfq)):
            with unit_of_work(actor) as work:
                verb(work, actor, rfq_id=rfq_id or 0, expected_version=looks.rfq(work, rfq_id or 0).version)

    def _bid(self, now: datetime) -> None:
        seller = self.year.clerks[BOLTS]
        steps = [Break(Decimal(start), Decimal(price)) for start, price in PRICES]
        offer = Offer(
            "CNY", Incoterm.DAP, self._day(10), [LineOffered(1, self.year.seated.items[ITEM], 7, steps)], "价格含包装"
        )  # fmt: skip
        with unit_of_work(seller) as work:
            rfq_id = looks.pool(work, self._pools[1]).rfq_id or 0
            submit_quotation(work, seller, offer, rfq_id=rfq_id, amendment=0)

    def _award(self, now: datetime) -> None:
        with unit_of_work(self.buyer) as work:
            pool = looks.pool(work, self._pools[1])
            won = looks.offer(work, pool.rfq_id or 0, self.year.seated.items[ITEM])
            award_pool(
                work, self.buyer, pool_id=pool.id or 0, expected_version=pool.version, quotation_line_id=won.id or 0
            )  # fmt: skip

    def _order(self, firm: str, now: datetime) -> None:
        """A member orders its share in its own name, and the maker of bolts accepts."""
        member, seller, number = (
            self._buys(firm),
            self.year.clerks[BOLTS],
            f"{self._number('JC', 1)}-{self.firms[firm]:02d}",
        )
        with unit_of_work(member) as work:
            (own,) = memberships_of(work, member, [self._pools[1]])
            order_pool_share(work, member, pool_id=self._pools[1], expected_version=own.version, number=number)
        with unit_of_work(seller) as work:
            order = looks.order_numbered(work, self.firms[firm], number)
            respond_to_order(
                work, seller, order_id=order.id or 0, expected_version=order.version, answer=Answer.ACCEPTED
            )  # fmt: skip


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    Pooling(year, today).plan()
