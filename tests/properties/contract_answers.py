"""What an answer and the decision on it make of an order (features.md 3.4, decision 0037)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal as D

from tests.properties.contract_lines import (
    ASKED,
    NIL,
    SELLER,
    TO_ANSWER,
    Answered,
    Day,
    Decided,
    Line,
    Offer,
    refuse_if,
)
from tests.properties.contract_standing import Standing


class Answers(Standing):
    """The seller answers, the buyer decides, or lets its time pass."""

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
                refuse_if(self._has_passed(offer), "NOT_ALLOWED_NOW")
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

    def _has_passed(self, offer: Offer) -> bool:
        """Nobody promises a day that passed while the offer waited."""
        return offer.code != "ALREADY_DELIVERED" and any(on and on < self.today for on, _ in offer.days)

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
            if self.waiting[line.number] == "ACCEPT" and not self._has_passed(line.offer):
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
