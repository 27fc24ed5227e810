"""断点 and 堵点 as a workbook: each need with its mark and figures, and each source with the evidence it is judged by."""

from collections.abc import Callable, Mapping
from typing import Any

from exchange.lists import method
from exchange.lists.book import Key, Listed, Share, written
from kernel import ids
from oversight.marks.decisions import MarkKind, MarkReason, SourceStanding
from oversight.marks.reads import MarksSeen, NeedSeen, SourceSeen

KINDS: Mapping[MarkKind, str] = {
    MarkKind.GAP: "断点 gap", MarkKind.BOTTLENECK: "堵点 bottleneck", MarkKind.OPEN: "通 open",
}  # fmt: skip
REASONS: Mapping[MarkReason, str] = {
    MarkReason.NO_SOURCE: "没有登记任何来源 no source", MarkReason.NO_QUALIFIED_SOURCE: "没有一家可用 no source counts",
    MarkReason.SHORT_COVER: "库存加在途撑不到下一批 cover below lead time",
    MarkReason.LONG_LEAD_TIME: "最快交货期超过上限 lead time over the limit",
}  # fmt: skip
STANDINGS: Mapping[SourceStanding, str] = {
    SourceStanding.COUNTS: "合格 counts", SourceStanding.UNASSESSED: "未设资格，计入 counts, not assessed",
    SourceStanding.UNCONFIRMED: "只有供方申报，不计 its maker's word alone", SourceStanding.DISPUTED: "有异议，不计 disputed",
    SourceStanding.NOT_QUALIFIED: "未合格，不计 not qualified", SourceStanding.BLOCKED: "已停用，不计 blocked",
    SourceStanding.OUT_OF_SCOPE: "范围之外，不计 out of scope",
}  # fmt: skip
NEED_HEADS = (
    ("物料", "Need"), ("名称", "Name"), ("标记", "Mark"), ("依据", "Why"), ("物料清单需要", "On a bill"), ("可用来源", "Sources that count"),
    ("最快交货期（天）", "Fastest lead time, days"), ("能撑（天）", "Cover, days"), ("单位", "Unit"), ("库存", "Stock"),
    ("日均用量", "Use a day"), ("交货期内来货", "Coming within the lead time"),
)  # fmt: skip
SOURCE_HEADS = (
    ("物料", "Need"), ("企业", "Firm"), ("编号", "Key"), ("供方料号", "Item"), ("设区市", "Prefecture"), ("是否计入", "Standing"),
    ("交货期（天）", "Lead time, days"), ("关系状态", "Link"), ("证据", "Evidence"), ("可信度", "Confidence"), ("最近", "Latest"),
)  # fmt: skip

Name = Callable[[int], str]


def workbook(
    seen: MarksSeen, *, chain: str, firm: Name, item: Callable[[int], tuple[str, str]], place: Callable[[str], str]
) -> bytes:
    """item: row number to (number, name)."""
    return written(method.marks(seen, chain), [
        Listed("逐项 Needs", NEED_HEADS, [_need(one, item) for one in seen.needs]),
        Listed("来源 Sources", SOURCE_HEADS, [
            (one.number, firm(s.firm_id), Key(ids.seal("Firm", s.firm_id)), item(s.item_id)[0], place(s.prefecture) if s.prefecture else None, *_judged(s))
            for one in seen.needs for s in one.sources
        ]),
    ])  # fmt: skip


def _need(one: NeedSeen, item: Callable[[int], tuple[str, str]]) -> tuple[Any, ...]:
    found, supply = one.mark, one.supply
    return (
        one.number, ", ".join(dict.fromkeys(item(number)[1] for number in one.item_ids)), KINDS[found.kind],
        "; ".join(REASONS[reason] for reason in found.reasons), one.on_bill, found.sources, found.lead_days, found.cover_days,
        one.unit, supply.stock, supply.per_day, supply.coming,
    )  # fmt: skip


def _judged(one: SourceSeen) -> tuple[Any, ...]:
    seen = "; ".join(f"{e.kind.name} {e.count}" for e in one.link.evidence)
    latest = max((e.latest_on for e in one.link.evidence), default=None)
    return (
        STANDINGS[one.source.standing], one.source.lead_days, one.link.state, seen, Share(one.link.confidence), latest,
    )  # fmt: skip
