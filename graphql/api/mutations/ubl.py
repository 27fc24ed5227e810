"""Take in what another system wrote."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, optional
from api.types import ubl as types
from api.types.fields import maybe
from exchange.verbs import import_ubl


class ImportUblInput(graphene.InputObjectType):
    """A file, and whether it is only tried."""

    kind = needed(types.UblKind, "What it is.")
    content = needed(graphene.String, "Its bytes in base 64: at most 716,800 of them.")
    dry_run = optional(graphene.Boolean, "Only say what it would do.")


class ImportUbl(Mutation):
    """Take a UBL file in by the act it stands for, all of it or nothing; each thing wrong with it is one user error.

    An order, change, cancellation or request needs BUYER, an answer, cancellation or bid SALES. A bid is sealed before anything
    is kept, and no answer repeats what it says.
    """

    class Arguments:
        input = input_argument(ImportUblInput)

    outcome = maybe(types.UblOutcome, "What it did, or would do.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {
            "outcome": import_ubl(
                work, actor, kind=input["kind"], content=input["content"], dry_run=bool(given(input, "dry_run"))
            )
        }


class UblActs:
    """What is done with files of other systems."""

    import_ubl = ImportUbl.Field(description=ImportUbl.__doc__)
