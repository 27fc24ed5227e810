"""Whatever answer the product takes, in whatever round, it can be given out as valid UBL that speaks of every line."""

from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from collaboration.orders.forms import LineAnswered, LineAsked, LineDecision, PromisedDay, WantedDay
from collaboration.orders.reads import lines_of_orders, response_lines_of, responses_of_orders
from collaboration.orders.tables import Answer, Decision, LineAnswer, Order, Reason, Verdict
from collaboration.orders.verbs import decide_on_response, place_order, respond_to_order
from exchange.responses_out import export_order_response
from exchange.ubl.hardened import CAC, CBC
from exchange.ubl.validate import validate_ubl
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import DomainError
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import GEARWORKS
from tests.exchange.conftest import BUYER, SUPPLIER, Desk

pytestmark = pytest.mark.feature("K2")

NS = {"cac": CAC, "cbc": CBC}
NUMBERS = count(1)
ITEMS = ("RV-40E", "RV-80E", "HD-25")
amounts = st.integers(1, 10**12).map(lambda n: Decimal(n).scaleb(-6)) | st.integers(1, 500).map(Decimal)
ahead = st.integers(0, 400)
reasons = st.sampled_from(Reason)
maybe = st.none
notes = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


class _Undo(Exception):
    """Every example leaves the database as it found it."""


@st.composite
def days(draw, *, least: int = 0) -> list[tuple[int, Decimal]]:
    return draw(st.lists(st.tuples(ahead, amounts), min_size=least, max_size=3))


@st.composite
def line_answers(draw) -> dict[str, Any]:
    answer = draw(st.sampled_from([LineAnswer.CHANGED] * 3 + list(LineAnswer)))
    promised = draw(days(least=1 if answer is LineAnswer.ADDED else 0))
    said: dict[str, Any] = {
        "answer": answer,
        "reason": draw(reasons) if answer is LineAnswer.REJECTED else draw(maybe() | reasons),
    }
    if answer is LineAnswer.ACCEPTED:
        return said | {"backorder_maximum": draw(st.sampled_from([None, Decimal(0)]))}
    return said | {
        "promised": promised,
        "unit_price": draw(amounts if answer is LineAnswer.ADDED else maybe() | amounts | st.just(Decimal(0))),
        "backorder_maximum": draw(maybe() | st.just(Decimal(0)) | amounts),
        "item": draw(st.sampled_from(ITEMS if answer is LineAnswer.ADDED else (None, *ITEMS))),
    }


@st.composite
def rounds(draw) -> dict[str, Any]:
    """One answer: by line, or of the whole order, and what the buyer then decides of lines that wait."""
    return {
        "answer": draw(st.sampled_from([Answer.CHANGED] * 6 + list(Answer))),
        "lines": draw(st.lists(line_answers(), min_size=8, max_size=8)),
        "added": draw(st.booleans()),
        "note": draw(notes),
        "reason": draw(reasons),
        "decisions": draw(
            st.lists(st.sampled_from([Decision.REFUSE, Decision.REFUSE, None, *Decision]), min_size=10, max_size=10)
        ),
    }


def _given(said: dict[str, Any], line_id: int | None, desk: Desk, work: UnitOfWork) -> LineAnswered:
    today = today_of(work.now)
    return LineAnswered(
        said["answer"], line_id=line_id, reason=said["reason"], unit_price=said.get("unit_price"),
        schedules=[PromisedDay(today + timedelta(days=d), q) for d, q in said.get("promised", [])],
        backorder_maximum=said.get("backorder_maximum"),
        substitute_item_id=desk.seated.items[said["item"]] if said.get("item") else None,
    )  # fmt: skip


def _answer(work: UnitOfWork, desk: Desk, order: Order, one: dict[str, Any]) -> None:
    seller, buyer = desk.seated.actors[SUPPLIER], desk.seated.actors[BUYER]
    assert order.id is not None
    lines: list[LineAnswered] = []
    if one["answer"] is Answer.CHANGED:
        open_lines = [x for x in lines_of_orders(work, seller, [order.id]) if x.state in ("open", "change_proposed")]
        by_line = [said for said in one["lines"] if said["answer"] is not LineAnswer.ADDED]
        assume(len(by_line) >= len(open_lines))
        lines = [_given(said, x.id, desk, work) for said, x in zip(by_line, open_lines, strict=False)]
        added = [said for said in one["lines"] if said["answer"] is LineAnswer.ADDED]
        lines += [_given(said, None, desk, work) for said in added if one["added"]]
    respond_to_order(
        work, seller, order_id=order.id, expected_version=order.version, answer=one["answer"], note=one["note"],
        reason=one["reason"] if one["answer"] is Answer.REJECTED else None, lines=lines,
    )  # fmt: skip
    _check(work, desk, order)
    newest = responses_of_orders(work, buyer, [order.id])[-1]
    waiting = [x for x in response_lines_of(work, buyer, [newest.id]) if x.verdict is Verdict.WAITING]
    decided = [_decided(x, d) for x, d in zip(waiting, one["decisions"], strict=False) if d is not None]
    if decided:
        decide_on_response(work, buyer, response_id=newest.id, expected_version=order.version, decisions=decided)
        _check(work, desk, order)


def _decided(answered: Any, decision: Decision) -> LineDecision:
    """A counter-offer asks for the line at another price; there is none to a line that was added."""
    if decision is not Decision.COUNTER:
        return LineDecision(answered.line_id, decision)
    if answered.answer is LineAnswer.ADDED:
        return LineDecision(answered.line_id, Decision.REFUSE)
    return LineDecision(answered.line_id, decision, unit_price=Decimal(f"{next(NUMBERS)}.03"))


def _check(work: UnitOfWork, desk: Desk, order: Order) -> None:
    files = {export_order_response(work, desk.seated.actors[who], order.number) for who in (BUYER, SUPPLIER)}
    assert len(files) == 1
    content = files.pop()
    assert validate_ubl(content) == []
    root = etree.fromstring(content)
    named = {found.text for found in root.findall("cac:OrderLine/cac:OrderLineReference/cbc:LineID", NS)}
    expected = {"1", "2", "3"} if root.findtext("cbc:OrderResponseCode", "", NS) == "CA" else set()
    assert named == expected


def _placed(
    work: UnitOfWork, buyer: Actor, desk: Desk, asked: list[tuple[str, list[tuple[int, Decimal]], Decimal]]
) -> Order:
    today = today_of(work.now)
    lines = [
        LineAsked(
            number, desk.seated.items[item], sum((q for _, q in wanted), Decimal(0)), price,
            [WantedDay(today + timedelta(days=d), q) for d, q in wanted],
        )
        for number, (item, wanted, price) in enumerate(asked, start=1)
    ]  # fmt: skip
    return place_order(
        work, buyer, seller_id=desk.seated.firms[GEARWORKS], number=f"ANY-{next(NUMBERS)}", currency="CNY", lines=lines
    )


asked_lines = st.tuples(st.sampled_from(ITEMS), days(least=1), amounts)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=st.lists(asked_lines, min_size=3, max_size=3), answers=st.lists(rounds(), min_size=1, max_size=3))
def test_any_answer_the_product_takes_goes_out_as_valid_ubl(desk: Desk, asked, answers) -> None:
    buyer = desk.seated.actors[BUYER]
    with pytest.raises(_Undo), unit_of_work(buyer) as work:
        order = _placed(work, buyer, desk, asked)
        for one in answers:
            try:
                with work.savepoint():
                    _answer(work, desk, order, one)
            except DomainError:
                continue
        raise _Undo
