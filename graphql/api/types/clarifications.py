"""Questions of a buyer to one bidder about its opened bid, as the two read them; nobody else learns that there are any."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types.fields import camel, described, ident, many, maybe, said
from api.types.firms import Firm, Node
from collaboration.sourcing import reads
from collaboration.sourcing.lifecycle import ClarificationState as ClarificationWord
from kernel import ids

ClarificationState = described("ClarificationState", ClarificationWord, "Where a clarification stands.", {
    ClarificationWord.OPEN: "Its bidder owes an answer.", ClarificationWord.ANSWERED: "Answered.",
    ClarificationWord.WITHDRAWN: "Taken back by the buyer, with a reason.",
    ClarificationWord.LAPSED: "A further round, or the end of the request, came before an answer.",
})  # fmt: skip


def _verbs(row: Any, info: Any) -> list[str]:
    rfq = info.context.batches["rfq"].one(row.rfq_id)
    return [camel(verb) for verb in reads.clarification_verbs(info.context.acting, rfq, row)]


class RfqClarification(graphene.ObjectType):
    """What the buyer asks one bidder about its opened bid, and what that answers; it changes nothing of the bid."""

    class Meta:
        interfaces = (Node,)

    id = ident("RfqClarification")
    bidder = maybe(
        Firm, "Who is asked.",
        resolver=lambda row, info: info.context.batches["firm"].one(
            info.context.batches["rfq_invitation"].one(row.invitation_id).supplier_id
        ),
    )  # fmt: skip
    quotation_id = said(
        graphene.ID, "About which bid.", resolver=lambda row, info: ids.seal("Quotation", row.quotation_id)
    )
    state = said(ClarificationState, "Where it stands.")
    text = said(graphene.String, "The question.")
    asked_at = said(DateTime, "When it was asked.")
    answer = said(graphene.String, "The bidder's; empty until then.")
    answered_at = maybe(DateTime, "When it was answered.")
    reason = said(graphene.String, "Why it was taken back.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: _verbs(row, info),
    )  # fmt: skip
