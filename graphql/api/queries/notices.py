"""Questions about disruption notices."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import notices as types
from api.types.fields import maybe, paging, said
from collaboration.notices import reads
from kernel import ids


class NoticeQuestions:
    """Notices your firm sent, or was sent."""

    disruption_notices = said(
        types.DisruptionNoticeConnection,
        "Disruption notices your firm has sent or was sent, newest first.",
        filter=types.DisruptionNoticeFilter(description="Which."),
        **paging(),
    )
    disruption_notice = maybe(types.DisruptionNotice, "One of them.", id=by_id("Which."))

    @staticmethod
    def resolve_disruption_notices(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.disruption_notices(
            c.work, c.acting, side=f.get("side"), states=f.get("states"), source=f.get("source_disruption_id"),
            first=first, after=after,
        )  # fmt: skip
        return listed(info, "disruption_notice", found)

    @staticmethod
    def resolve_disruption_notice(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["disruption_notice"].one(ids.sought("DisruptionNotice", id))
