"""The figures of a tolerance as they are given, and what a replay tells of them."""

from typing import Any

import graphene

from api.payloads import given, optional
from api.scalars import DateTime, Decimal, Text
from api.types import enums
from api.types.fields import Date, Money, Quantity, many, said
from api.types.firms import Firm, Item
from api.types.orders import Order
from collaboration.orders.forms import ToleranceGiven
from kernel import ids
from kernel.quantities import ZERO

MOST_SHOWN = 200


class ToleranceFigures(graphene.InputObjectType):
    """The figures of a tolerance; what is left out is 0, or none."""

    quantity_under_percent = optional(Decimal, "How much less, 0 to 100.")
    quantity_over_percent = optional(Decimal, "How much more, 0 to 100.")
    is_over_unlimited = optional(graphene.Boolean, "Any quantity over is inside, whatever the percentage.")
    price_percent = optional(Decimal, "How much dearer or cheaper, 0 to 100.")
    days_early = optional(graphene.Int, "How many days before the wanted one, 0 to 365.")
    days_late = optional(graphene.Int, "How many days after it, 0 to 365.")
    value_limit = optional(
        Decimal, "Of a line worth more, or in another currency, nothing is agreed by rule; more than 0."
    )
    value_currency = optional(Text, "The limit's ISO 4217 code; goes with it.")
    decide_within_hours = optional(
        graphene.Int, "So many hours of the clock an answer outside waits for you, 1 to 2160; goes with the default."
    )
    default_decision = optional(
        enums.DefaultDecision, "What is decided for you after them. ACCEPT binds you to what the seller offered."
    )


class ProposedToleranceInput(ToleranceFigures):
    """A tolerance to try out; nothing of it is kept."""


def tolerance_of(input: Any) -> ToleranceGiven:
    return ToleranceGiven(
        quantity_under_percent=given(input, "quantity_under_percent", ZERO),
        quantity_over_percent=given(input, "quantity_over_percent", ZERO),
        price_percent=given(input, "price_percent", ZERO),
        days_early=given(input, "days_early", 0), days_late=given(input, "days_late", 0),
        is_over_unlimited=given(input, "is_over_unlimited", False),
        value_limit=given(input, "value_limit"), value_currency=given(input, "value_currency"),
        decide_within_hours=given(input, "decide_within_hours"), default_decision=given(input, "default_decision"),
    )  # fmt: skip


def _of_answer(name: str) -> Any:
    return lambda row, info: getattr(row.answered, name)


class ReplayedRisk(graphene.ObjectType):
    """An answered line the proposed tolerance would have agreed by itself, and what that would have let through."""

    order = said(
        Order, "The order.", resolver=lambda row, info: info.context.batches["order"].one(row.answered.order_id)
    )
    line_id = said(
        graphene.ID, "The line.", resolver=lambda row, info: ids.seal("OrderLine", row.answered.line_id)
    )  # fmt: skip
    line_number = said(graphene.Int, "Its number.", resolver=_of_answer("line_number"))
    seller = said(
        Firm, "Who answered.", resolver=lambda row, info: info.context.batches["firm"].one(row.answered.seller_id)
    )
    item = said(
        Item, "The item asked for.", resolver=lambda row, info: info.context.batches["item"].one(row.answered.item_id)
    )
    answered_at = said(DateTime, "When it was answered.", resolver=_of_answer("answered_at"))
    verdict = said(enums.LineVerdict, "What became of that answer.", resolver=_of_answer("verdict"))
    is_declined = said(graphene.Boolean, "The buyer did not take it then: it refused, countered or cancelled.")
    late_days = said(graphene.Int, "Days the line came after its wanted day, or has been missing since.")
    short = said(
        Quantity, "How much of what was wanted never came, in the item's unit.",
        resolver=lambda row, info: {
            "value": row.short, "unit": info.context.batches["item"].one(row.answered.item_id).unit,
        },
    )  # fmt: skip
    price_rise = said(
        Money, "How much dearer the line was offered than asked, in all.",
        resolver=lambda row, info: {"amount": round(row.price_rise, 6), "currency": row.answered.currency},
    )  # fmt: skip
    extra_days = said(graphene.Int, "Days after the wanted one the latest part was offered for.")


def _counted(name: str) -> Any:
    return lambda row, info: getattr(row.outcome, name)


def _share(name: str) -> Any:
    return lambda row, info: row.outcome.share(getattr(row.outcome, name))


class ToleranceReplay(graphene.ObjectType):
    """What a proposed tolerance would have made of the answers there were. Each is judged on its own.

    Only changed lines that differed count: rejected, added and already delivered ones always need a person.
    """

    since = said(Date, "Answers as from this day.")
    until = said(Date, "Today.")
    differed = said(
        graphene.Int, "How many answered lines differed from what was asked.", resolver=_counted("differed")
    )
    agreed_then = said(
        graphene.Int,
        "Of them agreed by rule when they came, by the rule then in force.",
        resolver=_counted("agreed_then"),
    )
    agreed_today = said(graphene.Int, "By the tolerance in force today.", resolver=_counted("agreed_today"))
    agreed_proposed = said(graphene.Int, "By the proposed one.", resolver=_counted("agreed_proposed"))
    share_then = said(Decimal, "The same in percent of what differed.", resolver=_share("agreed_then"))
    share_today = said(Decimal, "The same in percent of what differed.", resolver=_share("agreed_today"))
    share_proposed = said(Decimal, "The same in percent of what differed.", resolver=_share("agreed_proposed"))
    declined = said(
        graphene.Int,
        "Lines it would agree that the buyer refused, countered or cancelled.",
        resolver=_counted("declined"),
    )
    late = said(graphene.Int, "Lines it would agree that came after the day wanted.", resolver=_counted("late"))
    short = said(graphene.Int, "Lines it would agree of which less came than wanted.", resolver=_counted("short"))
    extra_days = said(
        graphene.Int, "Days after the wanted one, over all lines it would agree.", resolver=_counted("extra_days")
    )
    price_rises = many(
        Money, "Price rises it would let through, by currency.",
        resolver=lambda row, info: [
            {"amount": round(amount, 6), "currency": currency} for currency, amount in row.outcome.price_rises.items()
        ],
    )  # fmt: skip
    risk_count = said(
        graphene.Int, "How many of the lines it would agree bear a risk.",
        resolver=lambda row, info: len(row.outcome.risks),
    )  # fmt: skip
    risks = many(
        ReplayedRisk, "These lines, newest first, at most 200.",
        resolver=lambda row, info: row.outcome.risks[:MOST_SHOWN],
    )  # fmt: skip
    not_kept = said(graphene.Int, "Left out: it was not kept how the line stood when it was answered.")
    ruled_apart = said(graphene.Int, "Left out: the item has a tolerance of its own, which goes before one for all.")
