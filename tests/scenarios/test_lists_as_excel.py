"""The lists a firm takes away as Excel: what was measured or run, and how, from what and of which day."""

from base64 import b64decode
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kernel import clock
from seeds.cast import BEARING, GEARWORKS, RIVAL
from tests.scenarios.players import day, line
from tests.scenarios.test_being_told_of_links import answered
from tests.scenarios.test_chain_changes import ends, one_number
from tests.scenarios.test_keeping_scenarios import down, key_of, saves
from tests.scenarios.test_resilience import measured


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
        "方法 Method", "企业 Firms", "单点 Single points", "两家 Fatal pairs", "风险敞口 Exposure", "产品 Products", "环节 Stages", "层级 Tiers",
        "必经 Gates", "断供 Cuts", "桥 Bridges",
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


@pytest.mark.feature("I7")
def test_what_changed_between_two_days_leaves_with_both_days_and_both_versions(cast, after_days):
    buyer, begun = cast.chain_master, str(clock.today_of(clock.now()))
    one_number(buyer, (cast.gearworks, "RV-40E"), (cast.rival, "RC-40"))
    was = measured(buyer)["graphVersion"]
    after_days(100)
    ends(buyer, "RC-40")
    asked = {"chainId": buyer.chain(), "since": begun}
    seen = buyer.asks("chain_changes", **asked)["chainChanges"]

    sheets = book(buyer.asks("changes_xlsx", **asked)["chainChanges"]["xlsx"])

    told = method_of(sheets)
    assert list(sheets) == ["方法 Method", "供应关系 Links", "来源数 Sources", "单点与两家 Stops", "变动 Movers"]
    assert (told["起始日"].date().isoformat(), told["截止日"].date().isoformat()) == (begun, seen["until"])
    assert (told["起始日的供应关系"], told["截止日的供应关系"]) == (seen["linksBefore"], seen["linksAfter"]) == (6, 5)
    assert told["截止日的网络版本"] == told["网络版本"] == measured(buyer)["graphVersion"] != told["起始日的网络版本"]
    assert len(was) == len(told["起始日的网络版本"]) and "今天看得到的范围" in told["怎么比较"] and told["eps"]
    assert [(row[0], row[1], row[5]) for row in sheets["供应关系 Links"][1:]] == [("失去 lost", RIVAL, "RC-40")]
    (_, (said, need, _who, before, both, now, one)) = sheets["来源数 Sources"]
    assert (said, need, before, now, one) == ("变成独家 single now", "LT-减速器-1", 2, 1, GEARWORKS)
    assert {*both.split(", ")} == {GEARWORKS, RIVAL}
    assert [row[2:] for row in sheets["变动 Movers"][1:]] == [
        (pytest.approx(one["ownLossBefore"]) if one["ownLossBefore"] is not None else None,
         pytest.approx(one["ownLossAfter"]) if one["ownLossAfter"] is not None else None, one["rankBefore"], one["rankAfter"])
        for one in seen["movers"]
    ] != []  # fmt: skip
    assert BEARING not in str(sheets) and len(exports(cast.gearworks)) == 1
    assert "RC-40" not in str(book(cast.bearing.asks("changes_xlsx", **asked)["chainChanges"]["xlsx"]))
    assert cast.official.asks("changes_xlsx", **asked)["chainChanges"] is None


@pytest.mark.feature("I7")
def test_marks_leave_with_the_evidence_each_rests_on(cast):
    buyer = cast.chain_master
    for number in ("RV-40E", "HD-25"):
        cast.gearworks.accepts_all(buyer.places_order(to=cast.gearworks, item=number))
    buyer.acts("confirm_supply_link", answered(buyer, "RC-40"), by="buyer")["supplyLink"]
    buyer.acts("dispute_supply_link", answered(buyer, "HD-25", reason="NOT_OUR_ITEM"), by="buyer")["supplyLink"]
    asked = {"chainId": buyer.chain(), "limitDays": 20}
    needs = buyer.asks("supply_marks", **asked)["supplyMarks"]["needs"]

    sheets = book(buyer.asks("marks_xlsx", **asked)["supplyMarks"]["xlsx"])

    told, (_, *rows), (_, *sources) = method_of(sheets), sheets["逐项 Needs"], sheets["来源 Sources"]
    assert (told["交货期上限（天）"], told["来源范围"], len(told["证据版本"])) == (20, "不限", 64)
    assert [(row[0], row[2].split()[-1].upper(), row[5], row[6]) for row in rows] == [
        (one["number"], one["kind"], one["counting"], one["leadDays"]) for one in needs
    ]
    assert {row[0]: row[2:4] for row in rows} == {
        "HD-25": ("断点 gap", "没有一家可用 no source counts"), "RV-40E": ("堵点 bottleneck", "最快交货期超过上限 lead time over the limit"),
        "RC-40": ("通 open", None),
    }  # fmt: skip
    assert {row[0]: (row[1], row[5].split()[0], row[7]) for row in sources} == {
        "HD-25": (GEARWORKS, "有异议，不计", "disputed"), "RV-40E": (GEARWORKS, "未设资格，计入", "confirmed"),
        "RC-40": (RIVAL, "未设资格，计入", "confirmed"),
    }  # fmt: skip
    assert {row[0]: "ORDER 1" in row[8] for row in sources} == {"HD-25": True, "RV-40E": True, "RC-40": False}
    version = buyer.asks("marks_xlsx", **asked | {"limitDays": 21})["supplyMarks"]["xlsx"]
    assert method_of(book(version))["证据版本"] != told["证据版本"], "another question, another version"
    theirs = book(cast.rival.asks("marks_xlsx", **asked)["supplyMarks"]["xlsx"])
    assert theirs["来源 Sources"][1:] == [] and GEARWORKS not in str(theirs)
    assert cast.official.asks("marks_xlsx", **asked)["supplyMarks"] is None


@pytest.mark.feature("I7")
def test_a_run_leaves_as_long_as_it_may_be_read_and_says_when_it_is_history(cast):
    buyer = cast.chain_master
    run = buyer.acts("start_resilience_run", {"chainId": buyer.chain()}, by="buyer")["run"]["id"]
    found = buyer.asks("run_xlsx", id=run)["node"]
    now = book(found["result"]["xlsx"])

    stated = {"linkId": buyer.link_for("RV-40E")["id"], "essentiality": "LINEAR"}
    buyer.acts("state_link_essentiality", stated, by="buyer")["supplyLink"]

    then = book(buyer.asks("run_xlsx", id=run)["node"]["result"]["xlsx"])
    assert (method_of(now)["状态"], method_of(then)["状态"][:2]) == ("现状", "历史")
    assert method_of(now)["数据日"].date().isoformat() == found["asOf"] and method_of(now)["算完（UTC）"]
    assert now["企业 Firms"] == then["企业 Firms"] and len(now["企业 Firms"]) == 1 + 4
    assert method_of(then)["网络版本"] != measured(buyer)["graphVersion"] == method_of(
        book(buyer.asks("resilience_xlsx", chainId=buyer.chain())["resilience"]["xlsx"])
    )["网络版本"]  # fmt: skip
    assert len(exports(cast.gearworks)) == 3
    assert cast.rival.asks("run_xlsx", id=run).problems[0]["extensions"]["code"] == "NOT_FOUND"
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]
    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")
    assert buyer.asks("run_xlsx", id=run)["node"]["result"] is None


def test_nobody_takes_a_file_of_what_one_may_not_read(cast):
    one, two = (
        saves(cast.chain_master, name, down(key_of(cast.chain_master, RIVAL)))["scenario"]["id"] for name in "甲乙"
    )

    assert cast.rival.asks("comparison_xlsx", ids=[one, two]).problems[0]["extensions"]["code"] == "NOT_FOUND"
    assert cast.official.asks("resilience_xlsx", chainId=cast.official.chain())["resilience"] is None
