"""One order as its page shows it: what was asked, what is agreed, what is offered now, line by line."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import Response, make_response, render_template, request

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import Answer, ask
from web.clocks import words as clock_words
from web.suppliers import answering
from web.trade import words
from web.trade.entering import Entered


@dataclass(frozen=True)
class LineView:
    """A line with the answer that waits for the buyer, and the one the buyer refused last."""

    line: Answer
    offer: Answer | None = None
    refused: Answer | None = None
    sent: dict[str, Any] = field(default_factory=dict)


def found(order_id: str) -> Answer:
    """All its page needs: ``node`` is the order. Raises NotFound alike for hidden, foreign and made-up ids."""
    seated.of_a_firm()
    answer = ask("trade_order_page", id=order_id)
    if not answer["node"]:
        raise NotFound
    return answer


def head(order_id: str) -> Answer:
    """The order without its lines. Raises NotFound."""
    seated.of_a_firm()
    order: Answer | None = ask("order_head", id=order_id)["node"]
    if not order:
        raise NotFound
    return order


def shown(order_id: str, entered: Entered | None = None) -> Response:
    """The order page; ``entered``: a form of it that was refused."""
    answer = found(order_id)
    order, entered = answer["node"], entered or Entered()
    views = line_views(order)
    asked_again = request.args.get("answer") == "1" or request.path.endswith("/answer")
    may_answer = "respondToOrder" in order["openVerbs"] and any(answering.is_open(line) for line in order["lines"])
    answers_now = may_answer and (order["state"] != "COUNTERED" or asked_again)
    values = {**answering.prefilled(order), **entered.values} if answers_now else entered.values
    body = render_template(
        "trade/order.html", order=order, views=views, waits=answer["acceptanceWaitsFor"],
        certificate=answer["acceptanceCertificate"], answers_now=answers_now, may_answer=may_answer,
        v=values, errors=entered.errors, stale=entered.is_stale, words=words, clock_words=clock_words, answering=answering,
        done=request.args.get("done", ""), as_of=clock.now(), today=str(clock.today_of(clock.now())),
        me=seated.person(), items=_own_items(order) if answers_now else [],
    )  # fmt: skip
    return make_response(body, entered.status)


def _own_items(order: Answer) -> list[Answer]:
    """What the seller may offer instead, or add."""
    items = ask("items", filter={"firmId": order["seller"]["id"]}, first=100)["items"]["nodes"]
    return list(items)


def line_views(order: Answer) -> list[LineView]:
    offers = said_of_lines(order, "WAITING")
    refused = said_of_lines(order, "REFUSED")
    return [
        LineView(
            line, offers.get(line["id"]), refused.get(line["id"]) if line["state"] == "OPEN" else None, _sent(line)
        )
        for line in order["lines"]
    ]  # fmt: skip


def said_of_lines(order: Answer, verdict: str) -> dict[str, Answer]:
    """Line id -> what was last said of it with this verdict."""
    return {
        said["line"]["id"]: said | {"response": response}
        for response in order["responses"]
        for said in response["lines"]
        if said["verdict"] == verdict
    }


def _sent(line: Answer) -> dict[str, Any]:
    """Shipped, accepted, rejected and given up over all its days."""
    sums: dict[str, Any] = defaultdict(Decimal)
    for schedule in line["schedules"]:
        for name in ("shipped", "received", "accepted", "rejected", "never", "toShip"):
            sums[name] += Decimal(schedule[name])
    return dict(sums)
