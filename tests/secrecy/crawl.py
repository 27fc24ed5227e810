"""A hostile reader: collects everything a seat can reach, then tries at every door what others can reach.

Every finding is a sentence; a world without faults leaves none.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema

from api import nodes
from api.limits import MEASURES
from kernel import ids
from tests.secrecy.asking import Slot, arguments, body, document, slots, usual, variables
from tests.secrecy.tables import TABLE_OF, Ledger
from tests.secrecy.world import World

WHOLE = bool(os.environ.get("SOAK"))
EACH = 10_000 if WHOLE else 2
"""How many hidden ids of a kind are tried in one place; all of them with SOAK=1."""
AT_ONCE = 15
OF_ANY_KIND = {"follow", "unfollow"}
"""Acts on a thing of any kind."""
_WORD = re.compile(r"[A-Za-z0-9_-]{22,}")
_SHORT_LIVED = re.compile(r"/(?:files|uploads)/[^\"\\]+")

Ask = Callable[[str | None, str, dict[str, Any]], bytes]
"""(seat, document, variables) -> the answer's bytes."""


@dataclass
class Reached:
    """What one seat reached: all answers as one text, and the ids in them by what they open to."""

    text: str = ""
    found: dict[str, tuple[str, int]] = field(default_factory=dict)
    asked: int = 0
    bugs: list[str] = field(default_factory=list)


def made_up(number: int) -> str:
    """An id shaped like ours that this installation never sealed."""
    return f"{number:04}" + "A" * 18


class Crawl:
    """``ask`` reaches the schema as a seat."""

    def __init__(self, world: World, schema: GraphQLSchema, ask: Ask, ledger: Ledger) -> None:
        self.world, self.schema, self.ask, self.ledger = world, schema, ask, ledger
        self.probes = 0

    # everything a seat can reach

    def reach(self, seat: str | None) -> Reached:
        """Follow every query field, every list to its last page, every id to its node and its history."""
        reached = Reached()
        for _ in self._reaching(seat, reached):
            pass
        return reached

    def first_leak(self, seat: str | None, of: str = "") -> str | None:
        """The first that ``reach`` would have shown, without reaching further. ``of``: a word that must stand in it."""
        reached = Reached()
        for _ in self._reaching(seat, reached):
            found = next((leak for leak in self.leaks(seat, reached) if of in leak), None)
            if found:
                return found
        return None

    def _reaching(self, seat: str | None, reached: Reached) -> Iterator[None]:
        """Step by step: each query field, then each id that was found, then each id at each place where one fits."""
        root = self.schema.query_type
        assert root is not None
        for name in root.fields:
            self._ask_plainly(seat, name, reached)
            yield
        done: set[str] = set()
        while fresh := [outward for outward in reached.found if outward not in done]:
            done |= set(fresh)
            self._follow(seat, fresh, reached)
            yield

    def _ask_plainly(self, seat: str | None, name: str, reached: Reached) -> None:
        root = self.schema.query_type
        assert root is not None
        field = root.fields[name]
        if any(str(argument.type) == "ID!" for argument in field.args.values()):
            return  # asked for each id there is, in _follow
        given = arguments(self.schema, Slot("Query", name, ("",), ""), None, self._order_number)
        if "first" in field.args:
            given["first"] = 100
        while True:
            answer = self._said(seat, document(self.schema, "Query", name, 1, 1), [given], reached)
            page = (answer or {}).get("a0") or {}
            info = page.get("pageInfo") if isinstance(page, dict) else None
            if not info or not info["hasNextPage"]:
                return
            given["after"] = info["endCursor"]

    def _follow(self, seat: str | None, fresh: Sequence[str], reached: Reached) -> None:
        for outward in fresh:
            kind, _ = reached.found[outward]
            if kind in nodes.TYPES:
                inside = body(self.schema.get_type(kind), 1)
                whole = f"query Node($id: ID!) {{ node(id: $id) {{ __typename id ... on {kind} {inside} }} }}"
                self._raw(seat, whole, {"id": outward}, reached)
        for slot in slots(self.schema, "Query", "ID"):
            fitting = [o for o in fresh if slot.kind in (None, reached.found[o][0])]
            for some in chunks(fitting, 2):
                given = [arguments(self.schema, slot, outward, usual) for outward in some]
                self._said(seat, document(self.schema, "Query", slot.field, len(some), 0), given, reached)

    def _said(self, seat: str | None, text: str, given: Sequence[dict[str, Any]], reached: Reached) -> Any:
        return self._raw(seat, text, variables(given), reached)

    def _raw(self, seat: str | None, text: str, given: dict[str, Any], reached: Reached) -> Any:
        answer = self.ask(seat, text, given).decode()
        assert '"code":"LIMIT"' not in answer, answer[:500]
        told = json.loads(answer)
        assert "data" in told, answer[:500]
        if "incident" in answer:
            reached.bugs.append(answer[:300])
        reached.asked += 1
        reached.text += json.dumps(told, ensure_ascii=False) + "\n"
        reached.found |= opened(answer)
        return told["data"] or {}

    # what of it the seat must not have

    def leaks(self, seat: str | None, reached: Reached) -> Iterator[str]:
        actor = self.world.actor(seat)
        yield from (f"BUG {seat} was answered {answer}" for answer in reached.bugs)
        for secret in self.world.secrets:
            if not self.world.may_read(seat, secret) and secret in reached.text and secret != seat:
                yield f"LEAK {seat} read {secret}"
        for outward, (kind, number) in reached.found.items():
            if not self.ledger.knows(actor, TABLE_OF[kind], number):
                yield f"LEAK {seat} reached {kind} {number} as {outward}"

    # what of others it can get or tell

    def hidden(self, seat: str | None, kind: str | None) -> list[str]:
        """Ids this seat may not know: some of every kind, and of the wanted kind; one of another installation."""
        actor, chosen = self.world.actor(seat), []
        for own, table in TABLE_OF.items():
            unknown = [row.id for row in self.ledger.of(table) if not self.ledger.knows(actor, table, row.id)]
            if kind in (None, own):
                chosen += [ids.seal(own, number) for number in spread(unknown, EACH)]
            elif own in ("Order", "Firm"):
                chosen += [ids.seal(own, number) for number in unknown[:1]]
        return chosen

    def oracles(self, seat: str | None, of: str = "") -> Iterator[str]:
        """Each hidden id at each place of each query: answered to the byte as a made-up one, telling nothing.

        ``of``, here and below: only of queries or mutations with this word in their names.
        """
        for slot in slots(self.schema, "Query", "ID"):
            if of not in slot.field:
                continue
            yield from self._told_apart(seat, slot, self.hidden(seat, slot.kind), made_up, AT_ONCE, self._order_number)

    def guesses(self, seat: str | None, of: str = "") -> Iterator[str]:
        """Each secret, and its beginning, at each place where text is sought."""
        unknown = sorted(text for text in self.world.secrets if not self.world.may_read(seat, text) and text != seat)
        words = [*spread(unknown, 10 * EACH), *(text[: len(text) - 2] for text in spread(unknown, 10 * EACH))]
        for slot in slots(self.schema, "Query", "String", "Text"):
            if of not in slot.field:
                continue
            if slot.path[-1] == "after":
                yield from self._told_apart(seat, slot, self.hidden(seat, "Order"), made_up, AT_ONCE, usual)
            else:
                yield from self._told_apart(seat, slot, words, lambda n: f"没有这个词-{n:04}", AT_ONCE, usual)

    def acts(self, seat: str | None, of: str = "") -> Iterator[str]:
        """Each hidden id at each place of each mutation, beside ids of one's own; with SOAK=1 beside other hidden ones too."""
        actor = self.world.actor(seat)
        for slot in slots(self.schema, "Mutation", "ID"):
            if of not in slot.field:
                continue
            if slot.kind is None and slot.field not in OF_ANY_KIND:
                yield f"NAME {slot}: what kind of id is meant?"
                continue
            tried = self.hidden(seat, slot.kind)

            def own(name: str, scalar: str) -> Any:
                if scalar != "ID":
                    return usual(name, scalar)
                kind = Slot("", "", (name,), "ID").kind
                table = TABLE_OF[str(kind)]
                mine = [row.id for row in self.ledger.of(table) if self.ledger.knows(actor, table, row.id)]
                return ids.seal(str(kind), mine[-1]) if mine else made_up(0)

            def foreign(name: str, scalar: str) -> Any:
                if scalar != "ID":
                    return usual(name, scalar)
                return next(iter(self.hidden(seat, Slot("", "", (name,), "ID").kind)), made_up(0))

            for choose in (own, foreign) if WHOLE or of else (own,):
                yield from self._told_apart(seat, slot, tried, made_up, 8, choose)

    def _told_apart(
        self, seat: str | None, slot: Slot, tried: Sequence[str], fake: Callable[[int], str], at_once: int, choose: Any
    ) -> Iterator[str]:
        most = MEASURES if slot.field in self.schema.extensions["measures"] else at_once
        for some in chunks(tried, min(at_once, most)):
            text = document(self.schema, slot.root, slot.field, len(some), -1)
            real = self._answer(seat, text, slot, some, choose)
            none = self._answer(seat, text, slot, [fake(n) for n in range(len(some))], choose)
            self.probes += len(some)
            yield from self._secrets_in(seat, slot, real, some)
            if real != none and len(some) > 1:
                for one in some:  # which of them
                    yield from self._told_apart(seat, slot, [one], fake, 1, choose)
            elif real != none:
                what = opened_one(some[0]) or some[0]
                yield f"ORACLE {seat} at {slot}: {what} is answered {real[:300]!r}, a made-up one {none[:300]!r}"

    def _answer(self, seat: str | None, text: str, slot: Slot, values: Sequence[str], choose: Any) -> bytes:
        given = [arguments(self.schema, slot, value, choose) for value in values]
        answer = self.ask(seat, text, variables(given))
        assert b'"LIMIT"' not in answer and b"incident" not in answer, (str(slot), answer[:500])
        for value in values:
            answer = answer.replace(value.encode(), b"*")
        return _SHORT_LIVED.sub("/*", answer.decode()).encode()

    def _secrets_in(self, seat: str | None, slot: Slot, answer: bytes, tried: Sequence[str]) -> Iterator[str]:
        said = answer.decode()
        for secret in self.world.secrets:
            if not self.world.may_read(seat, secret) and secret not in tried and secret != seat and secret in said:
                yield f"LEAK {seat} at {slot} read {secret}"

    def _order_number(self, name: str, scalar: str) -> Any:
        return self.world.orders["甲"]["number"] if name == "number" else usual(name, scalar)

    # what it notices of others' acts

    def dashboard(self, seat: str | None) -> str:
        """All a seat sees without naming anything: lists, counts, totals, to-do, map."""
        reached = Reached()
        root = self.schema.query_type
        assert root is not None
        for name in root.fields:
            self._ask_plainly(seat, name, reached)
        chain = ids.seal("Chain", self.world.seated.chain_id)
        if seat is not None:
            for name in ("chainMap", "supplyLinks"):
                self._said(seat, document(self.schema, "Query", name, 1, 1), [{"chainId": chain}], reached)
        return _SHORT_LIVED.sub("/*", reached.text)


def opened(text: str) -> dict[str, tuple[str, int]]:
    """Every id of ours in a text, also where something stands before it."""
    found = {}
    for word in _WORD.findall(text):
        for outward in {word, word[-22:]}:
            told = opened_one(outward)
            if told is not None:
                found[outward] = told
    return found


def opened_one(outward: str) -> tuple[str, int] | None:
    """(kind, row number), whichever viewer the id was made for: a disclosed link is the same row as its ends' link."""
    try:
        kind, number = ids.unseal(outward, nodes.OPENED, int.from_bytes(ids._opened(outward)[4:8], "big"))
    except ids.NotFound:
        return None
    return ("SupplyLink" if kind == nodes.DISCLOSED_LINK else kind), number


def chunks(some: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(some), size):
        yield some[start : start + size]


def spread(some: Sequence[Any], most: int) -> list[Any]:
    """At most so many, from the first to the last, the same on every run."""
    if len(some) <= most:
        return list(some)
    return [some[i * (len(some) - 1) // max(most - 1, 1)] for i in range(most)]
