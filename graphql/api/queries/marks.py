"""What is asked about gaps and bottlenecks."""

from typing import Any

import graphene

from api.queries.parts import by_id
from api.types import marks as types
from api.types.fields import maybe
from kernel import ids
from oversight.marks import reads
from oversight.marks.decisions import USUAL_LIMIT_DAYS


class MarkQuestions:
    """断点 and 堵点."""

    supply_marks = maybe(
        types.SupplyMarks, "Where what your firm needs in a chain is cut off or held up; null for who belongs to no firm.",
        chain_id=by_id("The chain."),
        province=graphene.Argument(graphene.String, description="Only sources of this province (two digits of GB/T 2260) are in scope; anywhere when nothing is said."),
        limit_days=graphene.Argument(graphene.Int, description="A lead time beyond it holds up, 1 to 1000; 60 when nothing is said."),
    )  # fmt: skip

    @staticmethod
    def resolve_supply_marks(
        root: Any, info: Any, chain_id: str, province: str | None = None, limit_days: int | None = None
    ) -> Any:
        c = info.context
        limit = USUAL_LIMIT_DAYS if limit_days is None else limit_days
        found = reads.supply_marks(
            c.work, c.acting, chain_id=ids.sought("Chain", chain_id), province=province, limit_days=limit
        )
        if found is not None:
            shown = found.needs[:1000]
            c.batches["firm"].expect(source.firm_id for need in shown for source in need.sources)
            c.batches["item"].expect(item_id for need in shown for item_id in need.item_ids)
        return found
