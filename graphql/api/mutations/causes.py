"""State why a delivery was missed, agree to what the other firm states, open an agreed cause again together."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional
from api.scalars import Text
from api.types import causes as types
from api.types.fields import maybe
from collaboration.causes import verbs

_VERSION = "The version of the record you act on."


class StateCauseInput(graphene.InputObjectType):
    """What your firm holds to be the cause."""

    record_id = needed(graphene.ID, "The cause record.")
    expected_version = needed(graphene.Int, _VERSION)
    cause = needed(types.MissCause, "Why.")
    party = needed(types.MissParty, "Who answers for it.")
    note = needed(Text, "In your words; the other firm reads it.")


class StateCause(Mutation):
    """Either firm says why a delivery was late or short; its newest word stands. Needs BUYER, SALES or QUALITY."""

    class Arguments:
        input = input_argument(StateCauseInput)

    cause_record = maybe(types.CauseRecord, "The record.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.state_cause(
            work, actor, record_id=number("CauseRecord", input, "record_id"), expected_version=input["expected_version"],
            cause=input["cause"], party=input["party"], note=input["note"],
        )  # fmt: skip
        return {"cause_record": made}


class AgreeToCauseInput(graphene.InputObjectType):
    """Which statement of the other firm you agree to."""

    record_id = needed(graphene.ID, "The cause record.")
    expected_version = needed(graphene.Int, _VERSION)
    stated_cause_id = needed(graphene.ID, "What the other firm states now.")
    note = optional(Text, "In your words.")


class AgreeToCause(Mutation):
    """Agree to what the other firm states: one cause. A miss that is not the seller's is left out of on-time figures."""

    class Arguments:
        input = input_argument(AgreeToCauseInput)

    cause_record = maybe(types.CauseRecord, "The record.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.agree_to_cause(
            work, actor, record_id=number("CauseRecord", input, "record_id"), expected_version=input["expected_version"],
            stated_id=number("StatedCause", input, "stated_cause_id"), note=given(input, "note", ""),
        )  # fmt: skip
        return {"cause_record": made}


class ReopenCauseInput(graphene.InputObjectType):
    """Which agreed cause."""

    record_id = needed(graphene.ID, "The cause record.")
    expected_version = needed(graphene.Int, _VERSION)


class ReopenCause(Mutation):
    """Ask to open an agreed cause again; it is open once the other firm asks too."""

    class Arguments:
        input = input_argument(ReopenCauseInput)

    cause_record = maybe(types.CauseRecord, "The record.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.reopen_cause(
            work, actor, record_id=number("CauseRecord", input, "record_id"), expected_version=input["expected_version"]
        )
        return {"cause_record": made}


class CauseActs:
    """Why deliveries were missed."""

    state_cause = StateCause.Field(description=StateCause.__doc__)
    agree_to_cause = AgreeToCause.Field(description=AgreeToCause.__doc__)
    reopen_cause = ReopenCause.Field(description=ReopenCause.__doc__)
