"""Disruption notices, as their sender and as an addressee reads them."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types.fields import Date, camel, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Item, Node, prefecture_name
from chain.items.reads import called_by
from collaboration.notices import decisions, reads
from collaboration.notices.lifecycle import NoticeSide as NoticeSideWord
from collaboration.notices.lifecycle import NoticeState as NoticeStateWord
from collaboration.notices.lifecycle import ReceiptState as ReceiptStateWord
from collaboration.notices.tables import Cause, Effect, Impact
from kernel import ids

DisruptionCause = described("DisruptionCause", Cause, "Why, in the words of CX-0146.", {
    Cause.STRIKE: "A strike.", Cause.NATURAL_DISASTER: "Flood, typhoon, earthquake and the like.",
    Cause.PRODUCTION_INCIDENT: "A fire, a breakdown, an accident at work.",
    Cause.PANDEMIC_OR_EPIDEMIC: "An illness that spreads.", Cause.LOGISTICS_DISRUPTION: "Goods do not get through.",
    Cause.WAR: "War.", Cause.OTHER: "See the text.",
})  # fmt: skip
DisruptionEffect = described("DisruptionEffect", Effect, "What it does to the sender, in the words of CX-0146.", {
    Effect.DEMAND_REDUCED: "It needs less.", Effect.DEMAND_INCREASED: "It needs more.",
    Effect.CAPACITY_REDUCED: "It can supply less.", Effect.CAPACITY_INCREASED: "It can supply more.",
})  # fmt: skip
DisruptionNoticeState = described("DisruptionNoticeState", NoticeStateWord, "Where a notice stands.", {
    NoticeStateWord.DRAFT: "Known to its sender's firm alone.", NoticeStateWord.OPEN: "Its addressees read it.",
    NoticeStateWord.RESOLVED: "Over; nothing of it changes any more.",
})  # fmt: skip
NoticeSide = described("NoticeSide", NoticeSideWord, "On which side of a notice your firm stands.", {
    NoticeSideWord.SENDER: "It sends it.", NoticeSideWord.ADDRESSEE: "It was sent it.",
})  # fmt: skip
ReceiptState = described("ReceiptState", ReceiptStateWord, "How far your firm is with what a notice says now.", {
    ReceiptStateWord.UNREAD: "Nobody of it has said it is read.", ReceiptStateWord.READ: "Read.",
    ReceiptStateWord.ASSESSED: "Assessed.",
})  # fmt: skip
DisruptionImpact = described("DisruptionImpact", Impact, "What your firm makes of a notice it was sent.", {
    Impact.NONE: "It does not touch the firm.", Impact.WATCH: "It is watched.", Impact.ACT: "Something must be done: a task.",
})  # fmt: skip


def _batch(info: Any, name: str, row: Any) -> list[Any]:
    found: list[Any] = info.context.batches[name].many(row.id)
    return found


def _sends(row: Any, info: Any) -> bool:
    return reads.side_of(info.context.acting, row) is NoticeSideWord.SENDER


def _addressees(row: Any, info: Any) -> list[Any]:
    return _batch(info, "notice_addressees", row) if _sends(row, info) else []


def _assessment(row: Any, info: Any) -> Any:
    found = next(iter(_batch(info, "notice_assessment", row)), None)
    return found and {"row": found, "current": found.of_version == row.version}


def _receipt(row: Any, info: Any) -> ReceiptStateWord:
    own = [one for one in _batch(info, "notice_addressees", row) if one.addressee_id == info.context.acting.party_id]
    assessed = next(iter(_batch(info, "notice_assessment", row)), None)
    return decisions.receipt_state(
        own[0].read_at if own else None, assessed.of_version if assessed else None, row.version
    )


def _verbs(row: Any, info: Any) -> list[str]:
    receipt = ReceiptStateWord.UNREAD if _sends(row, info) else _receipt(row, info)
    return [camel(verb) for verb in reads.notice_verbs(info.context.acting, row, receipt)]


def _forwards(row: Any, info: Any) -> str | None:
    found = next(iter(_batch(info, "notice_forwarding", row)), None)
    return found and ids.seal("DisruptionNotice", found.forwards_id)


def _named(row: Any, info: Any) -> list[Any]:
    """Items the viewer may know; between two who no longer know one, it is not named."""
    found = [(one, info.context.batches["item"].one(one.item_id)) for one in _batch(info, "notice_items", row)]
    return [item for _, item in found if item is not None]


def _your_number(item: Any, info: Any) -> str | None:
    context = info.context
    found = called_by(context.batches["calling"].many(item.id), context.acting.party_id or -1, context.today)
    return found.number if found else None


def _site(row: Any, info: Any) -> str | None:
    return ids.seal("Site", row.site_id) if info.context.batches["site"].one(row.site_id) else None


class DisruptionNoticeSite(graphene.ObjectType):
    """A place a notice names, as it was called then."""

    name = said(graphene.String, "Its name.")
    site_id = maybe(graphene.ID, "The site, where you know it: to its sender always.", resolver=_site)
    prefecture = said(graphene.String, "GB/T 2260 code of its prefecture.")
    prefecture_name = said(graphene.String, "The prefecture in the language of the request.",
                           resolver=lambda row, info: prefecture_name(row.prefecture, info.context.lang))  # fmt: skip


class DisruptionNoticeItem(graphene.ObjectType):
    """An item a notice names that your two firms trade."""

    item = said(Item, "The item.", resolver=lambda item, info: item)
    your_number = maybe(graphene.String, "What your firm calls it, where it buys it under a number of its own.",
                        resolver=_your_number)  # fmt: skip


class DisruptionNoticeAddressee(graphene.ObjectType):
    """A firm your own has told."""

    firm = maybe(Firm, "Which.", resolver=lambda row, info: info.context.batches["firm"].one(row.addressee_id))
    read = said(graphene.Boolean, "It says it has read what the notice says now.",
                resolver=lambda row, info: row.read_at is not None)  # fmt: skip


class DisruptionAssessment(graphene.ObjectType):
    """What your firm makes of a notice; no other firm reads it."""

    impact = said(DisruptionImpact, "What it means.", resolver=lambda told, info: told["row"].impact)
    note = said(graphene.String, "Your people's note.", resolver=lambda told, info: told["row"].note)
    assessed_at = said(DateTime, "When.", resolver=lambda told, info: told["row"].assessed_at)
    current = said(graphene.Boolean, "The notice has not been updated since.")


class DisruptionNotice(graphene.ObjectType):
    """A firm tells chosen partners of a disruption. Who else was told, and who told the sender, nobody reads here."""

    class Meta:
        interfaces = (Node,)

    id = ident("DisruptionNotice")
    side = said(NoticeSide, "Where your firm stands.",
                resolver=lambda row, info: reads.side_of(info.context.acting, row))  # fmt: skip
    sender = maybe(Firm, "Who says so.", resolver=lambda row, info: info.context.batches["firm"].one(row.sender_id))
    source_disruption_id = said(
        graphene.String, "Random; the same on every notice of one disruption, so that it is counted once. It tells no origin.",
        resolver=lambda row, info: row.source,
    )  # fmt: skip
    cause = said(DisruptionCause, "Why.")
    effect = said(DisruptionEffect, "What it does to the sender.")
    left_percent = maybe(graphene.Int, "How much of the sender's capacity is left, where it says so.")
    starts_on = said(Date, "First day.")
    expected_end_on = maybe(Date, "Last day, as expected; empty while not known.")
    text = said(graphene.String, "In the sender's words, at most 4,000 characters.")
    sites = many(DisruptionNoticeSite, "Places of the sender it names.",
                 resolver=lambda row, info: _batch(info, "notice_sites", row))  # fmt: skip
    items = many(DisruptionNoticeItem, "Items it names: to an addressee, those the two trade.", resolver=_named)
    state = said(DisruptionNoticeState, "Where it stands.")
    opened_at = maybe(DateTime, "When its addressees were told, all at once.")
    content_at = maybe(DateTime, "When what it says was last said.")
    resolved_at = maybe(DateTime, "When the sender said it is over.")
    resolution = said(graphene.String, "How it ended, in the sender's words.")
    version = said(graphene.Int, "Give it back with your answer.")
    addressees = many(DisruptionNoticeAddressee, "To its sender: whom it tells. To an addressee always empty.",
                      resolver=_addressees)  # fmt: skip
    forwards_id = maybe(graphene.ID, "To its sender: the notice it passes on.", resolver=_forwards)
    receipt = maybe(ReceiptState, "To an addressee: how far its own firm is with it.",
                    resolver=lambda row, info: None if _sends(row, info) else _receipt(row, info))  # fmt: skip
    assessment = maybe(DisruptionAssessment, "To an addressee: what its own firm makes of it.", resolver=_assessment)
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.", resolver=_verbs)


DisruptionNoticeConnection = connection(DisruptionNotice, "DisruptionNotice")


class DisruptionNoticeFilter(graphene.InputObjectType):
    """Which notices; conditions are joined by and."""

    side = graphene.InputField(NoticeSide, description="Sent by your firm, or to it.")
    states = graphene.InputField(graphene.List(graphene.NonNull(DisruptionNoticeState)), description="Standing here.")
    source_disruption_id = graphene.InputField(graphene.String, description="Of this disruption.")


NODES = (DisruptionNotice,)
USUAL_LENGTHS = {
    "DisruptionNotice.sites": 2, "DisruptionNotice.items": 5, "DisruptionNotice.addressees": 10,
    "DisruptionNotice.openVerbs": 3,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
