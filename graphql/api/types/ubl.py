"""Documents of trade as UBL and as something to print."""

from typing import Any

import graphene

from api.types.fields import described, many, said
from exchange.kinds import PrintKind as PrintKindWord
from exchange.kinds import UblKind as UblKindWord
from exchange.outcome import in_language
from kernel import ids

UblKind = described("UblKind", UblKindWord, "A UBL document of trade.", {
    UblKindWord.ORDER: "An order (Order).", UblKindWord.ORDER_CHANGE: "What a buyer asks to be otherwise (OrderChange).",
    UblKindWord.ORDER_CANCELLATION: "One side lets the rest of an order go (OrderCancellation).",
    UblKindWord.ORDER_RESPONSE: "The seller's answer to an order or a change (OrderResponse).",
    UblKindWord.REQUEST_FOR_QUOTATION: "A buyer asks for bids (RequestForQuotation); taken in as a draft.",
    UblKindWord.QUOTATION: "A bid (Quotation); given out once it is opened.",
    UblKindWord.INVOICE: "What is to be paid for goods that came (Invoice).",
    UblKindWord.INVOICE_RESPONSE: "What the buyer says of an invoice (ApplicationResponse).",
})  # fmt: skip


PrintKind = described("PrintKind", PrintKindWord, "A document of trade to print.", {
    PrintKindWord.ORDER: "The order as it stands.", PrintKindWord.ORDER_RESPONSE: "The seller's newest answer to it.",
    PrintKindWord.STATEMENT: "A statement as it stands.",
})  # fmt: skip


def kind_argument(kind: Any) -> graphene.Argument:
    return graphene.Argument(graphene.NonNull(kind), description="Which document.")


class RuleWarning(graphene.ObjectType):
    """A rule of ours or of an official set is broken, or official ones were not run; the document is taken or given all the same."""

    rule = said(
        graphene.String,
        "The rule's id, such as CM-RSP-02, an official one's behind its set; `not run` where official rules were not.",
    )
    place = said(graphene.String, "Where, as a path below the document's root.")
    message = said(
        graphene.String, "What is wrong, in the language of the request.",
        resolver=lambda row, info: row.said(info.context.lang),
    )  # fmt: skip
    cure = said(graphene.String, "What would be right.", resolver=lambda row, info: row.cure(info.context.lang))


class TradeFile(graphene.ObjectType):
    """A document of trade, whole."""

    filename = said(graphene.String, "Its name.")
    media_type = said(graphene.String, "Its media type.")
    content = said(graphene.String, "Its bytes in base 64.")
    warnings = many(RuleWarning, "What our business rules say of it, then official ones; the first 200 of each set.")


class UblOutcome(graphene.ObjectType):
    """What a file did, or would do."""

    done = many(
        graphene.String, "What was done and how the file was understood, line by line.",
        resolver=lambda row, info: [in_language(line, info.context.lang) for line in row.done],
    )  # fmt: skip
    subject_id = graphene.Field(
        graphene.ID, description="The order or request it is about; of a new order that was only tried, one that is not there.",
        resolver=lambda row, info: None if row.subject is None else ids.seal(*row.subject),
    )  # fmt: skip
    warnings = many(RuleWarning, "What our business rules say of it, then official ones; the first 200 of each set.")


USUAL_LENGTHS: dict[str, Any] = {"TradeFile.warnings": 3, "UblOutcome.warnings": 3, "UblOutcome.done": 10}
