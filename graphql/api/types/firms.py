"""Firms and their sites, chains and their stages, items."""

from typing import Any

import graphene

from api.types import enums
from api.types.fields import Date, camel, child, children, connection, ident, many, maybe, said
from chain.firms.decisions import PREFECTURES
from chain.firms.reads import firm_verbs, site_verbs
from chain.items.reads import item_verbs


class Node(graphene.Interface):
    """Anything with an id."""

    id = said(graphene.ID, "Opaque id.")


class MergedFirm(graphene.ObjectType):
    """A duplicate that was merged into a record. Its id still leads there."""

    id = ident("Firm")
    name = said(graphene.String, "The name it had.")
    code = said(graphene.String, "The code it had.")


class Firm(graphene.ObjectType):
    """A legal entity you may know of: your own, or one you deal with."""

    class Meta:
        interfaces = (Node,)

    id = ident("Firm")
    name = said(graphene.String, "Registered name.")
    code = said(graphene.String, "Unified social credit code, 18 characters.")
    role = said(enums.FirmRole, "What it is in its chain.")
    prefecture = said(graphene.String, "GB/T 2260 code of its prefecture, such as 320500.")
    prefecture_name = said(
        graphene.String,
        "The prefecture's name in the language of the request.",
        resolver=lambda row, info: prefecture_name(row.prefecture, info.context.lang),
    )
    name_en = said(graphene.String, "English name; empty when it gave none.")
    makes = said(graphene.String, "What it makes or does, in its own words; empty when it said nothing.")
    standing = said(enums.FirmStanding, "Whether it may trade here.")
    version = said(graphene.Int, "Grows with each change of this record; `changeFirm` wants it.")
    stages = many(lambda: Stage, "At which stages it works now.",
                  resolver=lambda row, info: [info.context.batches["stage"].one(w.stage_id) for w in info.context.batches["workplaces"].many(row.id)])  # fmt: skip
    merged_from = many(MergedFirm, "Duplicates this record stands for, as far as you knew them.",
                       resolver=lambda row, info: info.context.batches["merged"].many(row.id))  # fmt: skip
    open_verbs = many(graphene.String, "What you may do to this record now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in firm_verbs(info.context.acting, row)])  # fmt: skip


class Site(graphene.ObjectType):
    """A place where a firm makes, keeps or takes in goods."""

    class Meta:
        interfaces = (Node,)

    id = ident("Site")
    firm = child(Firm, "firm", "firm_id", "Whose.")
    code = said(graphene.String, "The firm's own short code.")
    name = said(graphene.String, "Name.")
    prefecture = said(graphene.String, "GB/T 2260 code of its prefecture.")
    prefecture_name = said(
        graphene.String,
        "The prefecture's name in the language of the request.",
        resolver=lambda row, info: prefecture_name(row.prefecture, info.context.lang),
    )
    address = said(graphene.String, "Street and number; may be empty.")
    version = said(graphene.Int, "Grows with each change; `changeSite` and `closeSite` want it.")
    closed_on = maybe(Date, "Since when nothing is made or taken in there.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in site_verbs(info.context.acting, row)])  # fmt: skip


def prefecture_name(code: str, lang: str) -> str:
    return PREFECTURES[code][0 if lang == "zh" else 1]


def in_language(zh: str, en: str) -> Any:
    return lambda row, info: getattr(row, zh if info.context.lang == "zh" else en)


class Stage(graphene.ObjectType):
    """A stage of a chain."""

    class Meta:
        interfaces = (Node,)

    id = ident("Stage")
    code = said(graphene.String, "Short stable code.")
    name = said(graphene.String, "Name in the language of the request.", resolver=in_language("name", "name_en"))
    position = said(graphene.Int, "0 is the raw material; grows downstream.")
    chain = graphene.Field(lambda: graphene.NonNull(Chain), description="The chain it is a stage of.",
                           resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))  # fmt: skip


class StageEssentiality(graphene.ObjectType):
    """What firms of one stage lose with what they buy of another."""

    supplier_stage = child(Stage, "stage", "supplier_stage_id", "Who supplies.")
    buyer_stage = child(Stage, "stage", "buyer_stage_id", "Who buys.")
    essentiality = said(enums.Essentiality, "What the buyer loses.")


class Chain(graphene.ObjectType):
    """An industrial chain of the plan."""

    class Meta:
        interfaces = (Node,)

    id = ident("Chain")
    code = said(graphene.String, "Short stable code.")
    name = said(graphene.String, "Name in the language of the request.", resolver=in_language("name", "name_en"))
    stages = children(Stage, "stages", "From raw material to product.")
    stage_essentiality = children(
        StageEssentiality, "stage_essentiality", "Pairs of its stages as the operator set them; any other is ESSENTIAL."
    )


class Item(graphene.ObjectType):
    """What a firm makes and sells, under its own number."""

    class Meta:
        interfaces = (Node,)

    id = ident("Item")
    number = said(graphene.String, "The maker's number.")
    name = said(graphene.String, "Name.")
    unit = said(graphene.String, "UNECE Recommendation 20 code.")
    lead_time_days = said(graphene.Int, "Days from order to despatch, as the maker declares.")
    maker = child(Firm, "firm", "firm_id", "Who makes it.")
    stage = maybe(
        Stage,
        "The stage of the chain it belongs to.",
        resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id),
    )
    version = said(graphene.Int, "Grows with every change; send it back as `expectedVersion`.")
    retired_on = maybe(Date, "Out of its maker's range since this day; it cannot be ordered any more.")
    open_verbs = many(
        graphene.String,
        "What you may do to it now, by mutation name: the buttons.",
        resolver=lambda row, info: [camel(verb) for verb in item_verbs(info.context.acting, row)],
    )


FirmConnection = connection(Firm, "Firm")
SiteConnection = connection(Site, "Site")
ChainConnection = connection(Chain, "Chain")
ItemConnection = connection(Item, "Item")


class FirmFilter(graphene.InputObjectType):
    """Which firms; conditions are joined by and."""

    role = graphene.InputField(enums.FirmRole, description="What the firm is.")
    prefecture = graphene.InputField(graphene.String, description="GB/T 2260 code.")
    text = graphene.InputField(graphene.String, description="Part of a name, of the code, or of what it makes.")


class ItemFilter(graphene.InputObjectType):
    """Which items; conditions are joined by and."""

    firm_id = graphene.InputField(graphene.ID, description="Its maker.")
    number = graphene.InputField(graphene.String, description="The maker's number, whole.")
    text = graphene.InputField(
        graphene.String, description="Part of the maker's number, of the name, or of a number a buyer gives it."
    )
    own = graphene.InputField(graphene.Boolean, description="True: your firm's own; false: what it is supplied with.")


class SiteFilter(graphene.InputObjectType):
    """Which sites; conditions are joined by and."""

    firm_id = graphene.InputField(graphene.ID, description="Of this firm.")
    open_only = graphene.InputField(graphene.Boolean, description="Without closed ones.")


USUAL_LENGTHS = {
    "Firm.stages": 2, "Firm.mergedFrom": 1, "Firm.openVerbs": 2, "Site.openVerbs": 2, "Item.openVerbs": 6,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
