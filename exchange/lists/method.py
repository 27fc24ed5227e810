"""How figures of a network come about, from what, of which day, and what is not in them."""

from exchange.lists.book import Share, Told, Words
from oversight.marks.reads import MarksSeen
from oversight.resilience.gathering import CURRENCY, PERIOD_DAYS, Gathered
from oversight.resilience.measuring import Measured
from oversight.resilience.reads import ResilienceSeen
from oversight.runs.reads import ResultSeen


def network(source: Gathered, words: Words) -> list[Told]:
    """What every list made of a network says of it."""
    graph, unknown = source.graph, source.graph.unknown_share
    return [
        Told("产业链", "Chain", words.chain),
        Told("数据日", "As of", source.as_of),
        Told("网络版本", "Version of the network", graph.version),
        Told("看得到的企业", "Firms seen", graph.n),
        Told("看得到的供应关系", "Supply links seen", graph.m),
        Told("只算了最早的 5000 条", "Only the oldest 5000 links are in it", source.is_cut),
        Told("金额未知的关系", "Links without a known amount", Share(unknown["amount"])),
        Told("库存天数未知的关系", "Links without known days of stock", Share(unknown["cover"])),
        Told("可信度不足 100% 的关系", "Links less than certain", Share(unknown["evidence"])),
        Told(
            "金额", "Amounts", f"近 {PERIOD_DAYS} 天本单位订单里双方达成的人民币金额，乘以关系的可信度；不知道的按已知的中位数",
            f"agreed on your own orders of the last {PERIOD_DAYS} days, in {CURRENCY}, times the confidence of the link; the median "
            "known one where none is known",
        ),
        Told(
            "不在其中", "Not in it", "本单位看不到的供应关系、他人的库存与产能、终止的和有异议的关系；以代号出现的企业不知在哪个市",
            "links your firm may not see, others' stock and capacity, links that ended or are disputed; firms under an alias stand in "
            "no known prefecture",
        ),
    ]  # fmt: skip


def between(before: Gathered, after: Gathered, words: Words) -> list[Told]:
    """What a list of what changed between two days says of both."""
    days = ((before, "起始日", "since"), (after, "截止日", "until"))
    return [
        *network(after, words),
        *(line for source, zh, en in days for line in (
            Told(zh, f"Day, {en}", source.as_of),
            Told(f"{zh}的网络版本", f"Version of the network, {en}", source.graph.version),
            Told(f"{zh}的供应关系", f"Supply links, {en}", source.graph.m),
            Told(f"{zh}金额未知的关系", f"Links without a known amount, {en}", Share(source.graph.unknown_share["amount"])),
        )),
        Told("怎么比较", "How compared", "两天都用今天看得到的范围；库存、交货期、料号和异议没有历史，两天都按今天的值；损失变化不到本单位产出的 1% 不列，最多 20 家",
             "both days are looked at with what is shown today; stock, lead times, numbers and disputes have no history and are today's on both; a "
             "change below 1% of your own output is not listed, at most 20 firms are"),
    ]  # fmt: skip


def marks(seen: MarksSeen, chain: str) -> list[Told]:
    """What 断点 and 堵点 rest on: facts of the firm's own, no network."""
    return [
        Told("产业链", "Chain", chain),
        Told("数据日", "As of", seen.as_of),
        Told("证据版本", "Version of the evidence", seen.version),
        Told("来源范围", "Scope", *(("不限", "anywhere") if seen.province is None else (seen.province, f"province {seen.province}"))),
        Told("交货期上限（天）", "Limit of a lead time, days", seen.limit_days),
        Told("只看了最早的 5000 条采购关系", "Only the oldest 5000 links are in it", seen.is_cut),
        Told("需要", "Needs", "本单位确认过、自己申报或已有交易的采购关系，加上现行物料清单里的外购件；同一料号称呼的几家物料算一项",
             "links your firm confirmed, declared itself or traded on, and what its bills in force take from others; items under one number of "
             "yours are one need"),
        Told("断点", "Gap", "没有一家可用来源：关系没有异议、不只是供方单方申报、在物料的类别里合格或有条件、在范围之内",
             "no source counts: its link is not disputed nor its maker's word alone, it is approved or conditional in the item's category, and in scope"),
        Told("堵点", "Bottleneck", "有可用来源，但（最近盘点 + 交货期内已达成未发的数量）÷ 近一年日均达成数量，撑不满最快的交货期；或最快的交货期超过上限",
             "there are such sources, and (newest counts + what is agreed to be shipped within the lead time) / use a day over the last year is less "
             "than the fastest lead time, or that is over the limit"),
        Told("交货期", "Lead time", "按与本单位约定的，没有约定的按供应商申报", "as agreed for you, else as its maker declares"),
        Told("不在其中", "Not in it", "他人的库存与产能、别家的采购；没有盘点、订单或交货期的不判堵点", "others' stock, capacity and purchases; nothing is "
             "judged held up where no count, order or lead time is known"),
    ]  # fmt: skip


def run(found: ResultSeen) -> list[Told]:
    """When a run was asked for and ended, how far it is exact, and whether it is history."""
    asked = found.run
    return [
        Told("状态", "Standing", "现状", "of the network as it stands now") if found.is_current else
        Told("状态", "Standing", "历史：之后供应关系或数据已有变化，不是现状", "history: links or facts have changed since, it is not how things stand"),
        Told("提交（UTC）", "Asked for (UTC)", f"{asked.asked_at:%Y-%m-%d %H:%M}"),
        Told("算完（UTC）", "Ended (UTC)", f"{asked.ended_at:%Y-%m-%d %H:%M}"),
        Told("计算", "Measured", f"由后台分段计算；超过 5000 家企业时精确计算前 {asked.top} 家，其余粗算",
             f"in pieces by jobs; beyond 5000 firms the first {asked.top} are exact, the others coarse"),
    ]  # fmt: skip


def measures(found: Measured) -> list[Told]:
    """What the measures of a network rest on."""
    return [
        Told("损失", "Losses", "ESRI：缺货向下游、缺单向上游逐轮传导（Diem 等 2022，Sci. Rep. 12, 7719，广义 Leontief）",
             "ESRI: shortage handed downstream, lost orders upstream, round by round (Diem et al. 2022, Sci. Rep. 12, 7719, generalised Leontief)"),
        Told("eps", "eps: a round that takes no more from anyone ends it", found.eps),
        Told("theta", "theta: smaller losses are not handed on; 0 is exact", found.theta),
        Told("能撑天数", "Days", "沿最短的一路把各家库存天数相加（Simchi-Levi 等 2015），有第二来源时是下限；未知的按 0",
             "days of stock added up along the shortest way (Simchi-Levi et al. 2015), a lower bound where there is a second source; 0 where unknown"),
        Told("单点与两家", "Single points and pairs", "每种必需的物料都要有一家供得上（与或图最小割集）",
             "some supplier of every needed material must run (minimal cut sets of the AND/OR graph)"),
        Told("集中度", "Concentration", "HHI：份额平方和，0 至 1；相当于几家均分 = 1 / HHI", "HHI: sum of squared shares, 0 to 1; effective suppliers = 1 / HHI"),
        Told("可见层级之外", "Beyond the tiers seen", Share(found.narrow.beyond_share)),
        Told("必经、断供、桥", "Gates, cuts, bridges", "支配点（Cooper 等 2001）、最小点割（Menger 1927）、桥（Hopcroft 与 Tarjan 1973）",
             "dominators (Cooper et al. 2001), minimum vertex cuts (Menger 1927), bridges (Hopcroft and Tarjan 1973)"),
        Told("网络稳健度 R", "Robustness R", found.robustness),
    ]  # fmt: skip


def recovery(seen: ResilienceSeen) -> list[Told]:
    """What days to recover, exposures and products rest on."""
    return [
        Told("恢复天数", "Days to recover", "本单位对该关系填写的，没有填写的按申报的交货期，都没有的不作推算",
             "as your firm states of the link, else its declared lead time, else nothing is reckoned"),
        Told("恢复天数未知的关系", "Links without known days to recover", Share(seen.exposures.unknown_share)),
        Told("风险敞口", "Risk exposure", "（恢复天数 − 能撑天数）× 每天损失的产出份额，是上限（Simchi-Levi 等 2014）；两头都只有申报的交货期时不作推算",
             "(days to recover - days to survive) x share of output lost a day, an upper bound (Simchi-Levi et al. 2014); none where both are "
             "declared lead times"),
        Told("本单位日产出（元）", "Your output a day, CNY", seen.exposures.output_per_day),
        Told("物料清单", "Bills of material", "本单位现行的清单：产品的每样物料都要有一家供得上；不在清单里的外购件断供则全停",
             "your own in force: a product runs while each material has a supplier that runs; what no bill names stops all"),
        Told("清单物料未见来源", "Materials of bills without a source seen", Share(seen.measured.unknown_needs)),
    ]  # fmt: skip


def runs() -> list[Told]:
    """What a scenario run day by day rests on."""
    return [
        Told("逐日推演", "Day by day", "ARIO（Hallegatte 2008；Inoue 与 Todo 2019）：每家每天按产能、需求和手里的原料生产，不足时按比例分给各家；库存天数未知的按 15 天",
             "ARIO (Hallegatte 2008; Inoue and Todo 2019): each firm makes what capacity, orders and stock allow, shortage is shared in proportion; "
             "15 days of stock where unknown"),
        Told("金额之用", "Use of amounts", "宜比较，不宜当账", "to compare by, not to book"),
        Told("ESRI", "ESRI", "最坏的几天若一直持续，全网产出损失的份额（Diem 等 2022）", "share of all output lost if the worst days lasted (Diem et al. 2022)"),
    ]  # fmt: skip
