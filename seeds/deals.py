"""One order and its way through the year: placed, answered, decided, shipped late or in time, received, accepted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from collaboration.logistics.forms import Counted, Loaded
from collaboration.logistics.tables import DespatchAdvice
from collaboration.logistics.verbs import post_receipt, send_despatch_advice
from collaboration.orders.deciding import decide_on_response
from collaboration.orders.forms import LineAnswered, LineAsked, LineDecision, PromisedDay, WantedDay
from collaboration.orders.lifecycle import LineState, OrderState
from collaboration.orders.responses import respond_to_order
from collaboration.orders.tables import Answer, Decision, LineAnswer, Order, Reason, Schedule
from collaboration.orders.verbs import close_short, place_order
from delivery.packages.verbs import accept_delivery
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import NotAllowedNow
from kernel.quantities import ZERO
from kernel.work import unit_of_work
from seeds import looks
from seeds.agenda import Agenda

WHY_LATE = (Reason.CAPACITY, Reason.MATERIAL, Reason.TRANSPORT, Reason.CALENDAR)
MOST_SHIPMENTS = 4
REPLACING_DAYS = 6


@dataclass(frozen=True)
class Buyer:
    """The people of a buying firm by duty; in a small firm one clerk does everything."""

    buys: Actor
    receives: Actor
    reviews: Actor
    prefix: str


@dataclass
class Deal:
    """An order under way. ``goes_on``: whether it lives by itself, or waits where the story of today needs it."""

    buyer: Buyer
    seller: Actor
    seller_id: int
    order_id: int = 0
    number: str = ""
    goes_on: bool = True
    documents: Callable[["Deal", datetime], None] | None = None
    bills: Callable[["Deal", datetime], None] | None = None
    sent: list[DespatchAdvice] = field(default_factory=list)


class Trade:
    """The acts on deals; each plans what follows it."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda, self.rng = agenda, agenda.rng
        self._numbers: dict[str, int] = {}

    def number(self, prefix: str, year: int) -> str:
        key = f"{prefix}-{year}"
        self._numbers[key] = self._numbers.get(key, 100) + 1
        return f"{key}-{self._numbers[key]:06d}"

    def soon(self, now: datetime, least: int, most: int) -> date:
        return today_of(now) + timedelta(days=self.rng.randint(least, most))

    def place(self, deal: Deal, asked: Sequence[LineAsked], currency: str, note: str, now: datetime) -> None:
        deal.number = self.number(deal.buyer.prefix, today_of(now).year)
        with unit_of_work(deal.buyer.buys) as work:
            order = place_order(
                work, deal.buyer.buys, seller_id=deal.seller_id, number=deal.number, currency=currency, lines=asked,
                note=note,
            )  # fmt: skip
        assert order.id is not None
        deal.order_id = order.id
        if deal.goes_on:
            self.agenda.on(self.soon(now, 0, 2), partial(self.answer, deal))

    def answer(self, deal: Deal, now: datetime) -> None:
        """Most orders are taken as they are; some are acknowledged first, moved, split or refused."""
        luck = self.rng.random()
        if luck < 0.08:
            self.respond(deal, Answer.ACKNOWLEDGED)
            self.agenda.on(self.soon(now, 1, 2), partial(self.accept, deal))
        elif luck < 0.11:
            self.respond(deal, Answer.REJECTED, reason=self.rng.choice((Reason.CAPACITY, Reason.PRICE, Reason.CREDIT)))
        elif luck < 0.24:
            self.change(deal, days=self.rng.randint(1, 2), now=now)
        elif luck < 0.32:
            self.change(deal, days=self.rng.randint(5, 16), now=now, split=self.rng.random() < 0.4)
        else:
            self.accept(deal, now)

    def accept(self, deal: Deal, now: datetime) -> None:
        self.respond(deal, Answer.ACCEPTED)
        self.agreed(deal, now)

    def respond(
        self, deal: Deal, answer: Answer, *, reason: Reason | None = None, lines: Sequence[LineAnswered] = ()
    ) -> None:
        with unit_of_work(deal.seller) as work:
            version = looks.order(work, deal.order_id).version
            respond_to_order(
                work, deal.seller, order_id=deal.order_id, expected_version=version, answer=answer, reason=reason,
                lines=lines,
            )  # fmt: skip

    def change(self, deal: Deal, *, days: int, now: datetime, split: bool = False) -> None:
        """Other days for the first line and some of the others; a split sends half in time and half later."""
        reason = self.rng.choice(WHY_LATE)
        given: list[LineAnswered] = []
        with unit_of_work(deal.seller, writes=False) as work:
            found = looks.schedules(work, deal.order_id)
        for line in dict.fromkeys(x.id for x, _ in found):
            luck = self.rng.random() if given else 1.0
            if luck < 0.55:
                given.append(LineAnswered(LineAnswer.ACCEPTED, line_id=line))
            elif luck < 0.65:
                given.append(LineAnswered(LineAnswer.REJECTED, line_id=line, reason=Reason.CAPACITY))
            else:
                own = [s for x, s in found if x.id == line]
                promised = [p for s in own for p in _moved(s, days, split=split, today=today_of(now))]
                given.append(LineAnswered(LineAnswer.CHANGED, line_id=line, reason=reason, schedules=promised))
        self.respond(deal, Answer.CHANGED, lines=given)
        with unit_of_work(deal.seller, writes=False) as work:
            waits = looks.order(work, deal.order_id).state is OrderState.COUNTERED
        if not waits:
            self.agreed(deal, now)
        elif deal.goes_on:
            self.agenda.on(self.soon(now, 1, 3), partial(self.decide, deal))

    def decide(self, deal: Deal, now: datetime) -> None:
        luck = self.rng.random()
        decision = Decision.ACCEPT if luck < 0.75 else Decision.REFUSE if luck < 0.92 else Decision.CANCEL
        order = self.decided(deal, decision)
        if decision is Decision.REFUSE:
            self.agenda.on(self.soon(now, 1, 2), partial(self.accept, deal))
        elif order.state is OrderState.CONFIRMED:
            self.agreed(deal, now)

    def decided(self, deal: Deal, decision: Decision) -> Order:
        """The buyer decides alike on every line that waits."""
        with unit_of_work(deal.buyer.buys) as work:
            order, response = looks.order(work, deal.order_id), looks.latest_response(work, deal.order_id)
            waiting = [x.id for x in looks.lines(work, deal.order_id) if x.state is LineState.CHANGE_PROPOSED]
            return decide_on_response(
                work, deal.buyer.buys, response_id=response.id or 0, expected_version=order.version,
                decisions=[LineDecision(i, decision) for i in waiting if i is not None],
            )  # fmt: skip

    def agreed(self, deal: Deal, now: datetime) -> None:
        """Both are bound: documents are asked for, and the first goods leave on the first promised day, or late."""
        if deal.documents is not None:
            deal.documents(deal, now)
        if not deal.goes_on:
            return
        with unit_of_work(deal.seller, writes=False) as work:
            days = [s.promised_on or s.wanted_on for _, s, _ in looks.owed(work, deal.order_id)]
        for day in sorted(set(days)):
            self.agenda.on(max(day + timedelta(days=self.slip()), today_of(now)), partial(self.ship, deal))

    def slip(self) -> int:
        luck = self.rng.random()
        return 0 if luck < 0.76 else self.rng.randint(1, 6) if luck < 0.93 else self.rng.randint(7, 20)

    def ship(self, deal: Deal, now: datetime, *, share: Decimal | None = None, lot: str | None = None) -> None:
        """Everything that is due by today; now and then only a part of it, and now and then the rest never follows."""
        today = today_of(now)
        with unit_of_work(deal.seller, writes=False) as work:
            owed = looks.owed(work, deal.order_id)
        due = [(s, rest) for _, s, rest in owed if (s.promised_on or s.wanted_on) <= today + timedelta(days=2)]
        if not due or len(deal.sent) >= MOST_SHIPMENTS:
            return
        part = share or (Decimal("0.6") if self.rng.random() < 0.08 else Decimal(1))
        is_last = part < 1 and self.rng.random() < 0.25
        loaded = [
            Loaded(s.id or 0, _share(rest, part), ZERO if is_last else None, lot=lot or f"L{today:%y%m%d}")
            for s, rest in due
        ]
        advice = self.despatch(deal, loaded, now, expected=today + timedelta(days=self.rng.randint(1, 3)))
        if part < 1 and not is_last:
            self.agenda.on(self.soon(now, 4, 8), partial(self.ship, deal, share=Decimal(1)))
        if deal.goes_on:
            arrives = (advice.expected_on or today) + timedelta(days=self.rng.choice((0, 0, 0, 1, 3)))
            self.agenda.on(arrives, partial(self.receive, deal, advice))

    def despatch(self, deal: Deal, loaded: Sequence[Loaded], now: datetime, *, expected: date) -> DespatchAdvice:
        number = f"SH-{deal.number}-{len(deal.sent) + 1}"
        with unit_of_work(deal.seller) as work:
            advice = send_despatch_advice(
                work, deal.seller, number=number, shipped_on=today_of(now), expected_on=expected, lines=loaded
            )
        deal.sent.append(advice)
        return advice

    def receive(self, deal: Deal, advice: DespatchAdvice, now: datetime) -> None:
        """Count what came: nearly always all of it, sometimes short, sometimes with rejects."""
        with unit_of_work(deal.buyer.receives) as work:
            counted = [self.count(x.id or 0, x.quantity) for x in looks.despatched(work, advice)]
            post_receipt(work, deal.buyer.receives, advice_id=advice.id or 0, lines=counted)
        self.after_receipt(deal, now)

    def receive_latest(self, deal: Deal, now: datetime) -> None:
        """Count the shipment sent last as all good."""
        advice = deal.sent[-1]
        with unit_of_work(deal.buyer.receives) as work:
            counted = [Counted(x.id or 0, x.quantity, x.quantity, Decimal(0)) for x in looks.despatched(work, advice)]
            post_receipt(work, deal.buyer.receives, advice_id=advice.id or 0, lines=counted)

    def count(self, line_id: int, sent: Decimal) -> Counted:
        luck = self.rng.random()
        few = max(Decimal(1), (sent * Decimal("0.03")).quantize(Decimal(1)))
        if luck < 0.04 and sent > few:
            return Counted(line_id, sent, sent - few, few, Reason.SPECIFICATION)
        if luck < 0.07 and sent > few:
            return Counted(line_id, sent - few, sent - few, Decimal(0))
        return Counted(line_id, sent, sent, Decimal(0))

    def after_receipt(self, deal: Deal, now: datetime) -> None:
        with unit_of_work(deal.seller, writes=False) as work:
            state = looks.order(work, deal.order_id).state
            still = looks.owed(work, deal.order_id)
        if state is OrderState.DELIVERED and deal.goes_on:
            self.agenda.on(self.soon(now, 2, 6), partial(self.accept_all, deal))
        elif still and len(deal.sent) < MOST_SHIPMENTS:
            self.agenda.on(self.soon(now, REPLACING_DAYS, REPLACING_DAYS * 2), partial(self.ship, deal))
        elif still:
            self.agenda.on(self.soon(now, 3, 9), partial(self.give_up, deal))

    def give_up(self, deal: Deal, now: datetime) -> None:
        with unit_of_work(deal.buyer.buys) as work:
            for line_id in dict.fromkeys(line.id for line, _, _ in looks.owed(work, deal.order_id)):
                close_short(work, deal.buyer.buys, line_id=line_id or 0)
        self.after_receipt(deal, now)

    def accept_all(self, deal: Deal, now: datetime) -> None:
        """Accept, or look again in a few days while a document is missing."""
        try:
            with unit_of_work(deal.buyer.buys) as work:
                accept_delivery(work, deal.buyer.buys, order_id=deal.order_id)
        except NotAllowedNow:
            self.agenda.on(self.soon(now, 3, 5), partial(self.accept_all, deal))
            return
        if deal.bills is not None:
            deal.bills(deal, now)


def asked_line(number: int, item_id: int, quantity: Decimal, price: Decimal, days: Sequence[date]) -> LineAsked:
    """An order line whose quantity falls on its wanted days in even parts, the last taking the rest."""
    part = (quantity / len(days)).quantize(Decimal(1))
    parts = [part] * (len(days) - 1) + [quantity - part * (len(days) - 1)]
    return LineAsked(
        number, item_id, quantity, price, [WantedDay(d, q) for d, q in zip(days, parts, strict=True) if q > 0]
    )


def _moved(schedule: Schedule, days: int, *, split: bool, today: date) -> list[PromisedDay]:
    later = max(schedule.wanted_on + timedelta(days=days), today)
    if not split or schedule.quantity < 2:
        return [PromisedDay(later, schedule.quantity)]
    half = (schedule.quantity / 2).quantize(Decimal(1))
    return [PromisedDay(max(schedule.wanted_on, today), half), PromisedDay(later, schedule.quantity - half)]


def _share(rest: Decimal, part: Decimal) -> Decimal:
    return rest if part == 1 else max(Decimal(1), (rest * part).quantize(Decimal(1)))
