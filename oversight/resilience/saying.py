"""A way of loss in one sentence, in Chinese and English: from the numbers recorded in the cascade, no others."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from oversight.maps.reads import MapFirm

if TYPE_CHECKING:
    from oversight.resilience.reads import StepSeen, WaySeen

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
