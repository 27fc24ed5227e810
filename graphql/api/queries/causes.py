"""Questions about the causes of missed deliveries."""

from typing import Any

import graphene

from api.payloads import maybe_number
from api.queries.parts import by_id, listed
from api.types import causes as types
from api.types import enums
from api.types.fields import many, maybe, paging, said
from collaboration.causes import reads
from collaboration.causes.reads import CauseSought
from kernel import ids


def _sought(given: Any) -> CauseSought:
    f = given or {}
    return CauseSought(
        f.get("side"), maybe_number("Firm", f, "partner_id"), maybe_number("Order", f, "order_id"), f.get("state")
    )


class CauseQuestions:
    """Late and short deliveries between your firm and its partners, and why."""

    cause_records = said(
        types.CauseRecordConnection, "Missed deliveries with what both say of them, newest first.",
        filter=types.CauseRecordFilter(description="Which."), **paging(),
    )  # fmt: skip
    cause_record = maybe(types.CauseRecord, "One of them.", id=by_id("Which."))
    cause_counts = many(
        types.CauseStateCount, "How many have an agreed cause, and how many none.",
        filter=types.CauseRecordFilter(description="Which."),
    )  # fmt: skip
    cause_totals = many(
        types.CauseTotal, "Agreed causes counted per partner, most first; those without any are counted too.",
        side=graphene.Argument(graphene.NonNull(enums.Side), description="BUYER: per supplier; SELLER: per buyer."),
        partner_id=graphene.Argument(graphene.ID, description="Of this partner alone."),
    )  # fmt: skip

    @staticmethod
    def resolve_cause_records(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = reads.cause_records(c.work, c.acting, _sought(filter), first=first, after=after)
        return listed(info, "cause_record", found)

    @staticmethod
    def resolve_cause_record(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["cause_record"].one(ids.sought("CauseRecord", id))

    @staticmethod
    def resolve_cause_counts(root: Any, info: Any, filter: Any = None) -> Any:
        c = info.context
        return [{"state": s, "misses": n} for s, n in reads.count_causes(c.work, c.acting, _sought(filter))]

    @staticmethod
    def resolve_cause_totals(root: Any, info: Any, side: Any, partner_id: str | None = None) -> Any:
        c = info.context
        partner = None if partner_id is None else ids.sought("Firm", partner_id)
        found = reads.cause_totals(c.work, c.acting, CauseSought(side, partner))
        c.batches["firm"].expect(one.partner_id for one in found)
        return found
