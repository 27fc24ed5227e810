"""What one is told, and what one follows."""

from typing import Any

import graphene

from api import nodes
from api.types import inbox as types
from api.types.fields import many, paged, paging, said
from kernel.inbox import reads


class InboxQuestions:
    """One's own inbox."""

    inbox = said(
        types.InboxEntryConnection,
        "What you are told, newest first; of what you may see now.",
        filter=types.InboxFilter(description="Which."),
        **paging(),
    )
    inbox_counts = said(types.InboxCounts, "How much lies in your inbox.")
    followings = said(types.FollowingConnection, "What you follow, newest first.", **paging())
    followed = many(
        graphene.ID,
        "Those of some things that you follow.",
        ids=graphene.Argument(
            graphene.NonNull(graphene.List(graphene.NonNull(graphene.ID))), description="At most 100 things."
        ),
    )

    @staticmethod
    def resolve_inbox(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.inbox(
            c.work, c.acting, reasons=f.get("reasons"), unread=f.get("unread"), done=bool(f.get("done")),
            first=first, after=after,
        )  # fmt: skip
        nodes.expect(c, [(row.subject_kind, row.subject_id) for row in found.rows])
        return paged(found)

    @staticmethod
    def resolve_inbox_counts(root: Any, info: Any) -> Any:
        return reads.counts(info.context.work, info.context.acting)

    @staticmethod
    def resolve_followings(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = reads.followings(c.work, c.acting, first=first, after=after)
        nodes.expect(c, [(row.subject_kind, row.subject_id) for row in found.rows])
        return paged(found)

    @staticmethod
    def resolve_followed(root: Any, info: Any, ids: list[str]) -> Any:
        asked = {nodes.opened(one): one for one in ids}
        return [asked[thing] for thing in reads.followed(info.context.work, info.context.acting, list(asked))]
