"""What changes, cancellations and new promises make of an order (features.md 3.5, decision 0038)."""

from collections.abc import Sequence
from datetime import date

from tests.properties.contract_lines import DEAD, DONE, NIL, Changed, Day, Line, refuse_if
from tests.properties.contract_standing import Standing


class Changes(Standing):
    """Both want an order otherwise; the last agreement stands meanwhile."""

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
