"""What is asked about how a chain changed."""

from typing import Any

import graphene

from api.queries.parts import by_id
from api.types import changes as types
from api.types.fields import Date, maybe
from kernel import ids


class ChangeQuestions:
    """A chain beside itself on an earlier day."""

    chain_changes = maybe(
        types.ChainChanges, "What changed in a chain, over what your firm may see of it; null for who belongs to no firm.",
        chain_id=by_id("The chain."),
        since=graphene.Argument(Date, description="The earlier day; the end of the quarter before when nothing is said."),
        until=graphene.Argument(Date, description="The later day; today when nothing is said."),
    )  # fmt: skip

    @staticmethod
    def resolve_chain_changes(root: Any, info: Any, chain_id: str, since: Any = None, until: Any = None) -> Any:
        from oversight.resilience.changes import chain_changes  # what computes loads only where something is measured

        c = info.context
        found = chain_changes(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), since=since, until=until)
        if found is not None:
            c.batches["firm"].expect(firm.firm_id for firm in found.firms.values())
            changed = [*found.found.gained[:200], *found.found.lost[:200]]
            c.batches["item"].expect(link.item_id for link in changed)
            c.batches["firm"].expect(end for link in changed for end in (link.supplier_id, link.buyer_id))
        return found
