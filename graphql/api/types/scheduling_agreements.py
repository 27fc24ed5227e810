"""Scheduling agreements, their releases, and the cumulative figures both firms read alike."""

from typing import Any

import graphene

from api.scalars import DateTime, Decimal
from api.types.enums import Reason, Side
from api.types.fields import Date, camel, children, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node
from api.types.frameworks import Framework, FrameworkLine
from api.types.orders import Order
from collaboration.scheduling_agreements import reads
from collaboration.scheduling_agreements.lifecycle import ReleaseState as ReleaseWord
from collaboration.scheduling_agreements.lifecycle import SchedulingAgreementState as AgreementWord
from collaboration.scheduling_agreements.tables import Period as PeriodWord
from collaboration.scheduling_agreements.tables import Zone as ZoneWord

SchedulingAgreementState = described("SchedulingAgreementState", AgreementWord, "Where a scheduling agreement stands.", {
    AgreementWord.PROPOSED: "The seller owes an answer.", AgreementWord.AGREED: "The buyer may publish releases.",
    AgreementWord.DECLINED: "The seller does not agree.", AgreementWord.ENDED: "No more releases; what was called off stands.",
})  # fmt: skip
ReleaseState = described("ReleaseState", ReleaseWord, "Where a release stands.", {
    ReleaseWord.PUBLISHED: "The seller owes an answer.", ReleaseWord.ACKNOWLEDGED: "The seller delivers its firm zone.",
    ReleaseWord.OBJECTED: "The seller does not deliver what is new in it, and says why.",
    ReleaseWord.SUPERSEDED: "A newer release came before the answer.",
})  # fmt: skip
BucketPeriod = described("BucketPeriod", PeriodWord, "How long a bucket is.", {
    PeriodWord.DAY: "A day.", PeriodWord.WEEK: "Monday to Sunday.",
})  # fmt: skip
BucketZone = described("BucketZone", ZoneWord, "How binding a bucket is (EDIFACT 4017).", {
    ZoneWord.FIRM: "1: to be delivered; called off as an order.", ZoneWord.PRODUCTION: "2: the seller may make it, and buy for it.",
    ZoneWord.MATERIAL: "3: the seller may buy for it.", ZoneWord.FORECAST: "4: for planning.",
})  # fmt: skip


def _batch(name: str, number: Any, info: Any) -> Any:
    return info.context.batches[name].one(number)


def _one(batch: str, column: str) -> Any:
    return lambda row, info: _batch(batch, getattr(row, column), info)


class ReleaseBucket(graphene.ObjectType):
    """So much is wanted in a day or a week."""

    starts_on = said(Date, "Its first day.")
    period = said(BucketPeriod, "How long it is.")
    zone = said(BucketZone, "How binding it is.")
    quantity = said(Decimal, "How much, in the agreement's unit.")


class ScheduleRelease(graphene.ObjectType):
    """What the buyer wants when, as of a day; never edited."""

    class Meta:
        interfaces = (Node,)

    id = ident("ScheduleRelease")
    number = said(graphene.Int, "Higher than any before it.")
    state = said(ReleaseState, "Where it stands.")
    published_at = said(DateTime, "When.")
    note = said(graphene.String, "The buyer's.")
    reason = maybe(Reason, "Why the seller objects.")
    answer_note = said(graphene.String, "The seller's.")
    answered_at = maybe(DateTime, "When the seller answered.")
    order = maybe(
        Order,
        "The call-off of what was new in its firm zone; empty where nothing was.",
        resolver=_one("order", "order_id"),
    )
    buckets = children(ReleaseBucket, "release_buckets", "By day, at most 400.")
    open_verbs = many(
        graphene.String,
        "What you may do to it now, by mutation name.",
        resolver=lambda row, info: _release_verbs(row, info),
    )


def _release_verbs(row: Any, info: Any) -> list[str]:
    agreement = _batch("scheduling_agreement", row.agreement_id, info)
    return [camel(verb) for verb in reads.release_verbs(info.context.acting, agreement, row)]


class CumulativeFigures(graphene.ObjectType):
    """What both firms count from the zero point to the end of a day, in the agreement's unit."""

    on = said(Date, "The day.")
    called = said(Decimal, "Called off and wanted by that day; live call-offs alone, less what was given up.")
    called_in_all = said(Decimal, "Called off, whatever the day.")
    called_later = said(Decimal, "Of that wanted after the day.")
    shipped = said(Decimal, "On its way or kept: despatched less rejected and lost.")
    received = said(Decimal, "Received and accepted.")
    in_transit = said(Decimal, "Shipped less received.")
    backlog = said(Decimal, "Called less received; negative when the seller is ahead.")


class ReleaseDifference(graphene.ObjectType):
    """A bucket in two releases."""

    starts_on = said(Date, "Its first day.")
    period = said(BucketPeriod, "How long it is.")
    zone_before = maybe(BucketZone, "In the earlier release; empty: not there.")
    quantity_before = maybe(Decimal, "In the earlier release.")
    zone_after = maybe(BucketZone, "In the later release; empty: not there.")
    quantity_after = maybe(Decimal, "In the later release.")
    change = said(Decimal, "Later less earlier; 0 of one that is past.")
    is_firm_cut = said(graphene.Boolean, "Less of what was firm: possible only with the seller's word on its order.")
    is_past = said(
        graphene.Boolean,
        "It ended before the later release was published, or had begun and is not said again: what is called off stands.",
    )


class SchedulingAgreement(graphene.ObjectType):
    """That a line of a framework agreement is called off by releases."""

    class Meta:
        interfaces = (Node,)

    id = ident("SchedulingAgreement")
    number = said(graphene.String, "The buyer's own.")
    buyer = maybe(Firm, "Who publishes releases.", resolver=_one("firm", "buyer_id"))
    seller = maybe(Firm, "Who delivers.", resolver=_one("firm", "seller_id"))
    side = said(Side, "On which side of it you stand.", resolver=lambda row, info: reads.side(row, info.context.acting))
    framework = maybe(Framework, "Whose price and caps hold.", resolver=_one("framework", "framework_id"))
    framework_line = maybe(
        FrameworkLine,
        "Which line of it, with its price and caps.",
        resolver=_one("framework_line", "framework_line_id"),
    )
    item = maybe(Item, "Which item of the seller.", resolver=_one("item", "item_id"))
    unit = said(graphene.String, "Of all its quantities (UNECE Rec 20).")
    notice_days = said(graphene.Int, "What is new in the firm zone is for so many days ahead at least.")
    zero_on = maybe(Date, "The day cumulative figures count from; empty until both have agreed.")
    note = said(graphene.String, "The buyer's.")
    reason = said(graphene.String, "Why it was declined or ended.")
    state = said(SchedulingAgreementState, "Where it stands.")
    version = said(graphene.Int, "Give it back with your act.")
    releases = children(ScheduleRelease, "schedule_releases", "Newest first.")
    figures = said(
        CumulativeFigures, "Cumulative figures, the same for both firms.",
        on=graphene.Argument(Date, description="To the end of this day; today when nothing is said."),
        resolver=lambda row, info, on=None: reads.cumulative_of(info.context.work, info.context.acting, row.id, on or info.context.today),
    )  # fmt: skip
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(verb) for verb in reads.agreement_verbs(info.context.acting, row)],
    )  # fmt: skip


SchedulingAgreementConnection = connection(SchedulingAgreement, "SchedulingAgreement")


class SchedulingAgreementFilter(graphene.InputObjectType):
    """Which scheduling agreements; conditions are joined by and."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(SchedulingAgreementState)), description="Standing here."
    )
    side = graphene.InputField(Side, description="Where you are buyer, or seller.")


NODES = (SchedulingAgreement, ScheduleRelease)
USUAL_LENGTHS = {
    "SchedulingAgreement.releases": 10, "Query.releaseDifference": 20, "SchedulingAgreement.openVerbs": 2,
    "ScheduleRelease.buckets": 20, "ScheduleRelease.openVerbs": 2,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
