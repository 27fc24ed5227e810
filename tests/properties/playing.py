"""Plays one act through the API and in the contract, and compares what everybody reads afterwards."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from random import Random
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from api.stored import operation as stored
from jobs.lapses import lapse_due_responses
from kernel import clock
from tests.properties import contract_lines as said
from tests.properties.contract import Contract
from tests.properties.contract_lines import BUYER, PLANNER, RIVAL, SELLER, Day, Line
from tests.scenarios.players import Cast, fresh, line

SEEN = """query($id: ID!, $number: String!) {
  order(number: $number) {
    id number state version openAmendment openVerbs hold { id }
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
    "decideOnOrderChange", "withdrawOrderChange", "decideOnRepromise", "holdOrder", "liftHold",
}  # fmt: skip
MADE_UP = "A" * 22
ITEMS = ("RV-40E", "RV-80E", "HD-25")
GOOD = [D(q) for q in ("1", "2", "2.5", "5", "10", "12")]
WRONG = [D(0), D(-1)]


class Playing(RuleBasedStateMachine):
    """One order between chain master and Gearworks, played through the API and in the contract. ``cast`` is set by the test."""

    cast: Cast
    began: datetime
    random: Random
    trail: list[str]

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
        self.last_hold = ""
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


def spelled(value: D | None) -> str | None:
    return None if value is None else str(value)


def without_nothing(given: dict[str, Any]) -> dict[str, Any]:
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
        "held": order["hold"] is not None,
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
