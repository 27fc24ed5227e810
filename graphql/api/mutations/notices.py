"""Write, open, update, resolve and forward disruption notices; read and assess those one was sent."""

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
from api.scalars import Date, Text
from api.types import notices as types
from api.types.fields import maybe
from collaboration.notices import verbs
from collaboration.notices.decisions import Content
from kernel import ids


class _Content(graphene.InputObjectType):
    """What a notice says."""

    class Meta:
        abstract = True

    cause = needed(types.DisruptionCause, "Why.")
    effect = needed(types.DisruptionEffect, "What it does to your firm.")
    starts_on = needed(Date, "First day.")
    expected_end_on = optional(Date, "Last day, as expected.")
    text = needed(Text, "In your words, at most 4,000 characters.")
    left_percent = optional(graphene.Int, "How much capacity is left, 0 to 99; of CAPACITY_REDUCED only.")
    site_ids = optional_list(graphene.ID, "Sites of your firm, at most 20.")
    item_ids = optional_list(
        graphene.ID, "Items your firm makes or buys, at most 50; each addressee reads those you two trade."
    )


def _content(input: Any) -> Content:
    return Content(
        cause=input["cause"], effect=input["effect"], starts_on=input["starts_on"], text=input["text"],
        expected_end_on=given(input, "expected_end_on"), left_percent=given(input, "left_percent"),
        site_ids=[ids.sought("Site", one) for one in given(input, "site_ids", [])],
        item_ids=[ids.sought("Item", one) for one in given(input, "item_ids", [])],
    )  # fmt: skip


def _to(input: Any) -> list[int]:
    return [ids.sought("Firm", one) for one in input["addressee_ids"]]


class WriteDisruptionNoticeInput(_Content):
    """A new draft, or one said anew."""

    addressee_ids = needed_list(
        graphene.ID, "Partners it is meant for, at most 100; the draft is told to none of them."
    )
    notice_id = optional(graphene.ID, "The draft to say anew; a new one unless said.")
    expected_version = optional(graphene.Int, "With `noticeId`: the version you read.")


class WriteDisruptionNotice(Mutation):
    """Write a draft, or say one anew. Needs the role BUYER, PLANNER, SALES or LEAD."""

    class Arguments:
        input = input_argument(WriteDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice = verbs.write_disruption_notice(
            work, actor, _content(input), addressee_ids=_to(input),
            notice_id=maybe_number("DisruptionNotice", input, "notice_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return {"notice": notice}


class OpenDisruptionNoticeInput(graphene.InputObjectType):
    """Which draft."""

    notice_id = needed(graphene.ID, "The draft.")
    expected_version = needed(graphene.Int, "The version you read.")


class OpenDisruptionNotice(Mutation):
    """Tell a draft's addressees, all at once. Needs the role BUYER, PLANNER, SALES or LEAD, and terms with each."""

    class Arguments:
        input = input_argument(OpenDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The notice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice_id = number("DisruptionNotice", input, "notice_id")
        return {
            "notice": verbs.open_disruption_notice(
                work, actor, notice_id=notice_id, expected_version=input["expected_version"]
            )
        }


class UpdateDisruptionNoticeInput(_Content):
    """What an open notice says from now on."""

    notice_id = needed(graphene.ID, "The notice.")
    expected_version = needed(graphene.Int, "The version you read.")


class UpdateDisruptionNotice(Mutation):
    """Say anew what an open notice says; its addressees are told. Needs the role BUYER, PLANNER, SALES or LEAD."""

    class Arguments:
        input = input_argument(UpdateDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The notice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice = verbs.update_disruption_notice(
            work, actor, _content(input), notice_id=number("DisruptionNotice", input, "notice_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"notice": notice}


class ResolveDisruptionNoticeInput(graphene.InputObjectType):
    """Which notice, and how it ended."""

    notice_id = needed(graphene.ID, "The notice.")
    expected_version = needed(graphene.Int, "The version you read.")
    text = needed(Text, "How it ended, at most 4,000 characters.")


class ResolveDisruptionNotice(Mutation):
    """Say that it is over: its sender alone does. Nothing of it changes after, and data requests made on it end."""

    class Arguments:
        input = input_argument(ResolveDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The notice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice = verbs.resolve_disruption_notice(
            work, actor, notice_id=number("DisruptionNotice", input, "notice_id"),
            expected_version=input["expected_version"], text=input["text"],
        )  # fmt: skip
        return {"notice": notice}


class ForwardDisruptionNoticeInput(_Content):
    """Which notice, and what yours says."""

    notice_id = needed(graphene.ID, "An open notice your firm sent or was sent.")
    addressee_ids = needed_list(graphene.ID, "Partners that have none of this disruption from your firm.")


class ForwardDisruptionNotice(Mutation):
    """Draft a new notice of the same disruption in your own words; who told you is not told. Then open it."""

    class Arguments:
        input = input_argument(ForwardDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The new draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice = verbs.forward_disruption_notice(
            work, actor, _content(input), notice_id=number("DisruptionNotice", input, "notice_id"),
            addressee_ids=_to(input),
        )  # fmt: skip
        return {"notice": notice}


class ReadDisruptionNoticeInput(graphene.InputObjectType):
    """Which notice."""

    notice_id = needed(graphene.ID, "A notice your firm was sent.")


class ReadDisruptionNotice(Mutation):
    """Say that your firm has read what it says now; its sender may know that. Needs any role of trade."""

    class Arguments:
        input = input_argument(ReadDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The notice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice_id = number("DisruptionNotice", input, "notice_id")
        return {"notice": verbs.read_disruption_notice(work, actor, notice_id=notice_id)}


class AssessDisruptionNoticeInput(graphene.InputObjectType):
    """Which notice, and what your firm makes of it."""

    notice_id = needed(graphene.ID, "A notice your firm was sent.")
    expected_version = needed(graphene.Int, "The version you assess.")
    impact = needed(types.DisruptionImpact, "What it means for your firm.")
    note = optional(Text, "For your own people, at most 1,000 characters.")


class AssessDisruptionNotice(Mutation):
    """Say, to your own firm alone, what a notice means for it; ACT puts a task into its people's inboxes."""

    class Arguments:
        input = input_argument(AssessDisruptionNoticeInput)

    notice = maybe(types.DisruptionNotice, "The notice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        notice = verbs.assess_disruption_notice(
            work, actor, notice_id=number("DisruptionNotice", input, "notice_id"),
            expected_version=input["expected_version"], impact=input["impact"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"notice": notice}


class NoticeActs:
    """Disruption notices."""

    write_disruption_notice = WriteDisruptionNotice.Field(description=WriteDisruptionNotice.__doc__)
    open_disruption_notice = OpenDisruptionNotice.Field(description=OpenDisruptionNotice.__doc__)
    update_disruption_notice = UpdateDisruptionNotice.Field(description=UpdateDisruptionNotice.__doc__)
    resolve_disruption_notice = ResolveDisruptionNotice.Field(description=ResolveDisruptionNotice.__doc__)
    forward_disruption_notice = ForwardDisruptionNotice.Field(description=ForwardDisruptionNotice.__doc__)
    read_disruption_notice = ReadDisruptionNotice.Field(description=ReadDisruptionNotice.__doc__)
    assess_disruption_notice = AssessDisruptionNotice.Field(description=AssessDisruptionNotice.__doc__)
