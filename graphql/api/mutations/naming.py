"""A firm lets officials of its province know it by name, and takes that back."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, number
from api.scalars import Date
from api.types import figures as types
from api.types.fields import maybe
from oversight.naming import verbs


class ConsentToNamingInput(graphene.InputObjectType):
    """At which stage, as what, until when."""

    stage_id = needed(graphene.ID, "A stage your firm works at.")
    as_holder = needed(
        graphene.Boolean,
        "Also let them read that you call yourselves a key firm of it, where it is marked as held or thin.",
    )
    until = needed(Date, "The last day.")


class ConsentToNaming(Mutation):
    """Let officials of your province and prefecture read your firm's name at a stage. Needs the role SALES or LEAD.

    They read it as soon as that tells nothing of firms that do not consent; no other firm learns of it.
    """

    class Arguments:
        input = input_argument(ConsentToNamingInput)

    consent = maybe(types.NamingConsent, "What was given.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.consent_to_naming(
            work, actor, stage_id=number("Stage", input, "stage_id"), as_holder=input["as_holder"], until=input["until"]
        )  # fmt: skip
        return {"consent": made}


class RevokeNamingInput(graphene.InputObjectType):
    """What to take back."""

    consent_id = needed(graphene.ID, "The consent.")


class RevokeNaming(Mutation):
    """Take a consent back; the officials' next request no longer reads the name. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(RevokeNamingInput)

    consent = maybe(types.NamingConsent, "After it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"consent": verbs.revoke_naming(work, actor, consent_id=number("NamingConsent", input, "consent_id"))}


class NamingActs:
    """Names told to officials by consent."""

    consent_to_naming = ConsentToNaming.Field(description=ConsentToNaming.__doc__)
    revoke_naming = RevokeNaming.Field(description=RevokeNaming.__doc__)
