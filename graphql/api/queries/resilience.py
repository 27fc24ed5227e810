"""Questions about the resilience of a chain."""

from typing import Any

import graphene

from api.queries.parts import by_id
from api.types import resilience as types
from api.types.fields import Date, maybe
from kernel import ids


class ResilienceQuestions:
    """Measures of a chain over what the asker may see of it."""

    resilience = maybe(
        types.Resilience, "A chain measured over what your firm may see of it; null for who belongs to no firm.",
        chain_id=by_id("The chain."), as_of=graphene.Argument(Date, description="The day; today when nothing is said."),
    )  # fmt: skip
    firm_reasons = maybe(
        types.FirmReasons, "Why a firm of the network matters to yours.", chain_id=by_id("The chain."),
        key=graphene.Argument(graphene.NonNull(graphene.String), description="Its `key` in `resilience`."),
    )  # fmt: skip

    @staticmethod
    def resolve_resilience(root: Any, info: Any, chain_id: str, as_of: Any = None) -> Any:
        from oversight.resilience import (
            reads,  # numba and scipy take a second to load: only where something is measured
        )

        c = info.context
        found = reads.resilience(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), as_of=as_of)
        if found is not None:
            c.batches["firm"].expect(firm.firm_id for firm in found.source.firms)
        return found

    @staticmethod
    def resolve_firm_reasons(root: Any, info: Any, chain_id: str, key: str) -> Any:
        from oversight.resilience import reads

        c = info.context
        return reads.firm_reasons(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), key=key)
