"""What features.md 3.3 to 3.5 (rows C8 to C14) and decisions 0037 and 0038 say of one order, as a model of its own.

Written from those texts and not from ``collaboration``: it imports nothing of the product. Each move either raises
``Refused`` with the code both sides are told, or changes the model; whoever plays works on a copy.
"""

from collections.abc import Sequence
from decimal import Decimal as D

from tests.properties.contract_answers import Answers
from tests.properties.contract_changes import Changes
from tests.properties.contract_lines import DEAD, DONE, NIL, PLANNER, RIVAL, Load, refuse_if


class Contract(Answers, Changes):
    """One order of one buyer to one seller, from its placing to its last receipt."""

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
