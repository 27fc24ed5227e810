"""Proposals that two records are one firm."""

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import camel, connection, ident, many, maybe, said
from api.types.firms import Node
from collaboration.merging.reads import merger_verbs


class FirmMerger(graphene.ObjectType):
    """A proposal to merge one record into another; known to the operator and to the people of both."""

    class Meta:
        interfaces = (Node,)

    id = ident("FirmMerger")
    survivor_name = said(graphene.String, "The record that stays.")
    survivor_code = said(graphene.String, "Its unified social credit code.")
    merged_name = said(graphene.String, "The record that goes into it.")
    merged_code = said(graphene.String, "Its unified social credit code.")
    reason = said(graphene.String, "Why they are one firm.")
    state = said(enums.MergerState, "Where it stands.")
    proposed_at = said(DateTime, "When it was proposed.")
    decided_at = maybe(DateTime, "When it was agreed to, refused or taken back.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in merger_verbs(info.context.acting, row)])  # fmt: skip


FirmMergerConnection = connection(FirmMerger, "FirmMerger")
USUAL_LENGTHS = {"FirmMerger.openVerbs": 2}
"""How long the short unpaged lists usually are."""
