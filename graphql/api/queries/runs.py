"""What is asked about measurings of a chain by jobs."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import runs as types
from api.types.fields import paging, said
from kernel import ids
from oversight.runs import listing


class RunQuestions:
    """Runs; one is found by ``node``."""

    resilience_runs = said(
        types.ResilienceRunConnection, "The measurings of a chain your firm asked for, newest first.",
        chain_id=by_id("The chain."), **paging(),
    )  # fmt: skip

    @staticmethod
    def resolve_resilience_runs(
        root: Any, info: Any, chain_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = listing.runs(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), first=first, after=after)
        return listed(info, "resilience_run", found)
