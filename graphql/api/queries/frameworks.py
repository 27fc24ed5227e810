"""Questions about framework agreements."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import frameworks as types
from api.types.fields import maybe, paging, said
from collaboration.frameworks import reads
from kernel import ids


class FrameworkQuestions:
    """What your firm has agreed on with others."""

    frameworks = said(
        types.FrameworkConnection,
        "Framework agreements of your firm, bought and sold under, newest first.",
        filter=types.FrameworkFilter(description="Which."),
        **paging(),
    )
    framework = maybe(types.Framework, "One of them.", id=by_id("Which."))

    @staticmethod
    def resolve_frameworks(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.frameworks(c.work, c.acting, side=f.get("side"), states=f.get("states"), first=first, after=after)
        return listed(info, "framework", found)

    @staticmethod
    def resolve_framework(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["framework"].one(ids.sought("Framework", id))
