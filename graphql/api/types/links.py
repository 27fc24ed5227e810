"""Supply links with their evidence, and the chain map."""

import graphene

from api import nodes
from api.types import enums
from api.types.fields import Date, child, connection, described, ident, many, maybe, said
from api.types.figures import NamedFirm, PublishedFigure, PublishedStop, cell_words
from api.types.firms import Chain, Firm, Item, Node, Site, Stage, prefecture_name
from api.types.lists import official_file
from api.types.orders import camel
from chain.links.decisions import WEIGHTS
from chain.links.reads import disclosure_verbs, link_verbs, proposal_verbs
from kernel import ids
from oversight.publishing.marking import StageMark as StageMarkWord

StageMark = described("StageMark", StageMarkWord, "What is published of a whole stage in a word.", {
    StageMarkWord.GAP: "断点: no firm is registered at it.",
    StageMarkWord.THIN: "Too few firms to tell of, or none.",
    StageMarkWord.HELD: "One firm holds over half of the confirmed links told of; which one is not told.",
    StageMarkWord.SLOW: "堵点: over half of its confirmed links take more than 60 days from order to despatch.",
})  # fmt: skip


class Evidence(graphene.ObjectType):
    """What was seen of a link, of one kind."""

    kind = said(enums.EvidenceKind, "Of what kind.")
    by = maybe(enums.Side, "Whose word a declaration is, for the link's two ends.")
    counts = said(graphene.Boolean, "It convinces now; the word of an end that no longer stands by the link does not.")
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

    id = said(
        graphene.ID, "Opaque id; of a disclosed link one that is yours alone.",
        resolver=lambda row, info: nodes.link_id(info.context, row),
    )  # fmt: skip
    supplier = maybe(
        Firm, "Who supplies.", resolver=lambda row, info: info.context.batches["firm"].one(row.supplier_id)
    )
    buyer = maybe(Firm, "Who buys.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    supplier_alias = maybe(graphene.String, "Stands in for a supplier you may not know; the same on every visit.")
    supplier_name = maybe(graphene.String, "The name behind the alias, where that firm says it to yours.")
    buyer_alias = maybe(graphene.String, "Stands in for a buyer you may not know.")
    item = maybe(Item, "What; empty on a link disclosed without it.",
                 resolver=lambda row, info: info.context.batches["item"].one(row.item_id))  # fmt: skip
    chain = said(Chain, "In which chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    buyer_number = maybe(graphene.String, "The buyer's own number for the item, for the two ends.")
    supplier_site = child(Site, "site", "supplier_site_id", "From where, once named; for the two ends.", required=False)
    buyer_site = child(Site, "site", "buyer_site_id", "To where, once named; for the two ends.", required=False)
    share_band = maybe(
        enums.ShareBand, "How much of its need the buyer covers by it: for the buyer, and for the supplier once shown."
    )
    share_shown = said(graphene.Boolean, "The buyer lets the supplier see the share.")
    state = said(enums.LinkState, "What its two ends say.")
    side = maybe(enums.Side, "Which end you are; null on a disclosed link.")
    declared_by = maybe(enums.Side, "Which end declared it last, for the two ends.")
    dispute_reason = maybe(enums.DisputeReason, "Why the other end says that it is wrong, for the two ends.")
    dispute_note = maybe(graphene.String, "In its own words, for the two ends.")
    version = said(graphene.Int, "Grows with each change; every answer to it wants it.")
    essentiality = maybe(
        enums.Essentiality, "What your firm, its buyer, says it loses with it; null: nothing said, the chain's table counts.",
        resolver=lambda row, info: getattr(info.context.batches["link_essentiality"].one(row.id), "essentiality", None),
    )  # fmt: skip
    recover_days = maybe(
        graphene.Int, "Days until what it brings is there again once its supplier stops, as your firm, its buyer, says; null: nothing said, its declared lead time counts.",
        resolver=lambda row, info: getattr(info.context.batches["link_recovery"].one(row.id), "recover_days", None),
    )  # fmt: skip
    basis = said(enums.LinkBasis, "Its strongest kind of evidence: what the map draws.")
    evidence = many(Evidence, "All it rests on: by kind, and declarations by the end whose word they are.")
    confidence = said(
        graphene.Float,
        "How sure it exists, 0 to 1: 1 - prod(1 - trust * 2^(-age / half-life)) over the evidence that counts.",
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
    withheld = said(
        graphene.Boolean, "Not told by itself: see `figures`.", resolver=lambda row, info: row.count.withheld
    )
    display = said(
        graphene.String, "The figure as shown; a word where it is withheld.",
        resolver=lambda row, info: cell_words(row.count.firms, info.context.lang),
    )  # fmt: skip


class BasisCount(graphene.ObjectType):
    """How many of your links rest on what."""

    basis = said(enums.LinkBasis, "On what.")
    links = said(graphene.Int, "How many links that have not ended.")


class PublishedMark(graphene.ObjectType):
    """A stage of the chain, marked for a month."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    mark = said(StageMark, "The mark.")


class MapFirm(graphene.ObjectType):
    """A firm on the map, by name or by alias."""

    firm = maybe(
        Firm,
        "The firm, where you may know it.",
        resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id),
    )
    alias = maybe(graphene.String, "Its alias, where you may not.")
    revealed_name = maybe(graphene.String, "The name behind the alias, where that firm says it to yours.")
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
    by_basis = many(BasisCount, "How many of them, neither ended nor disputed, rest on what; empty for officials.")
    disputed = said(graphene.Int, "How many of them one end disputes; they count nowhere else.")
    figures = many(PublishedFigure, "All that is published of the chain for the month; empty for firms.")
    periods = many(Date, "The months published, newest first; empty for firms.")
    marks = many(PublishedMark, "What is published of whole stages in a word; empty for firms.")
    stops = many(
        PublishedStop, "What stops with each prefecture, in words frozen with the figures; for a province alone."
    )
    named = many(NamedFirm, "Firms that let you read their name today, never all there are; empty for firms.")
    xlsx = maybe(graphene.String, "Figures, words and names as an Excel file in base64, with method and day; null for firms.",
                 resolver=official_file)  # fmt: skip


class SupplyLinkFilter(graphene.InputObjectType):
    """Which links; conditions are joined by and. What is asked of an end or an item leaves out disclosed links."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(enums.LinkState)), description="In one of these states."
    )
    basis = graphene.InputField(
        graphene.List(graphene.NonNull(enums.LinkBasis)), description="Resting on one of these."
    )
    side = graphene.InputField(enums.Side, description="Where you are the buyer, or the seller.")
    partner_id = graphene.InputField(graphene.ID, description="With this firm.")
    item_id = graphene.InputField(graphene.ID, description="Of this item.")
    site_id = graphene.InputField(graphene.ID, description="From or to this site.")
    disputed = graphene.InputField(graphene.Boolean, description="Disputed, or not.")
    stale = graphene.InputField(graphene.Boolean, description="Without evidence for a year, or with.")
    awaits_me = graphene.InputField(
        graphene.Boolean, description="Declared by the other end and waiting for you, or not."
    )


class LinkProposal(graphene.ObjectType):
    """A link only the other firm can make whole: it is asked by its credit code, or to name its item.

    Who proposed to a code sees it open until it is taken up or its time is over, whatever became of it.
    """

    class Meta:
        interfaces = (Node,)

    id = ident("LinkProposal")
    incoming = said(graphene.Boolean, "Made to you, not by you.")
    side = said(enums.Side, "Where the proposer stands: SELLER says that it supplies.")
    state = said(enums.ProposalState, "How it stands, as you may know it.")
    from_name = said(graphene.String, "Who proposes.")
    from_code = said(graphene.String, "Its credit code.")
    from_prefecture = said(graphene.String, "GB/T 2260 code of its prefecture.")
    partner = maybe(Firm, "To whom, where it was a partner already.",
                    resolver=lambda row, info: info.context.batches["firm"].one(row.to_id))  # fmt: skip
    code = maybe(graphene.String, "Or to which credit code.", resolver=lambda row, info: row.to_code)
    item_number = maybe(graphene.String, "The seller's number of its item.")
    item_name = maybe(graphene.String, "The item.")
    item_text = maybe(graphene.String, "What a buyer calls it; the seller says which of its items that is.")
    buyer_number = maybe(graphene.String, "The buyer's own number for it.")
    chain = said(Chain, "In which chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    proposed_on = said(Date, "Since when.")
    open_until = said(Date, "The last day it may be taken up.")
    decline_reason = maybe(enums.DisputeReason, "Why not; told to a partner only.")
    link_id = maybe(graphene.ID, "The link it has become.",
                    resolver=lambda row, info: row.link_id and ids.seal("SupplyLink", row.link_id))  # fmt: skip
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in proposal_verbs(info.context.acting, row)])  # fmt: skip


LinkProposalConnection = connection(LinkProposal, "LinkProposal")


class LinkProposalFilter(graphene.InputObjectType):
    """Which proposals; conditions are joined by and."""

    incoming = graphene.InputField(graphene.Boolean, description="Made to you, or by you.")
    open = graphene.InputField(graphene.Boolean, description="Waiting for an answer only.")


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


USUAL_LENGTHS = {
    "ChainMap.marks": 3,
    "SupplyLink.openVerbs": 3, "SupplyLink.evidence": 6, "LinkDisclosure.openVerbs": 1, "LinkProposal.openVerbs": 2,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
