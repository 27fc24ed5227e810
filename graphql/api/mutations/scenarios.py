"""Keep scenarios: save, rename, restate, drop."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number
from api.queries.resilience import asked_in
from api.scalars import Text
from api.types import scenarios as types
from api.types.fields import maybe
from api.types.simulation import ScenarioInput
from kernel import ids
from kernel.clock import today_of
from oversight.scenarios import verbs


class SaveScenarioInput(graphene.InputObjectType):
    """What to keep."""

    chain_id = needed(graphene.ID, "The chain.")
    name = needed(Text, "1 to 80 characters, one of a kind in your firm and chain.")
    scenario = needed(
        ScenarioInput, "What happens. Without `begins` it begins on the day it is run, and all its days move along."
    )


class SaveScenario(Mutation):
    """Keep a scenario for all people of your firm. Needs the role BUYER, PLANNER, LEAD or SALES."""

    class Arguments:
        input = input_argument(SaveScenarioInput)

    scenario = maybe(types.SavedScenario, "What is kept.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        said = input["scenario"]
        made = verbs.save_scenario(
            work, actor, chain_id=number("Chain", input, "chain_id"), name=input["name"],
            asked=asked_in(said, today_of(work.now)), begins_on=given(said, "begins"),
        )  # fmt: skip
        return {"scenario": made}


class RenameScenarioInput(graphene.InputObjectType):
    """Which one, and how it is called from now on."""

    scenario_id = needed(graphene.ID, "The saved scenario.")
    expected_version = needed(graphene.Int, "The version you read.")
    name = needed(Text, "1 to 80 characters, one of a kind in your firm and chain.")


class RenameScenario(Mutation):
    """Call a saved scenario otherwise. Needs the role BUYER, PLANNER, LEAD or SALES."""

    class Arguments:
        input = input_argument(RenameScenarioInput)

    scenario = maybe(types.SavedScenario, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.rename_scenario(
            work, actor, scenario_id=number("SavedScenario", input, "scenario_id"),
            expected_version=input["expected_version"], name=input["name"],
        )  # fmt: skip
        return {"scenario": found}


class RestateScenarioInput(graphene.InputObjectType):
    """Which one, and what happens in it from now on."""

    scenario_id = needed(graphene.ID, "The saved scenario.")
    expected_version = needed(graphene.Int, "The version you read.")
    scenario = needed(ScenarioInput, "What happens, in place of what was kept.")


class RestateScenario(Mutation):
    """Say anew what happens in a saved scenario. Needs the role BUYER, PLANNER, LEAD or SALES."""

    class Arguments:
        input = input_argument(RestateScenarioInput)

    scenario = maybe(types.SavedScenario, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        said = input["scenario"]
        found = verbs.restate_scenario(
            work, actor, scenario_id=number("SavedScenario", input, "scenario_id"),
            expected_version=input["expected_version"], asked=asked_in(said, today_of(work.now)),
            begins_on=given(said, "begins"),
        )  # fmt: skip
        return {"scenario": found}


class DropScenarioInput(graphene.InputObjectType):
    """Which one."""

    scenario_id = needed(graphene.ID, "The saved scenario.")
    expected_version = needed(graphene.Int, "The version you read.")


class DropScenario(Mutation):
    """Forget a saved scenario. Needs the role BUYER, PLANNER, LEAD or SALES."""

    class Arguments:
        input = input_argument(DropScenarioInput)

    dropped_id = maybe(graphene.ID, "What was dropped.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        dropped = number("SavedScenario", input, "scenario_id")
        verbs.drop_scenario(work, actor, scenario_id=dropped, expected_version=input["expected_version"])
        return {"dropped_id": ids.seal("SavedScenario", dropped)}


class ScenarioActs:
    """Scenarios kept."""

    save_scenario = SaveScenario.Field(description=SaveScenario.__doc__)
    rename_scenario = RenameScenario.Field(description=RenameScenario.__doc__)
    restate_scenario = RestateScenario.Field(description=RestateScenario.__doc__)
    drop_scenario = DropScenario.Field(description=DropScenario.__doc__)
