"""A way of loss, and an exposure until recovery, in one sentence each, in Chinese and English: from the numbers reckoned, no others."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chain.network.measure import CoverSource, RecoverSource
from oversight.maps.reads import MapFirm

if TYPE_CHECKING:
    from oversight.resilience.reads import ExposureSeen, StepSeen, WaySeen

Name = Callable[[MapFirm], str]


def called(spot: MapFirm, name: str | None) -> str:
    """By name where the viewer may know it, else as the alias it knows."""
    return name or spot.revealed_name or spot.alias or "?"


def sentence(way: "WaySeen", lang: str, name: Name) -> str:
    """Who stops, whom that reaches by how much, how far others can step in, how long stocks last."""
    said = [_step(step, lang, name) for step in way.steps]
    first = name(way.steps[0].supplier)
    if lang == "zh":
        return f"{first}停产：" + "；".join(said) + "。"
    return f"{first} stops: " + "; ".join(said) + "."


def _step(seen: "StepSeen", lang: str, name: Name) -> str:
    step = seen.step
    share, replaced, loss = _percent(step.share), _percent(1.0 - step.sigma), _percent(step.loss)
    buyer = name(seen.buyer)
    if lang == "zh":
        of = "同环节采购" if step.essential else "全部采购"
        stock = "库存天数未知" if step.cover_days is None else f"库存可用 {step.cover_days:.0f} 天"
        return (
            f"{buyer}的{of}有 {share} 来自{name(seen.supplier)}，同环节他厂可顶上 {replaced}，{stock}，产出损失 {loss}"
        )
    of = "of that stage" if step.essential else "of all it buys"
    stock = "days of stock unknown" if step.cover_days is None else f"stock lasts {step.cover_days:.0f} days"
    return f"{buyer} buys {share} {of} from {name(seen.supplier)}, others of the stage can replace {replaced}, {stock}, it loses {loss} of its output"


def _percent(part: float) -> str:
    return f"{100 * part:.0f}%" if part >= 0.005 or part <= 0 else "<1%"


_SURVIVE = {
    CoverSource.EVIDENCE: ("按盘点", "by stock counted"), CoverSource.DECLARED: ("按申报的交货期", "by declared lead times"),
    CoverSource.UNKNOWN: ("有环节库存未知，按 0 天计", "some stock on the way unknown, none counted"),
}  # fmt: skip
_RECOVER = {
    RecoverSource.STATED: ("本单位填写", "your own figure"), RecoverSource.DECLARED: ("按申报的交货期", "by its declared lead time"),
    RecoverSource.UNKNOWN: ("", ""),
}  # fmt: skip


def exposed_sentence(seen: "ExposureSeen", lang: str, name: Name) -> str:
    """How long the viewer goes on, how long the firm takes, whence both are known, and what is lost in between or why that is not said."""
    one, zh = seen.exposure, lang == "zh"
    side = 0 if zh else 1
    who, lasts = name(seen.of.firm), f"{one.survive_days:.0f}"
    first = (f"{who}停产：本单位至少能撑 {lasts} 天（{_SURVIVE[one.survive_source][0]}）" if zh
             else f"{who} stops: you go on for at least {lasts} days ({_SURVIVE[one.survive_source][1]})")  # fmt: skip
    if one.recover_days is None:
        return first + (
            "；恢复天数未知，不作推算。" if zh else "; its days to recover are not known, nothing is reckoned."
        )
    most = ("至少 ", "at least ")[side] if one.is_least else ""
    takes = (f"，恢复要{most or ' '}{one.recover_days:.0f} 天（{_RECOVER[one.recover_source][0]}）" if zh
             else f", it takes {most}{one.recover_days:.0f} days to recover ({_RECOVER[one.recover_source][1]})")  # fmt: skip
    if one.gap_days is None:
        return first + takes + ("；两头都只有申报的交货期，无从比较，请盘点库存或填写恢复天数。" if zh else
                                "; both are declared lead times and cannot be compared: count stock or state days to recover.")  # fmt: skip
    if one.gap_days <= 0:
        return first + takes + ("；撑得到恢复。" if zh else "; that lasts until it has recovered.")
    share = _percent(one.share)
    lost = (f"；其间 {one.gap_days:.0f} 天每天损失产出的 {share}，至多合 {one.lost_days:.1f} 天的产出" if zh
            else f"; for {one.gap_days:.0f} days you lose {share} of your output, at most {one.lost_days:.1f} days of it")  # fmt: skip
    money = "" if one.money is None else (f"，约 {one.money:,.0f} 元" if zh else f", about CNY {one.money:,.0f}")
    return first + takes + lost + money + ("。" if zh else ".")
