"""Requests for quotation and quotations, as their buyer and as an invitee reads them."""

from typing import Any

import graphene

from api.scalars import DateTime, Decimal
from api.types.clarifications import RfqClarification
from api.types.enums import Side
from api.types.fields import Date, camel, children, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.orders import Order
from api.types.qualification import QualificationCategory
from api.types.requested import RfqAmendment, RfqLine
from collaboration.sourcing import reads
from collaboration.sourcing.auctioning import standing_of
from collaboration.sourcing.comparing import compared
from collaboration.sourcing.lifecycle import InvitationState as InvitationWord
from collaboration.sourcing.lifecycle import QuotationState as QuotationWord
from collaboration.sourcing.lifecycle import RfqState as RfqWord
from collaboration.sourcing.tables import BidKind as BidKindWord
from collaboration.sourcing.tables import Incoterm as IncotermWord
from collaboration.sourcing.tables import RoundReason as RoundReasonWord
from collaboration.sourcing.tables import RoundVisibility as RoundVisibilityWord
from collaboration.sourcing.tables import TermKind as TermKindWord
from kernel.access import Side as SideWord

RfqState = described("RfqState", RfqWord, "Where a request for quotation stands.", {
    RfqWord.DRAFT: "Known to its buyer's firm alone; waits for another person's approval.",
    RfqWord.APPROVED: "Approved, not yet told to anybody.", RfqWord.ISSUED: "Its invitees know of it and bid; bids are sealed.",
    RfqWord.CLOSED: "Its bids are opened.", RfqWord.AWARDED: "All that was asked for is awarded.",
    RfqWord.PARTLY_AWARDED: "Some of it is awarded.", RfqWord.NOT_AWARDED: "None of it is awarded.",
    RfqWord.CANCELLED: "Given up by its buyer, with a reason.",
})  # fmt: skip
InvitationState = described("InvitationState", InvitationWord, "How far one invitee is.", {
    InvitationWord.INVITED: "Nobody of it has said it is read.", InvitationWord.VIEWED: "Read.",
    InvitationWord.DECLINED: "It will not bid.",
    InvitationWord.INTENDS: "It means to bid, or has to confirm a bid after an amendment.",
    InvitationWord.QUOTED: "A bid of it stands.", InvitationWord.LATE: "Nothing came in time, something after.",
    InvitationWord.WITHDRAWN: "It took its bid back.", InvitationWord.AWARDED: "It won something.",
    InvitationWord.NOT_AWARDED: "It won nothing.",
})  # fmt: skip
QuotationState = described("QuotationState", QuotationWord, "Where one version of a quotation stands.", {
    QuotationWord.SUBMITTED: "Sealed; counts.",
    QuotationWord.STANDING: "Stands in an auction that runs; its buyer reads it once that has ended.",
    QuotationWord.DRAFT: "Sealed; made before an amendment, does not count unless confirmed.",
    QuotationWord.SUPERSEDED: "A newer version stands in its place.", QuotationWord.WITHDRAWN: "Taken back; stays sealed.",
    QuotationWord.LATE: "Came after the close; stays sealed.", QuotationWord.OPENED: "Opened with all others.",
    QuotationWord.FORMER: "Was opened; its bidder bid again in a later round, or took it back.",
    QuotationWord.AWARDED: "All it bid for is awarded to it.", QuotationWord.PARTLY_AWARDED: "Some of it.",
    QuotationWord.NOT_AWARDED: "None of it.",
})  # fmt: skip
RoundVisibility = described("RoundVisibility", RoundVisibilityWord, "What bidders learn of one another's bids while a round runs.", {
    RoundVisibilityWord.NONE: "Nothing: bids are sealed.", RoundVisibilityWord.RANK: "A reverse auction; each reads its own place.",
    RoundVisibilityWord.BEST_PRICE: "A reverse auction; each reads the lowest total.",
})  # fmt: skip
RoundReason = described("RoundReason", RoundReasonWord, "Why a further round is opened.", {
    RoundReasonWord.PRICES_TOO_HIGH: "Offers are above what the buyer can pay.",
    RoundReasonWord.OFFERS_TOO_CLOSE: "Offers lie too close to decide.", RoundReasonWord.TOO_FEW_OFFERS: "Too few came.",
    RoundReasonWord.CLARIFIED: "What is asked for is clearer now.", RoundReasonWord.OTHER: "As its note says.",
})  # fmt: skip
BidKind = described("BidKind", BidKindWord, "What a line of a quotation offers.", {
    BidKindWord.BID: "What was asked.", BidKindWord.ALTERNATE: "Something in its place.",
})  # fmt: skip
Incoterm = described("Incoterm", IncotermWord, "Who carries goods how far at whose cost (Incoterms 2020).", {
    IncotermWord.EXW: "Ex works.", IncotermWord.FCA: "Free carrier.", IncotermWord.FAS: "Free alongside ship.",
    IncotermWord.FOB: "Free on board.", IncotermWord.CFR: "Cost and freight.",
    IncotermWord.CIF: "Cost, insurance and freight.", IncotermWord.CPT: "Carriage paid to.",
    IncotermWord.CIP: "Carriage and insurance paid to.", IncotermWord.DAP: "Delivered at place.",
    IncotermWord.DPU: "Delivered at place unloaded.", IncotermWord.DDP: "Delivered duty paid.",
})  # fmt: skip


def _many(info: Any, name: str, row: Any) -> list[Any]:
    found: list[Any] = info.context.batches[name].many(row.id)
    return found


def _side(row: Any, info: Any) -> SideWord:
    return reads.side(row, info.context.acting)


def _standing_lines(row: Any, info: Any) -> list[Any]:
    return [line for line in _many(info, "rfq_lines", row) if line.amendment == row.amendment]


def _own_invitation(row: Any, info: Any) -> Any:
    if _side(row, info) is SideWord.BUYER:
        return None
    return next(iter(_many(info, "rfq_invitations", row)), None)


def _verbs(row: Any, info: Any) -> list[str]:
    own, c = _own_invitation(row, info), info.context
    drafted = own is not None and any(reads.awaits_word(row, q) for q in c.batches["quotations"].many(own.id))
    auction = reads.auction_among(row, _many(info, "rfq_rounds", row)) is not None
    waits = not row.pooled and any(reads.is_open_award(one) for one in _many(info, "rfq_awards", row))
    return [camel(verb) for verb in reads.rfq_verbs(c.acting, row, own, drafted, auction, waits, c.work.now)]


def _closes_at(row: Any, info: Any) -> Any:
    """Who is not asked into an auction is not told how its end moves."""
    own = _own_invitation(row, info)
    if own is None or own.round == row.round:
        return row.closes_at
    return next(one.closes_at for one in _many(info, "rfq_rounds", row) if one.number == own.round)


def _auction(row: Any, info: Any) -> Any:
    if reads.auction_among(row, _many(info, "rfq_rounds", row)) is None:
        return None
    return standing_of(info.context.work, info.context.acting, row)


def _category(row: Any, info: Any) -> Any:
    """The buyer's own grouping of what it buys is told to nobody else."""
    if row.category_id is None or _side(row, info) is not SideWord.BUYER:
        return None
    return info.context.batches["qualification_category"].one(row.category_id)


def _invitation(row: Any, info: Any) -> Any:
    """The invitation of whoever asked, where the reader may know it: the buyer, and the asker itself."""
    return info.context.batches["rfq_invitation"].one(row.invitation_id)


def _asker(row: Any, info: Any) -> Any:
    found = _invitation(row, info)
    return found and info.context.batches["firm"].one(found.supplier_id)


TermKind = described("TermKind", TermKindWord, "What a comparison rests on that no bid says.", {
    TermKindWord.RATE: "So much of the request's currency is one of another.",
    TermKindWord.DELIVERY: "So many percent of the goods come on top on other terms of delivery.",
})  # fmt: skip


def _compared(row: Any, info: Any) -> list[Any]:
    """The buyer's, once bids are opened."""
    if _side(row, info) is not SideWord.BUYER or row.closed_at is None:
        return []
    return compared(info.context.work, info.context.acting, row)


def _why(row: Any, info: Any) -> str:
    """A reason for not taking the lowest speaks of other bids."""
    rfq = info.context.batches["rfq"].one(row.rfq_id)
    return row.reason if rfq is not None and _side(rfq, info) is SideWord.BUYER else ""


def _bid(row: Any, info: Any) -> Any:
    offer = info.context.batches["quotation_line"].one(row.quotation_line_id)
    return offer and info.context.batches["quotation"].one(offer.quotation_id)


class RfqRound(graphene.ObjectType):
    """One round of bids."""

    number = said(graphene.Int, "1, 2, …")
    visibility = said(RoundVisibility, "What bidders learn of one another while it runs.")
    reason = maybe(RoundReason, "Why it was opened; empty of the first.")
    note = said(graphene.String, "The buyer's, beside the reason.")
    opened_at = said(DateTime, "When.")
    closes_at = said(DateTime, "At this instant a bid is late, extensions in.")
    closed_at = maybe(DateTime, "When its bids were opened.")
    closed_early = said(graphene.String, "Why, where the buyer did not wait.")
    least_step = said(
        Decimal, "By so much at least each new bid of a firm is lower than its last; 0 of a sealed round."
    )
    extension_minutes = said(graphene.Int, "A bid within so many last minutes moves the end by as many.")
    most_extensions = said(graphene.Int, "So often at most.")
    extensions = said(graphene.Int, "So often so far.")


class AuctionStanding(graphene.ObjectType):
    """What you may know of an auction, in the request's currency, and no more; of equal totals the earlier goes first."""

    own_total = maybe(Decimal, "Your last bid in all; empty to the buyer.")
    own_rank = maybe(graphene.Int, "Your place, 1 the lowest, where the auction tells ranks.")
    best_total = maybe(Decimal, "The lowest total, where the auction tells it.")
    bids = maybe(graphene.Int, "To the buyer: how many firms stand in it.")


class PriceBreak(graphene.ObjectType):
    """From a quantity on, this is the price."""

    from_quantity = said(Decimal, "In the item's unit.")
    unit_price = said(Decimal, "Per unit of the item, in the quotation's currency.")


class QuotationLine(graphene.ObjectType):
    """An opened offer for one line."""

    class Meta:
        interfaces = (Node,)

    id = ident("QuotationLine")
    line_number = said(graphene.Int, "Of the request's line.")
    kind = said(BidKind, "What was asked, or something in its place.")
    item = maybe(
        Item, "Which item of the bidder.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id)
    )
    line_units = said(graphene.Int, "So many units of the request …")
    item_units = said(graphene.Int, "… are so many of the item.")
    minimum_quantity = said(Decimal, "No less than this, in the item's unit; 0 for any.")
    lead_time_days = said(graphene.Int, "Days from order to goods.")
    tooling_cost = said(Decimal, "Paid once.")
    freight = said(Decimal, "For the whole line.")
    note = said(graphene.String, "The bidder's.")
    price_breaks = children(PriceBreak, "price_breaks", "By rising quantity.")
    rank = maybe(graphene.Int, "Once awarded: its place among all offers of the line by total cost, 1 the lowest.")


class Quotation(graphene.ObjectType):
    """One version of a bid. Until the opening it tells nothing of what it says, its bidder included."""

    class Meta:
        interfaces = (Node,)

    id = ident("Quotation")
    number = said(graphene.Int, "1, 2, …")
    amendment = said(graphene.Int, "Of the request, to which it holds.")
    round = said(graphene.Int, "In which it was made.")
    state = said(QuotationState, "Where it stands.")
    submitted_at = said(DateTime, "When it came, by the server's clock.")
    spoiled = said(graphene.Boolean, "It could not be opened, for it was touched while sealed.")
    currency = said(graphene.String, "Of all its money; empty while sealed.")
    incoterm = maybe(Incoterm, "On which terms of delivery; empty while sealed.")
    valid_until = maybe(Date, "Last day it holds; empty while sealed.")
    note = said(graphene.String, "The bidder's; empty while sealed.")
    lines = children(QuotationLine, "quotation_lines", "What it offers; empty while sealed.")


class RfqInvitation(graphene.ObjectType):
    """One supplier is asked; it learns of no other."""

    class Meta:
        interfaces = (Node,)

    id = ident("RfqInvitation")
    supplier = maybe(Firm, "Who.", resolver=lambda row, info: info.context.batches["firm"].one(row.supplier_id))
    state = said(InvitationState, "How far it is.")
    reason = said(graphene.String, "Why it declined, where it says so.")
    round = said(graphene.Int, "The last it is asked into.")
    left_out = said(graphene.String, "Why it is not asked into the next, where it is not; its bid stands.")
    viewed_at = maybe(DateTime, "When it said it had read the request.")
    quotations = children(
        Quotation, "quotations", "To the bidder every version; to the buyer those opened, and those late."
    )


class RfqQuestion(graphene.ObjectType):
    """A question of an invitee; once answered all invitees read both, and not who asked."""

    class Meta:
        interfaces = (Node,)

    id = ident("RfqQuestion")
    text = said(graphene.String, "The question.")
    answer = said(graphene.String, "The buyer's answer; empty until then.")
    answered_at = maybe(DateTime, "When it was answered to all.")
    asked_at = maybe(DateTime, "To asker and buyer: when it was asked.",
                     resolver=lambda row, info: row.asked_at if _invitation(row, info) else None)  # fmt: skip
    asker = maybe(Firm, "To asker and buyer: who asked.", resolver=_asker)


class ComparisonTerm(graphene.ObjectType):
    """What the buyer states for the comparison."""

    kind = said(TermKind, "A rate, or what other terms of delivery cost.")
    word = said(graphene.String, "The currency, or the terms of delivery in small letters.")
    amount = said(Decimal, "The rate, or percent of the goods.")
    as_on = maybe(Date, "The day of a rate.")


class OfferCost(graphene.ObjectType):
    """What the whole line costs from one bidder, in the request's currency."""

    bought = said(Decimal, "So much of the item, no less than its minimum.")
    goods = said(Decimal, "Price times that.")
    freight = said(Decimal, "Freight.")
    tooling = said(Decimal, "Tooling.")
    delivery = said(Decimal, "What its terms of delivery cost the buyer.")
    total = said(Decimal, "All of it.")
    per_unit = said(Decimal, "Per unit asked for.")


class ComparedOffer(graphene.ObjectType):
    """One offer beside the others."""

    supplier = maybe(
        Firm, "Whose.", resolver=lambda one, info: info.context.batches["firm"].one(one.invitation.supplier_id)
    )
    quotation = said(Quotation, "Of which bid.")
    offer = said(QuotationLine, "The offer.")
    cost = maybe(OfferCost, "Empty where it cannot be compared.")
    missing = many(graphene.String, "Currencies and terms of delivery the buyer has still to state.")
    rank = maybe(graphene.Int, "By total cost, 1 the lowest; equals share a place.")


class ComparedLine(graphene.ObjectType):
    """A line with its offers by rising total cost."""

    line = said(RfqLine, "The line.")
    offers = many(ComparedOffer, "The lowest first.")


class RfqAward(graphene.ObjectType):
    """What of a line goes to an offer."""

    line_number = said(graphene.Int, "Of which line.")
    offer = maybe(QuotationLine, "To which offer.",
                  resolver=lambda row, info: info.context.batches["quotation_line"].one(row.quotation_line_id))  # fmt: skip
    quantity = said(Decimal, "How much, in the request's unit.")
    reason = said(graphene.String, "To the buyer: why, where it is not the lowest.", resolver=_why)
    quotation = maybe(Quotation, "Of which bid.", resolver=lambda row, info: _bid(row, info))
    framework = maybe("api.types.frameworks.Framework", "The framework drafted from it, once you may know of it.",
                      resolver=lambda row, info: row.framework_id and info.context.batches["framework"].one(row.framework_id))  # fmt: skip
    order = maybe(Order, "The order placed for it; none of a pooled request.",
                  resolver=lambda row, info: row.order_id and info.context.batches["order"].one(row.order_id))  # fmt: skip


class Rfq(graphene.ObjectType):
    """A request for quotation."""

    class Meta:
        interfaces = (Node,)

    id = ident("Rfq")
    side = said(Side, "Where your firm stands.", resolver=_side)
    buyer = maybe(Firm, "Who asks.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    number = said(graphene.String, "The buyer's own.")
    title = said(graphene.String, "What it is about.")
    note = said(graphene.String, "To all invitees.")
    currency = said(graphene.String, "In which bids are compared; a bid may be in another.")
    incoterm = said(Incoterm, "On which terms of delivery bids are compared.")
    category = maybe(QualificationCategory, "To the buyer: by which invitees must be qualified.", resolver=_category)
    state = said(RfqState, "Where it stands.")
    amendment = said(graphene.Int, "How often it was amended; give it back with your bid.")
    round = said(graphene.Int, "1 as issued; that runs or ran last.")
    rounds = children(RfqRound, "rfq_rounds", "Once there is a second: those you were asked into, the buyer all.")
    auction = maybe(AuctionStanding, "Of an auction: what you may know of it.", resolver=_auction)
    pooled = said(graphene.Boolean, "It is asked for several firms together, each of which orders its share itself.")
    closes_at = said(DateTime, "At this instant a bid is late, by the server's clock.", resolver=_closes_at)
    award_by = said(Date, "Until this day bids must hold at least.")
    issued_at = maybe(DateTime, "When its invitees were told.")
    closed_at = maybe(DateTime, "When the bids were opened.")
    closed_early = said(graphene.String, "Why, where the buyer did not wait for the closing time.")
    cancelled = said(graphene.String, "Why, where the buyer gave it up.")
    not_awarded = said(graphene.String, "Why, where nothing was awarded.")
    version = said(graphene.Int, "Give it back with your act.")
    lines = many(RfqLine, "What is asked for, as it stands.", resolver=_standing_lines)
    amendments = children(RfqAmendment, "rfq_amendments", "What was changed since it was issued.")
    invitations = children(RfqInvitation, "rfq_invitations", "To the buyer all; to an invitee its own alone.")
    clarifications = children(
        RfqClarification,
        "rfq_clarifications",
        "Questions about opened bids: to the buyer all, to a bidder its own alone.",
    )
    questions = children(RfqQuestion, "rfq_questions", "Answered ones; to asker and buyer also those that wait.")
    comparison_terms = children(ComparisonTerm, "rfq_terms", "To the buyer: what its comparison rests on.")
    comparison = many(
        ComparedLine, "To the buyer, once bids are opened: the offers beside one another.", resolver=_compared
    )
    awards = children(RfqAward, "rfq_awards", "To the buyer all; to a bidder what it won.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.", resolver=_verbs)


RfqConnection = connection(Rfq, "Rfq")


class RfqFilter(graphene.InputObjectType):
    """Which requests; conditions are joined by and."""

    side = graphene.InputField(Side, description="Of your firm, or those it is invited to.")
    states = graphene.InputField(graphene.List(graphene.NonNull(RfqState)), description="Standing here.")


NODES = (Rfq, RfqInvitation, RfqQuestion, RfqClarification, Quotation, QuotationLine)
USUAL_LENGTHS = {
    "Rfq.lines": 5, "Rfq.rounds": 2, "Rfq.amendments": 2, "Rfq.invitations": 5, "Rfq.questions": 5, "Rfq.clarifications": 2, "RfqClarification.openVerbs": 1, "Rfq.openVerbs": 4,
    "RfqInvitation.quotations": 2, "Rfq.comparisonTerms": 3, "Rfq.comparison": 5, "Rfq.awards": 3, "ComparedLine.offers": 3,
    "ComparedOffer.missing": 1, "Quotation.lines": 5, "QuotationLine.priceBreaks": 2,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
