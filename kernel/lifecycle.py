"""State machines as rows. One table gives the next state, the buttons, the documentation and the tests."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kernel.errors import NotAllowedNow, Rule

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[S]):
    """By this verb (with this outcome, where a verb has several) this side moves a thing on.

    ``by``: a ``Side`` of a deal, or a side of another two-sided thing under its own name.
    """

    verb: str
    by: StrEnum
    while_in: Set[S]
    becomes: S
    outcome: str = ""


class Lifecycle(Generic[S]):
    """The moves of one kind of thing. ``noun`` names it in refusals: (English, Chinese).

    ``begins``: the states one is made in. ``derived``: those no move leads to, because they follow from something else.
    """

    def __init__(self, noun: tuple[str, str], *moves: Move[S], begins: Set[S], derived: Set[S] = frozenset()) -> None:
        self.noun, self.moves, self.begins, self.derived = noun, moves, begins, derived

    def __iter__(self) -> Iterator[Move[S]]:
        return iter(self.moves)

    def after(self, state: S, verb: str, *, by: StrEnum, outcome: str = "") -> S:
        """The state that follows. Raises NotAllowedNow in a sentence; nothing is ever skipped in silence."""
        for move in self.moves:
            if (move.verb, move.by, move.outcome) == (verb, by, outcome) and state in move.while_in:
                return move.becomes
        raise self.refusal(state, verb, by)

    def verbs(self, state: S, by: StrEnum) -> list[str]:
        """The verbs open to a side in a state, in the table's order, each once."""
        return list(dict.fromkeys(m.verb for m in self.moves if m.by is by and state in m.while_in))

    def refusal(self, state: S, verb: str, by: StrEnum) -> NotAllowedNow:
        sides = sorted({m.by.value for m in self.moves if m.verb == verb})
        states = sorted({s.value for m in self.moves if m.verb == verb and m.by is by for s in m.while_in})
        rule = Rule(f"lifecycle.{self.noun[0].replace(' ', '_')}.{verb}", "对方先行操作", "the step before it")
        if by.value not in sides:
            who = ", ".join(sides) or "nobody"
            return NotAllowedNow(
                f"{verb} is an act of the {who}, you are the {by.value} of this {self.noun[0]}",
                f"该操作({verb})只能由 {who} 执行，您是该{self.noun[1]}的 {by.value}",
                rule=Rule(rule.id, "对方", f"the {who}"),
            )
        return NotAllowedNow(
            f"{verb} is open while the {self.noun[0]} is {' or '.join(states)}; it is {state.value} now",
            f"{self.noun[1]}当前状态为 {state.value}，仅在 {'、'.join(states)} 状态下可执行 {verb}",
            rule=rule,
        )
