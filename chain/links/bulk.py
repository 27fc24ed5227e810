"""Many supply links at once: what the verbs of ``declaring`` do one by one, with the same rules, facts and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import col

from chain.links.decisions import end_of, route
from chain.links.declaring import DUTY, SOURCE, check_number
from chain.links.events import ShareBandStated, SupplyLinkConfirmed, SupplyLinkDeclared, SupplyLinkRestated
from chain.links.lifecycle import LINK_LIFE, LinkEnd
from chain.links.tables import EvidenceKind, LinkEvidence, ShareBand, SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import Actor, Side, require
from kernel.bulk import portions
from kernel.clock import today_of
from kernel.errors import Stale
from kernel.events import Fact
from kernel.work import UnitOfWork

Sites = tuple[int | None, int | None]


@dataclass(frozen=True)
class NewLink:
    """``sites``: the supplier's, the buyer's."""

    supplier_id: int
    buyer_id: int
    item_id: int
    chain_id: int
    buyer_number: str | None = None
    share_band: ShareBand | None = None
    sites: Sites = (None, None)


class Word(StrEnum):
    """What an end says of a link there is."""

    ANEW = "declare_supply_link"
    RESTATE = "restate_supply_link"
    CONFIRM = "confirm_supply_link"
    SHARE = "state_share_band"


@dataclass(frozen=True)
class Saying:
    """What one end says of one link, in this order. ``version``: as it was read. What is None stays."""

    link_id: int
    version: int
    words: tuple[Word, ...]
    buyer_number: str | None = None
    share_band: ShareBand | None = None
    chain_id: int | None = None


def side_of(actor: Actor, supplier_id: int) -> Side:
    return Side.SELLER if supplier_id == actor.party_id else Side.BUYER


def declare_links(work: UnitOfWork, actor: Actor, links: Sequence[NewLink]) -> None:
    """An end declares links there were none of before; that is for the caller to have looked up, and the table refuses."""
    today = today_of(work.now)
    for side in {side_of(actor, link.supplier_id) for link in links}:
        require(actor, DUTY[side])
    for link in links:
        check_number(link.buyer_number)
    rows = [
        {
            "supplier_id": link.supplier_id, "buyer_id": link.buyer_id, "item_id": link.item_id,
            "chain_id": link.chain_id, "buyer_number": link.buyer_number, "declared_on": today,
            "declared_by": side_of(actor, link.supplier_id), "share_band": link.share_band,
            "supplier_site_id": link.sites[0], "buyer_site_id": link.sites[1], "route": route(*link.sites), "version": 1,
        }
        for link in links
    ]  # fmt: skip
    numbers = work.add_many(SupplyLink, rows)
    events = work.record_many([SupplyLinkDeclared(link_id=number) for number in numbers])
    said = [
        (number, side_of(actor, link.supplier_id), event)
        for number, link, event in zip(numbers, links, events, strict=True)
    ]
    _stand_by(work, said)


def say_of_links(work: UnitOfWork, actor: Actor, sayings: Sequence[Saying]) -> None:
    """An end declares anew, restates, confirms, says its share. Raises NotAllowedNow, Stale, Invalid."""
    facts: list[Fact] = []
    words: list[tuple[int, Side] | None] = []
    mine = supply_links_visible_to(actor)
    for part in portions(sayings):
        found = {
            link.id: link for link in work.all(mine.where(col(SupplyLink.id).in_([s.link_id for s in part])), lock=True)
        }
        for saying in part:
            link = found.get(saying.link_id)
            if link is None or link.version != saying.version:
                raise Stale(0 if link is None else link.version)
            side = side_of(actor, link.supplier_id)
            require(actor, DUTY[side])
            for word in saying.words:
                facts.append(_say(link, side, word, saying))
                words.append(None if word is Word.SHARE else (saying.link_id, side))
                link.version += 1
    work.session.flush()
    events = work.record_many(facts)
    _stand_by(work, [(*word, event) for word, event in zip(words, events, strict=True) if word])


def _say(link: SupplyLink, side: Side, word: Word, saying: Saying) -> Fact:
    assert link.id is not None
    if word is Word.SHARE:
        link.share_band = saying.share_band
        return ShareBandStated(link_id=link.id, shown=link.share_shown_on is not None)
    end = LinkEnd.DECLARER if word is Word.ANEW else end_of(side, link.declared_by)
    link.state = LINK_LIFE.after(link.state, word, by=end)
    link.dispute_reason = link.dispute_note = None
    check_number(saying.buyer_number)
    if word is Word.CONFIRM:
        return SupplyLinkConfirmed(link_id=link.id)
    link.buyer_number = saying.buyer_number or link.buyer_number
    if word is Word.RESTATE:
        return SupplyLinkRestated(link_id=link.id)
    link.declared_by, link.ended_on = side, None
    link.chain_id, link.share_band = saying.chain_id or link.chain_id, saying.share_band or link.share_band
    return SupplyLinkDeclared(link_id=link.id)


def _stand_by(work: UnitOfWork, said: Sequence[tuple[int, Side, int]]) -> None:
    """(link, side, event) of each word given, as evidence of today."""
    rows = [
        {
            "link_id": link_id, "kind": EvidenceKind.DECLARATION, "occurred_on": today_of(work.now),
            "source_kind": SOURCE[side], "source_id": event,
        }
        for link_id, side, event in said
    ]  # fmt: skip
    work.add_many(LinkEvidence, rows)
