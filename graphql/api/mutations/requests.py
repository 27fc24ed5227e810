"""Ask for data along the tiers, answer, end; say one's own name to a viewer, and take it back."""

from typing import Any

import graphene

from api.payloads import (
    Mutation,
    given,
    input_argument,
    maybe_number,
    needed,
    needed_list,
    number,
    optional,
    optional_list,
)
from api.scalars import Date, Decimal, Text
from api.types import enums
from api.types import requests as types
from api.types.fields import maybe
from chain.aliases import verbs as alias_verbs
from chain.requests import reads, verbs
from chain.requests.decisions import Answer
from collaboration.notices.verbs import tie_request


class SendDataRequestInput(graphene.InputObjectType):
    """What is asked of whom: a partner, or an alias your firm sees."""

    partner_id = optional(graphene.ID, "A partner; or else an alias.")
    alias = optional(Text, "An alias your firm sees on links disclosed to it.")
    asker_named = optional(graphene.Boolean, "Tell the firm behind an alias who asks; yes unless said.")
    item = needed(Text, "The item, as you know it.")
    kinds = needed_list(enums.DataKind, "What you need, each once.")
    reason = needed(Text, "The notice or event you ask for.")
    notice_id = optional(graphene.ID, "A notice its sender is asked about; the request ends when that is resolved.")
    criticality = needed(enums.Criticality, "How much hangs on it.")
    starts_on = optional(Date, "First day; today unless said.")
    ends_on = optional(Date, "Last day; 30 days after the first unless said, 90 at most.")
    message = optional(Text, "A word to it, at most 1,000 characters.")


class SendDataRequest(Mutation):
    """Ask a partner, or a firm known by its alias, for data until a day. Needs the role BUYER, PLANNER or LEAD."""

    class Arguments:
        input = input_argument(SendDataRequestInput)

    data_request = maybe(types.DataRequest, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        wish = verbs.Wish(
            item=input["item"], kinds=input["kinds"], reason=input["reason"], criticality=input["criticality"],
            message=given(input, "message", ""), starts_on=given(input, "starts_on"), ends_on=given(input, "ends_on"),
        )  # fmt: skip
        made = verbs.send_data_request(
            work, actor, wish, partner_id=maybe_number("Firm", input, "partner_id"), alias=given(input, "alias"),
            named=given(input, "asker_named", True),
        )  # fmt: skip
        if (notice_id := maybe_number("DisruptionNotice", input, "notice_id")) is not None:
            tie_request(work, actor, notice_id=notice_id, request_id=made.id or 0)
        return {"data_request": reads.data_request(work, actor, made.id or 0)}


class DataAnswerInput(graphene.InputObjectType):
    """A figure meant for the asker alone."""

    kind = needed(enums.DataKind, "What it answers.")
    value = needed(Decimal, "How much: a month for capacity, whole days for a lead time.")
    unit = optional(graphene.String, "UNECE Rec 20 code; DAY for a lead time.")


class ApproveDataRequestInput(graphene.InputObjectType):
    """Which request, and the answers."""

    data_request_id = needed(graphene.ID, "The request.")
    expected_version = needed(graphene.Int, "The version you answer.")
    answers = optional_list(DataAnswerInput, "A figure for each kind asked for; the name needs none.")


class ApproveDataRequest(Mutation):
    """Grant exactly what is asked for until the request's last day. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(ApproveDataRequestInput)

    data_request = maybe(types.DataRequest, "The request after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        answers = [Answer(one["kind"], one["value"], given(one, "unit")) for one in given(input, "answers", [])]
        request_id = number("DataRequest", input, "data_request_id")
        verbs.approve_data_request(
            work, actor, request_id=request_id, expected_version=input["expected_version"], answers=answers
        )
        return {"data_request": reads.data_request(work, actor, request_id)}


class RefuseDataRequestInput(graphene.InputObjectType):
    """Which request."""

    data_request_id = needed(graphene.ID, "The request.")
    expected_version = needed(graphene.Int, "The version you answer.")


class RefuseDataRequest(Mutation):
    """Grant nothing, and give no reason. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(RefuseDataRequestInput)

    data_request = maybe(types.DataRequest, "The request after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        request_id = number("DataRequest", input, "data_request_id")
        verbs.refuse_data_request(work, actor, request_id=request_id, expected_version=input["expected_version"])
        return {"data_request": reads.data_request(work, actor, request_id)}


class TerminateDataRequestInput(graphene.InputObjectType):
    """Which request."""

    data_request_id = needed(graphene.ID, "The request.")


class TerminateDataRequest(Mutation):
    """End a request, as asker or as asked; what was granted is read no more. Needs a role that asks or answers."""

    class Arguments:
        input = input_argument(TerminateDataRequestInput)

    data_request = maybe(types.DataRequest, "The request after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        request_id = number("DataRequest", input, "data_request_id")
        verbs.terminate_data_request(work, actor, request_id=request_id)
        return {"data_request": reads.data_request(work, actor, request_id)}


class RevealIdentityInput(graphene.InputObjectType):
    """To whom, until when."""

    viewer_id = needed(graphene.ID, "A partner.")
    until = needed(Date, "The last day, within a year.")


class RevealIdentity(Mutation):
    """Let a partner read your firm's name wherever it sees it under an alias. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(RevealIdentityInput)

    reveal = maybe(types.IdentityReveal, "What was given.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        viewer = number("Firm", input, "viewer_id")
        return {"reveal": alias_verbs.reveal_identity(work, actor, viewer_id=viewer, until=input["until"])}


class ConcealIdentityInput(graphene.InputObjectType):
    """What to take back."""

    identity_reveal_id = needed(graphene.ID, "The reveal.")


class ConcealIdentity(Mutation):
    """Take your name back; the viewer's next request reads the alias again. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(ConcealIdentityInput)

    reveal = maybe(types.IdentityReveal, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        reveal_id = number("IdentityReveal", input, "identity_reveal_id")
        return {"reveal": alias_verbs.conceal_identity(work, actor, reveal_id=reveal_id)}


class RequestActs:
    """Data requests and names said."""

    send_data_request = SendDataRequest.Field(description=SendDataRequest.__doc__)
    approve_data_request = ApproveDataRequest.Field(description=ApproveDataRequest.__doc__)
    refuse_data_request = RefuseDataRequest.Field(description=RefuseDataRequest.__doc__)
    terminate_data_request = TerminateDataRequest.Field(description=TerminateDataRequest.__doc__)
    reveal_identity = RevealIdentity.Field(description=RevealIdentity.__doc__)
    conceal_identity = ConcealIdentity.Field(description=ConcealIdentity.__doc__)
