"""What is lost until recovery, by hand, and how it is said in both languages."""

import numpy as np
import pytest

from chain.network.graph import FirmRow, LinkRow, build
from chain.network.measure import RecoverSource
from oversight.maps.reads import MapFirm
from oversight.resilience.exposing import exposures
from oversight.resilience.measuring import measured
from oversight.resilience.reads import ExposureSeen, RiskSeen
from oversight.resilience.saying import exposed_sentence

NAN = float("nan")
SOLD = {"P": 300.0, "Q": 700.0}
LINKS = [
    LinkRow("a", "own", "m1", amount=10, cover_days=5),
    LinkRow("b", "own", "m2", amount=10, cover_days=4),
    LinkRow("c", "own", "m2", amount=10, cover_days=4),
    LinkRow("d", "a", "x", amount=10),
    LinkRow("e", "own", "m3", amount=10),
    LinkRow("a", "own", "m4", amount=10, cover_days=50),
]
GRAPH = build([FirmRow(name, f"stage {name}", "JS") for name in ("own", "a", "b", "c", "d", "e")], LINKS)
BILL = {"P": ("m1",), "Q": ("m4", "m2")}
LEAD = np.array([NAN, 9.0, 9.0, 20.0, 6.0, NAN])


def told(stated, bill, sold):
    found = measured(GRAPH, GRAPH.row["own"], LEAD, (), None, bill)
    seen = exposures(GRAPH, found, np.array(stated), LEAD, sold)
    return {GRAPH.ids[one.row]: one for one in seen.firms}, seen


def test_the_slowest_known_link_counts_and_what_is_lost_is_the_product_s_part():
    firms, seen = told([15.0, NAN, NAN, NAN, NAN, NAN], BILL, SOLD)

    a, b, d, e = (firms[name] for name in "abde")
    assert (a.survive_days, a.recover_days, a.recover_source, a.is_least) == (5.0, 15.0, RecoverSource.STATED, True)
    assert (a.share, a.gap_days, a.lost_days, a.money) == (1.0, 10.0, 10.0, 10_000.0), "both its products stop"
    assert (b.recover_days, b.recover_source, b.gap_days) == (9.0, RecoverSource.DECLARED, 5.0)
    assert b.share == pytest.approx(
        measured(GRAPH, GRAPH.row["own"], LEAD, (), None, BILL).firms[b_rank(firms)].own_loss
    )
    assert (d.survive_days, d.recover_days, d.lost_days) == (25.0, 20.0, None), "cover and recovery by lead times alone"
    assert (e.survive_days, e.recover_days, e.lost_days) == (6.0, 6.0, None)
    assert [one.rank for one in seen.firms if one.lost_days] == [1, 2, 3] and seen.firms[0] == a
    assert (seen.unknown_share, seen.output_per_day) == (pytest.approx(1 / 6), 1000.0)
    assert (a.index, b.index) == (1.0, pytest.approx(b.lost_days / 10))


def b_rank(firms):
    found = measured(GRAPH, GRAPH.row["own"], LEAD, (), None, BILL)
    return next(place for place, one in enumerate(found.firms) if one.row == firms["b"].row)


def test_a_product_s_part_of_all_that_is_sold_is_lost_where_only_it_stops():
    bill = {"P": ("m1", "m4"), "Q": ("m2",), "R": ("m3",)}

    firms, _ = told([NAN, NAN, NAN, NAN, 10.0, 7.0], bill, SOLD)
    unsold, _ = told([NAN, NAN, NAN, NAN, 10.0, 7.0], bill, {})

    assert (firms["a"].share, firms["a"].lost_days, firms["a"].money) == (
        pytest.approx(0.3),
        pytest.approx(0.6),
        pytest.approx(600),
    )
    assert (firms["e"].share, firms["e"].lost_days) == (0.0, 0.0), "nothing of it was sold"
    assert (unsold["a"].share, unsold["a"].lost_days, unsold["a"].money) == (1.0, 2.0, None)


@pytest.mark.parametrize(("stated", "firm", "zh", "en"), [
    ([15.0, NAN, NAN, NAN, NAN, NAN], "a",
     "a停产：本单位至少能撑 5 天（按盘点），恢复要至少 15 天（本单位填写）；其间 10 天每天损失产出的 100%，至多合 10.0 天的产出，约 10,000 元。",
     "a stops: you go on for at least 5 days (by stock counted), it takes at least 15 days to recover (your own figure); for 10 days you lose "
     "100% of your output, at most 10.0 days of it, about CNY 10,000."),
    ([3.0, NAN, NAN, NAN, NAN, 4.0], "a", "a停产：本单位至少能撑 5 天（按盘点），恢复要 4 天（本单位填写）；撑得到恢复。",
     "a stops: you go on for at least 5 days (by stock counted), it takes 4 days to recover (your own figure); that lasts until it has recovered."),
    ([NAN] * 6, "a", "a停产：本单位至少能撑 5 天（按盘点）；恢复天数未知，不作推算。",
     "a stops: you go on for at least 5 days (by stock counted); its days to recover are not known, nothing is reckoned."),
    ([NAN] * 6, "e", "e停产：本单位至少能撑 6 天（按申报的交货期），恢复要 6 天（按申报的交货期）；两头都只有申报的交货期，无从比较，请盘点库存或填写恢复天数。",
     "e stops: you go on for at least 6 days (by declared lead times), it takes 6 days to recover (by its declared lead time); both are declared "
     "lead times and cannot be compared: count stock or state days to recover."),
])  # fmt: skip
def test_it_is_said_in_both_languages(stated, firm, zh, en):
    firms, _ = told(stated, BILL, SOLD)
    spot = MapFirm(None, firm, None, None, None)
    risk = next(
        one for one in measured(GRAPH, GRAPH.row["own"], LEAD, (), None, BILL).firms if one.row == firms[firm].row
    )
    seen = ExposureSeen(RiskSeen(firm, spot, risk), firms[firm])

    assert exposed_sentence(seen, "zh", lambda one: one.alias) == zh
    assert exposed_sentence(seen, "en", lambda one: one.alias) == en
