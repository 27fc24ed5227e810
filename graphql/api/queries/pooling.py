"""Questions about joint purchasing."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import pooling as types
from api.types.fields import maybe, paging, said
from collaboration.pooling import reads
from kernel import ids


class PoolQuestions:
    """Pools your firm organises, or is asked into."""

    pools = said(
        types.PoolConnection,
        "Pools your firm organises or is asked into, newest first.",
        filter=types.PoolFilter(description="Which."),
        **paging(),
    )
    pool = maybe(types.Pool, "One of them.", id=by_id("Which."))

    @staticmethod
    def resolve_pools(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = reads.pools(c.work, c.acting, states=(filter or {}).get("states"), first=first, after=after)
        return listed(info, "pool", found)

    @staticmethod
    def resolve_pool(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["pool"].one(ids.sought("Pool", id))
