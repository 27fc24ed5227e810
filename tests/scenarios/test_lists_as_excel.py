"""The lists a firm takes away as Excel: what was measured or run, and how, from what and of which day."""

from base64 import b64decode
from io import BytesIO

import pytest
from openpyxl import load_workbook

from seeds.cast import BEARING, GEARWORKS, RIVAL
from tests.scenarios.players import day, line
from tests.scenarios.test_keeping_scenarios import down, key_of, saves


def book(encoded):
    """Sheet -> its rows."""
    read = load_workbook(BytesIO(b64decode(encoded)))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in read}


def method_of(sheets):
    return {row[0].split(" / ")[0]: row[1] for row in sheets["方法 Method"]}


def exports(player):
    told = player.asks("access_ledger", by="sales", first=100)["accessLedger"]["nodes"]
    return [one for one in told if one["exported"]]


@pytest.mark.feature("I7")
def test_the_measures_leave_as_a_workbook_that_says_how_and_names_nobody_hidden(cast):
    seen = cast.chain_master.asks("chain_resilience", chainId=cast.chain_master.chain())["resilience"]
    sheets = book(cast.chain_master.asks("resilience_xlsx", chainId=cast.chain_master.chain())["resilience"]["xlsx"])

    told = method_of(sheets)
    assert list(sheets) == [
        "方法 Method", "企业 Firms", "单点 Single points", "两家 Fatal pairs", "环节 Stages", "层级 Tiers", "必经 Gates", "断供 Cuts", "桥 Bridges",
    ]  # fmt: skip
    assert sheets["层级 Tiers"][1:] == [(1, 2), (2, 1)]
    assert [(row[0], row[2]) for row in sheets["必经 Gates"][1:]] == [(GEARWORKS, 1)]
    assert [row[1] for row in sheets["断供 Cuts"][1:]].count(2) == 2 and len(sheets["桥 Bridges"]) == 1 + 4
    assert (told["网络版本"], told["eps"], told["theta"]) == (seen["graphVersion"], seen["eps"], seen["theta"])
    assert told["数据日"].date().isoformat() == seen["asOf"]
    assert (told["金额未知的关系"], told["看得到的供应关系"]) == (1, 6)
    assert "Diem" in told["损失"] and "看不到的供应关系" in told["不在其中"]
    heads, *rows = sheets["企业 Firms"]
    assert [(row[0], row[2]) for row in rows] == [(one["rank"], one["key"]) for one in seen["firms"]]
    assert [row[8] for row in rows] == pytest.approx([one["score"] for one in seen["firms"]])
    assert heads[0] == "排名 / Rank" and {row[1] for row in rows} >= {GEARWORKS, RIVAL}
    assert len(sheets["单点 Single points"]) == 1 + 3
    assert BEARING not in str(sheets)


@pytest.mark.feature("I7")
def test_what_leaves_is_in_the_ledger_of_who_disclosed_it_each_time(cast):
    assert exports(cast.gearworks) == []
    made = saves(cast.chain_master, "一", down(key_of(cast.chain_master, GEARWORKS)))
    other = saves(cast.chain_master, "二", down(key_of(cast.chain_master, RIVAL)))
    chain = cast.chain_master.chain()

    cast.chain_master.asks("resilience_xlsx", chainId=chain)["resilience"]
    once = exports(cast.gearworks)
    cast.chain_master.asks(
        "simulation_xlsx", chainId=chain, input={"shocks": [down(key_of(cast.chain_master, GEARWORKS))]}
    )["simulate"]
    cast.chain_master.asks("comparison_xlsx", ids=[one["scenario"]["id"] for one in (made, other)])["compareScenarios"]

    assert [one["what"] for one in once] == ["disclosed_links"]
    assert len(exports(cast.gearworks)) == 3
    assert exports(cast.rival) == []


@pytest.mark.feature("I7")
def test_an_outcome_leaves_with_its_firms_its_orders_and_its_days(cast):
    lines = [line("RV-40E", "11", days={20: "6", 170: "5"})]
    order = cast.chain_master.places_order(cast.gearworks, lines=lines)
    cast.gearworks.accepts_all(order)
    shock = down(key_of(cast.chain_master, GEARWORKS), first=day(10), last=day(40))
    asked = {"shocks": [shock], "days": 60, "sources": [
        {"linkId": cast.chain_master.link_for("RV-40E")["id"], "share": 1, "readyOn": day(0)},
    ]}  # fmt: skip
    run = cast.chain_master.asks("simulate", chainId=cast.chain_master.chain(), input=asked)["simulate"]

    sheets = book(
        cast.chain_master.asks("simulation_xlsx", chainId=cast.chain_master.chain(), input=asked)["simulate"]["xlsx"]
    )

    _, without, helped = sheets["结果 Outcome"]
    assert without[1].date().isoformat() == run["without"]["own"]["stopsOn"]
    assert (without[5], helped[5]) == (round(run["without"]["lost"], 2), round(run["withSources"]["lost"], 2))
    assert [row[0] for row in sheets["订单 Orders at risk"][1:]] == [order["order"]["number"]]
    assert [row[2] for row in sheets["企业 Firms"][1:]] == [
        hit["key"] for part in ("without", "withSources") for hit in run[part]["hits"]
    ]
    assert [row[1] for row in sheets["逐日 By day"][1:]] == pytest.approx(run["without"]["lostByDay"], abs=0.01)
    assert method_of(sheets)["天数"] == 60


@pytest.mark.feature("I7")
def test_a_comparison_leaves_with_a_column_for_each_run_and_says_what_fits_no_more(cast):
    alias = saves(cast.chain_master, "=代号", down(key_of(cast.chain_master, None)))
    known = saves(cast.chain_master, "精齿", down(key_of(cast.chain_master, GEARWORKS)), days=40)
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]
    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")

    sheets = book(
        cast.chain_master.asks("comparison_xlsx", ids=[one["scenario"]["id"] for one in (alias, known)])[
            "compareScenarios"
        ]["xlsx"]
    )

    _, gone, stays = sheets["比较 Comparison"]
    assert (gone[0], stays[0]) == ("'=代号", "精齿"), "no text of a file is a formula"
    assert "本产业链中没有企业" in gone[3] and gone[4:] == (None,) * 9
    assert sheets["逐日 By day"][0] == ("天 / Day", "精齿 · 照现状 / As things are")
    assert len(sheets["逐日 By day"]) == 1 + 40


def test_nobody_takes_a_file_of_what_one_may_not_read(cast):
    one, two = (
        saves(cast.chain_master, name, down(key_of(cast.chain_master, RIVAL)))["scenario"]["id"] for name in "甲乙"
    )

    assert cast.rival.asks("comparison_xlsx", ids=[one, two]).problems[0]["extensions"]["code"] == "NOT_FOUND"
    assert cast.official.asks("resilience_xlsx", chainId=cast.official.chain())["resilience"] is None
