"""Random legal and illegal acts of both sides, and what both read of it, beside an outside model of the order contract (issue 6)."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

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
GOOD = [D(q) for q in ("1", "2", "2.5", "5", "10", "12")]
WRONG = [D(0), D(-1)]


class Acts(RuleBasedStateMachine):
    """One order between chain master and Gearworks. ``cast`` is set by the test."""

    cast: Cast
    began: datetime

    @initialize(seed=st.integers(0, 10**9))
    def begin(self, seed: int) -> None:
        """Everything an example does follows from one number: Hypothesis chooses it, and how far to go."""
        self.random, self.trail = Random(seed), list[str]()
        self.place(
            [[self.pick(GOOD) for _ in range(self.pick([1, 1, 2, 3]))] for _ in range(self.pick([1, 2, 2, 3]))],
            self.pick([None, ("20", 5, None), ("20", 5, "ACCEPT"), ("0", 2, "REFUSE")]),
        )
        if self.pick([True, True, False]):
            self.respond("ACCEPTED")

    @rule()
    def act(self) -> None:
        """Mostly what somebody may do now, now and then anything at all."""
        acts: dict[str, Callable[[], None]] = {
            "respondToOrder": self.respond, "decideOnResponse": self.decide, "changeOrder": self.change,
            "respondToOrderChange": self.answer_change, "decideOnOrderChange": self.decide_change,
            "withdrawOrderChange": self.withdraw_change, "requestOrderCancellation": self.cancel,
            "answerOrderCancellation": self.answer_cancellation, "withdrawOrderCancellation": self.withdraw_cancellation,
            "repromiseOrder": self.repromise, "decideOnRepromise": self.decide_repromise, "sendDespatchAdvice": self.ship,
            "closeShort": self.close_short, "postReceipt": self.receive, "": self.pass_time,
        }  # fmt: skip
        open_now = [*self.model.verbs(BUYER), *self.model.verbs(SELLER), ""]
        if any(not load.counted for advice in self.model.advices for load in advice):
            open_now += ["postReceipt"] * 2
        rare = {"requestOrderCancellation", "withdrawOrderCancellation", "withdrawOrderChange", ""}
        likely = [verb for verb in sorted(open_now) for _ in range(1 if verb in rare else 4)]
        acts[self.pick(sorted(acts) if self.odd(0.1) else likely)]()

    def pick(self, among: Sequence[Any]) -> Any:
        return self.random.choice(among)

    def odd(self, share: float = 0.05) -> bool:
        return self.random.random() < share

    def someone(self, likely: str) -> str:
        """Mostly whose turn it is; now and then anybody."""
        return str(self.pick(said.PEOPLE)) if self.odd() else likely

    def stale(self) -> int:
        return 1 if self.odd() else 0

    def amount(self) -> D:
        return D(self.pick(WRONG if self.odd() else GOOD))

    def price(self) -> D | None:
        return D(-1) if self.odd(0.03) else self.pick([None, None, D("100"), D("102"), D("110")])

    def some_day(self) -> date:
        return self.on(-1 if self.odd(0.03) else self.pick([0, 3, 5, 6, 8, 10, 12, 20]))

    def some(self, among: Sequence[Any], most: int) -> list[Any]:
        return self.random.sample(list(among), min(len(among), self.pick(range(1, most + 1))))

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
        self.trail.append(f"{who} {operation} {given}: {found or 'done'}")
        assert found == code, "\n".join([*self.trail, f"{errors or 'done'}, the contract says {code or 'done'}"])
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
            found = _read(seen[who])
            assert found == expected, f"the {who} reads {_apart(found, expected)} after\n" + "\n".join(self.trail)
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
            _without_nothing({
                "lineId": self.line_id(a.number), "answer": a.code, "reason": "CAPACITY" if a.reason else None,
                "quantity": _said(a.quantity), "unitPrice": _said(a.price), "backorderMaximum": _said(a.backorder),
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
            "decisions": [_without_nothing({
                "lineId": self.line_id(d.number), "decision": d.word, "quantity": _said(d.quantity), "unitPrice": _said(d.price),
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
        more = {"itemId": self.items[one.item or ""] if one.action == "ADD" else None, "quantity": _said(one.quantity),
                "unitPrice": _said(one.price), "schedules": days or None}  # fmt: skip
        return {"action": one.action} | named | _without_nothing(more)

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
            {"scheduleId": self.day_id(n, k), "quantity": str(q), "outstandingQuantity": _said(o)} for n, k, q, o in loads]}  # fmt: skip
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

    # time

    def pass_time(self, hours: int | None = None) -> None:
        hours = self.pick([1, 25, 25, 24 * 4]) if hours is None else hours
        clock.set_to(clock.now() + timedelta(hours=hours))
        self.model.now, self.today = clock.now(), clock.today_of(clock.now())
        self.model.today = self.today
        if hours:
            lapse_due_responses()
            self.model.lapse()
            self.compare()


def _said(value: D | None) -> str | None:
    return None if value is None else str(value)


def _without_nothing(given: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in given.items() if v is not None}


def _apart(found: Any, expected: Any, at: str = "") -> str:
    """Where two readings differ, and how: found != expected."""
    if isinstance(found, dict) and isinstance(expected, dict):
        names = dict.fromkeys([*found, *expected])
        return " ".join(
            _apart(found.get(k), expected.get(k), f"{at}.{k}") for k in names if found.get(k) != expected.get(k)
        )
    return f"{at}: {found} != {expected}"


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
