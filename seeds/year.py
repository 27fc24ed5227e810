"""Twelve months of trade between the firms of the demo chain, replayed in order of time."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from chain.firms.verbs import join_stage, register_firm
from chain.items.verbs import add_item
from chain.links.verbs import end_supply_link, introduce
from collaboration.orders.forms import LineAsked, ToleranceGiven
from collaboration.orders.verbs import set_tolerance
from kernel.access import SYSTEM, Actor
from kernel.accounts.verbs import actor_of, add_person
from kernel.clock import today_of
from kernel.work import UnitOfWork, unit_of_work
from seeds.agenda import Agenda
from seeds.cast import (
    BEARING,
    DEALER,
    GEARWORKS,
    LONGTENG,
    PLAYERS,
    RIVAL,
    SMALL_FIRM,
    Seated,
    agree_on_terms,
    credit_code,
)
from seeds.deals import Buyer, Deal, Trade, asked_line
from seeds.dossiers import CERTIFICATE, DRAWING, MANUAL, MEASURES, SPARES, Dossiers
from seeds.firms import CAST_SALES, EXTRAS, HARMONIC, ROBOT_BUYERS, SERVO, Sold
from seeds.invoices import agree_on_matching, bill
from seeds.wider import WIDER

EVERYBODY = (*EXTRAS, *WIDER)
TRADED = frozenset({GEARWORKS, RIVAL})
QUIET_DAYS = 24
"""Before today, the cast's own orders with the chain master are those that seeds.today tells of."""
SETTLED_DAYS = 60
"""In as many days documents are asked for, handed in and reviewed: what Gearworks owes today, seeds.today tells of."""

DOCUMENTED_EVERY = 7
FILES = ((CERTIFICATE,), (CERTIFICATE, DRAWING), (CERTIFICATE, MEASURES), (MANUAL, SPARES))
"""The chain master asks for documents on every seventh order, in turn for these."""


class Year:
    """The chain as it grows: firms by name, their people, their items, and the agenda of what they do."""

    def __init__(self, seated: Seated, agenda: Agenda) -> None:
        self.seated, self.agenda, self.rng = seated, agenda, agenda.rng
        self.trade = Trade(agenda)
        self.dossiers = Dossiers(self.trade)
        self.clerks: dict[str, Actor] = {p.name: seated.acting(p.name) for p in PLAYERS}
        self.sales: dict[str, Actor] = self.clerks | {LONGTENG: seated.actors["sales@longteng.example"]}
        self._documented = 0
        self.ends = date.max

    def settle_in(self, work: UnitOfWork) -> None:
        """Register every firm beside the cast, its clerk and its items; enter who buys what as a survey found it."""
        today = today_of(work.now)
        for number, extra in enumerate(EVERYBODY, start=len(PLAYERS) + 1):
            firm = register_firm(
                work, SYSTEM, name=extra.name, code=credit_code(number), role=extra.role, prefecture=extra.prefecture
            )
            assert firm.id is not None
            self.seated.firms[extra.name] = firm.id
            join_stage(
                work,
                SYSTEM,
                firm_id=firm.id,
                stage_id=self.seated.stages[extra.stage],
                since=today + timedelta(days=extra.joined_after_days),
            )
            person = add_person(
                work, SYSTEM, email=f"sales@{extra.mailbox}.example", name="业务员", roles=SMALL_FIRM, party_id=firm.id
            )
            self.clerks[extra.name] = self.sales[extra.name] = actor_of(person)
        for extra in EVERYBODY:
            for sold in extra.sells:
                self._offer(work, extra.name, extra.stage, sold)
        for name in ROBOT_BUYERS:
            self._introduce(work, LONGTENG, "LT-R20", name)
        for maker, offered in CAST_SALES.items():
            for sold in offered:
                for name in sold.buyers:
                    if name not in {p.name for p in PLAYERS}:
                        self._introduce(work, maker, sold.number, name)

    def _offer(self, work: UnitOfWork, name: str, stage: str, sold: Sold) -> None:
        item = add_item(
            work, self.sales[name], number=sold.number, name=sold.name, unit=sold.unit,
            lead_time_days=sold.lead_time_days, stage_id=self.seated.stages[stage],
        )  # fmt: skip
        assert item.id is not None
        self.seated.items[sold.number] = item.id
        for buyer in sold.buyers:
            self._introduce(work, name, sold.number, buyer)

    def _introduce(self, work: UnitOfWork, seller: str, item: str, buyer: str) -> None:
        introduce(
            work, SYSTEM, self.sales[seller], item_id=self.seated.items[item], buyer_id=self.seated.firms[buyer],
            chain_id=self.seated.chain_id,
        )  # fmt: skip
        agree_on_terms(work, self.signing(seller), self.signing(buyer))

    def signing(self, name: str) -> Actor:
        """Who accepts terms for a firm."""
        return self.seated.signing(name) if name == LONGTENG else self.clerks[name]

    def agree_on_tolerances(self, work: UnitOfWork) -> None:
        """Some pairs agree to small deviations without asking."""
        for buyer, seller, late, percent in (
            (LONGTENG, GEARWORKS, 2, "2"), (LONGTENG, SERVO, 3, "1"), (LONGTENG, HARMONIC, 2, "0"),
            (GEARWORKS, BEARING, 2, "3"), (RIVAL, BEARING, 1, "0"), (DEALER, LONGTENG, 3, "0"),
        ):  # fmt: skip
            set_tolerance(
                work, self.buyer(buyer).buys, seller_id=self.seated.firms[seller],
                given=ToleranceGiven(Decimal(percent), Decimal(percent), days_early=5, days_late=late),
            )  # fmt: skip
        agree_on_matching(work, self.seated.actors["lead@longteng.example"])

    def buyer(self, name: str) -> Buyer:
        if name != LONGTENG:
            clerk = self.clerks[name]
            return Buyer(clerk, clerk, clerk, f"CG{self.seated.firms[name]:02d}")
        seat = self.seated.actors
        return Buyer(
            seat["buyer@longteng.example"], seat["planner@longteng.example"], seat["quality@longteng.example"], "PO"
        )

    def deal(self, buyer: str, seller: str, *, goes_on: bool = True) -> Deal:
        bills = partial(bill, self.agenda) if seller in CAST_SALES else None
        return Deal(self.buyer(buyer), self.sales[seller], self.seated.firms[seller], goes_on=goes_on, bills=bills)

    def plan(self, begins: date, ends: date) -> None:
        """Every firm orders what it buys at its own pace until a day."""
        self.ends = ends
        for seller, offered in [*CAST_SALES.items(), *((e.name, e.sells) for e in EVERYBODY)]:
            for sold in (one for one in offered if one.every):
                buyers = sold.buyers + (ROBOT_BUYERS if sold.number == "LT-R20" else ())
                for buyer in buyers:
                    told_today = {seller, buyer} & TRADED and LONGTENG in (buyer, seller)
                    last = ends - timedelta(days=QUIET_DAYS) if told_today else ends
                    every = sold.every * (3 if buyer in ROBOT_BUYERS else 1)
                    day = begins + timedelta(days=self.rng.randrange(every))
                    while day < last:
                        self.agenda.on(day, partial(self.order, buyer, seller, sold))
                        day += timedelta(days=max(5, round(self.rng.gauss(every, every / 6))))

    def order(self, buyer: str, seller: str, sold: Sold, now: datetime) -> None:
        deal = self.deal(buyer, seller)
        if buyer == LONGTENG and (seller != GEARWORKS or today_of(now) < self.ends - timedelta(days=SETTLED_DAYS)):
            self._with_documents(deal)
        wanted = [sold, *(other for other in self.beside(seller, buyer, sold) if self.rng.random() < 0.4)]
        lines = [self.line(10 * n, one, now) for n, one in enumerate(wanted, start=1)]
        self.trade.place(deal, lines, sold.currency, "", now)

    def beside(self, seller: str, buyer: str, sold: Sold) -> list[Sold]:
        """What else this buyer has of this seller, and may put on the same order."""
        offered = CAST_SALES.get(seller) or next((e.sells for e in EVERYBODY if e.name == seller), ())
        return [one for one in offered if one is not sold and buyer in one.buyers and one.currency == sold.currency]

    def line(self, number: int, sold: Sold, now: datetime) -> LineAsked:
        first = self.trade.soon(now, sold.lead_time_days, sold.lead_time_days + 10)
        days = [first, first + timedelta(days=14)] if self.rng.random() < 0.25 else [first]
        quantity = Decimal(max(2, round(sold.lot * self.rng.uniform(0.7, 1.4))))
        return asked_line(number, self.seated.items[sold.number], quantity, self.price(sold), days)

    def price(self, sold: Sold) -> Decimal:
        return (sold.price * Decimal(str(round(self.rng.uniform(0.985, 1.02), 4)))).quantize(Decimal("0.01"))

    def _with_documents(self, deal: Deal) -> None:
        self._documented += 1
        if self._documented % DOCUMENTED_EVERY == 0:
            kinds = FILES[self._documented // DOCUMENTED_EVERY % len(FILES)]
            deal.documents = partial(self.dossiers.ask, kinds, 20)

    def end_a_link(self, now: datetime) -> None:
        """A trial supply of bearings that one end has ended."""
        with unit_of_work(self.clerks[BEARING]) as work:
            link = introduce(
                work, SYSTEM, self.clerks[BEARING], item_id=self.seated.items["CRB-100"],
                buyer_id=self.seated.firms[HARMONIC], chain_id=self.seated.chain_id,
            )  # fmt: skip
        with unit_of_work(self.clerks[BEARING]) as work:
            end_supply_link(work, self.clerks[BEARING], link_id=link.id or 0)
