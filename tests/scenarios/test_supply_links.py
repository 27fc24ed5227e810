"""Who supplies whom: declared, ended, shown to a partner, fading with age (I6)."""

from datetime import timedelta

from jobs.publishing import publish_officials_figures
from kernel import clock
from tests.scenarios.players import day


def declare(player, item, buyer, **given):
    said = {"itemId": item, "buyerId": buyer.firm_id, "chainId": player.chain()}
    return player.acts("declare_supply_link", said | given, by="sales")


def test_a_maker_declares_whom_it_supplies_once(cast, nothing_changes):
    item = cast.bearing.item("CRB-100")
    assert (
        declare(cast.chain_master, cast.chain_master.item("LT-R20"), cast.gearworks)["supplyLink"]["state"]
        == "DECLARED"
    )

    with nothing_changes():
        assert declare(cast.bearing, item, cast.gearworks).refusals == ["INVALID"]
        assert declare(cast.bearing, item, cast.bearing).refusals == ["INVALID"]
        assert declare(cast.gearworks, cast.gearworks.item("CRB-100"), cast.chain_master).refusals == ["INVALID"]
        assert declare(cast.rival, cast.rival.item("RC-40"), cast.gearworks).refusals == ["NOT_FOUND"]
        long = declare(cast.chain_master, cast.chain_master.item("LT-R20"), cast.rival, buyerNumber="x" * 61)
    assert (long.refusals, long.fields) == (["INVALID"], ["buyerNumber"])


def test_either_end_ends_a_link_and_evidence_does_not_bring_it_back(cast, nothing_changes):
    link = cast.gearworks.link_for("RV-40E")["id"]
    with nothing_changes():
        assert cast.rival.acts("end_supply_link", {"linkId": link}, by="sales").refusals == ["NOT_FOUND"]
        assert cast.chain_master.acts("end_supply_link", {"linkId": link}, by="planner").refusals == ["NOT_ALLOWED_NOW"]

    ended = cast.chain_master.acts("end_supply_link", {"linkId": link}, by="buyer")["supplyLink"]
    assert ended["state"] == "ENDED"
    with nothing_changes():
        assert cast.gearworks.acts("end_supply_link", {"linkId": link}, by="sales").refusals == ["NOT_ALLOWED_NOW"]

    cast.gearworks.accepts_all(cast.chain_master.places_order(to=cast.gearworks))
    assert cast.gearworks.link_for("RV-40E")["state"] == "ENDED"


def test_a_partner_sees_one_tier_further_under_an_alias_until_it_is_taken_back(cast):
    (disclosed,) = [link for link in cast.chain_master.links() if link["disclosed"]]
    assert (disclosed["supplier"], disclosed["item"], disclosed["buyer"]["id"]) == (None, None, cast.gearworks.firm_id)
    assert disclosed["supplierAlias"].startswith("F-")

    given = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"][0]
    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")

    assert [link for link in cast.chain_master.links() if link["disclosed"]] == []


def test_a_link_nobody_has_seen_for_long_fades_and_goes_stale(on_the_day, cast):
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(order)
    chain = cast.chain_master.chain()
    fresh, old, older = (
        next(link for link in cast.chain_master.asks("supply_links", chainId=chain, asOf=day(n))["supplyLinks"]["nodes"]
             if link["item"] and link["item"]["number"] == "RV-40E")
        for n in (0, 180, 366)
    )  # fmt: skip

    assert (fresh["confidence"], old["confidence"] < 0.82, older["confidence"] < old["confidence"]) == (
        0.82,
        True,
        True,
    )
    assert [link["stale"] for link in (fresh, old, older)] == [False, False, True]
    assert [link["asOf"] for link in (fresh, old, older)] == [day(0)] * 3


def test_the_map_tells_apart_what_is_declared_and_what_is_seen(cast):
    cast.gearworks.accepts_all(cast.chain_master.places_order(to=cast.gearworks))

    seen = cast.chain_master.asks("chain_map_page", chainId=cast.chain_master.chain())["chainMap"]

    by_basis = {one["basis"]: one["links"] for one in seen["byBasis"]}
    assert (by_basis["SEEN_IN_ORDERS"], by_basis["DECLARED"]) == (1, len(seen["links"]) - 1)
    link = next(x for x in seen["links"] if x["item"] and x["item"]["number"] == "RV-40E")
    assert [(e["kind"], e["trust"], e["halfLifeDays"]) for e in link["evidence"]] == [
        ("DECLARATION", 0.4, 365), ("ORDER", 0.7, 180),
    ]  # fmt: skip


def test_officials_see_counts_and_no_link(cast, after_days):
    cast.gearworks.accepts_all(cast.chain_master.places_order(to=cast.gearworks))

    after_days(31)  # officials' figures stand for the first of a month: what begins today shows in the next
    publish_officials_figures()

    seen = cast.official.asks("chain_map_page", chainId=cast.official.chain())["chainMap"]

    assert (seen["official"], seen["links"], seen["firms"]) == (True, [], [])
    assert seen["cells"] != []
    assert all(cell["firms"] in (None, 0) for cell in seen["cells"])  # one or two firms at each stage of the cast
    assert [figure["value"] for figure in seen["figures"] if figure["value"] in (1, 2)] == []


def test_links_of_yesterday_are_those_declared_by_then(on_the_day, cast):
    yesterday = (clock.today_of(clock.now()) - timedelta(days=1)).isoformat()

    found = cast.chain_master.asks("supply_links", chainId=cast.chain_master.chain(), asOf=yesterday)

    assert found["supplyLinks"]["nodes"] == []
