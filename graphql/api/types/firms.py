"""Firms, chains and their stages, items."""

from typing import Any

import graphene

from api.types import enums
from api.types.fields import child, children, connection, ident, maybe, said
from chain.firms.decisions import PREFECTURES


class Node(graphene.Interface):
    """Anything with an id."""

    id = said(graphene.ID, "Opaque id.")


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


class Chain(graphene.ObjectType):
    """An industrial chain of the plan."""

    class Meta:
        interfaces = (Node,)

    id = ident("Chain")
    code = said(graphene.String, "Short stable code.")
    name = said(graphene.String, "Name in the language of the request.", resolver=in_language("name", "name_en"))
    stages = children(Stage, "stages", "From raw material to product.")


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


FirmConnection = connection(Firm, "Firm")
ChainConnection = connection(Chain, "Chain")
ItemConnection = connection(Item, "Item")


class FirmFilter(graphene.InputObjectType):
    """Which firms; conditions are joined by and."""

    role = graphene.InputField(enums.FirmRole, description="What the firm is.")
    prefecture = graphene.InputField(graphene.String, description="GB/T 2260 code.")
    text = graphene.InputField(graphene.String, description="Part of the name or code.")


class ItemFilter(graphene.InputObjectType):
    """Which items; conditions are joined by and."""

    firm_id = graphene.InputField(graphene.ID, description="Its maker.")
    number = graphene.InputField(graphene.String, description="The maker's number, whole.")
