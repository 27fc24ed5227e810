"""Questions about tolerances: what a proposed one would have made of the answers there were."""

from typing import Any

import graphene

from api.types import tolerances as types
from api.types.fields import said
from collaboration.replay import reads
from kernel import ids


class ToleranceQuestions:
    """For the buyer's own people: roles BUYER and LEAD."""

    replay_tolerance = said(
        types.ToleranceReplay,
        "What a tolerance would have agreed of the answers your firm was given, and the risk it would let through.",
        rule=graphene.Argument(graphene.NonNull(types.ProposedToleranceInput), description="The tolerance to try out."),
        seller_id=graphene.Argument(graphene.ID, description="Answers of this seller only; of all your sellers without it."),
        item_id=graphene.Argument(graphene.ID, description="Of this item of the seller only."),
        days=graphene.Argument(graphene.Int, description="Answers of the last so many days, 1 to 731; 365 when nothing is said."),
    )  # fmt: skip

    @staticmethod
    def resolve_replay_tolerance(
        root: Any, info: Any, rule: Any, seller_id: str | None = None, item_id: str | None = None,
        days: int | None = None,
    ) -> Any:  # fmt: skip
        c = info.context
        found = reads.replay_tolerance(
            c.work, c.acting, proposed=types.tolerance_of(rule),
            seller_id=None if seller_id is None else ids.sought("Firm", seller_id),
            item_id=None if item_id is None else ids.sought("Item", item_id),
            days=reads.USUAL_DAYS if days is None else days,
        )  # fmt: skip
        shown = [risk.answered for risk in found.outcome.risks[: types.MOST_SHOWN]]
        c.batches["order"].expect(one.order_id for one in shown)
        c.batches["firm"].expect(one.seller_id for one in shown)
        c.batches["item"].expect(one.item_id for one in shown)
        return found
