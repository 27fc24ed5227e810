"""Questions about scheduling agreements."""

from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import scheduling_agreements as types
from api.types.fields import many, maybe, paging, said
from collaboration.scheduling_agreements import reads
from kernel import ids


class SchedulingAgreementQuestions:
    """What your firm calls off, or is called to deliver, by releases."""

    scheduling_agreements = said(
        types.SchedulingAgreementConnection,
        "Scheduling agreements of your firm, bought and sold under, newest first.",
        filter=types.SchedulingAgreementFilter(description="Which."),
        **paging(),
    )
    scheduling_agreement = maybe(types.SchedulingAgreement, "One of them.", id=by_id("Which."))
    release_difference = many(
        types.ReleaseDifference,
        "How two releases of an agreement differ, bucket by bucket.",
        agreement_id=by_id("The agreement."),
        earlier=graphene.Argument(graphene.NonNull(graphene.Int), description="Number of the one."),
        later=graphene.Argument(graphene.NonNull(graphene.Int), description="Number of the other."),
    )

    @staticmethod
    def resolve_scheduling_agreements(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.scheduling_agreements(
            c.work, c.acting, side=f.get("side"), states=f.get("states"), first=first, after=after
        )
        return listed(info, "scheduling_agreement", found)

    @staticmethod
    def resolve_scheduling_agreement(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["scheduling_agreement"].one(ids.sought("SchedulingAgreement", id))

    @staticmethod
    def resolve_release_difference(root: Any, info: Any, agreement_id: str, earlier: int, later: int) -> Any:
        c, number = info.context, ids.sought("SchedulingAgreement", agreement_id)
        return reads.difference_of(c.work, c.acting, number, earlier=earlier, later=later)
