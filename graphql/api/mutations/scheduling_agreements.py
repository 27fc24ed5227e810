"""Propose, answer and end scheduling agreements; publish, acknowledge and object to releases."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional
from api.scalars import Date, Decimal, Text
from api.types import scheduling_agreements as types
from api.types.enums import Reason
from api.types.fields import maybe
from collaboration.scheduling_agreements import verbs
from collaboration.scheduling_agreements.forms import Bucket


class ProposeSchedulingAgreementInput(graphene.InputObjectType):
    """Which line of a framework is to be called off by releases."""

    framework_line_id = needed(graphene.ID, "A line of a framework your firm has agreed to as its buyer.")
    number = needed(graphene.String, "Your firm's own, at most 50 characters.")
    notice_days = needed(graphene.Int, "What is new in the firm zone is for so many days ahead at least, 0 to 365.")
    note = optional(Text, "To the seller, at most 1,000 characters.")


class ProposeSchedulingAgreement(Mutation):
    """Propose that a line of a framework be called off by releases. Needs the role BUYER."""

    class Arguments:
        input = input_argument(ProposeSchedulingAgreementInput)

    agreement = maybe(types.SchedulingAgreement, "The agreement.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.propose_scheduling_agreement(
            work, actor, framework_line_id=number("FrameworkLine", input, "framework_line_id"), number=input["number"],
            notice_days=input["notice_days"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"agreement": made}


def _which(input: Any) -> dict[str, Any]:
    return {
        "agreement_id": number("SchedulingAgreement", input, "agreement_id"), "expected_version": input["expected_version"]
    }  # fmt: skip


class AcceptSchedulingAgreementInput(graphene.InputObjectType):
    """Which agreement."""

    agreement_id = needed(graphene.ID, "One that is proposed to your firm.")
    expected_version = needed(graphene.Int, "The version you read.")


class AcceptSchedulingAgreement(Mutation):
    """The seller agrees; cumulative figures count from today. Needs the role SALES."""

    class Arguments:
        input = input_argument(AcceptSchedulingAgreementInput)

    agreement = maybe(types.SchedulingAgreement, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"agreement": verbs.accept_scheduling_agreement(work, actor, **_which(input))}


class DeclineSchedulingAgreementInput(graphene.InputObjectType):
    """Which agreement, and why."""

    agreement_id = needed(graphene.ID, "One that is proposed to your firm.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "At most 400 characters.")


class DeclineSchedulingAgreement(Mutation):
    """The seller does not agree, and says why. Needs the role SALES."""

    class Arguments:
        input = input_argument(DeclineSchedulingAgreementInput)

    agreement = maybe(types.SchedulingAgreement, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"agreement": verbs.decline_scheduling_agreement(work, actor, **_which(input), reason=input["reason"])}


class EndSchedulingAgreementInput(graphene.InputObjectType):
    """Which agreement, and why."""

    agreement_id = needed(graphene.ID, "One of your firm's.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "At most 400 characters.")


class EndSchedulingAgreement(Mutation):
    """Publish no more releases; what was called off stands. Needs the role BUYER."""

    class Arguments:
        input = input_argument(EndSchedulingAgreementInput)

    agreement = maybe(types.SchedulingAgreement, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"agreement": verbs.end_scheduling_agreement(work, actor, **_which(input), reason=input["reason"])}


class ReleaseBucketInput(graphene.InputObjectType):
    """So much in a day or a week, and how binding that is."""

    starts_on = needed(Date, "Its first day; a Monday for a week.")
    period = needed(types.BucketPeriod, "How long it is.")
    zone = needed(types.BucketZone, "How binding it is; no later bucket is more binding than one before it.")
    quantity = needed(Decimal, "All that is wanted then, what is called off already included.")


class PublishReleaseInput(graphene.InputObjectType):
    """What is wanted when, all of it anew."""

    agreement_id = needed(graphene.ID, "One both have agreed to.")
    expected_version = needed(graphene.Int, "The version you read.")
    number = needed(graphene.Int, "Higher than that of any release before.")
    buckets = needed_list(ReleaseBucketInput, "1 to 400, by day.")
    note = optional(Text, "To the seller, at most 1,000 characters.")
    conditional_reason = optional(
        Text, "Why you order from a seller qualified on conditions only; your firm's own record."
    )


class PublishRelease(Mutation):
    """Say what you want when. What is new in the firm zone is called off under the framework; what is called off already
    cannot be less without the seller's word on its order. Needs the role BUYER.
    """

    class Arguments:
        input = input_argument(PublishReleaseInput)

    release = maybe(types.ScheduleRelease, "The release.")
    agreement = maybe(types.SchedulingAgreement, "The agreement.", resolver=lambda row, info: _of_release(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        buckets = [Bucket(one["starts_on"], one["period"], one["zone"], one["quantity"]) for one in input["buckets"]]
        made = verbs.publish_release(
            work, actor, **_which(input), number=input["number"], buckets=buckets, note=given(input, "note", ""),
            conditional_reason=given(input, "conditional_reason"),
        )  # fmt: skip
        return {"release": made}


def _of_release(row: Any, info: Any) -> Any:
    if row.release is None:
        return None
    return info.context.batches["scheduling_agreement"].one(row.release.agreement_id)


class AcknowledgeReleaseInput(graphene.InputObjectType):
    """Which release."""

    release_id = needed(graphene.ID, "The newest of an agreement of your firm's.")
    expected_version = needed(graphene.Int, "The version of the agreement you read.")
    note = optional(Text, "To the buyer, at most 1,000 characters.")


class AcknowledgeRelease(Mutation):
    """You have seen it and deliver its firm zone: call-offs of it and of earlier releases that wait are accepted. Needs SALES."""

    class Arguments:
        input = input_argument(AcknowledgeReleaseInput)

    release = maybe(types.ScheduleRelease, "After it.")
    agreement = maybe(types.SchedulingAgreement, "The agreement.", resolver=lambda row, info: _of_release(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.acknowledge_release(
            work, actor, release_id=number("ScheduleRelease", input, "release_id"),
            expected_version=input["expected_version"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"release": found}


class ObjectToReleaseInput(graphene.InputObjectType):
    """Which release, and why."""

    release_id = needed(graphene.ID, "The newest of an agreement of your firm's.")
    expected_version = needed(graphene.Int, "The version of the agreement you read.")
    reason = needed(Reason, "Why.")
    note = optional(Text, "To the buyer, at most 1,000 characters.")


class ObjectToRelease(Mutation):
    """You do not deliver what is new in it, and say why; what you agreed to before stands. Needs the role SALES."""

    class Arguments:
        input = input_argument(ObjectToReleaseInput)

    release = maybe(types.ScheduleRelease, "After it.")
    agreement = maybe(types.SchedulingAgreement, "The agreement.", resolver=lambda row, info: _of_release(row, info))

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.object_to_release(
            work, actor, release_id=number("ScheduleRelease", input, "release_id"),
            expected_version=input["expected_version"], reason=input["reason"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"release": found}


class SchedulingAgreementActs:
    """Scheduling agreements."""

    propose_scheduling_agreement = ProposeSchedulingAgreement.Field(description=ProposeSchedulingAgreement.__doc__)
    accept_scheduling_agreement = AcceptSchedulingAgreement.Field(description=AcceptSchedulingAgreement.__doc__)
    decline_scheduling_agreement = DeclineSchedulingAgreement.Field(description=DeclineSchedulingAgreement.__doc__)
    end_scheduling_agreement = EndSchedulingAgreement.Field(description=EndSchedulingAgreement.__doc__)
    publish_release = PublishRelease.Field(description=PublishRelease.__doc__)
    acknowledge_release = AcknowledgeRelease.Field(description=AcknowledgeRelease.__doc__)
    object_to_release = ObjectToRelease.Field(description=ObjectToRelease.__doc__)
