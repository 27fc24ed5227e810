"""Requests for data, names said to a viewer, and the access ledger."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, Quantity, children, connection, ident, many, maybe, said
from api.types.firms import Firm, Node
from api.types.orders import camel
from chain.aliases.reads import reveal_verbs
from chain.requests import reads
from kernel import ids
from kernel.access import Role


class DataAnswer(graphene.ObjectType):
    """One kind answered, by a figure meant for the asker alone."""

    kind = said(enums.DataKind, "Of what kind.")
    quantity = said(Quantity, "How much: a month for capacity, days (DAY) for a lead time.",
                    resolver=lambda row, info: {"value": row.value, "unit": row.unit})  # fmt: skip
    stated_on = said(Date, "As of which day.")


def _notice(row: Any, info: Any) -> str | None:
    found = next(iter(info.context.batches["notice_of_request"].many(row.id)), None)
    return found and ids.seal("DisruptionNotice", found.notice_id)


class DataRequest(graphene.ObjectType):
    """A request for data along the tiers, as one of its ends may see it."""

    class Meta:
        interfaces = (Node,)

    id = ident("DataRequest")
    side = said(enums.Side, "BUYER: your firm asks. SELLER: your firm is asked.")
    partner = maybe(Firm, "The other end; empty where you know it by an alias, or where it asks without its name.",
                    resolver=lambda row, info: info.context.batches["firm"].one(row.partner_id))  # fmt: skip
    alias = maybe(graphene.String, "The alias your firm sent it to.")
    revealed_name = maybe(graphene.String, "The name behind the alias, where that firm says it to you.")
    asker_named = said(graphene.Boolean, "Whether the asked is told who asks.")
    reason = said(graphene.String, "The notice or event it is asked for.")
    item = said(graphene.String, "The item, as the asker knows it.")
    kinds = many(enums.DataKind, "What is asked for.")
    criticality = said(enums.Criticality, "How much hangs on it.")
    starts_on = said(Date, "First day.")
    ends_on = said(Date, "Last day the answers may be read.")
    message = said(graphene.String, "What the asker writes to it.")
    state = said(enums.DataRequestState, "Where it stands.")
    asked_at = said(DateTime, "When it was asked.")
    answered_at = maybe(DateTime, "When it was approved or refused.")
    ended_at = maybe(DateTime, "When it was ended.")
    version = said(graphene.Int, "Give it back with your answer.")
    notice_id = maybe(
        graphene.ID,
        "The disruption notice it was made on, and ends with.",
        resolver=lambda row, info: _notice(row, info),
    )
    answers = children(DataAnswer, "data_answers", "What was granted, while you may read it.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.request_verbs(info.context.acting, row)])  # fmt: skip


DataRequestConnection = connection(DataRequest, "DataRequest")


class DataRequestFilter(graphene.InputObjectType):
    """Which requests; conditions are joined by and."""

    side = graphene.InputField(enums.Side, description="Asked by your firm (BUYER) or of it (SELLER).")
    states = graphene.InputField(graphene.List(graphene.NonNull(enums.DataRequestState)), description="Standing here.")


class IdentityReveal(graphene.ObjectType):
    """Your firm says its name to a viewer who otherwise knows it by an alias."""

    class Meta:
        interfaces = (Node,)

    id = ident("IdentityReveal")
    viewer = maybe(Firm, "Who reads it; empty for one that asked without its name.",
                   resolver=lambda row, info: info.context.batches["firm"].one(row.viewer_id if row.viewer_named else None))  # fmt: skip
    data_request_id = maybe(graphene.ID, "The request it answers.",
                       resolver=lambda row, info: row.request_id and ids.seal("DataRequest", row.request_id))  # fmt: skip
    until = said(Date, "Last day.")
    revealed_at = said(DateTime, "When it was given.")
    concealed = said(graphene.Boolean, "Taken back.", resolver=lambda row, info: row.concealed_at is not None)
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reveal_verbs(info.context.acting, row)])  # fmt: skip


IdentityRevealConnection = connection(IdentityReveal, "IdentityReveal")


class AccessEntry(graphene.ObjectType):
    """A person of another firm read, or exported, something of yours."""

    viewer = maybe(Firm, "Of which firm; empty for an office, and for one that asked without its name.",
                   resolver=lambda row, info: info.context.batches["firm"].one(row.viewer_id))  # fmt: skip
    roles = many(enums.Role, "The person's duties; the name is kept and not shown.",
                 resolver=lambda row, info: [Role(word) for word in row.viewer_roles.split()])  # fmt: skip
    what = said(graphene.String, "What was read, a stable code such as disclosed_links.")
    subject_kind = maybe(graphene.String, "What kind of thing it is about.")
    subject_id = maybe(graphene.ID, "The thing it is about.",
                       resolver=lambda row, info: row.subject_kind and ids.seal(row.subject_kind, row.subject_id))  # fmt: skip
    grant_kind = maybe(graphene.String, "What kind of grant let it; empty where your common deal does.")
    grant_id = maybe(graphene.ID, "The grant that let it.",
                     resolver=lambda row, info: row.grant_kind and ids.seal(row.grant_kind, row.grant_id))  # fmt: skip
    rows = said(graphene.Int, "How many rows at once.")
    exported = said(graphene.Boolean, "It left the platform as a file.")
    at = said(DateTime, "When.")


AccessEntryConnection = connection(AccessEntry, "AccessEntry")


class AccessFilter(graphene.InputObjectType):
    """Which entries; conditions are joined by and."""

    partner_id = graphene.InputField(graphene.ID, description="Read by this firm.")
    since = graphene.InputField(Date, description="On this day or later.")
    until = graphene.InputField(Date, description="On this day or before.")
    exported = graphene.InputField(graphene.Boolean, description="Only what left as a file.")


USUAL_LENGTHS = {
    "DataRequest.kinds": 3, "DataRequest.answers": 3, "DataRequest.openVerbs": 2, "IdentityReveal.openVerbs": 1,
    "AccessEntry.roles": 4,
}  # fmt: skip
