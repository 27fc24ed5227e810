"""What a buyer does once bids are opened and it wants others: a further round."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional, optional_list
from api.scalars import Date, DateTime, Decimal, Text
from api.types import sourcing as types
from api.types.fields import maybe
from collaboration.sourcing import verbs
from collaboration.sourcing.forms import RoundAsked
from kernel import ids
from kernel.quantities import ZERO


class OpenRfqRoundInput(graphene.InputObjectType):
    """A further round, and until when."""

    rfq_id = needed(graphene.ID, "A closed request.")
    expected_version = needed(graphene.Int, "The version you read.")
    visibility = needed(types.RoundVisibility, "What bidders learn of one another: sealed, or a reverse auction.")
    closes_at = needed(DateTime, "From this instant on a bid is late.")
    award_by = optional(Date, "The new day until which bids must hold.")
    reason = needed(types.RoundReason, "Why; all who are asked again read it.")
    note = optional(Text, "Beside it, at most 400 characters; needed with OTHER.")
    invitee_ids = optional_list(graphene.ID, "Who of the last round is asked again; all unless said.")
    left_out_reason = optional(Text, "For those who are not, at most 400 characters.")
    least_step = optional(
        Decimal, "Of an auction: by so much each new bid of a firm is lower, in the request's currency."
    )
    extension_minutes = optional(
        graphene.Int, "Of an auction: a bid within so many last minutes moves its end by as many; 0 to 30."
    )
    most_extensions = optional(graphene.Int, "Of an auction: so often at most, 0 to 20.")


class OpenRfqRound(Mutation):
    """Ask invitees for bids once more, sealed or in a reverse auction; who does not bid again keeps its bid. Needs BUYER."""

    class Arguments:
        input = input_argument(OpenRfqRoundInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        chosen = given(input, "invitee_ids")
        asked = RoundAsked(
            visibility=input["visibility"], closes_at=input["closes_at"], reason=input["reason"], note=given(input, "note", ""),
            award_by=given(input, "award_by"),
            invitee_ids=None if chosen is None else [ids.sought("Firm", one) for one in chosen],
            left_out_reason=given(input, "left_out_reason", ""), least_step=given(input, "least_step", ZERO),
            extension_minutes=given(input, "extension_minutes", 0), most_extensions=given(input, "most_extensions", 0),
        )  # fmt: skip
        rfq = verbs.open_rfq_round(
            work, actor, asked, rfq_id=number("Rfq", input, "rfq_id"), expected_version=input["expected_version"]
        )
        return {"rfq": rfq}


class RoundActs:
    """Further rounds, as their buyer."""

    open_rfq_round = OpenRfqRound.Field(description=OpenRfqRound.__doc__)
