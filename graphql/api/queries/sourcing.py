"""Questions about requests for quotation."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import sourcing as types
from api.types.fields import maybe, paging, said
from collaboration.sourcing import reads
from kernel import ids


class SourcingQuestions:
    """Requests your firm makes, or is invited to."""

    rfqs = said(
        types.RfqConnection,
        "Requests for quotation your firm makes or is invited to, newest first.",
        filter=types.RfqFilter(description="Which."),
        **paging(),
    )
    rfq = maybe(types.Rfq, "One of them.", id=by_id("Which."))

    @staticmethod
    def resolve_rfqs(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.rfqs(c.work, c.acting, side=f.get("side"), states=f.get("states"), first=first, after=after)
        return listed(info, "rfq", found)

    @staticmethod
    def resolve_rfq(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["rfq"].one(ids.sought("Rfq", id))
