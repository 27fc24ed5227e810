"""Random legal and illegal acts of both sides, and what both read of it, beside an outside model of the order contract (issue 6)."""

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from api.stored import operation as stored
from jobs.lapses import lapse_due_responses
from kernel import clock
from kernel.settings import Settings
from seeds.cast import Seated
from tests.properties import contract as said
from tests.properties.contract import BUYER, PLANNER, RIVAL, SELLER, Answered, Changed, Contract, Day, Decided, Line
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, fresh, line
from tests.scenarios.reactions import react
from web.app import create_app

RUNS, STEPS = (300, 40) if os.environ.get("SOAK") else (8, 16)

SEEN = """query($id: ID!, $number: String!) {
  order(number: $number) {
    id number state version openAmendment openVerbs
    lines {
      id number state unitPrice orderedUnitPrice agreedRule backorderMaximum openVerbs item { number }
      quantity { value } orderedQuantity { value }
      schedules { id number wantedOn promisedOn firstPromisedOn expectedOn quantity shipped received accepted rejected never toShip }
    }
    responses { id state }
  }
  node(id: $id) { id }
  orderAmendments(orderId: $id) {
    changes { id state openVerbs } cancellations { id state requestedBy openVerbs } repromises { id state openVerbs }
  }
}"""
VERBS = {
    "respondToOrder", "sendDespatchAdvice", "repromiseOrder", "requestOrderCancellation", "respondToOrderChange",
    "answerOrderCancellation", "withdrawOrderCancellation", "decideOnResponse", "changeOrder", "closeShort",
    "decideOnOrderChange", "withdrawOrderChange", "decideOnRepromise",
}  # fmt: skip
MADE_UP = "A" * 22
ITEMS = ("RV-40E", "RV-80E", "HD-25")
AMOUNT = st.sampled_from([D(q) for q in ("1", "2", "2.5", "5", "10", "10", "11", "12", "0", "-1")])
GOOD = st.sampled_from([D(q) for q in ("1", "2", "2.5", "5", "10", "12")])
PRICE = st.sampled_from([None, None, D("100"), D("102"), D("110"), D("-1")])
AWAY = st.sampled_from([0, 3, 5, 6, 8, 10, 12, 20, -1])
STALE = st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1])
ODD = st.sampled_from([False] * 9 + [True])


def someone(likely: str) -> Any:
    """Mostly whose turn it is; now and then anybody."""
    return st.sampled_from([likely] * 12 + list(said.PEOPLE))


class Acts(RuleBasedStateMachine):
    """One order between chain master and Gearworks. ``cast`` is set by the test."""

    cast: Cast
    began: datetime

    @initialize(
        lines=st.lists(st.lists(GOOD, min_size=1, max_size=3), min_size=1, max_size=3),
        tolerance=st.sampled_from([None, None, ("20", 5, None), ("20", 5, "ACCEPT"), ("0", 2, "REFUSE")]),
    )
    def place(self, lines: list[list[D]], tolerance: Any) -> None:
        clock.set_to(self.began)
        master, seller = self.cast.chain_master, self.cast.gearworks
        self.who = {BUYER: "buyer@longteng.example", PLANNER: "planner@longteng.example",
                    SELLER: seller.who("sales"), RIVAL: self.cast.rival.who("sales")}  # fmt: skip
        self.today = clock.today_of(clock.now())
        self.items = {number: master.item(number) for number in ITEMS}
        if tolerance is None:
            master.tolerates(seller)
        asked = [
            line(self.items[ITEMS[n % 2]], str(sum(days, D(0))), price="100",
                 days={5 * k: str(q) for k, q in enumerate(days, 1)})
            for n, days in enumerate(lines)
        ]  # fmt: skip
        self.number = fresh("C")
        self.order = master.places_order(to=seller, lines=asked, number=self.number)["order"]["id"]
        self.model = Contract([
            Line(n, ITEMS[(n - 1) % 2], D(100), [Day(self.on(5 * k), q) for k, q in enumerate(days, 1)])
            for n, days in enumerate(lines, 1)
        ])  # fmt: skip
        self.model.tolerance.is_set = True
        self.advices: list[dict[str, Any]] = []
        self.pass_time(0)
        if tolerance is not None:
            percent, days, default = tolerance
            hours = 24 if default else None
            given = {"quantityUnderPercent": percent, "quantityOverPercent": percent, "pricePercent": "5", "daysLate": days,
                     "daysEarly": 3, "decideWithinHours": hours, "defaultDecision": default}  # fmt: skip
            assert master.tolerates(seller, **given)["tolerance"]
            self.model.tolerance = said.Tolerance(D(percent), D(percent), D(5), 3, days, hours, default, True)
        self.compare()

    # playing one move on both

    def on(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def asks(self, email: str | None) -> Any:
        return self.cast.api.posts(email, {"query": SEEN, "variables": {"id": self.order, "number": self.number}})

    def plays(self, who: str, operation: str, given: dict[str, Any], move: Any) -> dict[str, Any] | None:
        """Sends an act and makes the move in the model: both do it, or both refuse it by the same code."""
        verbs = self.verbs(who)
        answer = self.cast.api.posts(self.who[who], {"query": stored(operation), "variables": {"input": given}})
        told = answer.get_json()
        assert not told.get("errors"), told
        payload = next(iter(told["data"].values()))
        errors = payload["userErrors"]
        after, code = self.model.tries(move)
        found = errors[0]["code"] if errors else None
        assert found == code, f"{who} {operation} {given}: {errors or 'done'}, the contract says {code or 'done'}"
        if code is None:
            verb = next(iter(told["data"]))
            assert verb == "postReceipt" or verb in verbs, f"{verb} was done and not offered to {who}: {verbs}"
        self.model = after
        self.compare()
        return None if errors else payload

    def compare(self) -> None:
        """What both sides read is what the contract says, line by line; nobody else reads anything."""
        seen = {who: self.asks(self.who[who]).get_json()["data"] for who in said.PEOPLE}
        assert seen[RIVAL] == {"order": None, "node": None, "orderAmendments": None}
        assert self.asks(None).status_code == 401 or not any((self.asks(None).get_json().get("data") or {}).values())
        self.seen = seen
        self.read = seen[BUYER]["order"]
        self.open = seen[BUYER]["orderAmendments"]
        expected = self.model.told()
        for who in (BUYER, SELLER):
            assert _read(seen[who]) == expected, f"the {who} reads"
        for who in (BUYER, PLANNER, SELLER):
            assert self.verbs(who) == self.model.verbs(who), f"open to the {who} in {expected['state']}"

    def verbs(self, who: str) -> set[str]:
        seen = self.seen[who]
        if seen["order"] is None:
            return set()
        every = [seen["order"], *(x for kind in seen["orderAmendments"].values() for x in kind)]
        return {verb for one in every for verb in one["openVerbs"]} & VERBS

    def head(self, stale: int) -> dict[str, Any]:
        return {"orderId": self.order, "expectedVersion": self.model.version - stale}

    def line_id(self, number: int) -> str:
        return next((str(x["id"]) for x in self.read["lines"] if x["number"] == number), MADE_UP)

    def day_id(self, number: int, n: int) -> str:
        row = next(x for x in self.read["lines"] if x["number"] == number)["schedules"][n]
        return str(row["id"])

    def lines_in(self, *states: str) -> list[int]:
        return [n for n, x in self.model.lines.items() if x.state in states]

    # the seller answers

    @precondition(lambda self: self.model.state in said.TO_ANSWER or self.model.version % 7 == 0)
    @rule(data=st.data(), who=someone(SELLER), stale=STALE,
          word=st.sampled_from(["ACKNOWLEDGED", "ACCEPTED", "CHANGED", "CHANGED", "CHANGED", "CHANGED", "REJECTED"]),
          reason=st.sampled_from([True, True, True, False]), odd=ODD)  # fmt: skip
    def respond(self, data: Any, who: str, stale: int, word: str, reason: bool, odd: bool) -> None:
        given = []
        if word == "CHANGED":
            given = [self._answered(data, n) for n in self.lines_in(*said.ASKED)]
            given += [Answered(n, "ACCEPTED") for n in self.lines_in("CONFIRMED") if data.draw(st.booleans())]
            if given and data.draw(st.sampled_from([False, False, False, True])):
                days = [(self.on(data.draw(AWAY)), data.draw(GOOD))]
                given.append(Answered(given[0].number, "ADDED", days=days, price=data.draw(PRICE)))
            given = given[1:] if odd else given
        lines = [
            {k: v for k, v in {
                "lineId": self.line_id(a.number), "answer": a.code, "reason": "CAPACITY" if a.reason else None,
                "quantity": _said(a.quantity), "unitPrice": _said(a.price), "backorderMaximum": _said(a.backorder),
                "substituteItemId": a.item and self.items[a.item],
                "schedules": [{"promisedOn": str(on), "quantity": str(q)} for on, q in a.days] or None,
            }.items() if v is not None}
            for a in given
        ]  # fmt: skip
        more = {"lines": lines} if lines else {}
        version = self.model.version - stale
        self.plays(who, "respond_to_order",
                   self.head(stale) | {"answer": word, "reason": "PRICE" if reason else None} | more,
                   lambda m: m.respond(who, version, word, reason, given))  # fmt: skip

    def _answered(self, data: Any, number: int) -> Answered:
        code = data.draw(st.sampled_from(["ACCEPTED", "CHANGED", "CHANGED", "CHANGED", "REJECTED", "ALREADY_DELIVERED"]))
        if code in ("ACCEPTED", "REJECTED"):
            price = data.draw(st.sampled_from([None, None, None, D("103")])) if code == "ACCEPTED" else None
            return Answered(number, code, data.draw(st.sampled_from([True, True, True, False])), price=price)
        asked = self.model.lines[number]
        days: list[tuple[date, D]] = []
        quantity = None
        shape = data.draw(st.sampled_from(["as asked", "moved", "moved", "split", "other", "quantity"]))
        if shape == "moved":
            shift = data.draw(st.sampled_from([-2, 1, 3, 6]))
            days = [(d.wanted + timedelta(days=shift), d.quantity) for d in asked.days if d.quantity]
        elif shape == "split":
            total = asked.quantity
            days = [(self.on(5), total / 4), (self.on(data.draw(AWAY)), total - total / 4)]
        elif shape == "other":
            days = [(self.on(data.draw(AWAY)), data.draw(AMOUNT))]
        elif shape == "quantity":
            quantity = data.draw(st.sampled_from([asked.quantity * D("1.1"), asked.quantity * D("0.5"), D(0)]))
        backorder = data.draw(st.sampled_from([None, None, None, D(0), D(4), D(-1)]))
        item = data.draw(st.sampled_from([None, None, None, None, "HD-25"]))
        return Answered(number, code, True, quantity, data.draw(PRICE), days, backorder, item)

    @precondition(lambda self: self.model.responses and (self.model.state == "COUNTERED" or self.model.version % 7 == 0))
    @rule(data=st.data(), who=someone(BUYER), stale=STALE, odd=ODD)
    def decide(self, data: Any, who: str, stale: int, odd: bool) -> None:
        newest = not odd and self.model.responses[-1] == "WAITING"
        response = self.read["responses"][0 if odd else -1]
        newest = newest or (response["state"] == "WAITING")
        made = []
        for n in self.lines_in(*said.WAITS):
            if data.draw(st.sampled_from([True, True, True, False])):
                made.append(self._decided(data, n))
        given = {
            "responseId": response["id"], "expectedVersion": self.model.version - stale,
            "decisions": [{k: v for k, v in {
                "lineId": self.line_id(d.number), "decision": d.word, "quantity": _said(d.quantity), "unitPrice": _said(d.price),
                "schedules": [{"wantedOn": str(on), "quantity": str(q)} for on, q in d.days] or None,
            }.items() if v is not None} for d in made],
        }  # fmt: skip
        version = self.model.version - stale
        self.plays(who, "decide_on_response", given, lambda m: m.decide(who, version, newest, made))

    def _decided(self, data: Any, number: int) -> Decided:
        word = data.draw(st.sampled_from(["ACCEPT", "ACCEPT", "REFUSE", "CANCEL", "COUNTER"]))
        if word != "COUNTER":
            return Decided(number, word)
        quantity = data.draw(st.sampled_from([None, None, D(7), D(0)]))
        days = [(self.on(data.draw(AWAY)), data.draw(GOOD))] if data.draw(st.booleans()) else []
        return Decided(number, word, quantity if not days else None, data.draw(PRICE), days)

    # both change it

    @precondition(lambda self: not self.model.open or self.model.version % 7 == 0)
    @rule(data=st.data(), who=someone(BUYER), stale=STALE)
    def change(self, data: Any, who: str, stale: int) -> None:
        numbers = data.draw(st.lists(st.sampled_from(sorted(self.model.lines)), min_size=0, max_size=2, unique=True))
        given = [self._changed(data, n) for n in numbers]
        if data.draw(st.sampled_from([False, False, False, True])):
            free = data.draw(st.sampled_from([max(self.model.lines) + 1, max(self.model.lines) + 5, 1]))
            days = [(None, self.on(data.draw(AWAY)), data.draw(AMOUNT))]
            given.append(Changed(free, "ADD", price=D(90), days=days, item="RV-40E"))
        version = self.model.version - stale
        self.plays(who, "change_order", self.head(stale) | {"lines": [self._spelled(c) for c in given]},
                   lambda m: m.change(who, version, given))  # fmt: skip

    def _changed(self, data: Any, number: int, *, action: str | None = None) -> Changed:
        asked = self.model.lines[number]
        likely = "REOPEN" if asked.state in (*said.DEAD, "CLOSED_SHORT") else "CHANGE"
        action = action or data.draw(st.sampled_from([likely] * 6 + ["DELETE", "DELETE", "REOPEN", "CHANGE", "NONE"]))
        if action in ("DELETE", "NONE"):
            return Changed(number, action)
        shape = data.draw(st.sampled_from(["price", "quantity", "days", "days", "day more", "nothing"]))
        price = data.draw(PRICE) if shape != "nothing" else None
        if shape == "quantity":
            return Changed(number, action, data.draw(AMOUNT), price)
        days: list[tuple[int | None, date | None, D]] = []
        if shape == "days":
            for n in data.draw(st.lists(st.sampled_from(range(len(asked.days))), min_size=1, max_size=2, unique=True)):
                on = None if data.draw(st.booleans()) else self.on(data.draw(AWAY))
                days.append((n, on, data.draw(st.sampled_from([asked.days[n].quantity, asked.days[n].kept]) | AMOUNT)))
        elif shape == "day more":
            days.append((None, self.on(data.draw(AWAY)), data.draw(AMOUNT)))
        return Changed(number, action, None, price, days)

    def _spelled(self, one: Changed) -> dict[str, Any]:
        known = one.number in self.model.lines and one.action != "ADD"
        days = [
            {"quantity": str(q)} | ({} if on is None else {"wantedOn": str(on)})
            | ({} if n is None else {"scheduleId": self.day_id(one.number, n)})
            for n, on, q in one.days
        ]  # fmt: skip
        named = {"lineId": self.line_id(one.number)} if known else {"number": one.number}
        more = {"itemId": one.item and one.action == "ADD" and self.items[one.item], "quantity": _said(one.quantity),
                "unitPrice": _said(one.price), "schedules": days}  # fmt: skip
        return {"action": one.action} | named | {k: v for k, v in more.items() if v}

    @precondition(lambda self: self.model.changes)
    @rule(data=st.data(), who=someone(SELLER), stale=STALE, reason=st.sampled_from([True, True, False]),
          word=st.sampled_from(["ACCEPTED", "ACCEPTED", "REJECTED", "CHANGED", "CHANGED"]))  # fmt: skip
    def answer_change(self, data: Any, who: str, stale: int, reason: bool, word: str) -> None:
        if self.model.changes[-1] != "SENT" and not data.draw(ODD):
            return
        given = []
        if word == "CHANGED" and self.model.changes[-1] == "SENT":
            for one in self.model.asked:
                if data.draw(st.booleans()) and one.action != "ADD":
                    action = data.draw(st.sampled_from([one.action, one.action, "NONE"]))
                    given.append(self._changed(data, one.number, action=action))
                elif one.action == "ADD" and data.draw(st.booleans()):
                    given.append(Changed(one.number, "NONE"))
        version = self.model.version - stale
        said_so = {"changeId": self.open["changes"][-1]["id"], "expectedVersion": version, "answer": word,
                   "reason": "CAPACITY" if reason else None}  # fmt: skip
        more = {"lines": [self._spelled(c) for c in given]} if given else {}
        self.plays(who, "respond_to_order_change", said_so | more,
                   lambda m: m.answer_change(who, version, word, reason, given))  # fmt: skip

    @precondition(lambda self: self.model.changes)
    @rule(who=someone(BUYER), stale=STALE, accept=st.booleans(), withdraw=st.sampled_from([False, False, True]),
          odd=ODD)  # fmt: skip
    def decide_change(self, who: str, stale: int, accept: bool, withdraw: bool, odd: bool) -> None:
        version = self.model.version - stale
        said_so = {"changeId": self.open["changes"][-1]["id"], "expectedVersion": version}
        if self.model.changes[-1] not in ("SENT", "COUNTERED") and not odd:
            return
        if withdraw:
            self.plays(who, "withdraw_order_change", said_so, lambda m: m.withdraw_change(who, version))
        elif self.model.changes[-1] == "COUNTERED" or odd:
            self.plays(who, "decide_on_order_change", said_so | {"decision": "ACCEPT" if accept else "REFUSE"},
                       lambda m: m.decide_change(who, version, accept))  # fmt: skip

    @precondition(lambda self: not self.model.open)
    @rule(who=someone(BUYER) | someone(SELLER), stale=STALE, often=st.sampled_from([False, True]))
    def cancel(self, who: str, stale: int, often: bool) -> None:
        if often or self.model.is_agreed:
            version = self.model.version - stale
            self.plays(who, "request_order_cancellation", self.head(stale) | {"reason": "OTHER"},
                       lambda m: m.cancel(who, version))  # fmt: skip

    @precondition(lambda self: self.model.cancellations)
    @rule(odd=ODD, stale=STALE, accept=st.booleans(), withdraw=st.sampled_from([False, False, True]))
    def end_cancellation(self, odd: bool, stale: int, accept: bool, withdraw: bool) -> None:
        by, state = self.model.cancellations[-1]
        if state != "REQUESTED" and not odd:
            return
        version = self.model.version - stale
        said_so = {"cancellationId": self.open["cancellations"][-1]["id"], "expectedVersion": version}
        who = (BUYER if by == "BUYER" else SELLER) if withdraw != odd else (SELLER if by == "BUYER" else BUYER)
        if withdraw:
            self.plays(who, "withdraw_order_cancellation", said_so, lambda m: m.withdraw_cancellation(who, version))
        else:
            self.plays(who, "answer_order_cancellation", said_so | {"decision": "ACCEPT" if accept else "REFUSE"},
                       lambda m: m.answer_cancellation(who, version, accept))  # fmt: skip

    # promises anew

    @precondition(lambda self: self.model.state in said.BINDING or self.model.version % 7 == 0)
    @rule(data=st.data(), who=someone(SELLER), stale=STALE)
    def repromise(self, data: Any, who: str, stale: int) -> None:
        places = [(n, k) for n, x in self.model.lines.items() for k in range(len(x.days))]
        owed = [(n, k) for n, k in places if self.model.lines[n].days[k].owed and n in self.lines_in(*said.BINDING)]
        likely = st.sampled_from(owed or places)
        chosen = data.draw(st.lists(likely | st.sampled_from(places), max_size=2, unique=True))
        days = []
        for n, k in chosen:
            day = self.model.lines[n].days[k]
            days.append((n, k, data.draw(st.sampled_from([day.due + timedelta(days=3), day.due, self.on(9), self.on(-1)]))))
        version = self.model.version - stale
        given = [{"scheduleId": self.day_id(n, k), "promisedOn": str(on)} for n, k, on in days]
        self.plays(who, "repromise_order", self.head(stale) | {"reason": "MATERIAL", "days": given},
                   lambda m: m.repromise(who, version, days))  # fmt: skip

    @precondition(lambda self: self.model.repromises)
    @rule(who=someone(BUYER), stale=STALE, accept=st.booleans(), odd=ODD)
    def decide_repromise(self, who: str, stale: int, accept: bool, odd: bool) -> None:
        if self.model.repromises[-1] == "WAITING" or odd:
            version = self.model.version - stale
            given = {"repromiseId": self.open["repromises"][-1]["id"], "expectedVersion": version,
                     "decision": "ACCEPT" if accept else "REFUSE"}  # fmt: skip
            self.plays(who, "decide_on_repromise", given, lambda m: m.decide_repromise(who, version, accept))

    # goods

    @precondition(lambda self: self.model.state in said.BINDING or self.model.version % 7 == 0)
    @rule(data=st.data(), who=someone(SELLER))
    def ship(self, data: Any, who: str) -> None:
        places = [(n, k) for n, x in self.model.lines.items() for k in range(len(x.days))]
        owed = [p for p in places if self.model.lines[p[0]].days[p[1]].owed]
        chosen = data.draw(st.lists(st.sampled_from(owed or places) | st.sampled_from(places), min_size=1, max_size=2, unique=True))
        loads = []
        for n, k in chosen:
            day = self.model.lines[n].days[k]
            quantity = data.draw(st.sampled_from([day.owed, day.owed, day.owed / 2, day.owed * D("1.1"), day.owed + 9]) | GOOD)
            outstanding = data.draw(st.sampled_from([None, None, None, D(0), D(1), D(-1)]))
            loads.append((n, k, quantity.quantize(D("0.000001")), outstanding))
        given = {"number": fresh("CD"), "shippedOn": str(self.today), "lines": [
            {"scheduleId": self.day_id(n, k), "quantity": str(q), "outstandingQuantity": _said(o)} for n, k, q, o in loads]}  # fmt: skip
        made = self.plays(who, "send_despatch_advice", given, lambda m: m.ship(who, loads))
        if made:
            self.advices.append(made["despatchAdvice"])

    @precondition(lambda self: self.advices)
    @rule(data=st.data(), who=someone(PLANNER))
    def receive(self, data: Any, who: str) -> None:
        left = [n for n, a in enumerate(self.model.advices) if not all(load.counted for load in a)]
        at = data.draw(st.sampled_from(left or range(len(self.advices))))
        loads = self.model.advices[at]
        which = [n for n in range(len(loads)) if data.draw(st.booleans())] or [0]
        counts = []
        for n in which:
            sent = loads[n].quantity
            accepted = data.draw(st.sampled_from([sent, sent, sent, sent - 1, sent + 1, D(0)]))
            rejected = data.draw(st.sampled_from([D(0), D(0), D(0), D(1)]))
            received = accepted + rejected + data.draw(st.sampled_from([0, 0, 0, 0, 0, 1]))
            counts.append((n, received, accepted, rejected, data.draw(st.sampled_from([True, True, False]))))
        given = {"despatchAdviceId": self.advices[at]["id"], "lines": [
            {"despatchLineId": self.advices[at]["lines"][n]["id"], "received": str(r), "accepted": str(a), "rejected": str(j),
             "reason": "SPECIFICATION" if why else None} for n, r, a, j, why in counts]}  # fmt: skip
        self.plays(who, "post_receipt", given, lambda m: m.receive(who, at, counts))

    @precondition(lambda self: self.model.state == "IN_DELIVERY" or self.model.version % 7 == 0)
    @rule(data=st.data(), who=someone(BUYER), stale=STALE)
    def close_short(self, data: Any, who: str, stale: int) -> None:
        number = data.draw(st.sampled_from(self.lines_in("PART_SHIPPED", "PART_RECEIVED") or sorted(self.model.lines)))
        version = self.model.version - stale if stale or data.draw(st.booleans()) else None
        given = {"lineId": self.line_id(number)} | ({} if version is None else {"expectedVersion": version})
        self.plays(who, "close_short", given, lambda m: m.close_short(who, version, number))

    # time

    @rule(hours=st.sampled_from([1, 25, 24 * 4]))
    def pass_time(self, hours: int) -> None:
        clock.set_to(clock.now() + timedelta(hours=hours))
        self.model.now, self.today = clock.now(), clock.today_of(clock.now())
        self.model.today = self.today
        if hours:
            lapse_due_responses()
            self.model.lapse()
            self.compare()


def _said(value: D | None) -> str | None:
    return None if value is None else str(value)


def _read(seen: dict[str, Any]) -> dict[str, Any]:
    """What a party reads, as the contract tells it."""
    order, open_of = seen["order"], seen["orderAmendments"]
    return {
        "state": order["state"], "version": order["version"], "open": order["openAmendment"],
        "responses": [r["state"] for r in order["responses"]], "changes": [c["state"] for c in open_of["changes"]],
        "cancellations": [(c["requestedBy"], c["state"]) for c in open_of["cancellations"]],
        "repromises": [r["state"] for r in open_of["repromises"]], "lines": {x["number"]: _line(x) for x in order["lines"]},
    }  # fmt: skip


def _line(x: dict[str, Any]) -> dict[str, Any]:
    bound = x["state"] not in said.LOOSE
    return {
        "state": x["state"], "quantity": D(x["quantity"]["value"]), "price": D(x["unitPrice"]), "item": x["item"]["number"],
        "asked": (D(x["orderedQuantity"]["value"]), D(x["orderedUnitPrice"])), "rule": bound and x["agreedRule"] is not None,
        "backorder": D(bound and x["backorderMaximum"] or 0),
        "days": [
            (s["wantedOn"], s["promisedOn"], s["firstPromisedOn"], s["expectedOn"],
             *(D(s[k]) for k in ("quantity", "shipped", "received", "accepted", "rejected", "never", "toShip")))
            for s in x["schedules"] if D(s["quantity"]) or D(s["shipped"])
        ],
    }  # fmt: skip


@pytest.fixture
def cast(settings: Settings, seated: Seated) -> Cast:
    return Cast(Api(create_app(settings).test_client()))


@pytest.fixture
def still() -> Iterator[None]:
    """The clock stands, at noon of tomorrow in China, until a move lets time pass."""
    Acts.began = (clock.now() + timedelta(days=1)).replace(hour=4, minute=0, second=0, microsecond=0)
    yield
    clock.set_to(None)


@pytest.mark.feature("C8")
@pytest.mark.feature("C10")
@pytest.mark.feature("C11")
@pytest.mark.feature("C13")
@pytest.mark.feature("C14")
def test_both_sides_read_what_the_order_contract_says_after_every_act(cast: Cast, still: None) -> None:
    machine = type("Contracted", (Acts,), {"cast": cast})

    run_state_machine_as_test(
        machine,
        settings=profile(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, derandomize=not os.environ.get("SOAK"),
            database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
    react()
