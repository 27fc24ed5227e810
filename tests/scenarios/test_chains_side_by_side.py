"""What a firm learns of its several chains beside one another, and whom it meets in more than one; and that names do not join."""

import pytest

from chain.firms.verbs import draw_chain
from chain.links.verbs import introduce
from kernel import ids
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, LONGTENG
from tests.scenarios.players import day


def side_by_side(player):
    return player.asks("chains_side_by_side")["chainsSideBySide"]


@pytest.fixture
def second(cast):
    """Another chain of the plan; which chains there are is drawn by the installation."""
    with unit_of_work() as work:
        draw_chain(work, SYSTEM, code="agv", names=("物流机器人", "Mobile robots"),
                   stages=[("agv-parts", "零部件", "Parts"), ("agv", "整机", "Robots")])  # fmt: skip
    chains = cast.chain_master.asks("chains")["chains"]["nodes"]
    return next(chain["id"] for chain in chains if chain["code"] == "agv")


def adds(seller, number):
    made = seller.acts("add_item", {"number": number, "name": number, "unit": "C62", "leadTimeDays": 5}, by="sales")
    return made["item"]["id"]


def declares(seller, number, buyer, chain):
    """A further item of the seller's, for a further chain: a link is one for each item and buyer."""
    said = {"itemId": adds(seller, number), "buyerId": buyer.firm_id, "chainId": chain}
    return seller.acts("declare_supply_link", said, by="sales")["supplyLink"]


def _become_partners(seated, item, chain):
    """The bearing maker sells an item to the master itself, in the second chain."""
    with unit_of_work() as work:
        introduce(
            work, SYSTEM, seated.actors["sales@bearing.example"], item_id=ids.number_of("Item", item),
            buyer_id=seated.firms[LONGTENG], chain_id=ids.number_of("Chain", chain),
        )  # fmt: skip


def meets(found):
    return {
        one["key"]: [place["chain"]["id"] for place in one["places"]] for one in found["shared"]
    }  # fmt: skip


@pytest.mark.feature("I3")
def test_each_chain_is_measured_as_it_is_alone_and_firms_of_both_are_named_with_their_rank(cast, second):
    master, first = cast.chain_master, cast.chain_master.chain()
    declares(cast.gearworks, "AGV-RV", master, second)
    alone = {
        chain: master.asks("chain_resilience", chainId=chain)["resilience"] for chain in (first, second)
    }  # fmt: skip

    found = side_by_side(master)

    assert [one["chain"]["id"] for one in found["chains"]] == [first, second]
    for one in found["chains"]:
        whole = alone[one["chain"]["id"]]
        for same in ("graphVersion", "firmsSeen", "linksSeen", "robustness", "unknownShare", "isCut", "pairsComplete"):
            assert one[same] == whole[same], same
        assert one["singlePoints"] == sum(firm["isSinglePoint"] for firm in whole["firms"])
        assert one["singleSourceStages"] == sum(stage["isSingleSource"] for stage in whole["stages"])
        assert one["largestScore"] == max(firm["score"] for firm in whole["firms"])
        assert one["fewestDays"] == min(firm["days"] for firm in whole["firms"] if firm["days"] is not None)
    (shared,) = found["shared"]
    rank = {chain: {firm["key"]: firm["rank"] for firm in whole["firms"]} for chain, whole in alone.items()}
    assert shared["key"] == cast.gearworks.firm_id
    assert [(p["chain"]["id"], p["risk"]["rank"]) for p in shared["places"]] == [
        (chain, rank[chain][shared["key"]]) for chain in (first, second)
    ]
    assert shared["places"][0]["risk"]["firm"]["firm"]["name"] == GEARWORKS


@pytest.mark.feature("B5")
def test_a_hidden_firm_of_two_chains_is_one_alias_and_its_name_in_one_does_not_lift_it_in_the_other(
    cast, seated, second
):
    master, first = cast.chain_master, cast.chain_master.chain()
    declares(cast.gearworks, "AGV-RV", master, second)
    declares(cast.bearing, "AGV-CRB", cast.gearworks, second)
    assert list(meets(side_by_side(master))) == [cast.gearworks.firm_id], "undisclosed, the maker is in one chain only"

    given = {"viewerId": master.firm_id, "chainId": second, "until": day(30)}
    disclosure = cast.gearworks.acts("disclose_links", given, by="sales")["disclosure"]
    both = meets(side_by_side(master))
    alias = next(key for key in both if key != cast.gearworks.firm_id)
    assert alias.startswith("F-") and both[alias] == [first, second]
    assert BEARING not in str(side_by_side(master))

    cast.gearworks.acts("revoke_disclosure", {"disclosureId": disclosure["id"]}, by="sales")
    assert alias not in meets(side_by_side(master))
    _become_partners(seated, adds(cast.bearing, "AGV-CRB2"), second)
    found = side_by_side(master)
    assert cast.bearing.firm_id in str(master.asks("chain_resilience", chainId=second)["resilience"])
    assert not {alias, cast.bearing.firm_id} & set(meets(found)), "what goes by two names is not told to be one"


@pytest.mark.feature("B1")
def test_one_s_own_chains_alone_are_beside_one_another(cast, second):
    before = side_by_side(cast.rival)
    declares(cast.gearworks, "AGV-RV", cast.chain_master, second)
    declares(cast.bearing, "AGV-CRB", cast.gearworks, second)

    assert side_by_side(cast.rival) == before
    assert [one["chain"]["id"] for one in before["chains"]] == [cast.rival.chain()]
    assert before["shared"] == []


def test_officials_the_operator_and_who_has_no_link_get_nothing(cast, second):
    assert side_by_side(cast.official) is None
    assert side_by_side(cast.operator) is None
    assert side_by_side(cast.carrier) == {"chains": [], "shared": []}
