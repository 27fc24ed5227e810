"""Framework agreements as either firm reads them: lines, prices by day, amendments, and how far the caps are used."""

from typing import Any

import graphene

from api.scalars import DateTime, Decimal
from api.types.enums import Side
from api.types.fields import Date, camel, children, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.orders import Order
from api.types.sourcing import PriceBreak, Quotation, Rfq
from collaboration.frameworks import reads
from collaboration.frameworks.lifecycle import FrameworkAmendmentState as AmendmentWord
from collaboration.frameworks.lifecycle import FrameworkState as FrameworkWord
from kernel.quantities import ZERO

FrameworkState = described("FrameworkState", FrameworkWord, "Where a framework agreement stands.", {
    FrameworkWord.DRAFT: "Being written; known to its buyer's firm alone.",
    FrameworkWord.WAITING: "Waits for whom the buyer's approval rules name; known to its buyer's firm alone.",
    FrameworkWord.PROPOSED: "The seller owes an answer.", FrameworkWord.AGREED: "Orders may be called off while it is valid.",
    FrameworkWord.DECLINED: "Declined by the seller, with a reason; may be written anew.",
    FrameworkWord.ENDED: "Ended by the buyer; what was called off stands.",
    FrameworkWord.EXPIRED: "Its last day has passed; what was called off stands.",
})  # fmt: skip
FrameworkAmendmentState = described("FrameworkAmendmentState", AmendmentWord, "Where an amendment stands.", {
    AmendmentWord.WAITING: "Lets the buyer spend more than was approved: waits for whom its rules name; the seller knows nothing of it.",
    AmendmentWord.PROPOSED: "The other firm owes an answer.", AmendmentWord.AGREED: "Both are bound by it.",
    AmendmentWord.DECLINED: "What was agreed before stands.", AmendmentWord.WITHDRAWN: "Taken back by the firm that proposed it.",
})  # fmt: skip


def _batch(name: str, number: Any, info: Any) -> Any:
    return info.context.batches[name].one(number)


def _firm(column: str) -> Any:
    return lambda row, info: _batch("firm", getattr(row, column), info)


def _name(column: str) -> Any:
    """What a colleague is called; empty for whoever may not know."""
    return lambda row, info: getattr(_batch("person", getattr(row, column), info), "name", None)


class FrameworkComputation(graphene.ObjectType):
    """How an index made a price: base price × [(1 − weight) + weight × index / base index], within the limits, rounded half up."""

    index_value = said(Decimal, "The index.")
    index_on = said(Date, "Of which day.")
    index_source = said(graphene.String, "Where it can be read.")
    price_before = said(Decimal, "What the line cost until then.")
    factor = said(Decimal, "(1 − weight) + weight × index / base index, to 6 decimals.")
    reckoned = said(Decimal, "Base price × factor, to 6 decimals, before limits and rounding.")
    limited_by = maybe(graphene.String, "`rise` or `fall` where the limit of one adjustment held it back.")
    limit = maybe(Decimal, "The price that limit lets through.")
    price = said(Decimal, "What comes of it.")


class FrameworkPrice(graphene.ObjectType):
    """What a line costs from a day on."""

    valid_from = said(Date, "From this day on.")
    agreed_at = maybe(DateTime, "When both had agreed to it; empty: nobody is bound by it.")
    price_breaks = children(
        PriceBreak, "framework_price_breaks", "By rising quantity of one call-off line; in the framework's currency."
    )
    computation = maybe(
        FrameworkComputation, "How the line's index made it; empty where it was said.",
        resolver=lambda row, info: _computed(row, info),
    )  # fmt: skip


def _computed(row: Any, info: Any) -> dict[str, Any] | None:
    made = reads.computation_of(_batch("framework_line", row.line_id, info), row)
    if made is None:
        return None
    names = ("index_value", "index_on", "index_source", "price_before")
    return {name: getattr(row, name) for name in names} | vars(made)


class FrameworkIndexClause(graphene.ObjectType):
    """How a line's price follows an index."""

    name = said(graphene.String, "Of the index.", resolver=lambda row, info: row.index_name)
    base_price = said(Decimal, "The price at the base index.")
    base_index = said(Decimal, "The index the base price goes with.")
    weight_percent = said(Decimal, "The index's share of the price.")
    most_rise_percent = maybe(Decimal, "The most one adjustment raises the price; empty: no limit.")
    most_fall_percent = maybe(Decimal, "The most one adjustment lowers the price; empty: no limit.")
    price_decimals = said(graphene.Int, "To how many decimals the price is rounded.")


class FrameworkLine(graphene.ObjectType):
    """An item, how much of it may be called off, at which prices, and how far that is used."""

    id = ident("FrameworkLine")
    number = said(graphene.Int, "Its number.")
    item = maybe(Item, "Which item of the seller.", resolver=lambda row, info: _batch("item", row.item_id, info))
    unit = said(graphene.String, "Of all its quantities (UNECE Rec 20).")
    quantity_cap = maybe(Decimal, "No more may be called off; empty: no cap in quantity.")
    value_cap = maybe(
        Decimal, "No more may be called off, in the framework's currency; empty: no cap of its own in value."
    )
    minimum_quantity = said(Decimal, "No less is called off at once; 0 for any.")
    index_clause = maybe(
        FrameworkIndexClause, "How its price follows an index; empty: it follows none.",
        resolver=lambda row, info: row if row.index_name else None,
    )  # fmt: skip
    prices = many(
        FrameworkPrice, "Agreed ones, oldest first.",
        resolver=lambda row, info: [p for p in _prices(row, info) if p.agreed_at is not None or p.amendment_id is None],
    )  # fmt: skip
    price = maybe(
        FrameworkPrice, "The one that holds on a day; today when nothing is said.",
        on=graphene.Argument(Date, description="The day."),
        resolver=lambda row, info, on=None: reads.price_on(_prices(row, info), on or info.context.today),
    )  # fmt: skip
    called = said(
        Decimal,
        "Called off: agreed or open, less what was cancelled, rejected or given up.",
        resolver=lambda row, info: _usage(row, info).called,
    )
    called_value = said(
        Decimal, "The same in the framework's currency.", resolver=lambda row, info: _usage(row, info).value
    )
    shipped = said(Decimal, "Of that on its way or kept.", resolver=lambda row, info: _usage(row, info).shipped)
    received = said(Decimal, "Of that received and accepted.", resolver=lambda row, info: _usage(row, info).received)
    quantity_left = maybe(
        Decimal, "Left of the cap in quantity.", resolver=lambda row, info: _usage(row, info).quantity_left
    )
    value_left = maybe(
        Decimal, "Left of the line's cap in value.", resolver=lambda row, info: _usage(row, info).value_left
    )
    share_percent = maybe(
        Decimal,
        "Of the cap that is used most, one decimal.",
        resolver=lambda row, info: _usage(row, info).share_percent,
    )


def _prices(row: Any, info: Any) -> list[Any]:
    found: list[Any] = info.context.batches["framework_prices"].many(row.id)
    return found


def _usage(row: Any, info: Any) -> Any:
    return _batch("framework_usage", row.id, info)


class FrameworkCapChange(graphene.ObjectType):
    """Other caps of one line."""

    line = maybe(
        FrameworkLine, "Of which line.", resolver=lambda row, info: _batch("framework_line", row.line_id, info)
    )
    quantity_cap = maybe(Decimal, "In quantity; empty: as it is.")
    value_cap = maybe(Decimal, "In value; empty: as it is.")


class FrameworkPriceChange(graphene.ObjectType):
    """Other prices of one line from a day on."""

    line = maybe(
        FrameworkLine, "Of which line.", resolver=lambda row, info: _batch("framework_line", row.line_id, info)
    )
    price = said(FrameworkPrice, "Which.", resolver=lambda row, info: row)


class FrameworkAmendment(graphene.ObjectType):
    """What one firm proposes to be otherwise; what is empty stays as it is."""

    class Meta:
        interfaces = (Node,)

    id = ident("FrameworkAmendment")
    number = said(graphene.Int, "1, 2, …")
    state = said(FrameworkAmendmentState, "Where it stands.")
    proposed_by = said(Side, "Which firm proposes it.")
    proposed_at = maybe(DateTime, "When it was put to the other firm.")
    settled_at = maybe(DateTime, "When it was answered or taken back.")
    note = said(graphene.String, "Why, in the words of who proposes.")
    reason = said(graphene.String, "Why it was declined.")
    valid_until = maybe(Date, "Another last day.")
    value_cap = maybe(Decimal, "Another cap in value over all lines.")
    cap_changes = children(FrameworkCapChange, "framework_amendment_lines", "Other caps.")
    price_changes = children(FrameworkPriceChange, "framework_amendment_prices", "Other prices.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: _amendment_verbs(row, info),
    )  # fmt: skip


def _amendment_verbs(row: Any, info: Any) -> list[str]:
    framework, c = _batch("framework", row.framework_id, info), info.context
    approvals = c.batches["framework_approvals"].many(row.framework_id)
    return [camel(verb) for verb in reads.amendment_verbs(c.work, c.acting, framework, row, approvals)]


class FrameworkApproval(graphene.ObjectType):
    """Who of the buyer's firm is to let so much be spent, and what became of it. Other firms learn nothing of it."""

    amendment = maybe(FrameworkAmendment, "Of which amendment; empty: of the framework itself.",
                      resolver=lambda row, info: _batch("framework_amendment", row.amendment_id, info))  # fmt: skip
    worth = said(Decimal, "The most that may be spent, in the framework's currency.")
    asked_by = maybe(graphene.String, "Who asked.", resolver=_name("asked_by"))
    asked_at = said(DateTime, "When.")
    approver = maybe(
        graphene.String, "Whom the rules named; empty where any lead decides.", resolver=_name("approver_id")
    )
    decided_by = maybe(graphene.String, "Who decided.", resolver=_name("decided_by"))
    decided_at = maybe(DateTime, "When; without a decision: taken back then.")
    is_approved = maybe(graphene.Boolean, "What was decided.")
    reason = said(graphene.String, "Why it was rejected.")


class Framework(graphene.ObjectType):
    """What two firms have agreed one may order of the other: items, caps, prices, for a time."""

    class Meta:
        interfaces = (Node,)

    id = ident("Framework")
    number = said(graphene.String, "The buyer's own.")
    type_code = said(graphene.String, "UNTDID 1001: 221, blanket order.", resolver=lambda row, info: reads.TYPE_CODE)
    buyer = maybe(Firm, "Who may call off.", resolver=_firm("buyer_id"))
    seller = maybe(Firm, "Who delivers.", resolver=_firm("seller_id"))
    side = said(Side, "On which side of it you stand.", resolver=lambda row, info: reads.side(row, info.context.acting))
    currency = said(graphene.String, "Of all its money (ISO 4217).")
    valid_from = said(Date, "The first day on which may be called off.")
    valid_until = said(Date, "The last.")
    days_left = said(graphene.Int, "Days until the last, today not counted; 0 once it has come.",
                     resolver=lambda row, info: max(0, (row.valid_until - info.context.today).days))  # fmt: skip
    value_cap = maybe(Decimal, "No more may be called off in value over all lines; empty: no such cap.")
    called_value = said(Decimal, "Called off in value over all lines.", resolver=lambda row, info: _spent(row, info))
    value_left = maybe(Decimal, "Left of the cap in value over all lines.",
                       resolver=lambda row, info: None if row.value_cap is None else row.value_cap - _spent(row, info))  # fmt: skip
    share_percent = maybe(Decimal, "Of the cap in value over all lines, one decimal.",
                          resolver=lambda row, info: reads.share_percent(_spent(row, info), row.value_cap))  # fmt: skip
    note = said(graphene.String, "The buyer's, to the seller.")
    state = said(FrameworkState, "Where it stands.")
    version = said(graphene.Int, "Give it back with your act.")
    agreed_at = maybe(DateTime, "When both had agreed.")
    reason = said(graphene.String, "Why it was declined or ended.")
    quotation = maybe(Quotation, "Of one made of an award: the bid that won, whose prices it has.",
                      resolver=lambda row, info: row.quotation_id and _batch("quotation", row.quotation_id, info))  # fmt: skip
    rfq = maybe(Rfq, "Of one made of an award: the request it won.", resolver=lambda row, info: _request(row, info))
    lines = children(FrameworkLine, "framework_lines", "What may be called off, at most 200.")
    amendments = children(FrameworkAmendment, "framework_amendments", "What was proposed to be otherwise, in order.")
    approvals = children(FrameworkApproval, "framework_approvals", "Inside the buyer's firm; empty for everybody else.")
    call_offs = children(Order, "framework_orders", "The orders called off under it, oldest first.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.", resolver=lambda row, info: _verbs(row, info)
    )
    usage_file = said(
        graphene.String,
        "How far it is used, as an Excel workbook in base64.",
        resolver=lambda row, info: _usage_file(row, info),
    )


def _request(row: Any, info: Any) -> Any:
    bid = row.quotation_id and _batch("quotation", row.quotation_id, info)
    return bid and _batch("rfq", bid.rfq_id, info)


def _spent(row: Any, info: Any) -> Any:
    lines = info.context.batches["framework_lines"].many(row.id)
    return sum((_usage(line, info).value for line in lines), ZERO)


def _verbs(row: Any, info: Any) -> list[str]:
    batches = info.context.batches
    approvals, amendments = batches["framework_approvals"].many(row.id), batches["framework_amendments"].many(row.id)
    return [camel(verb) for verb in reads.framework_verbs(info.context.acting, row, approvals, amendments)]


def _usage_file(row: Any, info: Any) -> str:
    from api.types.lists import framework_file  # openpyxl loads only where a file is made

    return framework_file(row, info)


FrameworkConnection = connection(Framework, "Framework")


class FrameworkFilter(graphene.InputObjectType):
    """Which frameworks; conditions are joined by and."""

    states = graphene.InputField(graphene.List(graphene.NonNull(FrameworkState)), description="Standing here.")
    side = graphene.InputField(Side, description="Where you are buyer, or seller.")


NODES = (Framework, FrameworkAmendment)
USUAL_LENGTHS = {
    "Framework.lines": 5, "Framework.amendments": 3, "Framework.approvals": 2, "Framework.callOffs": 20,
    "Framework.openVerbs": 3, "FrameworkLine.prices": 4, "FrameworkPrice.priceBreaks": 2, "FrameworkAmendment.capChanges": 2,
    "FrameworkAmendment.priceChanges": 2, "FrameworkAmendment.openVerbs": 2,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
