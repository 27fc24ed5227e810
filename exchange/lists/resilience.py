"""The measures of a chain as a workbook: firms by rank, single points, fatal pairs, stages."""

from collections.abc import Callable, Iterator, Sequence

from exchange.lists import method
from exchange.lists.book import Key, Listed, Share, Told, Words, written
from oversight.resilience.reads import ExposureSeen, ResilienceSeen, RiskSeen, StageSeen
from oversight.runs.reads import ResultSeen

FIRM_HEADS = (
    ("排名", "Rank"), ("企业", "Firm"), ("编号", "Key"), ("环节", "Stage"), ("设区市", "Prefecture"), ("第几级", "Tier"),
    ("本单位缺料损失", "Own loss for want of inputs"), ("本单位缺单损失", "Own loss for want of orders"), ("全网损失 ESRI", "ESRI"),
    ("其中缺料", "Of it inputs"), ("其中缺单", "Of it orders"), ("波及企业", "Firms reached"), ("本单位能撑天数", "Days until you stop"),
    ("天数依据", "Days by"), ("单点", "Single point"), ("割点", "Articulation firm"),
)  # fmt: skip
EXPOSED_HEADS = (
    ("排名", "Rank"), ("企业", "Firm"), ("编号", "Key"), ("能撑天数", "Days to survive"), ("天数依据", "Days by"), ("恢复天数", "Days to recover"),
    ("恢复依据", "Recovery by"), ("可能更长", "Perhaps longer"), ("缺口天数", "Gap, days"), ("每天损失产出", "Output lost a day"),
    ("合几天产出", "Days of output lost"), ("合金额（元）", "CNY lost"), ("敞口指数", "REI"),
)  # fmt: skip
PRODUCT_HEADS = (
    ("产品", "Product"), ("物料", "Materials"), ("未见来源的物料", "Materials without a source seen"), ("几家断供", "Firms that stop it"),
    ("企业", "Firm"), ("编号", "Key"),
)  # fmt: skip
STAGE_HEADS = (
    ("环节", "Stage"), ("供货企业", "Suppliers"), ("设区市", "Prefectures"), ("企业集中度 HHI", "HHI by firm"),
    ("相当于几家均分", "Effective suppliers"), ("地区集中度 HHI", "HHI by prefecture"), ("独家", "Single source"), ("只在一个市", "Single prefecture"),
)  # fmt: skip


Label = Callable[[str], str]
"""What a network calls a need or a product, in words."""


def of_run(found: ResultSeen, words: Words, *, label: Label) -> bytes:
    """What a run found: the same lists, and first whether it is history."""
    return workbook(found.seen, words, method.run(found), label=label)


def workbook(seen: ResilienceSeen, words: Words, first: Sequence[Told] = (), *, label: Label) -> bytes:
    """first: what the method says before all else."""
    single = [one for one in seen.firms if one.risk.is_single_point]
    return written([*first, *method.network(seen.source, words), *method.measures(seen.measured), *method.recovery(seen)], [
        Listed("企业 Firms", FIRM_HEADS, [_firm(one, words) for one in seen.firms]),
        Listed("单点 Single points", FIRM_HEADS, [_firm(one, words) for one in single]),
        Listed(
            "两家 Fatal pairs", (("企业", "Firm"), ("编号", "Key"), ("另一家", "The other"), ("编号", "Key")),
            [(words.firm(a.firm), Key(a.key), words.firm(b.firm), Key(b.key)) for a, b in seen.pairs],
        ),
        Listed("风险敞口 Exposure", EXPOSED_HEADS, [_exposed(one, words) for one in seen.exposed]),
        Listed("产品 Products", PRODUCT_HEADS, _products(seen, words, label)),
        Listed("环节 Stages", STAGE_HEADS, [_stage(one, words) for one in seen.stages]),
        *_narrow(seen, words),
    ])  # fmt: skip


def _exposed(one: ExposureSeen, words: Words) -> tuple[object, ...]:
    told = one.exposure
    return (
        told.rank, words.firm(one.of.firm), Key(one.of.key), round(told.survive_days, 1), told.survive_source.value, told.recover_days,
        told.recover_source.value, told.is_least, told.gap_days, Share(told.share), told.lost_days,
        None if told.money is None else round(told.money, 2), told.index,
    )  # fmt: skip


def _products(seen: ResilienceSeen, words: Words, label: Label) -> Iterator[tuple[object, ...]]:
    """A row for each product and each firm or pair that stops it; one row where nobody seen does."""
    for one in seen.products:
        about = (label(one.stops.product), len(one.stops.materials), ", ".join(map(label, one.stops.unsupplied)))
        sets = [(a,) for a in one.single] + list(one.pairs)
        for firms in sets:
            yield (
                *about,
                len(firms),
                " + ".join(words.firm(firm.firm) for firm in firms),
                Key(" + ".join(firm.key for firm in firms)),
            )
        if not sets:
            yield *about, None, None, None


def _narrow(seen: ResilienceSeen, words: Words) -> list[Listed]:
    """Where the ways to the reader narrow."""
    return [
        Listed("层级 Tiers", (("第几级", "Tier"), ("企业", "Firms")), seen.measured.narrow.by_tier),
        Listed("必经 Gates", (("企业", "Firm"), ("编号", "Key"), ("身后企业", "Firms behind")), [(words.firm(one.firm), Key(one.key), behind) for one, behind in seen.gates]),
        Listed(
            "断供 Cuts", (("环节", "Stage"), ("最少几家", "Fewest firms"), ("企业", "Firm"), ("编号", "Key")),
            [(words.stage(stage), len(some), words.firm(one.firm), Key(one.key)) for stage, some in seen.cuts for one in some],
        ),
        Listed("桥 Bridges", (("企业", "Firm"), ("另一家", "The other")), [(words.firm(a), words.firm(b)) for a, b in seen.bridges]),
    ]  # fmt: skip


def _firm(one: RiskSeen, words: Words) -> tuple[object, ...]:
    risk, firm = one.risk, one.firm
    return (
        risk.rank, words.firm(firm), Key(one.key), words.stage(firm.stage_id), words.prefecture(firm.prefecture), risk.tier,
        Share(risk.own_loss), Share(risk.own_orders_loss), Share(risk.score), Share(risk.down), Share(risk.up), risk.reach,
        None if risk.days is None else round(risk.days, 1), risk.days_source.value, risk.is_single_point, risk.is_articulation,
    )  # fmt: skip


def _stage(one: StageSeen, words: Words) -> tuple[object, ...]:
    told = one.measured
    return (
        words.stage(one.stage_id), told.firms, None if one.unplaced else told.regions, told.firm, told.effective,
        None if one.unplaced else told.region, told.single_source, not one.unplaced and told.single_region,
    )  # fmt: skip
