"""Questions about saved scenarios."""

from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import scenarios as types
from api.types.fields import paging, said
from kernel import ids
from oversight.scenarios import reads


class ScenarioQuestions:
    """What a firm keeps to run again."""

    saved_scenarios = said(
        types.SavedScenarioConnection, "The scenarios your firm keeps for a chain, newest first.",
        chain_id=by_id("The chain."), **paging(),
    )  # fmt: skip
    compare_scenarios = said(
        types.ScenarioComparison, "Two to four scenarios of one chain that your firm keeps, run side by side over the same links.",
        ids=graphene.Argument(
            graphene.NonNull(graphene.List(graphene.NonNull(graphene.ID))), description="Which, in this order."
        ),
    )  # fmt: skip

    @staticmethod
    def resolve_saved_scenarios(
        root: Any, info: Any, chain_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = reads.saved_scenarios(
            c.work, c.acting, chain_id=ids.sought("Chain", chain_id), first=first, after=after
        )
        return listed(info, "saved_scenario", found)

    @staticmethod
    def resolve_compare_scenarios(root: Any, info: Any, **asked: Any) -> Any:
        from oversight.scenarios import comparing  # scipy takes a second to load: only where something is run

        c = info.context
        found = comparing.comparison(c.work, c.acting, [ids.sought("SavedScenario", one) for one in asked["ids"]])
        c.batches.listed("saved_scenario", [one.saved for one in found.columns])
        c.batches["firm"].expect(firm.firm_id for firm in found.source.firms)
        at_risk = [coming for one in found.columns if one.run for coming in one.run.at_risk]
        c.batches["order"].expect(one.order_id for one in at_risk)
        c.batches["item"].expect(one.item_id for one in at_risk)
        return found
