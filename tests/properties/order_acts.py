"""What both sides of an order do, mostly right and now and then wrong: each act sent and played."""

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

from tests.properties import contract_lines as said
from tests.properties.contract_lines import BUYER, PLANNER, SELLER, Answered, Changed, Decided
from tests.properties.playing import Playing, spelled, without_nothing
from tests.scenarios.players import fresh


class Acts(Playing):
    """Every act of features.md 3.3 to 3.5 on one order."""

    # the seller answers

    def respond(self, word: str | None = None) -> None:
        who, stale, reason, given = self.someone(SELLER), self.stale(), not self.odd(0.1), list[Answered]()
        word = word or self.pick(["ACKNOWLEDGED", "ACCEPTED", "REJECTED", *["CHANGED"] * 7])
        if word == "CHANGED":
            given = [self._answered(n) for n in self.lines_in(*said.ASKED)]
            given += [Answered(n, "ACCEPTED") for n in self.lines_in("CONFIRMED") if self.odd(0.5)]
            if given and self.odd(0.25):
                days = [(self.some_day(), self.amount())]
                given.append(Answered(given[0].number, "ADDED", days=days, price=self.price()))
            given = given[1:] if self.odd() else given
        lines = [
            without_nothing({
                "lineId": self.line_id(a.number), "answer": a.code, "reason": "CAPACITY" if a.reason else None,
                "quantity": spelled(a.quantity), "unitPrice": spelled(a.price), "backorderMaximum": spelled(a.backorder),
                "substituteItemId": a.item and self.items[a.item],
                "schedules": [{"promisedOn": str(on), "quantity": str(q)} for on, q in a.days] or None,
            })
            for a in given
        ]  # fmt: skip
        more = {"lines": lines} if lines else {}
        version = self.model.version - stale
        self.plays(who, "respond_to_order",
                   self.head(stale) | {"answer": word, "reason": "PRICE" if reason else None} | more,
                   lambda m: m.respond(who, version, word, reason, given))  # fmt: skip

    def _answered(self, number: int) -> Answered:
        code = self.pick(["ACCEPTED", "ACCEPTED", "CHANGED", "CHANGED", "CHANGED", "REJECTED", "ALREADY_DELIVERED"])
        if code in ("ACCEPTED", "REJECTED"):
            return Answered(number, code, not self.odd(), price=D(103) if code == "ACCEPTED" and self.odd() else None)
        asked = self.model.lines[number]
        days: list[tuple[date, D]] = []
        quantity = None
        shape = self.pick(["as asked", "moved", "moved", "split", "other", "quantity"])
        total = sum((d.quantity for d in asked.days), D(0))
        if shape == "moved":
            shift = self.pick([-2, 1, 3, 6])
            days = [(d.wanted + timedelta(days=shift), d.quantity) for d in asked.days if d.quantity]
        elif shape == "split":
            days = [(self.on(5), total / 4), (self.some_day(), total - total / 4)]
        elif shape == "other":
            days = [(self.some_day(), self.amount())]
        elif shape == "quantity":
            quantity = D(0) if self.odd() else total * D(self.pick(["1.1", "0.5"]))
        days = [(on, q.quantize(D("0.000001"))) for on, q in days]
        backorder = D(-1) if self.odd(0.02) else self.pick([None, None, None, D(0), D(4)])
        item = "HD-25" if self.odd(0.1) else None
        return Answered(number, code, True, quantity, self.price(), days, backorder, item)

    def decide(self) -> None:
        if not self.read["responses"]:
            return
        who, stale = self.someone(BUYER), self.stale()
        response = self.read["responses"][0 if self.odd() else -1]
        made = [self._decided(n) for n in self.lines_in(*said.WAITS) if not self.odd(0.2)]
        given = {
            "responseId": response["id"], "expectedVersion": self.model.version - stale,
            "decisions": [without_nothing({
                "lineId": self.line_id(d.number), "decision": d.word, "quantity": spelled(d.quantity), "unitPrice": spelled(d.price),
                "schedules": [{"wantedOn": str(on), "quantity": str(q)} for on, q in d.days] or None,
            }) for d in made],
        }  # fmt: skip
        version, waits = self.model.version - stale, response["state"] == "WAITING"
        self.plays(who, "decide_on_response", given, lambda m: m.decide(who, version, waits, made))

    def _decided(self, number: int) -> Decided:
        word = self.pick(["ACCEPT", "ACCEPT", "REFUSE", "CANCEL", "COUNTER"])
        if word != "COUNTER":
            return Decided(number, word)
        days = [(self.some_day(), self.amount())] if self.odd(0.6) else []
        quantity = None if days else self.pick([None, D(7)])
        return Decided(number, word, quantity, self.price(), days)

    # both change it

    def change(self) -> None:
        who, stale = self.someone(BUYER), self.stale()
        given = [self._changed(n) for n in self.some(sorted(self.model.lines), 2)]
        if self.odd(0.2):
            free = 1 if self.odd() else max(self.model.lines) + self.pick([1, 5])
            given.append(
                Changed(free, "ADD", price=D(90), days=[(None, self.some_day(), self.amount())], item="RV-40E")
            )
        version = self.model.version - stale
        self.plays(who, "change_order", self.head(stale) | {"lines": [self._spelled(c) for c in given]},
                   lambda m: m.change(who, version, given))  # fmt: skip

    def _changed(self, number: int, *, action: str | None = None) -> Changed:
        asked = self.model.lines[number]
        likely = "REOPEN" if asked.state in (*said.DEAD, "CLOSED_SHORT") else "CHANGE"
        other = self.pick(["REOPEN", "CHANGE", "NONE"]) if self.odd() else self.pick(["DELETE", likely, likely, likely])
        action = action or other
        if action in ("DELETE", "NONE"):
            return Changed(number, action)
        shape, live = (
            self.pick(["price", "quantity", "days", "days", "day more"]),
            len([d for d in asked.days if d.quantity]),
        )
        if shape == "quantity" and (live == 1 or self.odd()):
            return Changed(number, action, self.amount(), self.price())
        days: list[tuple[int | None, date | None, D]] = []
        if shape in ("quantity", "days"):
            for n in self.some(range(len(asked.days)), 2):
                least = max(asked.days[n].kept, D(0))
                quantity = self.pick([asked.days[n].quantity, least, least + 3, least + 10, self.amount()])
                days.append((n, None if self.odd(0.4) else self.some_day(), quantity))
        elif shape == "day more":
            days.append((None, self.some_day(), self.amount()))
        return Changed(number, action, None, D(105) if shape == "price" else self.price(), days)

    def _spelled(self, one: Changed) -> dict[str, Any]:
        known = one.number in self.model.lines and one.action != "ADD"
        days = [
            {"quantity": str(q)} | ({} if on is None else {"wantedOn": str(on)})
            | ({} if n is None else {"scheduleId": self.day_id(one.number, n)})
            for n, on, q in one.days
        ]  # fmt: skip
        named = {"lineId": self.line_id(one.number)} if known else {"number": one.number}
        more = {"itemId": self.items[one.item or ""] if one.action == "ADD" else None, "quantity": spelled(one.quantity),
                "unitPrice": spelled(one.price), "schedules": days or None}  # fmt: skip
        return {"action": one.action} | named | without_nothing(more)

    def answer_change(self) -> None:
        if not self.model.changes:
            return
        who, stale, reason = self.someone(SELLER), self.stale(), not self.odd(0.1)
        word, given = self.pick(["ACCEPTED", "ACCEPTED", "REJECTED", "CHANGED", "CHANGED"]), list[Changed]()
        if word == "CHANGED" and self.model.changes[-1] == "SENT":
            for one in self.model.asked:
                if one.action != "ADD" and self.odd(0.7):
                    given.append(self._changed(one.number, action="NONE" if self.odd(0.2) else one.action))
                elif one.action == "ADD" and self.odd(0.5):
                    given.append(Changed(one.number, "NONE"))
        version = self.model.version - stale
        head = {"changeId": self.open["changes"][-1]["id"], "expectedVersion": version, "answer": word,
                "reason": "CAPACITY" if reason else None}  # fmt: skip
        more = {"lines": [self._spelled(c) for c in given]} if given else {}
        self.plays(who, "respond_to_order_change", head | more,
                   lambda m: m.answer_change(who, version, word, reason, given))  # fmt: skip

    def decide_change(self) -> None:
        if self.model.changes:
            who, accept, version = self.someone(BUYER), self.pick([True, False]), self.model.version - self.stale()
            given = self._of("changes", "changeId", version) | {"decision": "ACCEPT" if accept else "REFUSE"}
            self.plays(who, "decide_on_order_change", given, lambda m: m.decide_change(who, version, accept))

    def withdraw_change(self) -> None:
        if self.model.changes:
            who, version = self.someone(BUYER), self.model.version - self.stale()
            given = self._of("changes", "changeId", version)
            self.plays(who, "withdraw_order_change", given, lambda m: m.withdraw_change(who, version))

    def cancel(self) -> None:
        who, stale = self.someone(self.pick([BUYER, SELLER])), self.stale()
        version = self.model.version - stale
        self.plays(who, "request_order_cancellation", self.head(stale) | {"reason": "OTHER"},
                   lambda m: m.cancel(who, version))  # fmt: skip

    def hold(self) -> None:
        who, stale = self.someone(BUYER), self.stale()
        version, days = self.model.version - stale, self.pick([None, 0, 5, -1] if self.odd(0.3) else [None, 5])
        on = {} if days is None else {"decidesOn": str(self.on(days))}
        made = self.plays(who, "hold_order", self.head(stale) | {"reason": "OTHER"} | on,
                          lambda m: m.hold(who, version, (days or 0) < 0))  # fmt: skip
        self.last_hold = made["hold"]["id"] if made else self.last_hold

    def lift(self) -> None:
        """Of the hold that was last, standing or lifted."""
        if self.last_hold:
            who, version = self.someone(BUYER), self.model.version - self.stale()
            given = {"holdId": self.last_hold, "expectedVersion": version}
            self.plays(who, "lift_hold", given, lambda m: m.lift(who, version))

    def answer_cancellation(self) -> None:
        if self.model.cancellations:
            who = self.someone(SELLER if self.model.cancellations[-1][0] == "BUYER" else BUYER)
            accept, version = self.pick([True, False]), self.model.version - self.stale()
            given = self._of("cancellations", "cancellationId", version) | {
                "decision": "ACCEPT" if accept else "REFUSE"
            }
            self.plays(who, "answer_order_cancellation", given, lambda m: m.answer_cancellation(who, version, accept))

    def withdraw_cancellation(self) -> None:
        if self.model.cancellations:
            who = self.someone(BUYER if self.model.cancellations[-1][0] == "BUYER" else SELLER)
            version = self.model.version - self.stale()
            given = self._of("cancellations", "cancellationId", version)
            self.plays(who, "withdraw_order_cancellation", given, lambda m: m.withdraw_cancellation(who, version))

    def _of(self, kind: str, name: str, version: int) -> dict[str, Any]:
        return {name: self.open[kind][-1]["id"], "expectedVersion": version}

    # promises anew

    def repromise(self) -> None:
        who, stale = self.someone(SELLER), self.stale()
        places = [(n, k) for n, x in self.model.lines.items() for k in range(len(x.days))]
        alive = [
            (n, k) for n, k in places if self.model.lines[n].days[k].owed and self.model.lines[n].state not in said.DEAD
        ]
        days = []
        for n, k in self.some(places if self.odd() or not alive else alive, 2):
            day = self.model.lines[n].days[k]
            days.append(
                (n, k, self.on(-1) if self.odd() else self.pick([day.due + timedelta(days=3), self.on(9), self.on(30)]))
            )
        version = self.model.version - stale
        given = [{"scheduleId": self.day_id(n, k), "promisedOn": str(on)} for n, k, on in days]
        self.plays(who, "repromise_order", self.head(stale) | {"reason": "MATERIAL", "days": given},
                   lambda m: m.repromise(who, version, days))  # fmt: skip

    def decide_repromise(self) -> None:
        if self.model.repromises:
            who, accept, version = self.someone(BUYER), self.pick([True, False]), self.model.version - self.stale()
            given = self._of("repromises", "repromiseId", version) | {"decision": "ACCEPT" if accept else "REFUSE"}
            self.plays(who, "decide_on_repromise", given, lambda m: m.decide_repromise(who, version, accept))

    # goods

    def ship(self) -> None:
        who = self.someone(SELLER)
        places = [(n, k) for n, x in self.model.lines.items() for k in range(len(x.days))]
        owed = [p for p in places if self.model.lines[p[0]].days[p[1]].owed]
        loads = []
        for n, k in self.some(places if self.odd() or not owed else owed, 2):
            day = self.model.lines[n].days[k]
            share = self.pick(["1", "1", "0.5", "0.5", "1.1", "3" if self.odd() else "1"])
            quantity = (day.owed * D(share)).quantize(D("0.000001"))
            outstanding = self.pick([None, None, None, D(0), D(-1) if self.odd() else D(1)])
            loads.append((n, k, quantity, outstanding))
        given = {"number": fresh("CD"), "shippedOn": str(self.today), "lines": [
            {"scheduleId": self.day_id(n, k), "quantity": str(q), "outstandingQuantity": spelled(o)} for n, k, q, o in loads]}  # fmt: skip
        made = self.plays(who, "send_despatch_advice", given, lambda m: m.ship(who, loads))
        if made:
            self.advices.append(made["despatchAdvice"])

    def receive(self) -> None:
        if not self.advices:
            return
        who = self.someone(PLANNER)
        left = [n for n, a in enumerate(self.model.advices) if not all(load.counted for load in a)]
        at = self.pick(range(len(self.advices)) if self.odd() or not left else left)
        loads = self.model.advices[at]
        counts = []
        for n in self.some([n for n, load in enumerate(loads) if not load.counted] or range(len(loads)), 2):
            sent = loads[n].quantity
            accepted = self.pick([sent, sent, sent, max(sent - 1, D(0)), sent + 1, D(0)])
            rejected = self.pick([D(0), D(0), D(0), min(D(1), sent), sent - accepted if sent > accepted else D(0)])
            counts.append((n, accepted + rejected + self.odd(), accepted, rejected, not self.odd(0.1)))
        given = {"despatchAdviceId": self.advices[at]["id"], "lines": [
            {"despatchLineId": self.advices[at]["lines"][n]["id"], "received": str(r), "accepted": str(a), "rejected": str(j),
             "reason": "SPECIFICATION" if why else None} for n, r, a, j, why in counts]}  # fmt: skip
        self.plays(who, "post_receipt", given, lambda m: m.receive(who, at, counts))

    def close_short(self) -> None:
        who, stale = self.someone(BUYER), self.stale()
        number = self.pick(self.lines_in("PART_SHIPPED", "PART_RECEIVED") or sorted(self.model.lines))
        version = self.model.version - stale if stale or self.odd(0.5) else None
        given = {"lineId": self.line_id(number)} | ({} if version is None else {"expectedVersion": version})
        self.plays(who, "close_short", given, lambda m: m.close_short(who, version, number))
