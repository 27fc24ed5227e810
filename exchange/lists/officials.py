"""What officials read of a chain, as a workbook: the figures of a month, its words, what stops with whom, who is named."""

from collections.abc import Sequence
from typing import Any

from exchange.lists.book import Listed, Told, Words, written
from oversight.maps.reads import ChainMap
from oversight.publishing.blocking import StopBand
from oversight.publishing.marking import StageMark
from oversight.publishing.tables import Measure

MEASURES = {Measure.FIRMS: "企业 / firms", Measure.LINKS: "已确认的供应关系 / confirmed supply links"}
MARKS = {
    StageMark.GAP: "断点候选 / no firm registered", StageMark.THIN: "少源 / too few firms to tell of, or none",
    StageMark.HELD: "一家过半 / one firm holds over half of the links told of", StageMark.SLOW: "堵点 / over half of the links take over 60 days",
}  # fmt: skip
BANDS = {
    StopBand.NONE: "无 / none", StopBand.SOME: "部分 / some", StopBand.OVER_HALF: "过半 / over half",
    StopBand.ALL: "全部 / all", StopBand.UNTOLD: "不能说 / untold",
}  # fmt: skip
STAGE, PLACE = ("环节", "Stage"), ("设区市", "Prefecture")


def workbook(seen: ChainMap, words: Words) -> bytes:
    """No sum is made: the file holds what the page shows, row by row."""
    return written(_method(seen, words), [
        Listed(
            "数字 Figures", (STAGE, ("数什么", "Measure"), ("设区市（合在一起的为一个数）", "Prefectures, told as one figure"), ("数字", "Figure")),
            [(words.stage(f.stage_id), MEASURES[f.measure], _places(f.places, words), f.value) for f in seen.figures],
        ),
        Listed("标记 Marks", (STAGE, ("标记", "Mark")), [(words.stage(m.stage_id), MARKS[m.mark]) for m in seen.marks]),
        Listed(
            "停摆 Stops", (("停摆的设区市", "Prefecture that stops"), STAGE, ("当地企业所占", "Its own firms"), ("连同所需环节", "With all it needs"), ("按什么算", "Weighed by")),
            [(words.prefecture(s.place), words.stage(s.stage_id), BANDS[s.own], BANDS[s.whole], MEASURES[s.measure]) for s in seen.stops],
        ),
        Listed(
            "具名 Named", (STAGE, PLACE, ("企业", "Firm"), ("具名自", "Named since"), ("自称关键企业", "Calls itself a key firm")),
            [(words.stage(n.stage_id), words.prefecture(n.prefecture), n.name, n.since, n.holder) for n in seen.named],
        ),
    ])  # fmt: skip


def _places(places: Sequence[str], words: Words) -> str:
    return "、".join(words.prefecture(place) for place in places)


def _method(seen: ChainMap, words: Words) -> list[Told]:
    lines: list[tuple[Any, ...]] = [
        ("产业链", "Chain", words.chain),
        ("统计月份", "Figures as of", seen.as_of),
        ("数字", "Figures", "每月 1 日冻结；少于 3 家、或一家超过七成的不单列，与其他市合成一个数；没有合计；不足以保密的沿用旧数，可能晚于当月",
         "frozen on the first of a month; prefectures with fewer than 3 firms, or one firm above 70%, are told together; no totals; "
         "what would give somebody away stands as it was, and may be older than the month"),
        ("标记", "Marks", "由已公布的数字得出，与其同时冻结", "follow from the published figures and are frozen with them"),
        ("停摆", "Stops", "某市全部停摆时，每个环节至少停多少：按已公布的确认关系数（未公布的按企业数）算当地份额，合并公布的市只计确知的一家；再沿环节表逐级传导"
         "（必需的取最大，按份额的取平均；Diem 等 2022 的广义 Leontief，用于环节）。少源环节视为照常，断点环节视为省外供应",
         "how much of each stage stops at least when a prefecture does: its share of the confirmed links told, or of the firms where none "
         "are, counting for prefectures told together the one that is certain; handed on along the table of stages (essential: the worst, "
         "linear: its even share; the generalised Leontief form of Diem et al. 2022 on stages). Thin stages are taken to run, stages with no "
         "firm to be supplied from elsewhere"),
        ("具名", "Named", "只有同意具名的企业，不是全部；不论统计月份，均为生成文件当天的名单；收回同意即不再列出；关键企业为其自述，平台不核实",
         "firms that consent, never all there are; as of the day the file was made, whatever the month; gone once taken back; that one is a "
         "key firm is its own word, unchecked"),
    ]  # fmt: skip
    return [Told(*line) for line in lines]
