"""What a firm needs, and where it is cut off or held up."""

from typing import Any

import graphene

from api.types.fields import Date, described, many, maybe, said
from api.types.firms import Chain, Firm, Item
from api.types.lists import marks_file
from oversight.marks import decisions

SupplyMarkKind = described("SupplyMarkKind", decisions.MarkKind, "How a need stands.", {
    decisions.MarkKind.GAP: "断点: no qualified source in scope.",
    decisions.MarkKind.BOTTLENECK: "堵点: there are sources; stock and what is coming do not last for the lead time, or that is over the limit.",
    decisions.MarkKind.OPEN: "Neither.",
})  # fmt: skip
SupplyMarkReason = described("SupplyMarkReason", decisions.MarkReason, "What makes a mark.", {
    decisions.MarkReason.NO_SOURCE: "Nobody is known to supply it.",
    decisions.MarkReason.NO_QUALIFIED_SOURCE: "None of its sources counts.",
    decisions.MarkReason.SHORT_COVER: "Stock and what is coming last less than the lead time.",
    decisions.MarkReason.LONG_LEAD_TIME: "The lead time of the fastest source is over the limit.",
})  # fmt: skip
SourceStanding = described("SourceStanding", decisions.SourceStanding, "Whether a source counts.", {
    decisions.SourceStanding.COUNTS: "It counts: approved or conditional.",
    decisions.SourceStanding.UNASSESSED: "It counts: you keep no standings for this item.",
    decisions.SourceStanding.UNCONFIRMED: "Its maker declares the link, alone: neither you nor any trade says so.",
    decisions.SourceStanding.DISPUTED: "The link is disputed.",
    decisions.SourceStanding.NOT_QUALIFIED: "Not qualified by you in the item's category.",
    decisions.SourceStanding.BLOCKED: "Blocked by you.",
    decisions.SourceStanding.OUT_OF_SCOPE: "Not of the province asked about.",
})  # fmt: skip


class MarkSource(graphene.ObjectType):
    """Somebody who supplies what is needed."""

    firm = maybe(Firm, "Who.", resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id))
    item = maybe(Item, "Its item.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id))
    prefecture = maybe(graphene.String, "GB/T 2260 code.")
    standing = said(SourceStanding, "Whether it counts.", resolver=lambda row, info: row.source.standing)
    lead_days = maybe(graphene.Int, "Days from order to despatch: as agreed for you, else as its maker declares.",
                      resolver=lambda row, info: row.source.lead_days)  # fmt: skip


def _of(part: str, name: str) -> Any:
    return lambda row, info: getattr(getattr(row, part), name)


class SupplyMark(graphene.ObjectType):
    """One thing your firm needs: all makers' items it calls by one number."""

    number = said(graphene.String, "Your number of it, else its maker's.")
    kind = said(SupplyMarkKind, "How it stands.", resolver=_of("mark", "kind"))
    reasons = many(SupplyMarkReason, "Why.", resolver=_of("mark", "reasons"))
    on_bill = said(graphene.Boolean, "A bill of yours needs it.")
    items = many(Item, "What stands for it.",
                 resolver=lambda row, info: [info.context.batches["item"].one(one) for one in row.item_ids])  # fmt: skip
    unit = maybe(graphene.String, "UNECE Rec 20 code of the amounts; null where its items are counted unlike.")
    sources = many(MarkSource, "Who supplies it.")
    counting = said(graphene.Int, "How many of them count.", resolver=_of("mark", "sources"))
    lead_days = maybe(graphene.Int, "Of the fastest that counts.", resolver=_of("mark", "lead_days"))
    cover_days = maybe(graphene.Float, "Stock and what is agreed to be shipped within the lead time, over a day's use.",
                       resolver=_of("mark", "cover_days"))  # fmt: skip
    stock = maybe(graphene.Float, "Your newest counts; null where never counted.", resolver=_of("supply", "stock"))
    per_day = maybe(graphene.Float, "Agreed in the last year, a day.", resolver=_of("supply", "per_day"))
    coming = maybe(graphene.Float, "Agreed to be shipped within the lead time.", resolver=_of("supply", "coming"))


class SupplyMarks(graphene.ObjectType):
    """断点 and 堵点 among what your firm needs, gaps first."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    as_of = said(Date, "The day.")
    province = maybe(graphene.String, "The scope asked about; null: anywhere.")
    limit_days = said(graphene.Int, "A lead time beyond it holds up.")
    is_cut = said(graphene.Boolean, "There are more links than the 5000 looked at.")
    version = said(graphene.String, "Of all the marks rest on: equal evidence has equal versions.")
    xlsx = said(graphene.String, "All needs and their sources as an Excel file in base64, with method, day and evidence.",
                resolver=marks_file)  # fmt: skip
    needs = many(SupplyMark, "What is needed; at most 1000.", resolver=lambda row, info: row.needs[:1000])


USUAL_LENGTHS = {"SupplyMarks.needs": 40, "SupplyMark.items": 1, "SupplyMark.sources": 2, "SupplyMark.reasons": 1}
