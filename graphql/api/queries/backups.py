"""Questions about backup sources: which there are, how far inputs are covered, what one more would buy."""

from collections.abc import Iterable
from typing import Any

import graphene

from api.payloads import given
from api.queries.parts import by_id, listed
from api.types import backups as types
from api.types.fields import maybe, paging, said
from chain.backups import reads
from kernel import ids
from oversight.resilience.asking import FurtherAsked


class BackupQuestions:
    """Over what the asker's own firm buys, and what it may see of the chain."""

    backup_sources = said(
        types.BackupSourceConnection, "The backup sources your firm has noted, newest first.",
        filter=types.BackupSourceFilter(description="Which."), **paging(),
    )  # fmt: skip
    backup_coverage = maybe(
        types.BackupCoverage, "How far what your firm buys in a chain is covered; null for who belongs to no firm.",
        chain_id=by_id("The chain."),
    )  # fmt: skip
    second_source = maybe(
        types.SecondSourceBought, "What one more source of a link of yours would buy; null for who belongs to no firm.",
        chain_id=by_id("The chain."),
        input=graphene.Argument(graphene.NonNull(types.SecondSourceInput), description="The source."),
    )  # fmt: skip

    @staticmethod
    def resolve_backup_sources(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.backup_sources(
            c.work, c.acting, chain_id=_sought("Chain", f, "chain_id"), link_id=_sought("SupplyLink", f, "link_id"),
            states=f.get("states"), first=first, after=after,
        )  # fmt: skip
        return listed(info, "backup_source", found)

    @staticmethod
    def resolve_backup_coverage(root: Any, info: Any, chain_id: str) -> Any:
        # numba and scipy take a second to load: only where something is measured
        from oversight.resilience import covering

        c = info.context
        found = covering.backup_coverage(c.work, c.acting, chain_id=ids.sought("Chain", chain_id))
        if found is not None:
            c.batches.listed("supply_link", [link for one in found.inputs for link in one.links])
            _expect(info, (source for one in found.inputs for source in one.backups))
        return found

    @staticmethod
    def resolve_second_source(root: Any, info: Any, chain_id: str, input: Any) -> Any:
        from oversight.resilience import standing_by

        c = info.context
        asked = FurtherAsked(
            link_id=ids.sought("SupplyLink", input["link_id"]), share=input["share"],
            ready_in_days=given(input, "ready_in_days", 0), ramp_days=given(input, "ramp_days", 0),
            days=given(input, "days", 180), with_backups=given(input, "with_backups", True),
        )  # fmt: skip
        found = standing_by.further(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), asked=asked)
        if found is not None:
            _expect(info, found.backups)
        return found


def _sought(kind: str, filter: Any, name: str) -> int | None:
    return ids.sought(kind, filter[name]) if filter.get(name) else None


def _expect(info: Any, sources: Iterable[Any]) -> None:
    info.context.batches.listed("backup_source", list(sources))
