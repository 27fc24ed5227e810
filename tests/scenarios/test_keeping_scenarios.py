"""Scenarios a firm keeps under a name, runs again and lays side by side; and what they never tell."""

from datetime import date, timedelta

import pytest

from seeds.cast import BEARING, GEARWORKS
from tests.scenarios.players import day
from tests.secrecy.world import but_readings, every_row


def key_of(player, name):
    """What a firm is called in the network of this player: by id, or, for a hidden one, by alias."""
    found = player.asks("chain_resilience", chainId=player.chain())["resilience"]["firms"]
    return next(one["key"] for one in found if (one["firm"]["firm"] or {"name": None})["name"] == name)


def down(key, **more):
    return {"kind": "FIRM_DOWN", "firm": key, "first": day(0)} | more


def saves(player, name, *shocks, by="planner", **more):
    scenario = {"shocks": list(shocks)} | more
    return player.acts("save_scenario", {"chainId": player.chain(), "name": name, "scenario": scenario}, by=by)


def kept(player, *, by="buyer"):
    return player.asks("saved_scenarios", by=by, chainId=player.chain())["savedScenarios"]["nodes"]


def compared(player, *saved, by="buyer"):
    return player.asks("compare_scenarios", by=by, ids=[one["scenario"]["id"] for one in saved])


@pytest.mark.feature("I4")
def test_a_scenario_is_kept_for_all_people_of_the_firm_and_runs_from_the_day_it_is_run(cast):
    key = key_of(cast.chain_master, GEARWORKS)
    source = {"linkId": cast.chain_master.link_for("RV-40E")["id"], "share": 0.5, "readyOn": day(10), "rampDays": 3}

    saves(cast.chain_master, "  精齿停产一个月 ", down(key, first=day(2), last=day(29)), days=90, sources=[source])[
        "scenario"
    ]
    saves(cast.chain_master, "固定日期", down(key, first=day(2)), begins=day(1))["scenario"]

    fixed, moving = kept(cast.chain_master, by="quality")
    assert (moving["name"], moving["beginsOn"], moving["days"], moving["version"]) == ("精齿停产一个月", None, 90, 1)
    assert moving["shocks"] == [
        {"kind": "FIRM_DOWN", "first": day(2), "last": day(29), "firm": key, "stageIds": [], "prefectures": [],
         "origin": "", "destination": "", "left": 0.0, "delayDays": 0},
    ]  # fmt: skip
    assert moving["sources"] == [source]
    assert (fixed["beginsOn"], fixed["shocks"][0]["first"], fixed["shocks"][0]["last"]) == (day(1), day(2), None)
    assert moving["openVerbs"] == [], "quality reads and writes nothing"
    assert kept(cast.chain_master, by="sales")[0]["openVerbs"] == ["renameScenario", "restateScenario", "dropScenario"]


@pytest.mark.feature("I4")
def test_a_scenario_kept_without_the_firm_s_own_backups_runs_without_them(cast):
    """A backup source of the same link, noted by the firm, is what the two columns differ by."""
    key, link = key_of(cast.chain_master, GEARWORKS), cast.chain_master.link_for("RV-40E")["id"]
    noted = {"linkId": link, "workingName": "甲", "share": 1, "trialDays": 10}
    cast.chain_master.acts("record_backup_source", noted, by="buyer")["backupSource"]
    bare = saves(cast.chain_master, "无备链", down(key), withBackups=False)
    backed = saves(cast.chain_master, "有备链", down(key))
    assert [one["withBackups"] for one in kept(cast.chain_master)] == [True, False]

    found = compared(cast.chain_master, bare, backed)["compareScenarios"]["columns"]

    assert [column["simulation"]["withSources"] is None for column in found] == [True, False]


@pytest.mark.feature("I4")
def test_scenarios_stand_side_by_side_over_the_same_links_with_and_without_sources(cast):
    key = key_of(cast.chain_master, GEARWORKS)
    sources = [
        {"linkId": cast.chain_master.link_for(number)["id"], "share": 1, "readyOn": day(10)}
        for number in ("RV-40E", "RV-80E", "HD-25")
    ]
    month, half = down(key, last=day(29)), down(key, last=day(29), left=0.5)
    first = saves(cast.chain_master, "全停", month, days=120)
    second = saves(cast.chain_master, "半停", half, days=60)
    third = saves(cast.chain_master, "全停加备链", month, days=120, sources=sources)

    found = compared(cast.chain_master, third, first, second)["compareScenarios"]

    alone = cast.chain_master.asks(
        "simulate", chainId=cast.chain_master.chain(), input={"shocks": [month], "days": 120, "sources": sources}
    )["simulate"]
    runs = [one["simulation"] for one in found["columns"]]
    assert [one["scenario"]["name"] for one in found["columns"]] == ["全停加备链", "全停", "半停"]
    assert found["graphVersion"] == alone["graphVersion"]
    for part in ("without", "withSources"):
        assert runs[0][part]["lostByDay"] == alone[part]["lostByDay"]
        assert runs[0][part]["own"] == alone[part]["own"]
    assert runs[1]["without"] == runs[0]["without"] and runs[1]["withSources"] is None
    assert [len(one["without"]["lostByDay"]) for one in runs] == [120, 120, 60]
    assert runs[1]["without"]["own"]["stopsOn"] == day(15)
    assert runs[2]["without"]["lost"] < runs[1]["without"]["lost"]


@pytest.mark.feature("I4")
def test_who_read_an_older_version_changes_nothing_and_a_dropped_one_is_gone(cast):
    key = key_of(cast.chain_master, GEARWORKS)
    made = saves(cast.chain_master, "全停", down(key))["scenario"]
    said = {"scenarioId": made["id"], "expectedVersion": 1}

    assert cast.chain_master.acts("rename_scenario", said | {"name": "停产"}, by="lead")["scenario"]["version"] == 2
    before = but_readings(every_row())
    stale = [
        cast.chain_master.acts("rename_scenario", said | {"name": "再改"}, by="buyer"),
        cast.chain_master.acts("restate_scenario", said | {"scenario": {"shocks": [down(key)]}}, by="buyer"),
        cast.chain_master.acts("drop_scenario", said, by="buyer"),
    ]
    assert [one.refusals for one in stale] == [["STALE"]] * 3
    assert but_readings(every_row()) == before

    again = said | {"expectedVersion": 2, "scenario": {"shocks": [down(key, left=0.25)], "days": 30}}
    assert cast.chain_master.acts("restate_scenario", again, by="sales")["scenario"]["version"] == 3
    (now,) = kept(cast.chain_master)
    assert (now["name"], now["days"], now["shocks"][0]["left"]) == ("停产", 30, 0.25)

    gone = cast.chain_master.acts("drop_scenario", said | {"expectedVersion": 3}, by="planner")
    assert gone["droppedId"] == made["id"]
    assert kept(cast.chain_master) == []
    assert saves(cast.chain_master, "停产", down(key)).refusals == []


@pytest.mark.feature("I4")
def test_what_cannot_be_kept_is_refused_and_nothing_changes(cast):
    key = key_of(cast.chain_master, GEARWORKS)
    saves(cast.chain_master, "全停", down(key))["scenario"]
    other = saves(cast.chain_master, "别的", down(key))["scenario"]
    before = but_readings(every_row())

    refused = {
        "taken": saves(cast.chain_master, " 全停", down(key)),
        "empty": saves(cast.chain_master, "  ", down(key)),
        "long": saves(cast.chain_master, "长" * 81, down(key)),
        "nothing happens": saves(cast.chain_master, "空"),
        "unknown firm": saves(cast.chain_master, "不明", down("F-X")),
        "too long": saves(cast.chain_master, "久", down(key), days=366),
        "no such day": saves(cast.chain_master, "早", down(key), begins="0001-01-01"),
        "no duty": saves(cast.chain_master, "质量", down(key), by="quality"),
        "renamed to a taken one": cast.chain_master.acts(
            "rename_scenario", {"scenarioId": other["id"], "expectedVersion": 1, "name": "全停"}, by="buyer"
        ),
        "restated to nothing": cast.chain_master.acts(
            "restate_scenario",
            {"scenarioId": other["id"], "expectedVersion": 1, "scenario": {"shocks": []}},
            by="buyer",
        ),
        "an office": saves(cast.official, "省里", down(key)),
    }

    assert {what: (one.refusals, [e["fields"] for e in one.errors]) for what, one in refused.items()} == {
        "taken": (["INVALID"], [["name"]]), "empty": (["INVALID"], [["name"]]), "long": (["INVALID"], [["name"]]),
        "nothing happens": (["INVALID"], [["shocks"]]), "unknown firm": (["INVALID"], [["shocks.0.firm"]]),
        "too long": (["INVALID"], [["days"]]), "no such day": (["INVALID"], [["begins"]]),
        "no duty": (["NOT_ALLOWED_NOW"], [[]]), "renamed to a taken one": (["INVALID"], [["name"]]),
        "restated to nothing": (["INVALID"], [["shocks"]]), "an office": (["NOT_ALLOWED_NOW"], [[]]),
    }  # fmt: skip
    assert but_readings(every_row()) == before


@pytest.mark.feature("I4")
def test_another_firm_learns_nothing_of_what_one_fears(cast):
    key = key_of(cast.chain_master, GEARWORKS)
    one = saves(cast.chain_master, "龙腾所惧甲", down(key))
    two = saves(cast.chain_master, "龙腾所惧乙", down(key))
    made = one["scenario"]["id"]
    said = {"scenarioId": made, "expectedVersion": 1}
    before = but_readings(every_row())

    for other in (cast.gearworks, cast.rival, cast.official):
        assert kept(other) == []
        assert other.asks("saved_scenario", id=made).problems[0]["extensions"]["code"] == "NOT_FOUND"
        assert compared(other, one, two).problems[0]["extensions"]["code"] == "NOT_FOUND"
        assert other.asks("history_page", id=made).problems[0]["extensions"]["code"] == "NOT_FOUND"
        assert other.acts("rename_scenario", said | {"name": "乙"}, by="sales").refusals == ["NOT_FOUND"]
        assert other.acts("drop_scenario", said, by="sales").refusals == ["NOT_FOUND"]
    assert but_readings(every_row()) == before
    theirs = saves(cast.gearworks, "龙腾所惧甲", down(cast.chain_master.firm_id), by="sales")
    assert theirs.refusals == [], "the name is free for everybody else"
    assert [e["event"] for e in cast.chain_master.history_of(made)] == ["ScenarioSaved"]


@pytest.mark.feature("I4")
def test_a_firm_no_longer_shown_is_refused_in_its_column_and_named_nowhere(cast):
    """The bearing maker says its name for a while; the disclosure that shows it ends: neither is kept in what was saved."""
    alias = key_of(cast.chain_master, None)
    cast.bearing.acts("reveal_identity", {"viewerId": cast.gearworks.firm_id, "until": day(9)}, by="sales")
    hidden = saves(cast.chain_master, "代号停产", down(alias))
    known = saves(cast.chain_master, "精齿停产", down(key_of(cast.chain_master, GEARWORKS)))
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]
    assert all(one["simulation"] for one in compared(cast.chain_master, hidden, known)["compareScenarios"]["columns"])

    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")

    gone, stays = compared(cast.chain_master, hidden, known)["compareScenarios"]["columns"]
    asked = cast.chain_master.asks(
        "simulate", chainId=cast.chain_master.chain(), input={"shocks": [down(alias)]}
    ).problems[0]
    assert (gone["simulation"], gone["refusal"]["code"], gone["refusal"]["fields"]) == (
        None,
        "INVALID",
        ["shocks.0.firm"],
    )
    assert gone["refusal"]["message"] == asked["message"], "as for any firm that is not there"
    assert stays["refusal"] is None and stays["simulation"]["without"]["lost"] > 0
    assert BEARING not in str(kept(cast.chain_master)) + str(gone)
    rows = every_row()["saved_scenario"]
    assert BEARING not in str(rows) and GEARWORKS not in str(rows)


@pytest.mark.feature("I4")
@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_are_compared_each_once_and_of_one_chain(cast, count):
    key = key_of(cast.chain_master, GEARWORKS)
    made = [saves(cast.chain_master, f"第{n}", down(key)) for n in range(count)]

    for some in (made, made[:1] * 2):
        if some or not made:
            said = compared(cast.chain_master, *some).problems[0]["extensions"]
            assert (said["code"], said["fields"]) == ("INVALID", ["ids"])


@pytest.mark.feature("I4")
def test_only_what_a_kind_of_shock_asks_for_is_kept(cast):
    chain = cast.chain_master.asks("chains")["chains"]["nodes"][0]
    core = next(stage["id"] for stage in chain["stages"] if stage["code"] == "core-parts")
    cut = {"kind": "STAGE_CUT", "first": day(0), "stageIds": [core, core], "left": 0.5, "firm": "x" * 60_000,
           "prefectures": ["y" * 60_000], "origin": "z"}  # fmt: skip
    late = {
        "kind": "LANE_DELAY",
        "first": day(0),
        "origin": "320500",
        "destination": "320100",
        "delayDays": 9,
        "stageIds": [core],
    }
    ready = [{"linkId": cast.chain_master.link_for("RV-40E")["id"], "share": 1, "readyOn": "9999-12-31"}]

    saves(cast.chain_master, "杂", cut, late, sources=ready)["scenario"]

    (found,) = kept(cast.chain_master)
    first, second = found["shocks"]
    assert (first["stageIds"], first["left"], first["firm"], first["prefectures"], first["origin"]) == (
        [core],
        0.5,
        "",
        [],
        "",
    )
    assert (second["origin"], second["destination"], second["delayDays"], second["stageIds"]) == (
        "320500",
        "320100",
        9,
        [],
    )
    assert found["sources"][0]["readyOn"] == (date.fromisoformat(day(0)) + timedelta(days=3650)).isoformat()
