"""Working hours, limits of answers, and what silence means."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, needed_list, number, optional
from api.scalars import Date, Text
from api.types import answer_clocks as types
from api.types.enums import Side
from api.types.fields import many, maybe
from chain.working_hours import verbs as hours
from chain.working_hours.forms import DayGiven, SpanGiven
from collaboration.answer_clocks import verbs
from collaboration.answer_clocks.decisions import Hours
from collaboration.answer_clocks.forms import LimitsGiven
from collaboration.answer_clocks.reads import LimitsSeen


class WorkingSpanInput(graphene.InputObjectType):
    """From a time until a time of one weekday, in China's time."""

    weekday = needed(graphene.Int, "1 is Monday, 7 Sunday.")
    opens = needed(Text, "Such as 08:30.")
    closes = needed(Text, "Such as 12:00; 24:00 is the end of the day.")


class SetWorkingHoursInput(graphene.InputObjectType):
    """The whole week anew."""

    spans = needed_list(
        WorkingSpanInput, "All that is worked, at most four spans a day; a weekday without any is closed."
    )


class SetWorkingHours(Mutation):
    """Say when your firm works. Clocks that run keep their limits. Needs the role LEAD, SALES or BUYER."""

    class Arguments:
        input = input_argument(SetWorkingHoursInput)

    spans = many(types.WorkingSpan, "The week as it is now.", resolver=lambda row, info: row.spans or [])

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        spans = [SpanGiven(one["weekday"], one["opens"], one["closes"]) for one in input["spans"]]
        return {"spans": hours.set_working_hours(work, actor, spans=spans)}


class CalendarDayInput(graphene.InputObjectType):
    """What is said of one day."""

    on = needed(Date, "The day.")
    standing = needed(types.DayStanding, "Open, closed, or as usual, which takes back what was said.")
    note = optional(Text, "Why, at most 200 characters.")


class SetCalendarDaysInput(graphene.InputObjectType):
    """Days, each once; others stay as they are."""

    days = needed_list(CalendarDayInput, "The days.")


class SetCalendarDays(Mutation):
    """Say of days that your firm is open or closed all the same. Needs the role LEAD, SALES or BUYER."""

    class Arguments:
        input = input_argument(SetCalendarDaysInput)

    days = many(types.CalendarDay, "All days your firm says something of.", resolver=lambda row, info: row.days or [])

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        days = [DayGiven(one["on"], one["standing"], given(one, "note", "")) for one in input["days"]]
        return {"days": hours.set_calendar_days(work, actor, days=days)}


class SetAnswerLimitsInput(graphene.InputObjectType):
    """In how many working hours of whoever owes it an answer is due."""

    kind = needed(types.AnsweredKind, "To what.")
    seller_id = optional(graphene.ID, "Of this seller; the usual limits without it.")
    seen_within_hours = optional(graphene.Int, "To be acknowledged within, 1 to 720; no such limit without it.")
    answer_within_hours = needed(graphene.Int, "To be answered within, 1 to 720.")
    remind_before_hours = needed(graphene.Int, "Reminded so long before the limit, 0 to less than it.")
    escalate_after_hours = needed(graphene.Int, "So long after it whoever asked is told, 0 to 720.")


class SetAnswerLimits(Mutation):
    """The buyer sets when answers are due. Clocks that run keep their limits. Needs the role BUYER."""

    class Arguments:
        input = input_argument(SetAnswerLimitsInput)

    answer_limits = maybe(types.AnswerLimits, "As they stand now.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        said = Hours(
            given(input, "seen_within_hours"), input["answer_within_hours"], input["remind_before_hours"],
            input["escalate_after_hours"],
        )  # fmt: skip
        limits = LimitsGiven(input["kind"], said, maybe_number("Firm", input, "seller_id"))
        row = verbs.set_answer_limits(work, actor, given=limits)
        return {"answer_limits": LimitsSeen(row.kind, row.buyer_id, row.seller_id, said, True)}


class ProposeSilenceTermsInput(graphene.InputObjectType):
    """What it shall mean that an order is not answered in time."""

    partner_id = needed(graphene.ID, "The other firm.")
    side = needed(Side, "On which side your firm stands in these orders: BUYER or SELLER.")
    meaning = needed(types.SilenceMeaning, "What it shall mean.")


class ProposeSilenceTerms(Mutation):
    """Either end proposes; nothing changes until the other accepts. Needs the role BUYER as buyer, SALES as seller."""

    class Arguments:
        input = input_argument(ProposeSilenceTermsInput)

    silence_terms = maybe(types.SilenceTerms, "The proposal.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms = verbs.propose_silence_terms(
            work, actor, partner_id=number("Firm", input, "partner_id"), side=input["side"], meaning=input["meaning"]
        )
        return {"silence_terms": terms}


class SilenceTermsInput(graphene.InputObjectType):
    """Which terms, as you read them."""

    terms_id = needed(graphene.ID, "The terms.")
    expected_version = needed(graphene.Int, "The version you read.")


class AcceptSilenceTerms(Mutation):
    """The other end agrees; it holds for orders placed from now on. Needs the role BUYER as buyer, SALES as seller."""

    class Arguments:
        input = input_argument(SilenceTermsInput)

    silence_terms = maybe(types.SilenceTerms, "The terms in force.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms_id, version = number("SilenceTerms", input, "terms_id"), input["expected_version"]
        return {"silence_terms": verbs.accept_silence_terms(work, actor, terms_id=terms_id, expected_version=version)}


class DeclineSilenceTerms(Mutation):
    """The other end does not agree. Needs the role BUYER as buyer, SALES as seller."""

    class Arguments:
        input = input_argument(SilenceTermsInput)

    silence_terms = maybe(types.SilenceTerms, "The terms declined.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms_id, version = number("SilenceTerms", input, "terms_id"), input["expected_version"]
        return {"silence_terms": verbs.decline_silence_terms(work, actor, terms_id=terms_id, expected_version=version)}


class WithdrawSilenceTerms(Mutation):
    """Whoever proposed takes it back. Needs the role BUYER as buyer, SALES as seller."""

    class Arguments:
        input = input_argument(SilenceTermsInput)

    silence_terms = maybe(types.SilenceTerms, "The terms withdrawn.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms_id, version = number("SilenceTerms", input, "terms_id"), input["expected_version"]
        return {"silence_terms": verbs.withdraw_silence_terms(work, actor, terms_id=terms_id, expected_version=version)}


class RevokeSilenceTerms(Mutation):
    """Either end takes it back: nothing follows from silence any more. Needs the role BUYER as buyer, SALES as seller."""

    class Arguments:
        input = input_argument(SilenceTermsInput)

    silence_terms = maybe(types.SilenceTerms, "The terms revoked.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms_id, version = number("SilenceTerms", input, "terms_id"), input["expected_version"]
        return {"silence_terms": verbs.revoke_silence_terms(work, actor, terms_id=terms_id, expected_version=version)}


class AnswerClockActs:
    """What is done about hours, limits and silence."""

    set_working_hours = SetWorkingHours.Field(description=SetWorkingHours.__doc__)
    set_calendar_days = SetCalendarDays.Field(description=SetCalendarDays.__doc__)
    set_answer_limits = SetAnswerLimits.Field(description=SetAnswerLimits.__doc__)
    propose_silence_terms = ProposeSilenceTerms.Field(description=ProposeSilenceTerms.__doc__)
    accept_silence_terms = AcceptSilenceTerms.Field(description=AcceptSilenceTerms.__doc__)
    decline_silence_terms = DeclineSilenceTerms.Field(description=DeclineSilenceTerms.__doc__)
    withdraw_silence_terms = WithdrawSilenceTerms.Field(description=WithdrawSilenceTerms.__doc__)
    revoke_silence_terms = RevokeSilenceTerms.Field(description=RevokeSilenceTerms.__doc__)
