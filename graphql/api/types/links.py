"""Supply links with their evidence, and the chain map."""

import graphene

from api.types import enums
from api.types.fields import Date, connection, ident, many, maybe, said
from api.types.firms import Chain, Firm, Item, Node, Stage, prefecture_name
from api.types.orders import camel
from chain.links.decisions import WEIGHTS
from chain.links.reads import disclosure_verbs, link_verbs
from kernel import ids


class Evidence(graphene.ObjectType):
    """What was seen of a link, of one kind."""

    kind = said(enums.EvidenceKind, "Of what kind.")
    count = said(graphene.Int, "How often.")
    latest_on = said(Date, "Last on this day.")
    trust = said(graphene.Float, "How far a fresh one convinces, 0 to 1.",
                 resolver=lambda seen, info: WEIGHTS[seen.kind].trust)  # fmt: skip
    half_life_days = said(graphene.Int, "In how many days that halves.",
                          resolver=lambda seen, info: WEIGHTS[seen.kind].half_life_days)  # fmt: skip


class SupplyLink(graphene.ObjectType):
    """One firm supplies another with an item. Ends you may not know are null and named by an alias."""

    class Meta:
        interfaces = (Node,)

    id = ident("SupplyLink")
    supplier = maybe(
        Firm, "Who supplies.", resolver=lambda row, info: info.context.batches["firm"].one(row.supplier_id)
    )
    buyer = maybe(Firm, "Who buys.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    supplier_alias = maybe(graphene.String, "Stands in for a supplier you may not know; the same on every visit.")
    buyer_alias = maybe(graphene.String, "Stands in for a buyer you may not know.")
    item = maybe(Item, "What; empty on a link disclosed without it.",
                 resolver=lambda row, info: info.context.batches["item"].one(row.item_id))  # fmt: skip
    state = said(enums.LinkState, "What its two ends say.")
    basis = said(enums.LinkBasis, "Its strongest kind of evidence: what the map draws.")
    evidence = many(Evidence, "All it rests on, by kind.")
    confidence = said(
        graphene.Float, "How sure it exists, 0 to 1: 1 - prod(1 - trust * 2^(-age / half-life)) over kinds."
    )
    as_of = said(Date, "Day of the latest evidence.")
    stale = said(graphene.Boolean, "No evidence for a year.")
    ended_on = maybe(Date, "The day it ended.")
    disclosed = said(graphene.Boolean, "Seen by a partner's disclosure, not as one of its ends.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in link_verbs(info.context.acting, row)])  # fmt: skip


SupplyLinkConnection = connection(SupplyLink, "SupplyLink")


class MapCell(graphene.ObjectType):
    """Firms of one stage in one prefecture."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    prefecture = said(graphene.String, "GB/T 2260 code.")
    prefecture_name = said(graphene.String, "Name in the language of the request.",
                           resolver=lambda row, info: prefecture_name(row.prefecture, info.context.lang))  # fmt: skip
    firms = maybe(
        graphene.Int, "How many; null where the figure is withheld.", resolver=lambda row, info: row.count.firms
    )
    withheld = said(graphene.Boolean, "One or two firms: not told.", resolver=lambda row, info: row.count.withheld)
    display = said(
        graphene.String, 'The figure as shown, "<3" where withheld.', resolver=lambda row, info: row.count.display
    )


class BasisCount(graphene.ObjectType):
    """How many of your links rest on what."""

    basis = said(enums.LinkBasis, "On what.")
    links = said(graphene.Int, "How many links that have not ended.")


class MapFirm(graphene.ObjectType):
    """A firm on the map, by name or by alias."""

    firm = maybe(
        Firm,
        "The firm, where you may know it.",
        resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id),
    )
    alias = maybe(graphene.String, "Its alias, where you may not.")
    stage = maybe(Stage, "Its stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    prefecture = maybe(graphene.String, "GB/T 2260 code, where you may know it.")


class ChainMap(graphene.ObjectType):
    """A chain on a day. Officials see counts only; a firm sees the firms it deals with and what they disclose."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    as_of = said(Date, "The day the figures stand for; for officials the first of a month.")
    official = said(graphene.Boolean, "Counts of a region, for officials.")
    cells = many(MapCell, "Stage by prefecture, every cell.")
    firms = many(MapFirm, "The firms you may know of; empty for officials.")
    links = many(SupplyLink, "The links you may know of, at most 5000; empty for officials.")
    by_basis = many(BasisCount, "How many of them rest on what; empty for officials.")


class LinkDisclosure(graphene.ObjectType):
    """A firm lets a partner look at its upstream links, suppliers under an alias, until a day."""

    class Meta:
        interfaces = (Node,)

    id = ident("LinkDisclosure")
    owner = said(Firm, "Who lets look.", resolver=lambda row, info: info.context.batches["firm"].one(row.owner_id))
    viewer = said(Firm, "Who may look.", resolver=lambda row, info: info.context.batches["firm"].one(row.viewer_id))
    chain_id = said(graphene.ID, "In which chain.", resolver=lambda row, info: ids.seal("Chain", row.chain_id))
    until = said(Date, "Last day.")
    revoked = said(graphene.Boolean, "Taken back.", resolver=lambda row, info: row.revoked_at is not None)
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in disclosure_verbs(info.context.acting, row)])  # fmt: skip


LinkDisclosureConnection = connection(LinkDisclosure, "LinkDisclosure")
