"""A buyer prepares second sources for what it buys; only it knows, and its own figures count them (H4)."""

import pytest

from tests.scenarios.players import day, line
from tests.scenarios.test_qualifying import category, proposes

BUYER = "buyer"
DAYS = {"fitDays": 5, "qualificationDays": 30, "trialDays": 20, "spareDays": 14, "toolingDays": 40}


def link_of(player, number):
    return player.link_for(number)["id"]


def records(player, link_id, *, by="buyer", share=1, **given):
    return player.acts("record_backup_source", {"linkId": link_id, "share": share} | given, by=by)


def steps(player, name, source, *, by="quality", version=None):
    said = {"backupSourceId": source["id"], "expectedVersion": version or source["version"]}
    return player.acts(name, said, by=by)


def sources(player, **filter):
    return player.asks("backup_sources", filter=filter or None)["backupSources"]["nodes"]


def covered(player):
    return player.asks("backup_coverage", chainId=player.chain())["backupCoverage"]


def approves(buyer, supplier, where):
    proposed = proposes(buyer, supplier, where)["proposal"]
    answer = {"proposalId": proposed["id"], "expectedVersion": 2}
    return buyer.acts("approve_qualification", answer, by="lead")["qualification"]


def down(key):
    return {"kind": "FIRM_DOWN", "firm": key, "first": day(0), "last": day(29)}


def simulated(player, **more):
    return player.asks(
        "simulate", chainId=player.chain(), input={"shocks": [down(more.pop("firm"))], "days": 120} | more
    )["simulate"]


@pytest.mark.feature("H4")
def test_a_source_goes_from_candidate_to_ready_on_evidence_and_its_days_fall(cast, nothing_changes):
    """Gearworks brings the RV-40E; the rival, a partner too, shall be able to."""
    master, link = cast.chain_master, link_of(cast.chain_master, "RV-40E")
    made = records(master, link, firmId=cast.rival.firm_id, rampDays=10, **DAYS)["backupSource"]

    assert (made["state"], made["readiness"]) == (
        "CANDIDATE", {"days": 55, "waitsFor": "qualificationDays", "unknown": []},
    )  # fmt: skip
    with nothing_changes():
        refused = steps(master, "qualify_backup_source", made)
        assert (refused.refusals, "backup.qualified_supplier" in refused.rule) == (["NOT_ALLOWED_NOW"], True)
        assert steps(master, "qualify_backup_source", made, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert steps(master, "begin_backup_trial", made).refusals == ["NOT_ALLOWED_NOW"]
        assert steps(master, "confirm_backup_ready", made).refusals == ["NOT_ALLOWED_NOW"]

    approves(master, cast.rival, category(master, "RV-40E", needs=()))
    with nothing_changes():
        assert steps(master, "qualify_backup_source", made, version=9).refusals == ["STALE"]
    qualified = steps(master, "qualify_backup_source", made)["backupSource"]
    assert (qualified["state"], qualified["readiness"]["days"], qualified["readiness"]["waitsFor"]) == (
        "QUALIFIED", 40, "toolingDays",
    )  # fmt: skip
    tried = steps(master, "begin_backup_trial", qualified, by="planner")["backupSource"]
    with nothing_changes():
        early = steps(master, "confirm_backup_ready", tried)
        assert (early.refusals, "backup.nothing_left" in early.rule) == (["NOT_ALLOWED_NOW"], True)
    said = {"backupSourceId": tried["id"], "expectedVersion": tried["version"], "share": 0.6, "rampDays": 5,
            "spareDays": 0, "toolingDays": 0, "trialDays": 3}  # fmt: skip
    changed = master.acts("change_backup_source", said, by="buyer")["backupSource"]
    assert (changed["state"], changed["readiness"]["days"]) == ("TRIAL", 3)
    ready = steps(master, "confirm_backup_ready", changed, by="buyer")["backupSource"]
    assert (ready["state"], ready["isReady"], ready["readiness"]["days"]) == ("READY", True, 0)
    for later in ({"toolingDays": 300, "spareDays": 0}, {"share": 1}):
        said = {"backupSourceId": ready["id"], "expectedVersion": ready["version"], "share": 1} | later
        undone = master.acts("change_backup_source", said, by="buyer")
        assert undone.refusals == ["NOT_ALLOWED_NOW"] and (undone.rule or "").startswith("backup.nothing_left")

    assert [e["event"] for e in master.history_of(ready["id"])] == [
        "BackupSourceRecorded", "BackupSourceQualified", "BackupTrialBegun", "BackupSourceChanged", "BackupReadyConfirmed",
    ]  # fmt: skip
    dropped = steps(master, "drop_backup_source", ready, by="lead")["backupSource"]
    assert dropped["state"] == "DROPPED"
    assert sources(master)[0]["openVerbs"] == []
    with nothing_changes():
        assert steps(master, "drop_backup_source", dropped).refusals == ["NOT_ALLOWED_NOW"]


@pytest.mark.feature("H4")
def test_a_source_whose_approval_falls_counts_as_a_candidate_again(cast):
    master, link = cast.chain_master, link_of(cast.chain_master, "RV-40E")
    where = category(master, "RV-40E", needs=())
    approves(master, cast.rival, where)
    ready = _ready(cast, link)
    assert (ready["isReady"], covered(master)["covered"]) == (True, 0.25)

    blocked = {"supplierId": cast.rival.firm_id, "categoryId": where["id"], "reason": "质量事故"}
    master.acts("block_supplier", blocked, by="lead")["qualification"]

    (now,) = sources(master)
    assert (now["state"], now["isApproved"], now["isReady"]) == ("READY", False, False)
    assert now["readiness"] == {"days": 0, "waitsFor": None, "unknown": ["fitDays", "qualificationDays", "trialDays"]}
    assert covered(master)["covered"] == 0


def _ready(cast, link):
    made = records(cast.chain_master, link, firmId=cast.rival.firm_id, spareDays=0, toolingDays=0)["backupSource"]
    for step in ("qualify_backup_source", "begin_backup_trial", "confirm_backup_ready"):
        made = steps(cast.chain_master, step, made)["backupSource"]
    return made


@pytest.mark.feature("H4")
def test_a_firm_that_is_not_on_the_platform_is_a_candidate_by_a_working_name_only(cast, nothing_changes):
    master, link = cast.chain_master, link_of(cast.chain_master, "RV-40E")
    made = records(master, link, workingName=" 台州某减速机厂 ", fitDays=5)["backupSource"]

    assert made["readiness"]["unknown"] == ["qualificationDays", "trialDays", "spareDays", "toolingDays"]
    approves(master, cast.rival, category(master, "RV-40E", needs=()))
    with nothing_changes():
        refused = steps(master, "qualify_backup_source", made)
        assert (refused.refusals, "backup.on_platform" in refused.rule) == (["NOT_ALLOWED_NOW"], True)
        again = records(master, link, workingName="台州某减速机厂")
        assert (again.refusals, again.fields, "backup.one_live" in again.rule) == (
            ["NOT_ALLOWED_NOW"], ["workingName"], True,
        )  # fmt: skip
    said = {"backupSourceId": made["id"], "expectedVersion": 1, "share": 1, "firmId": cast.rival.firm_id}
    named = master.acts("change_backup_source", said, by="planner")["backupSource"]
    assert steps(master, "qualify_backup_source", named)["backupSource"]["state"] == "QUALIFIED"
    (seen,) = sources(master, linkId=link, states=["QUALIFIED"])
    assert (seen["firm"]["id"], seen["workingName"], seen["link"]["id"]) == (cast.rival.firm_id, "", link)
    with nothing_changes():
        other = said | {"expectedVersion": 3, "firmId": cast.dealer.firm_id}
        assert master.acts("change_backup_source", other, by="planner").fields == ["firmId"]


@pytest.mark.feature("H4")
def test_what_cannot_be_is_refused_naming_the_field(cast, nothing_changes):
    master, link = cast.chain_master, link_of(cast.chain_master, "RV-40E")
    sold = master.link_for("LT-R20")["id"]
    disclosed = next(one["id"] for one in master.links() if one["disclosed"])
    theirs = link_of(cast.gearworks, "CRB-100")
    wrong = [
        ({"firmId": cast.gearworks.firm_id}, ["firmId"]), ({"firmId": master.firm_id}, ["firmId"]), ({}, ["workingName"]),
        ({"workingName": "  "}, ["workingName"]), ({"workingName": "厂" * 121}, ["workingName"]),
        ({"workingName": "甲", "share": 0}, ["share"]), ({"workingName": "甲", "share": 10.5}, ["share"]),
        ({"workingName": "甲", "share": -1e300}, ["share"]), ({"workingName": "甲", "rampDays": 366}, ["rampDays"]),
        ({"workingName": "甲", "fitDays": -1}, ["fitDays"]), ({"workingName": "甲", "spareDays": 3651}, ["spareDays"]),
        ({"workingName": "甲", "toolingDays": 2_000_000_000}, ["toolingDays"]),
    ]  # fmt: skip
    with nothing_changes():
        for given, fields in wrong:
            refused = records(master, link, **given)
            assert (refused.refusals, refused.fields) == (["INVALID"], fields), given
        assert records(master, link, firmId=cast.bearing.firm_id).refusals == ["NOT_FOUND"]
        assert records(master, link, workingName="甲", by="sales").refusals == ["NOT_ALLOWED_NOW"]
        for other in (sold, disclosed, theirs, cast.rival.firm_id, "x"):
            assert records(master, other, workingName="甲").refusals == ["NOT_FOUND"]
    for number in range(10):
        records(master, link, workingName=f"厂 {number}")["backupSource"]
    with nothing_changes():
        assert records(master, link, workingName="再一厂").refusals == ["LIMIT"]
    ended = link_of(master, "HD-25")
    master.acts("end_supply_link", {"linkId": ended}, by="buyer")["supplyLink"]
    with nothing_changes():
        assert "backup.link_live" in records(master, ended, workingName="甲").rule


@pytest.mark.feature("H4")
def test_neither_the_present_supplier_nor_the_backup_learns_anything(cast, nothing_changes):
    master, link = cast.chain_master, link_of(cast.chain_master, "RV-40E")
    watched = [cast.gearworks, cast.rival, cast.official, cast.operator, cast.dealer]

    def learned():
        return [
            (p.asks("backup_sources").data, p.asks("inbox_page").data, p.asks("access_ledger").data, p.asks("firms").data,
             p.asks("supply_links", first=100).data, p.todo())
            for p in watched
        ]  # fmt: skip

    history, before = cast.gearworks.history_of(link), learned()
    approves(master, cast.rival, category(master, "RV-40E", needs=()))
    after_approval = learned()
    source = _ready(cast, link)
    master.acts("state_link_essentiality", {"linkId": link, "essentiality": "NEGLIGIBLE"}, by="buyer")["supplyLink"]

    assert learned() == after_approval
    assert (cast.gearworks.history_of(link), [data for data, *_ in before]) == (
        history,
        [data for data, *_ in learned()],
    )
    with nothing_changes():
        for player in watched:
            hidden = player.asks("backup_source_page", id=source["id"])
            assert hidden.problems[0]["extensions"]["code"] == "NOT_FOUND"
            for step in ("qualify_backup_source", "drop_backup_source"):
                assert steps(player, step, source, by="sales").refusals == ["NOT_FOUND"]
            assert records(player, link, workingName="甲", by="sales").refusals == ["NOT_FOUND"]


@pytest.mark.feature("H4")
def test_coverage_counts_essential_inputs_by_number_and_by_money(cast):
    """Four reducers, all essential; of one a year's need of 36,500 CNY is agreed, of another 73,000."""
    master = cast.chain_master
    for number, supplier, money in (("RV-40E", cast.gearworks, "100"), ("RC-40", cast.rival, "200")):
        order = master.places_order(to=supplier, lines=[line(supplier.item(number), "365", price=money)])
        supplier.accepts_all(order)
    before = covered(master)
    assert (before["essential"], before["covered"], before["bare"]) == (4, 0, 4)

    approves(master, cast.rival, category(master, "RV-40E", needs=()))
    _ready(cast, link_of(master, "RV-40E"))
    records(master, link_of(master, "HD-25"), workingName="甲")["backupSource"]

    found = covered(master)
    needs = {one["links"][0]["item"]["number"]: one for one in found["inputs"]}
    assert needs["RV-40E"]["needKnown"] and not needs["HD-25"]["needKnown"]
    assert 0 < needs["RV-40E"]["need"] <= 36_500, "weighed by how sure the link is"
    assert needs["RC-40"]["need"] == pytest.approx(2 * needs["RV-40E"]["need"])
    assert {n: one["isCovered"] for n, one in needs.items()} == {
        "RV-40E": True, "RC-40": False, "RV-80E": False, "HD-25": False,
    }  # fmt: skip
    assert (found["covered"], found["bare"]) == (0.25, 2)
    whole = sum(one["need"] for one in needs.values())
    assert found["coveredNeed"] == pytest.approx(needs["RV-40E"]["need"] / whole)
    assert found["carried"] == pytest.approx(found["coveredNeed"])

    for number in ("RV-80E", "HD-25"):
        said = {"linkId": link_of(master, number), "essentiality": "LINEAR"}
        master.acts("state_link_essentiality", said, by="planner")["supplyLink"]
    assert (covered(master)["essential"], covered(master)["covered"]) == (2, 0.5)
    assert [one["essentiality"] for one in covered(master)["inputs"]] == ["ESSENTIAL", "ESSENTIAL", "LINEAR", "LINEAR"]
    assert covered(cast.official) is None and covered(cast.operator) is None


@pytest.mark.feature("H4")
def test_two_suppliers_of_what_the_buyer_calls_one_part_cover_each_other(cast):
    master = cast.chain_master
    for number, supplier in (("RV-40E", cast.gearworks), ("RC-40", cast.rival)):
        link = master.link_for(number)
        said = {"linkId": link["id"], "expectedVersion": link["version"], "buyerNumber": "LT-J1-RED"}
        supplier.acts("restate_supply_link", said, by="sales")["supplyLink"]
    assert not any(one["hasSecond"] for one in covered(master)["inputs"]), "what two makers say is not the buyer's word"
    for number in ("RV-40E", "RC-40"):
        link = master.link_for(number)
        said = {"linkId": link["id"], "expectedVersion": link["version"]}
        master.acts("confirm_supply_link", said, by="buyer")["supplyLink"]

    found = covered(master)

    (pair,) = [one for one in found["inputs"] if one["hasSecond"]]
    assert ({link["buyerNumber"] for link in pair["links"]}, pair["isCovered"]) == ({"LT-J1-RED"}, True)
    assert (found["essential"], found["covered"]) == (3, pytest.approx(1 / 3))


@pytest.mark.feature("H4")
def test_every_simulation_runs_with_and_without_the_recorded_sources(cast):
    master = cast.chain_master
    noted = [
        records(master, link_of(master, number), workingName="甲", trialDays=10)["backupSource"]["id"]
        for number in ("RV-40E", "RV-80E", "HD-25")
    ]

    found = simulated(master, firm=cast.gearworks.firm_id)

    assert found["without"]["own"]["stopsOn"] == day(15)
    assert (found["withSources"]["own"]["stopsOn"], found["withSources"]["own"]["lost"]) == (None, 0.0)
    assert {one["id"] for one in found["backups"]} == set(noted)
    left_out = simulated(master, firm=cast.gearworks.firm_id, withBackups=False)
    assert (left_out["withSources"], left_out["backups"], left_out["without"]) == (None, [], found["without"])
    theirs = simulated(cast.gearworks, firm=master.firm_id)
    assert (theirs["withSources"], theirs["backups"]) == (None, [])
    for node in sources(master):
        steps(master, "drop_backup_source", node, by="buyer")["backupSource"]
    assert simulated(master, firm=cast.gearworks.firm_id)["withSources"] is None


@pytest.mark.feature("H4")
def test_a_source_that_is_a_firm_of_the_network_stops_with_it(cast):
    master = cast.chain_master
    for number in ("RV-40E", "RV-80E", "HD-25"):
        records(master, link_of(master, number), firmId=cast.rival.firm_id, trialDays=10)["backupSource"]
    shocks = [down(cast.gearworks.firm_id), down(cast.rival.firm_id)]

    found = master.asks("simulate", chainId=master.chain(), input={"shocks": shocks, "days": 120})["simulate"]

    assert found["withSources"]["own"]["stopsOn"] == found["without"]["own"]["stopsOn"] == day(15)


@pytest.mark.feature("H4")
def test_what_a_second_source_of_any_own_link_would_buy(cast):
    master = cast.chain_master
    asked = {"linkId": link_of(master, "RC-40"), "share": 1, "readyInDays": 5, "days": 120}

    def bought(player=master, **more):
        return player.asks("second_source", chainId=player.chain(), input=asked | more)

    found = bought()["secondSource"]
    assert found["supplier"]["firm"]["id"] == cast.rival.firm_id
    assert (found["stopDays"], found["ownLost"]["withSource"]) == ({"without": 15, "withSource": None}, 0)
    assert found["ownLost"]["without"] > 0
    assert found["lost"]["withSource"] < found["lost"]["without"]
    # Without it the rival has a quarter of the stage (HHI 10/16); with it nothing, and a new firm that quarter.
    assert found["score"]["withSource"] < found["score"]["without"]
    assert found["ownLoss"]["withSource"] < found["ownLoss"]["without"]
    assert found["concentration"]["without"] == pytest.approx(10 / 16)
    half = bought(share=0.5)["secondSource"]
    assert 0 < half["ownLost"]["withSource"] < half["ownLost"]["without"]

    records(master, asked["linkId"], workingName="甲", trialDays=3)["backupSource"]
    beside = bought()["secondSource"]
    assert (beside["stopDays"]["without"], len(beside["backups"])) == (None, 1)
    assert bought(withBackups=False)["secondSource"]["stopDays"] == found["stopDays"]
    for given, field in (({"share": 0}, "share"), ({"readyInDays": -1}, "readyInDays"), ({"days": 366}, "days"),
                         ({"rampDays": 366}, "rampDays"), ({"linkId": master.link_for("LT-R20")["id"]}, "linkId"),
                         ({"linkId": link_of(cast.gearworks, "CRB-100")}, "linkId"), ({"linkId": "x"}, "linkId")):  # fmt: skip
        assert bought(**given).problems[0]["extensions"]["fields"] == [field]
    assert bought(cast.rival).problems[0]["extensions"]["fields"] == ["linkId"]
    assert bought(cast.official)["secondSource"] is None


@pytest.mark.feature("H4")
@pytest.mark.parametrize("name", ["厂\x00", "厂" * 60_000, 7, None])
def test_a_name_that_is_none_is_refused_in_a_sentence_and_astral_letters_are_kept(cast, nothing_changes, name):
    link = link_of(cast.chain_master, "RV-40E")
    with nothing_changes():
        refused = records(cast.chain_master, link, workingName=name)
        assert refused.errors or refused.problems
    kept = records(cast.chain_master, link, workingName="𠮷田🏭")["backupSource"]
    assert sources(cast.chain_master)[0] | {"workingName": "𠮷田🏭"} == sources(cast.chain_master)[0]
    assert kept["state"] == "CANDIDATE"
