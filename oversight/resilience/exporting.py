"""The network of one viewer and its measures as files: CSV for a spreadsheet, GraphML for any graph program."""

import csv
import io
from collections.abc import Callable

import networkx as nx

from chain.network.graph import LARGEST_FOR_NETWORKX
from kernel.cells import inert
from kernel.errors import Limit
from oversight.maps.reads import MapFirm
from oversight.resilience.reads import ResilienceSeen

Name = Callable[[MapFirm], str]

HEADS = {
    "zh": ("排名", "企业", "编号", "设区市", "第几级", "本单位缺料损失", "本单位缺单损失", "全网损失 ESRI", "其中缺料", "其中缺单",
           "波及企业", "本单位能撑天数", "天数依据", "单点", "割点"),
    "en": ("rank", "firm", "key", "prefecture", "tier", "own loss (inputs)", "own loss (orders)", "ESRI", "down", "up",
           "firms reached", "days", "days by", "single point", "cut point"),
}  # fmt: skip
METHOD = {
    "zh": "方法：ESRI（Diem 等 2022，广义 Leontief），eps {eps:g}，theta {theta:g}；天数为下限（Simchi-Levi 等 2015）；"
          "只含本单位看得到的 {links} 条供应关系；数据日 {day}；版本 {version}；金额未知 {amount:.0%}，库存天数未知 {cover:.0%}",
    "en": "method: ESRI (Diem et al. 2022, generalised Leontief), eps {eps:g}, theta {theta:g}; days are lower bounds (Simchi-Levi "
          "et al. 2015); over the {links} supply links its reader may see; day {day}; version {version}; amount unknown "
          "{amount:.0%}, days of stock unknown {cover:.0%}",
}  # fmt: skip


def as_csv(seen: ResilienceSeen, lang: str, name: Name) -> str:
    """One row for each firm by rank, above them how, from what and of which day; UTF-8 with a mark, so that Excel reads it."""
    said = "zh" if lang == "zh" else "en"
    found, out = seen.measured, io.StringIO()
    rows = csv.writer(out)
    rows.writerow([METHOD[said].format(
        eps=found.eps, theta=found.theta, links=seen.source.graph.m, day=seen.source.as_of, version=found.graph_version,
        amount=found.unknown_share["amount"], cover=found.unknown_share["cover"],
    )])  # fmt: skip
    rows.writerow(HEADS[said])
    for one in seen.firms:
        risk = one.risk
        rows.writerow([
            risk.rank, inert(name(one.firm)), one.key, one.firm.prefecture or "", risk.tier or "", f"{risk.own_loss:.6f}",
            f"{risk.own_orders_loss:.6f}", f"{risk.score:.6f}", f"{risk.down:.6f}", f"{risk.up:.6f}", risk.reach,
            "" if risk.days is None else f"{risk.days:.1f}", risk.days_source.value, int(risk.is_single_point),
            int(risk.is_articulation),
        ])  # fmt: skip
    return "\ufeff" + out.getvalue()


def as_graphml(seen: ResilienceSeen, name: Name) -> str:
    """Nodes by key with name, stage, prefecture, size and measures; an edge for each link with its weight and confidence. Raises Limit."""
    if seen.source.graph.n > LARGEST_FOR_NETWORKX:
        raise Limit(
            f"a network of more than {LARGEST_FOR_NETWORKX} firms leaves as CSV, not as GraphML",
            f"企业超过 {LARGEST_FOR_NETWORKX} 家时请导出 CSV，不能导出 GraphML",
        )
    drawn = seen.source.graph.to_networkx()
    keys = seen.source.graph.ids.tolist()
    for key, firm in zip(keys, seen.source.firms, strict=True):
        drawn.nodes[key]["name"] = name(firm)
    for one in seen.firms:
        drawn.nodes[one.key].update(score=one.risk.score, own_loss=one.risk.own_loss, rank=one.risk.rank)
    return "\n".join(nx.generate_graphml(drawn, named_key_ids=True))
