"""Scenarios as workbooks: one run with its firms and orders, or several side by side."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from exchange.lists.book import Key, Listed, Share, Told, Words, written
from exchange.lists.method import network, runs
from oversight.resilience.what_if import OutcomeSeen, SimulationSeen
from oversight.scenarios.comparing import Compared, Comparison

RUNS = (("照现状", "As things are"), ("有备链", "With further sources"))
SUM_HEADS = (
    ("情形", "Run"), ("本单位停产日", "You stop on"), ("本单位最大减产", "Your largest loss of a day"), ("恢复正常", "Normal from"),
    ("本单位损失", "You lose"), ("全网损失", "Lost in all"), ("受损企业", "Firms hit"), ("波及级数", "Tiers hit"), ("ESRI", "ESRI"),
    ("受影响的订单行", "Orders at risk"),
)  # fmt: skip
HIT_HEADS = (
    ("情形", "Run"), ("企业", "Firm"), ("编号", "Key"), ("环节", "Stage"), ("停产日", "Stops on"), ("最大减产", "Largest loss of a day"),
    ("恢复正常", "Normal from"), ("损失", "Loses"),
)  # fmt: skip
ORDER_HEADS = (
    ("订单", "Order"), ("买卖方", "Side"), ("物料", "Item"), ("未发数量", "Not shipped"), ("单位", "Unit"), ("应到", "Due on"),
)  # fmt: skip

Order = Callable[[Any], tuple[str, str, str]]
"""What an order at risk is called: its number, the side its reader stands on, the item's number."""


def outcome(seen: SimulationSeen, words: Words, order: Order) -> bytes:
    """One scenario: both runs in sums, who loses what, which of one's own orders are in trouble, losses by stage and day."""
    asked = [
        Told("自", "Begins", seen.asked.begins), Told("天数", "Days looked at", seen.found.days),
    ]  # fmt: skip
    hits = [
        (" / ".join(said), words.firm(one.firm), Key(one.key), words.stage(one.firm.stage_id), one.hit.stops_on,
         Share(one.hit.depth), one.hit.normal_on, round(one.hit.lost, 2))
        for said, run in _runs(seen) for one in run.hits
    ]  # fmt: skip
    at_risk = [(*order(one), one.quantity, one.unit, one.due_on) for one in seen.at_risk]
    return written([*network(seen.source, words), *runs(), *asked], [
        Listed("结果 Outcome", SUM_HEADS, _sums(seen)),
        Listed("企业 Firms", HIT_HEADS, hits),
        Listed("订单 Orders at risk", ORDER_HEADS, at_risk),
        Listed("环节 Stages", _heads([_run_words(said) for said, _ in _runs(seen)]), _by_stage([r for _, r in _runs(seen)], words)),
        Listed("逐日 By day", _heads([_run_words(said) for said, _ in _runs(seen)], ("天", "Day")), _by_day([r for _, r in _runs(seen)])),
    ])  # fmt: skip


def compared(seen: Comparison, words: Words) -> bytes:
    """Several saved scenarios over one network: sums, losses by stage and by day; what no longer fits says why."""
    named = [(column.saved.name, said, run) for column in seen.columns if column.run for said, run in _runs(column.run)]
    heads = [(f"{name} · {zh}", en) for name, (zh, en), _ in named]
    outcomes = [run for _, _, run in named]
    sums = [row for column in seen.columns for row in _column(column)]
    return written([*network(seen.source, words), *runs()], [
        Listed("比较 Comparison", (("情景", "Scenario"), ("自", "Begins"), ("天数", "Days"), *SUM_HEADS), sums),
        Listed("环节 Stages", _heads(heads), _by_stage(outcomes, words)),
        Listed("逐日 By day", _heads(heads, ("天", "Day")), _by_day(outcomes)),
    ])  # fmt: skip


def _column(column: Compared) -> Iterator[tuple[Any, ...]]:
    if column.run is None:
        refused = column.refused
        yield column.saved.name, None, column.saved.days, "" if refused is None else f"{refused.zh} / {refused.en}"
        return
    for row in _sums(column.run):
        yield column.saved.name, column.run.asked.begins, column.run.found.days, *row


def _runs(seen: SimulationSeen) -> list[tuple[tuple[str, str], OutcomeSeen]]:
    return [(said, run) for said, run in zip(RUNS, (seen.without, seen.with_sources), strict=True) if run is not None]


def _run_words(said: tuple[str, str]) -> tuple[str, str]:
    return f"损失：{said[0]}", f"lost, {said[1].lower()}"


def _sums(seen: SimulationSeen) -> list[tuple[Any, ...]]:
    return [
        (" / ".join(said), own and own.stops_on, own and Share(own.depth), own and own.normal_on, own and round(own.lost, 2),
         round(run.outcome.lost, 2), len(run.hits), run.outcome.tiers_hit, Share(seen.found.score),
         len(seen.at_risk) if run is seen.without else None)
        for said, run in _runs(seen) for own in [run.outcome.own]
    ]  # fmt: skip


def _heads(
    columns: Sequence[tuple[str, str]], first: tuple[str, str] = ("环节", "Stage")
) -> tuple[tuple[str, str], ...]:
    return (first, *columns)


def _by_stage(outcomes: Sequence[OutcomeSeen], words: Words) -> list[tuple[Any, ...]]:
    by_run = [dict(run.by_stage) for run in outcomes]
    stages = dict.fromkeys(stage for run in by_run for stage in run)
    return [(words.stage(stage), *(round(run.get(stage, 0.0), 2) for run in by_run)) for stage in stages]


def _by_day(outcomes: Sequence[OutcomeSeen]) -> list[tuple[Any, ...]]:
    longest = max((len(run.outcome.lost_by_day) for run in outcomes), default=0)
    return [
        (day, *(round(run.outcome.lost_by_day[day], 2) if day < len(run.outcome.lost_by_day) else None for run in outcomes))
        for day in range(longest)
    ]  # fmt: skip
