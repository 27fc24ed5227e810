"""Working hours, limits of answers, the clocks that run by them, and what silence means."""

import graphene

from api.scalars import DateTime
from api.types.enums import Side
from api.types.fields import Date, camel, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Node
from chain.working_hours.decisions import clock_of
from chain.working_hours.forms import DayStanding as DayStandingWord
from collaboration.answer_clocks import reads
from collaboration.answer_clocks.decisions import is_overdue
from collaboration.answer_clocks.lifecycle import SilenceState as SilenceStateWord
from collaboration.answer_clocks.tables import AnsweredKind as AnsweredKindWord
from collaboration.answer_clocks.tables import ClockEnd as ClockEndWord
from collaboration.answer_clocks.tables import SilenceMeaning as SilenceMeaningWord

AnsweredKind = described("AnsweredKind", AnsweredKindWord, "The kinds of documents that ask for an answer.", {
    AnsweredKindWord.ORDER: "An order, or what is asked of it anew before anything is agreed.",
    AnsweredKindWord.ORDER_CHANGE: "A change of an agreed order.",
    AnsweredKindWord.ORDER_CANCELLATION: "A cancellation; whichever side was asked owes the answer.",
    AnsweredKindWord.REPROMISE: "A new promise of the seller; the buyer owes the decision.",
})  # fmt: skip
ClockEnd = described("ClockEnd", ClockEndWord, "How a clock came to its end.", {
    ClockEndWord.ANSWERED: "The answer came.", ClockEndWord.WITHDRAWN: "Whoever asked no longer does.",
    ClockEndWord.REPLACED: "It is asked otherwise now; a new clock runs.",
    ClockEndWord.ASSUMED_AGREED: "None came; by what both had agreed the order stands as it was asked.",
    ClockEndWord.LAPSED: "None came; by what both had agreed nobody is bound.",
})  # fmt: skip
SilenceMeaning = described("SilenceMeaning", SilenceMeaningWord, "What it means that an order is not answered in time.", {
    SilenceMeaningWord.NOTHING: "Nothing: the order goes on waiting. So it is where nobody agreed otherwise.",
    SilenceMeaningWord.LAPSES: "Nobody is bound by it any more.",
    SilenceMeaningWord.ASSUMED_AGREED: "Both are bound by it as it was asked.",
})  # fmt: skip
SilenceState = described("SilenceState", SilenceStateWord, "Where an agreement on silence stands.", {
    SilenceStateWord.PROPOSED: "One end has said it; the other owes an answer.", SilenceStateWord.IN_FORCE: "Both agreed.",
    SilenceStateWord.DECLINED: "The other end did not agree.", SilenceStateWord.WITHDRAWN: "Taken back before it was answered.",
    SilenceStateWord.REVOKED: "Either end took it back; silence means nothing again.",
    SilenceStateWord.REPLACED: "Both agreed on another meaning since.",
})  # fmt: skip
DayStanding = described("DayStanding", DayStandingWord, "What a firm says of one day.", {
    DayStandingWord.OPEN: "Worked, whatever the week and the public calendar say.", DayStandingWord.CLOSED: "Not worked.",
    DayStandingWord.USUAL: "As the week and the public calendar have it: takes back what was said.",
})  # fmt: skip


class AnswerClock(graphene.ObjectType):
    """An answer that is, or was, owed. Its limits were reckoned when it began, in working hours of whoever owes it."""

    kind = said(AnsweredKind, "To what.")
    owed_by = said(Side, "Which side owes it.")
    started_at = said(DateTime, "Since when.")
    see_by = maybe(DateTime, "Until when it is to be acknowledged; empty where nobody set such a limit.")
    seen_at = maybe(DateTime, "When it was acknowledged or answered.")
    answer_by = said(DateTime, "Until when it is to be answered.")
    escalate_at = said(DateTime, "When whoever asked is told that no answer came.")
    ended_at = maybe(DateTime, "When it ended; empty while it runs.")
    ended = maybe(ClockEnd, "How.")
    overdue = said(
        graphene.Boolean, "The limit passed while it ran, and no answer has come.",
        resolver=lambda row, info: is_overdue(row, info.context.work.now),
    )  # fmt: skip
    held_at = maybe(
        DateTime, "Since when it stands still, for the buyer holds the order; it then runs on with what was left."
    )
    is_calendar_known = said(
        graphene.Boolean, "The public calendar was known for all its days; else Monday to Friday stood in for it."
    )
    heeds_silence = said(
        graphene.Boolean, "While it runs: what both agreed silence means holds for it.",
        resolver=lambda row, info: row.ended_at is None and row.silence_id is not None,
    )  # fmt: skip


class AnswerLimits(graphene.ObjectType):
    """In how many working hours of whoever owes it an answer is due on a buyer's links."""

    kind = said(AnsweredKind, "To what.")
    buyer = maybe(Firm, "Who set them.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    seller = maybe(
        Firm, "Of this seller; empty: the usual ones.",
        resolver=lambda row, info: info.context.batches["firm"].one(row.seller_id),
    )  # fmt: skip
    seen_within_hours = maybe(
        graphene.Int, "To be acknowledged within.", resolver=lambda row, info: row.hours.seen_within_hours
    )
    answer_within_hours = said(
        graphene.Int, "To be answered within.", resolver=lambda row, info: row.hours.answer_within_hours
    )
    remind_before_hours = said(
        graphene.Int, "Reminded so long before the limit.", resolver=lambda row, info: row.hours.remind_before_hours
    )
    escalate_after_hours = said(
        graphene.Int, "So long after it whoever asked is told.",
        resolver=lambda row, info: row.hours.escalate_after_hours,
    )  # fmt: skip
    is_own = said(graphene.Boolean, "The buyer has said so; else it is what everybody begins with.")


class SilenceTerms(graphene.ObjectType):
    """What silence on an order means between two firms, proposed by one and in force once the other accepts."""

    class Meta:
        interfaces = (Node,)

    id = ident("SilenceTerms")
    buyer = said(Firm, "Who orders.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    seller = said(Firm, "Who answers.", resolver=lambda row, info: info.context.batches["firm"].one(row.seller_id))
    meaning = said(SilenceMeaning, "What it means.")
    state = said(SilenceState, "Where it stands.")
    proposed_by = said(Side, "Which side proposed it.")
    proposed_at = said(DateTime, "When.")
    answered_at = maybe(DateTime, "When the other answered.")
    ended_at = maybe(DateTime, "When it came to its end.")
    version = said(graphene.Int, "Send it back as `expectedVersion`.")
    open_verbs = many(
        graphene.String, "What you may do now, by mutation name: the buttons.",
        resolver=lambda row, info: [camel(verb) for verb in reads.silence_verbs(info.context.acting, row)],
    )  # fmt: skip


class WorkingSpan(graphene.ObjectType):
    """From a time until a time, in China's time."""

    weekday = said(graphene.Int, "1 is Monday, 7 Sunday (ISO 8601).", resolver=lambda row, info: row[0])
    opens = said(graphene.String, "Such as 08:30.", resolver=lambda row, info: clock_of(row[1].opens))
    closes = said(graphene.String, "Such as 17:30.", resolver=lambda row, info: clock_of(row[1].closes))


class CalendarDay(graphene.ObjectType):
    """A day of which a firm has said that it is open or closed."""

    on = said(Date, "The day.")
    standing = said(
        DayStanding, "What is said.",
        resolver=lambda row, info: DayStandingWord.OPEN if row.is_open else DayStandingWord.CLOSED,
    )  # fmt: skip
    note = said(graphene.String, "Why.")


class PublicDay(graphene.ObjectType):
    """A weekday off, or a weekend's day worked, by the public calendar."""

    on = said(Date, "The day.", resolver=lambda row, info: row[0])
    is_worked = said(
        graphene.Boolean, "Worked to make up for a holiday (调休); else off.", resolver=lambda row, info: row[1]
    )


class WorkingHours(graphene.ObjectType):
    """When your firm works: your limits are reckoned by it."""

    spans = many(WorkingSpan, "The week.")
    is_own = said(graphene.Boolean, "Your firm has said so; else it is what everybody begins with.")
    days = many(CalendarDay, "Days your firm says something of, from today.")
    public_days = many(PublicDay, "The public calendar's, of the next hundred days.")
    calendar_known_until = said(
        graphene.Int, "The last year of which the public calendar is known; after it Monday to Friday count."
    )


SilenceTermsConnection = connection(SilenceTerms, "SilenceTerms")
NODES = (SilenceTerms,)
USUAL_LENGTHS = {
    "Order.answerClocks": 2, "Query.answerLimits": 8, "Query.heldLimits": 12, "WorkingHours.spans": 10, "WorkingHours.days": 5,
    "WorkingHours.publicDays": 10, "SilenceTerms.openVerbs": 2, "SetWorkingHours.spans": 10, "SetCalendarDays.days": 5,
}  # fmt: skip
