"""How essential inputs are: the operator says it for the stages of a chain, a buyer for a link of its own, in its own figures."""

import pytest

from seeds.cast import GEARWORKS
from tests.scenarios.players import day
from tests.scenarios.test_resilience import by_name, measured


def stages(player):
    return {stage["code"]: stage["id"] for stage in player.asks("chains")["chains"]["nodes"][0]["stages"]}


def sets(player, supplier, buyer, word):
    there = stages(player)
    said = {"supplierStageId": there[supplier], "buyerStageId": there[buyer], "essentiality": word}
    return player.acts("set_stage_essentiality", said, by="lead")


def states(player, link_id, word, *, by="buyer"):
    return player.acts("state_link_essentiality", {"linkId": link_id, "essentiality": word}, by=by)


def withdraws(player, link_id, *, by="buyer"):
    return player.acts("withdraw_link_essentiality", {"linkId": link_id}, by=by)


def own_loss(player, name=GEARWORKS):
    return by_name(measured(player))[name]["ownLoss"]


@pytest.mark.feature("I3")
def test_the_operator_s_table_counts_in_everybody_s_figures(cast, nothing_changes):
    assert own_loss(cast.chain_master) == pytest.approx(0.75)
    with nothing_changes():
        for player in (cast.chain_master, cast.gearworks, cast.official):
            assert sets(player, "core-parts", "robots", "LINEAR").refusals == ["NOT_ALLOWED_NOW"]
        foreign = {"supplierStageId": "x", "buyerStageId": "x", "essentiality": "LINEAR"}
        assert cast.operator.acts("set_stage_essentiality", foreign, by="lead").refusals == ["NOT_FOUND"]

    chain = sets(cast.operator, "core-parts", "robots", "NEGLIGIBLE")["chain"]

    assert [(p["supplierStage"]["code"], p["buyerStage"]["code"], p["essentiality"]) for p in chain["stageEssentiality"]] == [
        ("core-parts", "robots", "NEGLIGIBLE")
    ]  # fmt: skip
    assert own_loss(cast.chain_master) == 0
    for player in (cast.chain_master, cast.rival, cast.official):
        seen = player.asks("stage_essentiality_page")["chains"]["nodes"][0]["stageEssentiality"]
        assert [pair["essentiality"] for pair in seen] == ["NEGLIGIBLE"]
    sets(cast.operator, "core-parts", "robots", "ESSENTIAL")["chain"]
    assert own_loss(cast.chain_master) == pytest.approx(0.75)


@pytest.mark.feature("I3")
def test_a_buyer_s_word_of_its_own_link_counts_in_its_own_figures_alone(cast, nothing_changes):
    """Gearworks shows the chain master that it buys of a bearing maker; what it says of that link it keeps."""
    master, mine = cast.chain_master, cast.gearworks.link_for("CRB-100")["id"]
    seen_by_master, own = measured(master), measured(cast.gearworks)

    told = states(cast.gearworks, mine, "NEGLIGIBLE", by="sales")["supplyLink"]

    assert told["essentiality"] == "NEGLIGIBLE"
    assert measured(master) == seen_by_master
    assert measured(cast.gearworks)["graphVersion"] != own["graphVersion"]
    assert [link["essentiality"] for link in _links(cast.bearing)] == [None] * len(_links(cast.bearing))
    assert {link["essentiality"] for link in _links(master)} == {None}
    assert "LinkEssentialityStated" not in str(cast.bearing.history_of(mine) + cast.gearworks.history_of(mine))
    disclosed = next(link["id"] for link in master.links() if link["disclosed"])
    with nothing_changes():
        for player, link in (
            (cast.bearing, mine),
            (cast.rival, mine),
            (master, disclosed),
            (master, mine),
            (master, "x"),
        ):
            assert states(player, link, "LINEAR", by="quality").refusals == ["NOT_FOUND"]
            assert withdraws(player, link, by="quality").refusals == ["NOT_FOUND"]
        assert states(master, master.link_for("RV-40E")["id"], "LINEAR", by="sales").refusals == ["NOT_ALLOWED_NOW"]
        nothing = withdraws(master, master.link_for("RV-40E")["id"], by="lead")
        assert (nothing.refusals, "essentiality.stated" in nothing.rule) == (["NOT_ALLOWED_NOW"], True)

    assert withdraws(cast.gearworks, mine, by="sales")["supplyLink"]["essentiality"] is None
    assert measured(cast.gearworks) == own


def _links(player):
    return player.asks("supply_links", first=100)["supplyLinks"]["nodes"]


@pytest.mark.feature("I4")
def test_a_shock_to_what_is_negligible_stops_nobody(cast):
    for number in ("RV-40E", "RV-80E", "HD-25"):
        states(cast.chain_master, cast.chain_master.link_for(number)["id"], "NEGLIGIBLE", by="planner")["supplyLink"]
    shock = {"kind": "FIRM_DOWN", "firm": cast.gearworks.firm_id, "first": day(0)}

    found = cast.chain_master.asks("simulate", chainId=cast.chain_master.chain(), input={"shocks": [shock]})["simulate"]

    assert found["without"]["own"]["stopsOn"] is None
