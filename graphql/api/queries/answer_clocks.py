"""What is asked about working hours, limits of answers and silence."""

from types import SimpleNamespace
from typing import Any

from api.queries.parts import listed
from api.types import answer_clocks as types
from api.types.fields import many, maybe, paging, said
from chain.working_hours import reads as hours
from chain.working_hours.public_days import LAST_YEAR
from collaboration.answer_clocks import reads

DAYS_AHEAD = 100


class AnswerClockQuestions:
    """Of your own firm, and of its links."""

    working_hours = maybe(types.WorkingHours, "When your firm works; null for who belongs to none.")
    answer_limits = many(
        types.AnswerLimits, "The limits your firm sets as buyer: the usual ones, then those of single sellers."
    )
    held_limits = many(
        types.AnswerLimits,
        "The limits your firm is held to as seller, of each buyer that has asked it for an answer or set limits for it, at most 100.",
    )
    silence_terms = said(
        types.SilenceTermsConnection, "What was proposed between you and your partners, newest first.", **paging()
    )

    @staticmethod
    def resolve_working_hours(root: Any, info: Any) -> Any:
        c = info.context
        if c.acting.party_id is None:
            return None
        return SimpleNamespace(
            spans=hours.own_spans(c.work, c.acting), is_own=hours.says_own_hours(c.work, c.acting),
            days=hours.own_days(c.work, c.acting, since=c.today),
            public_days=hours.unusual_public_days(c.today, DAYS_AHEAD), calendar_known_until=LAST_YEAR,
        )  # fmt: skip

    @staticmethod
    def resolve_answer_limits(root: Any, info: Any) -> Any:
        c = info.context
        if c.acting.party_id is None:
            return []
        found = reads.own_limits(c.work, c.acting)
        c.batches["firm"].expect(number for one in found for number in (one.buyer_id, one.seller_id))
        return found

    @staticmethod
    def resolve_held_limits(root: Any, info: Any) -> Any:
        c = info.context
        if c.acting.party_id is None:
            return []
        found = reads.held_limits(c.work, c.acting)
        c.batches["firm"].expect(number for one in found for number in (one.buyer_id, one.seller_id))
        return found

    @staticmethod
    def resolve_silence_terms(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        return listed(info, "silence_terms", reads.silence_terms(c.work, c.acting, first=first, after=after))
