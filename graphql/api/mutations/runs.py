"""Measurings of a chain by jobs."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional
from api.types.fields import maybe
from api.types.runs import ResilienceRun
from oversight.runs import verbs
from oversight.runs.decisions import USUAL_TOP


class StartResilienceRunInput(graphene.InputObjectType):
    """Which chain, and how much of it exactly."""

    chain_id = needed(graphene.ID, "The chain.")
    exact_firms = optional(
        graphene.Int, "Of how many firms the score is exact in a network of over 5000 firms, 1 to 5000; 500 when nothing is said."
    )  # fmt: skip


class StartResilienceRun(Mutation):
    """Have all your firm may see of a chain measured by jobs; the same asked again while it is under way is the same run."""

    class Arguments:
        input = input_argument(StartResilienceRunInput)

    run = maybe(ResilienceRun, "The run.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        chain_id = number("Chain", input, "chain_id")
        exact_firms = given(input, "exact_firms", USUAL_TOP)
        return {"run": verbs.start_resilience_run(work, actor, chain_id=chain_id, exact_firms=exact_firms)}


class ResilienceRunInput(graphene.InputObjectType):
    """Which run."""

    run_id = needed(graphene.ID, "The run.")


class CancelResilienceRun(Mutation):
    """Stop a run; what is measured already is kept."""

    class Arguments:
        input = input_argument(ResilienceRunInput)

    run = maybe(ResilienceRun, "The run.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"run": verbs.cancel_resilience_run(work, actor, run_id=number("ResilienceRun", input, "run_id"))}


class ResumeResilienceRun(Mutation):
    """Go on with a run that was stopped or failed; what is measured of the same network is not measured again."""

    class Arguments:
        input = input_argument(ResilienceRunInput)

    run = maybe(ResilienceRun, "The run.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"run": verbs.resume_resilience_run(work, actor, run_id=number("ResilienceRun", input, "run_id"))}


class RunActs:
    """What is done with runs."""

    start_resilience_run = StartResilienceRun.Field(description=StartResilienceRun.__doc__)
    cancel_resilience_run = CancelResilienceRun.Field(description=CancelResilienceRun.__doc__)
    resume_resilience_run = ResumeResilienceRun.Field(description=ResumeResilienceRun.__doc__)
