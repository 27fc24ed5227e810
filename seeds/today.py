"""What waits today for every seat of the cast: planted through the same verbs in the last weeks of the replay."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from chain.links.verbs import disclose_links
from collaboration.orders.forms import LineAnswered, PromisedDay
from collaboration.orders.tables import Answer, Decision, LineAnswer, Reason
from delivery.documents.tables import ReviewVerdict
from delivery.requirements.tables import DocumentRequirement
from kernel import clock
from kernel.clock import today_of
from kernel.work import unit_of_work
from seeds import looks
from seeds.agenda import Act
from seeds.cast import BEARING, DEALER, GEARWORKS, LONGTENG, RIVAL, STEEL
from seeds.deals import Deal, asked_line
from seeds.dossiers import CERTIFICATE, DRAWING, MANUAL, MEASURES, SPARES, Kind
from seeds.firms import CAST_SALES, CASTINGS, EXTRAS, SERVO
from seeds.invoices import invoice
from seeds.year import Year

PRICES = {s.number: s.price for sold in [*CAST_SALES.values(), *(e.sells for e in EXTRAS)] for s in sold}
Wanted = tuple[str, int, int]
"""(item number, quantity, days from today it is wanted on)"""


class Today:
    """The story of this morning. Days are counted from today; the past is negative."""

    def __init__(self, year: Year, today: date) -> None:
        self.year, self.today, self.agenda, self.trade = year, today, year.agenda, year.trade

    def plan(self) -> None:
        self._to_answer()
        self._to_ship()
        self._to_decide()
        self._to_receive()
        self._to_document()
        self._to_accept()
        self._ended()
        self._elsewhere()

    def _to_answer(self) -> None:
        items = ("RV-40E", "RV-80E", "HD-25")
        self._placed(GEARWORKS, -1, [(items[i % 3], 6 + i, 24 + 3 * i) for i in range(12)], note="四季度补货，可分批")
        self._placed(GEARWORKS, -1, [("RV-40E", 20, 28)])
        self._placed(GEARWORKS, -6, [("HD-25", 30, 15), ("RV-40E", 12, 22), ("RV-80E", 4, 30)])

    def _to_ship(self) -> None:
        for item, quantity, wanted in (("RV-40E", 24, -2), ("HD-25", 36, 3)):
            deal = self._placed(GEARWORKS, -22, [(item, quantity, wanted)])
            self._then(-21, partial(self.trade.accept, deal))

    def _to_decide(self) -> None:
        late = self._placed(GEARWORKS, -5, [("RV-40E", 30, 20), ("RV-80E", 8, 20)])
        self._then(-2, lambda now: self.trade.change(late, days=9, now=now))
        dear = self._placed(RIVAL, -6, [("RC-40", 18, 16)])
        self._then(-3, partial(self._dearer, dear))

    def _dearer(self, deal: Deal, now: datetime) -> None:
        """The rival wants four percent more, and half of it twelve days later."""
        with unit_of_work(deal.seller, writes=False) as work:
            ((line, schedule),) = looks.schedules(work, deal.order_id)
        half = schedule.quantity / 2
        days = [PromisedDay(schedule.wanted_on, half), PromisedDay(schedule.wanted_on + timedelta(days=12), half)]
        price = (line.unit_price * Decimal("1.04")).quantize(Decimal("0.01"))
        answer = LineAnswered(
            LineAnswer.CHANGED, line_id=line.id, reason=Reason.MATERIAL, unit_price=price, schedules=days
        )
        self.trade.respond(deal, Answer.CHANGED, lines=[answer])

    def _to_receive(self) -> None:
        for seller, item, quantity, shipped in ((SERVO, "SM-750", 80, -1), (CASTINGS, "CA-B20", 18, -4)):
            deal = self._placed(seller, -26, [(item, quantity, shipped)])
            self._then(-25, partial(self.trade.accept, deal))
            self._then(shipped, partial(self._shipped, deal))

    def _shipped(self, deal: Deal, now: datetime) -> None:
        self.trade.ship(deal, now, share=Decimal(1))

    def _to_document(self) -> None:
        """One manual is due in a few days; what is overdue is the certificate that keeps a delivery from acceptance."""
        owed = self._placed(GEARWORKS, -30, [("RV-80E", 10, -1)])
        self._then(-29, partial(self.trade.accept, owed))
        self._asked(-28, owed, (MANUAL,), due=4)
        self._then(-1, partial(self._shipped, owed))
        handed = self._placed(GEARWORKS, -18, [("HD-25", 40, 12)])
        self._then(-17, partial(self.trade.accept, handed))
        self._asked(-16, handed, (CERTIFICATE, DRAWING), due=5, hand_in=-1)

    def _to_accept(self) -> None:
        for complete in (True, False):
            deal = self._placed(GEARWORKS, -40, [("RV-40E", 16, -9)])
            self._then(-39, partial(self.trade.accept, deal))
            kinds = (CERTIFICATE, MEASURES, SPARES) if complete else (CERTIFICATE,)
            self._asked(-38, deal, kinds, due=-3, hand_in=-8 if complete else None, review=-6)
            self._then(-9, partial(self._shipped, deal))
            self._then(-5, partial(self._received, deal))
            day = self.today - timedelta(days=1 if complete else 2)
            at = datetime.combine(
                day, time(16 if complete else 15), clock.CHINA
            )  # no chance of the year is drawn for it
            self.agenda.at(at, partial(self._invoiced, deal, Decimal(0 if complete else 2)))

    def _ended(self) -> None:
        """One order the rival could not take, and one the buyer gave up when it was to come too late."""
        refused = self._placed(RIVAL, -20, [("RC-40", 60, 2)])
        self._then(-18, lambda _: self.trade.respond(refused, Answer.REJECTED, reason=Reason.CAPACITY))
        late = self._placed(GEARWORKS, -24, [("RV-80E", 12, 4)])
        self._then(-22, lambda now: self.trade.change(late, days=25, now=now))
        self._then(-20, lambda _: self.trade.decided(late, Decision.CANCEL))

    def _received(self, deal: Deal, now: datetime) -> None:
        self.trade.receive_latest(deal, now)

    def _invoiced(self, deal: Deal, more: Decimal, now: datetime) -> None:
        """One as accepted waits for the buyer; one for two more than came is blocked, and a share of it held."""
        invoice(deal, now, more=more)

    def _elsewhere(self) -> None:
        robots = self._placed(LONGTENG, -44, [("LT-R20", 5, -1)], buyer=DEALER)
        self._then(-43, partial(self.trade.accept, robots))
        self._then(-1, partial(self._shipped, robots))
        seen = self._placed(LONGTENG, -3, [("LT-R20", 4, 50)], buyer=DEALER)
        self._then(-2, lambda _: self.trade.respond(seen, Answer.ACKNOWLEDGED))
        self._placed(BEARING, -1, [("CRB-100", 160, 14)], buyer=GEARWORKS)
        self._placed(STEEL, -1, [("GCR15", 5200, 12)], buyer=BEARING)
        self._then(-1, self._disclose)

    def _disclose(self, now: datetime) -> None:
        """Gearworks renews what Longteng may see of its upstream."""
        seated = self.year.seated
        with unit_of_work(self.year.clerks[GEARWORKS]) as work:
            disclose_links(
                work, self.year.clerks[GEARWORKS], viewer_id=seated.firms[LONGTENG], chain_id=seated.chain_id,
                until=today_of(now) + timedelta(days=180),
            )  # fmt: skip

    def _then(self, days: int, act: Act) -> None:
        self.agenda.on(self.today + timedelta(days=days), act)

    def _placed(
        self, seller: str, days: int, wanted: Sequence[Wanted], *, buyer: str = LONGTENG, note: str = ""
    ) -> Deal:
        """An order that will be placed on a day, and then waits for what the story does with it."""
        deal = self.year.deal(buyer, seller, goes_on=False)
        lines = [
            asked_line(
                10 * n, self.year.seated.items[item], Decimal(q), PRICES[item], [self.today + timedelta(days=on)]
            )
            for n, (item, q, on) in enumerate(wanted, start=1)
        ]
        self._then(days, lambda now: self.trade.place(deal, lines, "CNY", note, now))
        return deal

    def _asked(
        self, days: int, deal: Deal, kinds: tuple[Kind, ...], *, due: int, hand_in: int | None = None,
        review: int | None = None,
    ) -> None:  # fmt: skip
        def ask(now: datetime) -> None:
            for requirement in self.year.dossiers.require(deal, kinds, self.today + timedelta(days=due)):
                if hand_in is not None:
                    self._then(hand_in, partial(self._hand_in, deal, requirement, review))

        self._then(days, ask)

    def _hand_in(self, deal: Deal, requirement: DocumentRequirement, review: int | None, now: datetime) -> None:
        """A certificate comes back once and is handed in again the next day; all else is good at once."""
        dossiers = self.year.dossiers
        first = dossiers.hand_in(deal, requirement, "A", now)
        if review is None:
            return
        if requirement.document_type != CERTIFICATE.code:
            self._then(review, lambda _: dossiers.say(deal, first, ReviewVerdict.APPROVED))
            return

        def again(now: datetime) -> None:
            second = dossiers.hand_in(deal, requirement, "B", now)
            self._then(review + 2, lambda _: dossiers.say(deal, second, ReviewVerdict.APPROVED))

        self._then(review, lambda _: dossiers.say(deal, first, ReviewVerdict.REVISE))
        self._then(review + 1, again)
