"""Terms two firms exchange under, grants, figures shown by grants and figures allocated to one partner."""

from typing import Any

import graphene

from api.scalars import DateTime, Text
from api.types import enums
from api.types.fields import (
    Date,
    Decimal,
    Quantity,
    camel,
    child,
    children,
    connection,
    ident,
    many,
    maybe,
    said,
)
from api.types.firms import Chain, Firm, Item, Node
from chain.sharing.decisions import EDGES
from chain.sharing.reads import BandShown, ExactShown, allocation_verbs, grant_verbs, pair_verbs


class TermsAcceptance(graphene.ObjectType):
    """A firm accepted a text, letter by letter."""

    firm = child(Firm, "firm", "firm_id", "Which firm.")
    at = said(DateTime, "When.")
    sha256 = said(graphene.String, "SHA-256 of the text that was read.")
    by_name = maybe(graphene.String, "Who of it, where you may know its people.",
                    resolver=lambda row, info: getattr(info.context.batches["person"].one(row.by_user), "name", None))  # fmt: skip


class Terms(graphene.ObjectType):
    """One version of the terms two firms exchange data under."""

    class Meta:
        interfaces = (Node,)

    id = ident("Terms")
    number = said(graphene.Int, "1, 2, 3 ... of the pair.")
    state = said(enums.TermsState, "Where it stands.")
    sha256 = said(graphene.String, "SHA-256 of the exact text, UTF-8.")
    text = said(Text, "The exact text.",
                resolver=lambda row, info: info.context.batches["terms_text"].one(row.sha256).body)  # fmt: skip
    proposer = maybe(Firm, "Whose text it is; empty for the installation's standard text.",
                     resolver=lambda row, info: info.context.batches["firm"].one(row.proposer_id))  # fmt: skip
    proposed_at = said(DateTime, "When it was put to the other firm.")
    effective_on = maybe(Date, "From which day it counts; empty: at once.")
    acceptances = children(TermsAcceptance, "terms_acceptances", "Who accepted it, at most two.")


TermsConnection = connection(Terms, "Terms")


class PartnerTerms(graphene.ObjectType):
    """How the terms with one partner stand today."""

    partner = child(Firm, "firm", "partner_id", "With whom.")
    number = said(graphene.Int, "Number of the version in force; of the one to come where none is.")
    current = maybe(Terms, "What is in force, accepted by both or not; empty: the standard text, accepted by nobody.",
                    resolver=lambda row, info: info.context.batches["terms"].one(row.current))  # fmt: skip
    waiting = maybe(Terms, "What waits for an answer.",
                    resolver=lambda row, info: info.context.batches["terms"].one(row.waiting))  # fmt: skip
    missing = many(Firm, "Who has not accepted what is in force; while anybody has not, nothing new begins.",
                   resolver=lambda row, info: [info.context.batches["firm"].one(n) for n in row.missing])  # fmt: skip
    open_verbs = many(graphene.String, "What you may do about them now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in pair_verbs(row)])  # fmt: skip


PartnerTermsConnection = connection(PartnerTerms, "PartnerTerms")


class StandardTerms(graphene.ObjectType):
    """The text two firms are asked to accept who have agreed on no other; public."""

    text = said(Text, "The exact text.")
    sha256 = said(graphene.String, "Its SHA-256.")


class AccessGrant(graphene.ObjectType):
    """A firm lets another see its secrets of one class until a day."""

    class Meta:
        interfaces = (Node,)

    id = ident("AccessGrant")
    owner = maybe(Firm, "Whose secrets; empty where you know that firm under an alias only.",
                  resolver=lambda row, info: info.context.batches["firm"].one(row.owner_id))  # fmt: skip
    viewer = maybe(Firm, "Who sees; empty where you may not know who asked.",
                   resolver=lambda row, info: info.context.batches["firm"].one(row.viewer_id))  # fmt: skip
    field_class = said(enums.FieldClass, "Secrets of which class.")
    level = said(enums.SharingLevel, "How much of them.")
    scope = said(enums.GrantScope, "Of what.")
    chain = maybe(Chain, "Of which chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    item = maybe(Item, "Of which item, where you know it.",
                 resolver=lambda row, info: info.context.batches["item"].one(row.item_id))  # fmt: skip
    since = said(Date, "From which day.")
    until = said(Date, "The last day.")
    reason = said(graphene.String, "Why; both firms read it.")
    granted_at = said(DateTime, "When it was given.")
    revoked_at = maybe(DateTime, "When it was taken back.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in grant_verbs(info.context.acting, row, info.context.today)])  # fmt: skip


AccessGrantConnection = connection(AccessGrant, "AccessGrant")


class SharedFigure(graphene.Interface):
    """A figure of an item: the number itself, or the band it lies in."""

    owner = child(Firm, "firm", "owner_id", "Whose.")
    item = child(Item, "item", "item_id", "Of which item.")
    kind = said(enums.StatedKind, "Of what kind.")
    unit = said(graphene.String, "ISO 4217 currency of a price or cost; UNECE Rec 20 unit of a capacity.")
    stated_on = said(Date, "On which day its owner stated it.")
    until = maybe(Date, "The last day you are shown it; empty for your own.")

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        return ExactFigure if isinstance(instance, ExactShown) else BandFigure


class ExactFigure(graphene.ObjectType):
    """The number itself: your own, or by a grant at level EXACT."""

    class Meta:
        interfaces = (SharedFigure,)
        possible_types = (ExactShown,)

    value = said(Decimal, "The figure.")


class BandFigure(graphene.ObjectType):
    """The band a figure lies in. Bands begin at fixed edges, the same for every viewer, item and day."""

    class Meta:
        interfaces = (SharedFigure,)
        possible_types = (BandShown,)

    low = said(Decimal, "Not less than this.")
    high = said(Decimal, "Less than this; 0 to 0 means nought.")


SharedFigureConnection = connection(SharedFigure, "SharedFigure")


class AllocatedFigure(graphene.ObjectType):
    """A figure one firm set apart for one partner; nobody else sees it, and no total of such figures is told."""

    class Meta:
        interfaces = (Node,)

    id = ident("AllocatedFigure")
    owner = child(Firm, "firm", "owner_id", "Who set it apart.")
    partner = child(Firm, "firm", "partner_id", "For whom.")
    item = maybe(Item, "Of which item.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id))
    kind = said(enums.AllocatedKind, "Of what kind.")
    quantity = said(Quantity, "How much, in the item's unit or in days.",
                    resolver=lambda row, info: {"value": row.quantity, "unit": row.unit})  # fmt: skip
    as_of = said(Date, "The day it stands for.")
    from_on = maybe(Date, "First day of a planned output.")
    to_on = maybe(Date, "Last day of a planned output.")
    replaced = said(graphene.Boolean, "It does not stand any more.",
                    resolver=lambda row, info: row.replaced_at is not None)  # fmt: skip
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in allocation_verbs(info.context.acting, row)])  # fmt: skip


AllocatedFigureConnection = connection(AllocatedFigure, "AllocatedFigure")


class BandEdges(graphene.ObjectType):
    """Where the bands of a kind of figure begin within each power of ten; public."""

    kind = said(enums.StatedKind, "Of which kind.")
    edges = many(graphene.Int, "Such as 1, 2, 5: bands begin at 1, 2, 5, 10, 20, 50, 100 ...")


def band_edges() -> list[dict[str, Any]]:
    return [{"kind": kind, "edges": list(edges)} for kind, edges in EDGES.items()]


class AccessGrantFilter(graphene.InputObjectType):
    """Which grants; conditions are joined by and."""

    partner_id = graphene.InputField(graphene.ID, description="Given to or by this firm.")
    live = graphene.InputField(graphene.Boolean, description="Only those that show something today.")


class SharedFigureFilter(graphene.InputObjectType):
    """Which figures; conditions are joined by and."""

    owner_id = graphene.InputField(graphene.ID, description="Whose.")
    item_id = graphene.InputField(graphene.ID, description="Of which item.")


class AllocatedFigureFilter(graphene.InputObjectType):
    """Which figures; conditions are joined by and."""

    partner_id = graphene.InputField(graphene.ID, description="Set apart by or for this firm.")
    item_id = graphene.InputField(graphene.ID, description="Of which item.")
    kind = graphene.InputField(enums.AllocatedKind, description="Of which kind.")
    mine = graphene.InputField(
        graphene.Boolean, description="true: what your firm set apart; false: what was set apart for it."
    )


USUAL_LENGTHS = {
    "Terms.acceptances": 2, "PartnerTerms.missing": 2, "PartnerTerms.openVerbs": 2, "AccessGrant.openVerbs": 1,
    "AllocatedFigure.openVerbs": 1, "Query.bandEdges": 3, "BandEdges.edges": 3,
}  # fmt: skip
