"""Where an order stands: its state derived from its lines, what each person may do, what both sides read (features.md 3.3)."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from tests.properties.contract_lines import (
    BINDING,
    BUYER,
    DEAD,
    DONE,
    LOOSE,
    PLANNER,
    RIVAL,
    SELLER,
    TO_ANSWER,
    WAITS,
    Changed,
    Line,
    Load,
    Refused,
    Tolerance,
    refuse_if,
    told,
)


class Standing:
    """Where one order of one buyer to one seller stands, and what that leaves open to whom."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = {line.number: line for line in lines}
        self.version, self.acknowledged, self.open, self.held = 1, False, None, False
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
                "sendDespatchAdvice": state in BINDING and not self.held,
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
                "holdOrder": state in TO_ANSWER | BINDING and not self.held,
                "liftHold": self.is_held,
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

    def tries(self, move: Callable[[Any], None]) -> tuple["Standing", str | None]:
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

    @property
    def is_held(self) -> bool:
        """Only while something is still to be answered or despatched; felt again once a line reopens or an amendment waits."""
        return self.held and (self.state in TO_ANSWER | BINDING or self.open is not None)

    def hold(self, who: str, version: int, is_past: bool) -> None:
        """3.3, 0051: the buyer holds it; no term changes, and so the version does not grow."""
        self._enter(who, "holdOrder", version)
        refuse_if(is_past, "INVALID")
        self.held, self.version = True, self.version - 1

    def lift(self, who: str, version: int) -> None:
        self._enter(who, "liftHold", version)
        self.held, self.version = False, self.version - 1

    def told(self) -> dict[str, Any]:
        """All that both sides read of it."""
        return {
            "state": self.state, "version": self.version, "open": self.open, "held": self.is_held, "responses": self.responses,
            "changes": self.changes, "cancellations": self.cancellations, "repromises": self.repromises,
            "lines": {n: told(line) for n, line in sorted(self.lines.items())},
        }  # fmt: skip
