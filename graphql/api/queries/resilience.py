"""Questions about the resilience of a chain."""

from typing import Any

import graphene

from api.payloads import given
from api.queries.parts import by_id
from api.types import resilience as types
from api.types import side_by_side as side_types
from api.types import simulation as simulation_types
from api.types.fields import Date, maybe
from api.types.lists import expect_products
from kernel import ids
from oversight.resilience.asking import ScenarioAsked, ShockAsked, SourceAsked

USUAL_DAYS = 180


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

    chains_side_by_side = maybe(
        side_types.ChainsSideBySide, "The chains in which your firm sees a link, measured side by side; null as above."
    )
    simulate = maybe(
        simulation_types.Simulation, "What a scenario does to the chain over what your firm may see of it; null as above.",
        chain_id=by_id("The chain."),
        input=graphene.Argument(graphene.NonNull(simulation_types.ScenarioInput), description="What happens."),
    )  # fmt: skip

    @staticmethod
    def resolve_resilience(root: Any, info: Any, chain_id: str, as_of: Any = None) -> Any:
        # numba and scipy take a second to load: only where something is measured
        from oversight.resilience import reads

        c = info.context
        found = reads.resilience(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), as_of=as_of)
        if found is not None:
            c.batches["firm"].expect(firm.firm_id for firm in found.source.firms)
            expect_products(c, found)
        return found

    @staticmethod
    def resolve_firm_reasons(root: Any, info: Any, chain_id: str, key: str) -> Any:
        from oversight.resilience import reads

        c = info.context
        found = reads.firm_reasons(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), key=key)
        c.batches["firm"].expect(
            firm.firm_id for way in found.ways for one in way.steps for firm in (one.supplier, one.buyer)
        )
        return found

    @staticmethod
    def resolve_chains_side_by_side(root: Any, info: Any) -> Any:
        from oversight.resilience import side_by_side

        c = info.context
        found = side_by_side.chains_side_by_side(c.work, c.acting)
        if found is not None:
            c.batches["chain"].expect(one.source.chain_id for one in found.chains)
            c.batches["firm"].expect(place.risk.firm.firm_id for shared in found.shared for place in shared.places)
            c.batches["stage"].expect(place.risk.firm.stage_id for shared in found.shared for place in shared.places)
        return found

    @staticmethod
    def resolve_simulate(root: Any, info: Any, chain_id: str, input: Any) -> Any:
        from oversight.resilience import what_if

        c = info.context
        found = what_if.simulation(
            c.work, c.acting, chain_id=ids.sought("Chain", chain_id), asked=asked_in(input, c.today)
        )
        if found is not None:
            c.batches["firm"].expect(firm.firm_id for firm in found.source.firms)
            c.batches.listed("backup_source", list(found.backups))
            c.batches["order"].expect(one.order_id for one in found.at_risk)
            c.batches["item"].expect(one.item_id for one in found.at_risk)
        return found


def asked_in(input: Any, today: Any) -> ScenarioAsked:
    return ScenarioAsked(
        begins=given(input, "begins", today), days=given(input, "days", USUAL_DAYS),
        shocks=[_shock(one) for one in input["shocks"]], sources=[_source(one) for one in given(input, "sources", [])],
        with_backups=given(input, "with_backups", True),
    )  # fmt: skip


def _shock(one: Any) -> ShockAsked:
    return ShockAsked(
        kind=one["kind"], first=one["first"], last=one.get("last"), firm=given(one, "firm", ""),
        stage_ids=[ids.sought("Stage", stage) for stage in given(one, "stage_ids", [])],
        prefectures=given(one, "prefectures", []), origin=given(one, "origin", ""),
        destination=given(one, "destination", ""), left=given(one, "left", 0.0), delay_days=given(one, "delay_days", 0),
    )  # fmt: skip


def _source(one: Any) -> SourceAsked:
    return SourceAsked(
        link_id=ids.sought("SupplyLink", one["link_id"]), share=one["share"], ready_on=one["ready_on"],
        ramp_days=given(one, "ramp_days", 0),
    )  # fmt: skip
