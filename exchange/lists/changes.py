"""What changed in a chain between two days as a workbook: links, sources of each need, who stops the line, who moved."""

from collections.abc import Callable, Iterator
from typing import Any

from exchange.lists.book import Key, Listed, Share, Words, written
from exchange.lists.method import between, measures
from oversight.resilience.changes import ChangesSeen
from oversight.resilience.differing import SourcesChange
from oversight.resilience.gathering import ends_of
from oversight.resilience.measuring import FirmRisk

GAINED, LOST = "新增 gained", "失去 lost"
LINK_HEADS = (
    ("变化", "Change"), ("供方", "Supplier"), ("编号", "Key"), ("需方", "Buyer"), ("编号", "Key"), ("物料", "Item"),
    ("申报可信度", "Confidence"), ("终止日", "Ended on"),
)  # fmt: skip
SOURCES_HEADS = (
    ("变化", "Change"), ("需要", "Need"), ("谁需要", "Buyer"), ("从前几家", "Sources before"), ("从前", "Before"),
    ("现在几家", "Sources now"), ("现在", "Now"),
)  # fmt: skip
STOP_HEADS = (("变化", "Change"), ("企业", "Firm"), ("编号", "Key"), ("与另一家", "With another"), ("编号", "Key"))
MOVER_HEADS = (
    ("企业", "Firm"), ("编号", "Key"), ("从前的本单位损失", "Own loss before"), ("现在的本单位损失", "Own loss now"),
    ("从前排名", "Rank before"), ("现在排名", "Rank now"),
)  # fmt: skip

Number = Callable[[int | None], str]
"""What an item is called by its maker, nothing where it is not told."""
Need = Callable[[SourcesChange], str]


def workbook(seen: ChangesSeen, words: Words, number: Number, need: Need) -> bytes:
    found = seen.found
    return written([*between(seen.before, seen.after, words), *measures(seen.after_measured)], [
        Listed("供应关系 Links", LINK_HEADS, [_link(said, link, seen, words, number) for said, some in ((GAINED, found.gained), (LOST, found.lost)) for link in some]),
        Listed("来源数 Sources", SOURCES_HEADS, _sources(seen, words, need)),
        Listed("单点与两家 Stops", STOP_HEADS, _stops(seen, words)),
        Listed("变动 Movers", MOVER_HEADS, [
            (words.firm(seen.firms[one.key]), Key(one.key), *_both(one.before, one.after)) for one in found.movers
        ]),
    ])  # fmt: skip


def _link(said: str, link: Any, seen: ChangesSeen, words: Words, number: Number) -> tuple[Any, ...]:
    supplier, buyer = ends_of(link)
    return (
        said, words.firm(seen.firms[supplier]), Key(supplier), words.firm(seen.firms[buyer]), Key(buyer), number(link.item_id),
        Share(link.confidence), link.ended_on,
    )  # fmt: skip


def _sources(seen: ChangesSeen, words: Words, need: Need) -> Iterator[tuple[Any, ...]]:
    for said, some in (("变成独家 single now", seen.found.narrowed), ("不再独家 no more single", seen.found.widened)):
        for one in some:
            before, after = (", ".join(words.firm(seen.firms[key]) for key in keys) for keys in (one.before, one.after))
            yield said, need(one), words.firm(seen.firms[one.buyer]), len(one.before), before, len(one.after), after


def _stops(seen: ChangesSeen, words: Words) -> Iterator[tuple[Any, ...]]:
    found = seen.found
    for said, points in (("新的单点 new", found.new_single_points), ("不再是单点 no more", found.gone_single_points)):
        for key in points:
            yield said, words.firm(seen.firms[key]), Key(key), None, None
    for said, pairs in (("新的两家 new pair", found.new_pairs), ("不再致停的两家 no more a pair", found.gone_pairs)):
        for a, b in pairs:
            yield said, words.firm(seen.firms[a]), Key(a), words.firm(seen.firms[b]), Key(b)


def _both(before: FirmRisk | None, after: FirmRisk | None) -> tuple[Any, ...]:
    losses = tuple(None if one is None else Share(one.own_loss) for one in (before, after))
    return *losses, before and before.rank, after and after.rank
