"""What features.md 3.3 to 3.5 (rows C8 to C14) and decisions 0037 and 0038 say of one order, as a model of its own.

Written from those texts and not from ``collaboration``: it imports nothing of the product. Each move either raises
``Refused`` with the code both sides are told, or changes the model; whoever plays works on a copy.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

NIL = D(0)
DEAD = {"REJECTED", "CANCELLED"}
DONE = {"RECEIVED", "CLOSED_SHORT"}
ASKED = {"OPEN", "CHANGE_PROPOSED"}
WAITS = {"CHANGE_PROPOSED", "ADDED_PROPOSED"}
LOOSE = DEAD | ASKED | WAITS
"""Lines that bind nobody."""
TO_ANSWER = {"PLACED", "ACKNOWLEDGED", "COUNTERED"}
BINDING = {"CONFIRMED", "IN_DELIVERY"}
BUYER, PLANNER, SELLER, RIVAL = "buyer", "planner", "seller", "rival"
PEOPLE = (BUYER, PLANNER, SELLER, RIVAL)


class Refused(Exception):
    """With the code of api.md."""


def refuse_if(wrong: object, code: str) -> None:
    if wrong:
        raise Refused(code)


@dataclass
class Day:
    """A schedule: requested, promised, loaded, shipped, received (3.3)."""

    wanted: date
    quantity: D
    promised: date | None = None
    first: date | None = None
    expected: date | None = None
    shipped: D = NIL
    accepted: D = NIL
    rejected: D = NIL
    lost: D = NIL
    never: D = NIL

    @property
    def kept(self) -> D:
        """On its way or kept: no agreement goes below it."""
        return self.shipped - self.rejected - self.lost

    @property
    def owed(self) -> D:
        return max(NIL, self.quantity - self.never - self.kept)

    @property
    def on_road(self) -> D:
        return self.kept - self.accepted

    @property
    def due(self) -> date:
        return self.promised or self.wanted

    def promise(self, on: date | None) -> None:
        self.promised = self.expected = on
        self.first = self.first or on


@dataclass
class Offer:
    """What the seller said of a line that waits for the buyer."""

    code: str
    price: D
    item: str
    days: list[tuple[date | None, D]]
    backorder: D | None
    decide_by: datetime | None = None


@dataclass
class Line:
    number: int
    item: str
    price: D
    days: list[Day]
    state: str = "OPEN"
    backorder: D | None = None
    by_rule: bool = False
    offer: Offer | None = None
    quantity: D = NIL
    asked: tuple[D, D, str] = (NIL, NIL, "")

    def __post_init__(self) -> None:
        self.ask()

    def ask(self) -> None:
        """What its days come to is asked from now on, at its price."""
        self.quantity = sum((d.quantity for d in self.days), NIL)
        self.asked = (self.quantity, self.price, self.item)

    @property
    def owed(self) -> D:
        return sum((d.owed for d in self.days), NIL)

    def on_its_way(self) -> str:
        """3.3: confirmed, part shipped, shipped, part received, received; short where something never comes."""
        if all(d.accepted >= d.quantity - d.never and not d.on_road for d in self.days):
            return "CLOSED_SHORT" if any(d.never for d in self.days) else "RECEIVED"
        if any(d.accepted or d.rejected for d in self.days):
            return "PART_RECEIVED"
        if not any(d.shipped for d in self.days):
            return "CONFIRMED"
        return "PART_SHIPPED" if self.owed else "SHIPPED"

    def laid(self, offered: Sequence[tuple[date | None, D]]) -> list[tuple[Day, date | None, D]]:
        """Promised amounts laid end to end on the wanted ones, earliest first; the last wanted day takes what is over."""
        wanted = sorted((d for d in self.days if d.quantity), key=lambda d: d.wanted)
        edges, at = [], NIL
        for day in wanted:
            edges.append((at, at + day.quantity))
            at += day.quantity
        edges[-1] = (edges[-1][0], D("Infinity"))
        parts, start = [], NIL
        for on, quantity in sorted(offered, key=lambda o: (o[0] is None, o[0] or date.min)):
            for day, (low, high) in zip(wanted, edges, strict=True):
                shared = min(high, start + quantity) - max(low, start)
                if shared > 0:
                    parts.append((day, on, shared))
            start += quantity
        return parts

    def agree(self, offer: Offer) -> None:
        """Both are bound to what was offered: a wanted day keeps the first part that falls on it, further parts are split off."""
        parts, taken = self.laid(offer.days), set()
        for day in self.days:
            day.quantity = NIL
        for day, on, quantity in parts:
            if id(day) in taken:
                day = Day(day.wanted, NIL)
                self.days.append(day)
            taken.add(id(day))
            day.quantity = quantity
            day.promise(on)
        self.quantity, self.price, self.item = sum((q for _, _, q in parts), NIL), offer.price, offer.item
        self.backorder, self.offer, self.state = offer.backorder, None, "CONFIRMED"
        if offer.code == "ALREADY_DELIVERED":
            for day in self.days:
                if day.promised and day.quantity:
                    day.shipped = day.accepted = day.quantity
            self.state = self.on_its_way()

    def let_go(self) -> None:
        """What was not shipped is cancelled; what was shipped stays."""
        if not any(d.kept or d.accepted or d.rejected for d in self.days):
            self.state = "CANCELLED"
            return
        for day in self.days:
            day.quantity -= day.owed
        self.ask()
        self.state = self.on_its_way()


@dataclass
class Answered:
    """One line of an answer: UNCL 1229 by name. number: of an ordered line, or that an added one goes beside."""

    number: int
    code: str
    reason: bool = True
    quantity: D | None = None
    price: D | None = None
    days: list[tuple[date, D]] = field(default_factory=list)
    backorder: D | None = None
    item: str | None = None


@dataclass
class Decided:
    number: int
    word: str
    quantity: D | None = None
    price: D | None = None
    days: list[tuple[date, D]] = field(default_factory=list)


@dataclass
class Changed:
    """One line of an order change. days: position of a schedule or None for one more, a day or None as it is, quantity."""

    number: int
    action: str
    quantity: D | None = None
    price: D | None = None
    days: list[tuple[int | None, date | None, D]] = field(default_factory=list)
    item: str | None = None
    by_seller: bool = False


@dataclass
class Tolerance:
    under: D = NIL
    over: D = NIL
    price: D = NIL
    early: int = 0
    late: int = 0
    hours: int | None = None
    default: str | None = None
    is_set: bool = False

    def holds(self, least: D, asked: D, offered: D, most: D) -> bool:
        return asked * (100 - least) / 100 <= offered <= asked * (100 + most) / 100

    def room(self, day: Day) -> D:
        """How much more than agreed may still leave or come: what is over already takes from it."""
        return max(NIL, day.quantity * self.over / 100 - max(NIL, day.kept - (day.quantity - day.never)))


@dataclass
class Load:
    """A line of a despatch, and whether it was counted."""

    line: int
    day: int
    quantity: D
    counted: bool = False


class Contract:
    """One order of one buyer to one seller."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = {line.number: line for line in lines}
        self.version, self.acknowledged, self.open = 1, False, None
        self.tolerance = Tolerance()
        self.responses: list[str] = []
        self.waiting: dict[int, str] = {}
        self.changes: list[str] = []
        self.asked: list[Changed] = []
        self.offered: list[Changed] = []
        self.cancellations: list[tuple[str, str]] = []
        self.repromises: list[str] = []
        self.promised: dict[int, list[tuple[int, int, date]]] = {}
        self.advices: list[list[Load]] = []
        self.now = datetime.min
        self.today = date.min

    # what both read

    @property
    def state(self) -> str:
        """Derived from the lines. Rejected: by the seller, and all of it."""
        live = {x.state for x in self.lines.values()} - DEAD
        if live & WAITS:
            return "COUNTERED"
        if "OPEN" in live:
            return "ACKNOWLEDGED" if self.acknowledged else "PLACED"
        if not live:
            return "REJECTED" if {x.state for x in self.lines.values()} == {"REJECTED"} else "CANCELLED"
        if live <= DONE:
            return "DELIVERED"
        return "CONFIRMED" if live == {"CONFIRMED"} else "IN_DELIVERY"

    @property
    def is_agreed(self) -> bool:
        return any(x.state not in LOOSE for x in self.lines.values())

    def verbs(self, who: str) -> set[str]:
        """What somebody may do to the order as a whole, and to what is open of it."""
        state, quiet = self.state, self.open is None
        able: dict[str, dict[str, bool]] = {
            SELLER: {
                "respondToOrder": state in TO_ANSWER and quiet,
                "sendDespatchAdvice": state in BINDING,
                "repromiseOrder": state in BINDING,
                "requestOrderCancellation": state in BINDING and quiet,
                "respondToOrderChange": self.changes[-1:] == ["SENT"],
                "answerOrderCancellation": self.cancellations[-1:] == [("BUYER", "REQUESTED")],
                "withdrawOrderCancellation": self.cancellations[-1:] == [("SELLER", "REQUESTED")],
            },
            BUYER: {
                "decideOnResponse": state == "COUNTERED",
                "changeOrder": state != "COUNTERED" and quiet,
                "requestOrderCancellation": state in {"PLACED", "ACKNOWLEDGED", *BINDING} and quiet,
                "closeShort": state == "IN_DELIVERY" and quiet,
                "decideOnOrderChange": self.changes[-1:] == ["COUNTERED"],
                "withdrawOrderChange": self.changes[-1:] in (["SENT"], ["COUNTERED"]),
                "answerOrderCancellation": self.cancellations[-1:] == [("SELLER", "REQUESTED")],
                "withdrawOrderCancellation": self.cancellations[-1:] == [("BUYER", "REQUESTED")],
                "decideOnRepromise": self.repromises[-1:] == ["WAITING"] and state in BINDING,
            },
            PLANNER: {},
            RIVAL: {},
        }
        return {verb for verb, open_now in able[who].items() if open_now}

    # moves

    def tries(self, move: Callable[["Contract"], None]) -> tuple["Contract", str | None]:
        """The contract after a move and None, or as it was and the code of the refusal."""
        after = deepcopy(self)
        try:
            move(after)
        except Refused as refused:
            return self, str(refused)
        after.version += 1
        return after, None

    def _enter(self, who: str, verb: str, version: int | None) -> None:
        refuse_if(who == RIVAL, "NOT_FOUND")
        refuse_if(version is not None and version != self.version, "STALE")
        refuse_if(verb not in self.verbs(who), "NOT_ALLOWED_NOW")

    def respond(self, who: str, version: int, word: str, reason: bool, given: Sequence[Answered]) -> None:
        """3.4: AB, AP, RE, CA; once one line is answered all are; a newer answer takes the place of a waiting one."""
        acknowledging = word == "ACKNOWLEDGED" and who == SELLER and self.state in TO_ANSWER
        if not acknowledging or version != self.version:
            self._enter(who, "respondToOrder", version)
        if word == "ACKNOWLEDGED":
            refuse_if(given, "INVALID")
            refuse_if(self.acknowledged or self.state == "COUNTERED", "NOT_ALLOWED_NOW")
            self.acknowledged = True
            self.responses.append("NOTED")
            return
        due = [n for n, x in self.lines.items() if x.state in ASKED]
        refuse_if(not due, "NOT_ALLOWED_NOW")
        refuse_if(word == "REJECTED" and not reason, "INVALID")
        refuse_if(word == "CHANGED" and not given, "INVALID")
        lines = list(given) if word == "CHANGED" else [Answered(n, word) for n in due]
        named = [a.number for a in lines if a.code != "ADDED"]
        refuse_if(len(named) != len(set(named)) or not set(due) <= set(named), "INVALID")
        self.responses = ["SUPERSEDED" if r == "WAITING" else r for r in self.responses]
        proposed = [x for x in self.lines.values() if x.state == "ADDED_PROPOSED"]
        answered = [self._answer(self.lines[one.number], one) for one in lines]
        for line in proposed:
            line.state, line.offer = "REJECTED", None
        self.responses.append(
            "WAITING" if "waits" in answered else "AGREED_BY_RULE" if "by rule" in answered else "AGREED"
        )

    def _answer(self, line: Line, one: Answered) -> str:
        added, early = one.code == "ADDED", one.code == "ALREADY_DELIVERED"
        if line.state == "CONFIRMED" and not added:
            return "restated"
        if one.code == "REJECTED":
            refuse_if(not one.reason, "INVALID")
            line.state, line.offer = "REJECTED", None
            return "rejected"
        for on, quantity in one.days:
            refuse_if(quantity <= 0 or (on < self.today and not early), "INVALID")
        asked, asked_price, asked_item = line.asked
        offered: list[tuple[date | None, D]] = list(one.days)
        if one.days:
            refuse_if(one.quantity not in (None, sum(q for _, q in one.days)), "INVALID")
        else:
            wanted = [d for d in line.days if d.quantity]
            refuse_if(added or (one.quantity is not None and one.quantity <= 0), "INVALID")
            refuse_if(one.quantity not in (None, asked) and len(wanted) != 1, "INVALID")
            offered = [(d.wanted, d.quantity) for d in wanted]
            if one.quantity is not None and len(wanted) == 1:
                offered = [(wanted[0].wanted, one.quantity)]
        refuse_if((one.price is not None and one.price < 0) or (one.backorder or 0) < 0, "INVALID")
        if one.backorder:
            offered.append((None, one.backorder))
        base = line.price if added else asked_price
        offer = Offer(
            one.code, base if one.price is None else one.price, one.item or (line.item if added else asked_item), offered,
            one.backorder,
        )  # fmt: skip
        if added:
            number = max(self.lines) + 1
            days = [Day(on, quantity) for on, quantity in one.days]
            line = self.lines[number] = Line(number, offer.item, offer.price, days, "ADDED_PROPOSED")
            return self._let_wait(line, offer)
        total = sum((q for _, q in offered), NIL)
        same = (total, offer.price, offer.item) == line.asked
        parts, inside = line.laid(offered), offer.item == asked_item and self.tolerance.is_set
        inside &= self.tolerance.holds(self.tolerance.under, asked, total, self.tolerance.over)
        inside &= self.tolerance.holds(self.tolerance.price, asked_price, offer.price, self.tolerance.price)
        for day, on, _ in parts:
            late = None if on is None else (on - day.wanted).days
            same &= late == 0
            inside &= late is not None and -self.tolerance.early <= late <= self.tolerance.late
        refuse_if(one.code == "ACCEPTED" and not same, "INVALID")
        if not early and (same or inside):
            line.agree(offer)
            line.by_rule = not same
            return "as asked" if same else "by rule"
        line.state = "CHANGE_PROPOSED"
        return self._let_wait(line, offer)

    def _let_wait(self, line: Line, offer: Offer) -> str:
        """0037: what no tolerance could agree is not accepted by silence either."""
        line.offer, tolerance = offer, self.tolerance
        strange = offer.code in ("ADDED", "ALREADY_DELIVERED") or offer.item != line.asked[2] or offer.backorder
        if tolerance.hours is not None and not (tolerance.default == "ACCEPT" and strange):
            offer.decide_by = self.now + timedelta(hours=tolerance.hours)
            self.waiting[line.number] = tolerance.default or ""
        else:
            self.waiting.pop(line.number, None)
        return "waits"

    def decide(self, who: str, version: int, newest: bool, decisions: Sequence[Decided]) -> None:
        self._enter(who, "decideOnResponse", version)
        refuse_if(not newest, "NOT_ALLOWED_NOW")
        named = [d.number for d in decisions]
        refuse_if(not named or len(named) != len(set(named)), "INVALID")
        refuse_if(any(not self.lines[n].offer for n in named), "INVALID")
        for one in decisions:
            line = self.lines[one.number]
            offer = line.offer
            assert offer is not None
            refuse_if(one.word == "COUNTER" and line.state == "ADDED_PROPOSED", "NOT_ALLOWED_NOW")
            if one.word == "ACCEPT":
                line.agree(offer)
                self.taken = True
            elif one.word == "CANCEL" or line.state == "ADDED_PROPOSED":
                line.state = "CANCELLED"
            else:
                line.state = "OPEN"
                if one.word == "COUNTER":
                    self._counter(line, one)
            line.offer = None
        self._settle_answer("REFUSED")

    taken = False
    lapsed = False

    def _settle_answer(self, otherwise: str) -> None:
        if not any(x.offer for x in self.lines.values()):
            self.responses[-1] = "AGREED" if self.taken else "LAPSED" if self.lapsed else otherwise
            self.taken = self.lapsed = False

    def _counter(self, line: Line, one: Decided) -> None:
        was = [(d.wanted, d.quantity) for d in line.days if d.quantity]
        days = list(one.days)
        if not days:
            refuse_if(one.quantity is not None and len(was) != 1, "INVALID")
            days = was if one.quantity is None else [(was[0][0], one.quantity)]
        price = line.asked[1] if one.price is None else one.price
        refuse_if(price < 0 or one.quantity not in (None, sum(q for _, q in days)), "INVALID")
        refuse_if(days != was and any(q <= 0 or on < self.today for on, q in days), "INVALID")
        refuse_if(days == was and price == line.asked[1], "INVALID")
        for n, day in enumerate(line.days):
            day.quantity = NIL
            if n < len(days):
                day.wanted, day.quantity = days[n]
        line.days += [Day(on, q) for on, q in days[len(line.days) :]]
        line.price = price
        line.ask()

    def lapse(self) -> bool:
        """0037: what was said beforehand is decided once the buyer's time has passed."""
        due = [x for x in self.lines.values() if x.offer and x.offer.decide_by and x.offer.decide_by <= self.now]
        for line in due:
            assert line.offer is not None
            if self.waiting[line.number] == "ACCEPT":
                line.agree(line.offer)
                self.taken = True
            else:
                line.state = "CANCELLED" if line.state == "ADDED_PROPOSED" else "OPEN"
                self.lapsed = True
            line.offer = None
        if due:
            self._settle_answer("LAPSED")
            self.version += 1
        return bool(due)

    # order change and cancellation (3.5)

    def change(self, who: str, version: int, given: Sequence[Changed]) -> None:
        self._enter(who, "changeOrder", version)
        if self.state in DEAD:
            refuse_if(not any(c.action == "REOPEN" for c in given), "NOT_ALLOWED_NOW")
        refuse_if(not given or any(c.action == "NONE" for c in given), "INVALID")
        asked = [self._judge(one) for one in given]
        refuse_if(len({c.number for c in given}) != len(given), "INVALID")
        if self.is_agreed:
            self.open, self.asked, self.offered = "CHANGE", asked, []
            self.changes.append("SENT")
            return
        self.changes.append("NOTED")
        self.acknowledged = False
        for one in asked:
            if one.action == "DELETE":
                self.lines[one.number].state = "CANCELLED"
            else:
                self._apply(one, bind=False)

    def _judge(self, one: Changed) -> Changed:
        if one.action == "ADD":
            refuse_if(one.number in self.lines or one.price is None or one.price < 0 or not one.days, "INVALID")
            refuse_if(any(on is None or on < self.today or q <= 0 for _, on, q in one.days), "INVALID")
            return one
        line = self.lines[one.number]
        if one.action == "NONE":
            return one
        allowed = {"REJECTED", "CANCELLED", "CLOSED_SHORT"} if one.action == "REOPEN" else \
            {"OPEN", "CONFIRMED", "PART_SHIPPED", "SHIPPED", "PART_RECEIVED"}  # fmt: skip
        refuse_if(line.state not in allowed, "INVALID")
        if one.action == "DELETE":
            refuse_if(not line.owed, "INVALID")
            return one
        refuse_if(one.price is not None and one.price < 0, "INVALID")
        live = [n for n, d in enumerate(line.days) if d.quantity]
        days = list(one.days)
        if one.quantity is not None and not days:
            refuse_if(len(live) != 1 or one.quantity <= 0, "INVALID")
            days = [(live[0], None, one.quantity)]
        kept, total = {n: d.quantity for n, d in enumerate(line.days)}, NIL
        for n, on, quantity in days:
            day = None if n is None else line.days[n]
            refuse_if(on is not None and (day is None or on != day.due) and on < self.today, "INVALID")
            refuse_if((day is None and (on is None or quantity <= 0)) or quantity < 0, "INVALID")
            refuse_if(day is not None and quantity < day.kept, "INVALID")
            kept.pop(n, None)  # type: ignore[arg-type]
            total += quantity
        total += sum(kept.values(), NIL)
        refuse_if((one.quantity is not None and one.quantity != total) or total <= 0, "INVALID")
        changed = [  # a day that is not said is the one that is due as it is asked: the change tells it
            (n, on if n is None or on is not None else line.days[n].due, q)
            for n, on, q in days
            if n is None or (on not in (None, line.days[n].due)) or q != line.days[n].quantity or line.days[n].never
        ]  # fmt: skip
        price = None if one.price == line.price else one.price
        refuse_if(one.action == "CHANGE" and not changed and price is None, "INVALID")
        if one.action == "REOPEN":
            named = {n for n, _, _ in changed}
            more = any(q > (NIL if n is None else line.days[n].kept) for n, _, q in changed)
            stay = [d for n, d in enumerate(line.days) if n not in named and d.owed]
            refuse_if(not more and not stay, "INVALID")
            refuse_if(any(d.due < self.today for d in stay), "INVALID")
        return Changed(one.number, one.action, None, price, changed, one.item, one.by_seller)

    def _apply(self, one: Changed, *, bind: bool) -> None:
        if one.action == "ADD":
            days = [Day(on, q) for _, on, q in one.days if on]
            assert one.price is not None
            line = self.lines[one.number] = Line(one.number, one.item or "", one.price, days)
            if bind:
                for day in days:
                    day.promise(day.wanted)
                line.state = "CONFIRMED"
            return
        line = self.lines[one.number]
        if one.action == "REOPEN" and not bind:  # nobody is bound any more: the day agreed last is the one wanted
            for day in line.days:
                day.wanted, day.promised, day.expected = day.due, None, None
        unpromised = not any(d.promised for d in line.days)
        for n, on, quantity in one.days:
            day = Day(on or self.today, NIL) if n is None else line.days[n]
            if n is None:
                line.days.append(day)
            assert on is not None
            moved = on != day.due
            day.quantity, day.never = quantity, NIL
            if moved and not one.by_seller:
                day.wanted = on
            if bind and (moved or day.promised is None):
                day.promise(on)
        if bind and unpromised:
            for day in line.days:
                if day.promised is None and day.quantity:
                    day.promise(day.wanted)
        line.price = line.price if one.price is None else one.price
        line.ask()
        line.state, line.by_rule = (line.on_its_way() if bind else "OPEN"), False

    def _bind(self, agreed: Sequence[Changed]) -> None:
        for one in agreed:
            if one.action in ("NONE", "ADD"):
                continue
            line = self.lines[one.number]
            refuse_if(line.state in DONE and one.action != "REOPEN", "NOT_ALLOWED_NOW")
            refuse_if(any(n is not None and q < line.days[n].kept for n, _, q in one.days), "NOT_ALLOWED_NOW")
            refuse_if(one.action == "DELETE" and not line.owed, "NOT_ALLOWED_NOW")
        for one in agreed:  # a day that passed while the change was open is promised by nobody
            days = self.lines[one.number].days if one.number in self.lines else []
            for n, on, quantity in one.days:
                moved = n is None or on != days[n].due
                refuse_if(
                    moved and on and on < self.today and (n is None or quantity > days[n].kept), "NOT_ALLOWED_NOW"
                )
        for one in agreed:
            if one.action == "DELETE":
                self.lines[one.number].let_go()
            elif one.action != "NONE":
                self._apply(one, bind=True)
        self.repromises = ["SUPERSEDED" if r == "WAITING" else r for r in self.repromises]

    def _close(self, state: str) -> None:
        self.changes[-1], self.open = state, None

    def answer_change(self, who: str, version: int, word: str, reason: bool, given: Sequence[Changed]) -> None:
        self._enter(who, "respondToOrderChange", version)
        refuse_if(word == "REJECTED" and not reason, "INVALID")
        refuse_if((word == "CHANGED") != bool(given), "INVALID")
        if word == "REJECTED":
            self._close("REJECTED")
        elif word == "ACCEPTED":
            self._bind(self.asked)
            self._close("ACCEPTED")
        else:
            base = {one.number: one for one in self.asked}
            for one in given:
                refuse_if(one.action not in ("NONE", base[one.number].action), "INVALID")
            self.offered = [self._offer(one, base[one.number]) for one in given]
            self.changes[-1] = "COUNTERED"

    def _offer(self, one: Changed, base: Changed) -> Changed:
        if one.action == "NONE":
            return Changed(one.number, "NONE")
        named = {n for n, _, _ in one.days}
        rest = [d for d in base.days if d[0] not in named]
        if one.quantity is not None and not one.days:
            rest = []
        price = base.price if one.price is None else one.price
        return self._judge(Changed(one.number, one.action, one.quantity, price, [*one.days, *rest], base.item, True))

    def decide_change(self, who: str, version: int, accept: bool) -> None:
        self._enter(who, "decideOnOrderChange", version)
        if accept:
            said = {one.number: one for one in self.offered}
            self._bind([said.get(one.number, one) for one in self.asked])
        self._close("ACCEPTED" if accept else "REJECTED")

    def withdraw_change(self, who: str, version: int) -> None:
        self._enter(who, "withdrawOrderChange", version)
        self._close("WITHDRAWN")

    def _to_let_go(self) -> list[Line]:
        return [x for x in self.lines.values() if x.state not in DEAD | DONE and x.owed]

    def cancel(self, who: str, version: int) -> None:
        self._enter(who, "requestOrderCancellation", version)
        refuse_if(not self._to_let_go(), "NOT_ALLOWED_NOW")
        if self.is_agreed:
            self.open = "CANCELLATION"
            self.cancellations.append((who.upper(), "REQUESTED"))
            return
        self.cancellations.append((who.upper(), "ACCEPTED"))
        for line in self.lines.values():
            if line.state == "OPEN":
                line.state = "CANCELLED"

    def _end(self, state: str) -> None:
        self.cancellations[-1], self.open = (self.cancellations[-1][0], state), None

    def answer_cancellation(self, who: str, version: int, accept: bool) -> None:
        self._enter(who, "answerOrderCancellation", version)
        if accept:
            for line in self._to_let_go():
                line.let_go()
            self.repromises = ["SUPERSEDED" if r == "WAITING" else r for r in self.repromises]
        self._end("ACCEPTED" if accept else "REFUSED")

    def withdraw_cancellation(self, who: str, version: int) -> None:
        self._enter(who, "withdrawOrderCancellation", version)
        self._end("WITHDRAWN")

    # promises anew (C14)

    def repromise(self, who: str, version: int, days: Sequence[tuple[int, int, date]]) -> None:
        self._enter(who, "repromiseOrder", version)
        refuse_if(not days, "INVALID")
        inside = self.tolerance.is_set
        for number, n, on in days:
            line = self.lines[number]
            day = line.days[n]
            refuse_if(line.state in DEAD | DONE or not day.owed or on < self.today, "INVALID")
            refuse_if(on == day.promised == day.expected, "INVALID")
            inside &= -self.tolerance.early <= (on - day.wanted).days <= self.tolerance.late
        self.repromises = ["SUPERSEDED" if r == "WAITING" else r for r in self.repromises]
        for number, n, on in days:
            self.lines[number].days[n].expected = on
            if inside:
                self.lines[number].days[n].promise(on)
        self.promised[len(self.repromises)] = list(days)
        self.repromises.append("AGREED_BY_RULE" if inside else "WAITING")

    def decide_repromise(self, who: str, version: int, accept: bool) -> None:
        self._enter(who, "decideOnRepromise", version)
        if accept:
            for number, n, on in self.promised[len(self.repromises) - 1]:
                day = self.lines[number].days[n]
                if day.owed:
                    day.promise(on)
        self.repromises[-1] = "AGREED" if accept else "REFUSED"

    # goods (3.3, 3.8, 3.9)

    def ship(self, who: str, loads: Sequence[tuple[int, int, D, D | None]]) -> None:
        self._enter(who, "sendDespatchAdvice", None)
        touched = []
        for number, n, quantity, outstanding in loads:
            line = self.lines[number]
            day = line.days[n]
            refuse_if(line.state in DEAD | DONE, "NOT_ALLOWED_NOW")
            refuse_if(quantity <= 0, "INVALID")
            refuse_if(quantity > day.owed + self.tolerance.room(day), "NOT_ALLOWED_NOW")
            rest = max(NIL, day.owed - quantity)
            if outstanding is not None:
                refuse_if(not 0 <= outstanding <= rest, "INVALID")
                day.never += rest - outstanding
            day.shipped += quantity
            touched.append(line)
        for line in touched:
            line.state = line.on_its_way()
        self.advices.append([Load(number, n, quantity) for number, n, quantity, _ in loads])

    def receive(self, who: str, advice: int, counts: Sequence[tuple[int, D, D, D, bool]]) -> None:
        """counts: position in the despatch, received, accepted, rejected, with a reason."""
        refuse_if(who == RIVAL, "NOT_FOUND")
        loads = self.advices[advice]
        refuse_if(who != PLANNER or any(loads[n].counted for n, *_ in counts), "NOT_ALLOWED_NOW")
        for n, received, accepted, rejected, reason in counts:
            line = self.lines[loads[n].line]
            day = line.days[loads[n].day]
            refuse_if(min(received, accepted, rejected) < 0 or received != accepted + rejected, "INVALID")
            refuse_if(rejected and not reason, "INVALID")
            over = max(NIL, received - loads[n].quantity)
            refuse_if(over > self.tolerance.room(day), "NOT_ALLOWED_NOW")
            day.lost += max(NIL, loads[n].quantity - received)
            day.shipped += over
            day.accepted += accepted
            day.rejected += rejected
            loads[n].counted = True
        for n, *_ in counts:
            line = self.lines[loads[n].line]
            line.state = line.on_its_way()

    def close_short(self, who: str, version: int | None, number: int) -> None:
        self._enter(who, "closeShort", version)
        line = self.lines[number]
        refuse_if(line.state not in ("PART_SHIPPED", "PART_RECEIVED") or not line.owed, "NOT_ALLOWED_NOW")
        for day in line.days:
            day.never += day.owed
        line.state = line.on_its_way()

    def told(self) -> dict[str, Any]:
        """All that both sides read of it."""
        return {
            "state": self.state, "version": self.version, "open": self.open, "responses": self.responses,
            "changes": self.changes, "cancellations": self.cancellations, "repromises": self.repromises,
            "lines": {n: _told(line) for n, line in sorted(self.lines.items())},
        }  # fmt: skip


def _told(line: Line) -> dict[str, Any]:
    bound = line.state not in LOOSE
    return {
        "state": line.state, "quantity": line.quantity, "price": line.price, "item": line.item, "asked": line.asked[:2],
        "rule": bound and line.by_rule, "backorder": bound and line.backorder or NIL,
        "days": [_told_day(d, line.state in DEAD) for d in line.days if d.quantity or d.shipped],
    }  # fmt: skip


def _told_day(day: Day, dead: bool) -> tuple[Any, ...]:
    return (
        str(day.wanted), day.promised and str(day.promised), day.first and str(day.first), day.expected and str(day.expected),
        day.quantity, day.shipped, day.accepted + day.rejected, day.accepted, day.rejected, day.never, NIL if dead else day.owed,
    )  # fmt: skip
