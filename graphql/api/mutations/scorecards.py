"""Set how suppliers are weighed; contest a counted event, and answer."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional
from api.scalars import Text
from api.types import enums
from api.types.fields import maybe
from api.types.scorecards import ScorecardContest, ScorecardTerms
from collaboration.scorecards import verbs


class ScorecardWeightInput(graphene.InputObjectType):
    """How much a metric weighs."""

    metric = needed(enums.ScorecardMetric, "The metric.")
    weight = needed(graphene.Int, "Of 100; 0 leaves it out.")


class SetScorecardTermsInput(graphene.InputObjectType):
    """How your firm weighs its suppliers from now."""

    expected_version = needed(graphene.Int, "The version you read; 0 where nothing was set before.")
    weights = needed_list(ScorecardWeightInput, "In all 100; metrics left out weigh nothing.")
    warn_below = optional(graphene.Int, "Warn below this score; never without it.")
    block_below = optional(graphene.Int, "Place no new order below this score; never without it.")


class SetScorecardTerms(Mutation):
    """Say how your firm weighs its suppliers, and from where it is warned or orders no more. Needs the role LEAD."""

    class Arguments:
        input = input_argument(SetScorecardTermsInput)

    terms = maybe(ScorecardTerms, "The terms.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        terms = verbs.set_scorecard_terms(
            work, actor, weights={one["metric"]: one["weight"] for one in input["weights"]},
            warn_below=given(input, "warn_below"), block_below=given(input, "block_below"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"terms": terms}


class ContestObservationInput(graphene.InputObjectType):
    """Which counted event, and why it is not yours."""

    observation_id = needed(graphene.ID, "The counted event.")
    reason = needed(Text, "Why; the buyer reads it.")


class ContestObservation(Mutation):
    """Say, within ten days, that a counted event is not your doing. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(ContestObservationInput)

    contest = maybe(ScorecardContest, "The objection.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        contest = verbs.contest_observation(
            work, actor, observation_id=number("ScorecardObservation", input, "observation_id"), reason=input["reason"]
        )
        return {"contest": contest}


class AgreeToContestInput(graphene.InputObjectType):
    """Which objection you agree to."""

    contest_id = needed(graphene.ID, "The objection.")
    answer = optional(Text, "A word to the supplier.")


class AgreeToContest(Mutation):
    """Say so too: the event no longer counts. Needs the role QUALITY or BUYER."""

    class Arguments:
        input = input_argument(AgreeToContestInput)

    contest = maybe(ScorecardContest, "The objection after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        contest = verbs.agree_to_contest(
            work, actor, contest_id=number("ScorecardContest", input, "contest_id"), answer=given(input, "answer", "")
        )
        return {"contest": contest}


class RefuseContestInput(graphene.InputObjectType):
    """Which objection you do not agree to, and why."""

    contest_id = needed(graphene.ID, "The objection.")
    answer = needed(Text, "Why; the supplier reads it.")


class RefuseContest(Mutation):
    """Do not agree: the event goes on counting, both statements beside it. Needs the role QUALITY or BUYER."""

    class Arguments:
        input = input_argument(RefuseContestInput)

    contest = maybe(ScorecardContest, "The objection after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        contest = verbs.refuse_contest(
            work, actor, contest_id=number("ScorecardContest", input, "contest_id"), answer=input["answer"]
        )
        return {"contest": contest}


class ScorecardActs:
    """What is done about scorecards."""

    set_scorecard_terms = SetScorecardTerms.Field(description=SetScorecardTerms.__doc__)
    contest_observation = ContestObservation.Field(description=ContestObservation.__doc__)
    agree_to_contest = AgreeToContest.Field(description=AgreeToContest.__doc__)
    refuse_contest = RefuseContest.Field(description=RefuseContest.__doc__)
