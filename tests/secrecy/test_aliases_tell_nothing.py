"""Nobody finds out by asking: neither whom an alias stands for, nor whether it stands for anybody."""

import pytest
from sqlalchemy import Engine, event

from kernel import ids
from kernel.work import unit_of_work
from seeds.cast import agree_on_terms
from tests.scenarios.players import day
from tests.secrecy.world import World

WISH = {"item": "轴承", "kinds": ["STOCK"], "reason": "缺货", "criticality": "LOW"}
LONGTENG, RIVAL, GEARWORKS = "buyer@longteng.example", "sales@rival.example", "sales@gearworks.example"


def alias_of(world: World, seat: str) -> str:
    chain = world.cast.chain_master.chain()
    links = world.api.asks(seat, "supply_links", chainId=chain, first=100)["supplyLinks"]["nodes"]
    return next(link["supplierAlias"] for link in links if link["disclosed"])


@pytest.mark.feature("B5")
def test_an_alias_of_another_viewer_is_answered_as_one_made_up_by_the_same_statements(world):
    foreign, none = alias_of(world, LONGTENG), "F-00000-00000-00000-00000"
    heard: list[list[str]] = []
    answers = []

    def hear(connection, cursor, statement, parameters, context, executemany):
        heard[-1].append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        for alias in (foreign, none, ids.pseudonym(world.party(RIVAL) or 0, world.party(GEARWORKS) or 0)):
            heard.append([])
            told = world.api.acts(GEARWORKS, "send_data_request", WISH | {"alias": alias})
            answers.append((told.refusals, told.said.replace(alias, "*")))
    finally:
        event.remove(Engine, "before_cursor_execute", hear)

    assert answers[0][0] == ["NOT_FOUND"]
    assert answers.count(answers[0]) == 3
    assert heard.count(heard[0]) == 3


@pytest.mark.feature("B5")
def test_asking_a_firm_by_name_and_by_alias_does_not_tell_that_they_are_one(own_world):
    """Longteng deals with the bearing maker, and knows it behind an alias too."""
    world = own_world
    known, alias = world.cast.bearing.firm_id, alias_of(world, LONGTENG)
    with unit_of_work() as work:
        agree_on_terms(work, world.seated.actors["lead@longteng.example"], world.seated.actors["sales@bearing.example"])

    by_alias = world.api.acts(LONGTENG, "send_data_request", WISH | {"alias": alias})["dataRequest"]
    by_name = world.api.acts(LONGTENG, "send_data_request", WISH | {"partnerId": known})["dataRequest"]

    assert (by_alias["partner"], by_name["alias"]) == (None, None)
    again = [
        world.api.acts(LONGTENG, "send_data_request", WISH | to).refusals
        for to in ({"alias": alias}, {"partnerId": known})
    ]
    assert again == [["NOT_ALLOWED_NOW"]] * 2


@pytest.mark.feature("B5")
def test_a_name_said_to_one_viewer_is_read_by_it_alone_and_noticed_by_nobody(own_world):
    world, cast = own_world, own_world.cast
    shown = {"viewerId": cast.rival.firm_id, "chainId": cast.gearworks.chain(), "until": day(30)}
    cast.bearing.acts("disclose_links", shown, by="sales")["disclosure"]
    names = lambda seat: {  # noqa: E731
        link["supplierName"]
        for link in world.api.asks(seat, "supply_links", chainId=cast.bearing.chain(), first=100)["supplyLinks"][
            "nodes"
        ]
        if link["disclosed"]
    }
    before = {seat: [world.api.asks(seat, name).data for name in ("firms", "link_disclosures", "data_requests")]
              for seat in (GEARWORKS, RIVAL)}  # fmt: skip
    assert names(LONGTENG) == names(RIVAL) == {None}

    said = {"viewerId": cast.chain_master.firm_id, "until": day(9)}
    cast.bearing.acts("reveal_identity", said, by="sales")["reveal"]

    assert names(LONGTENG) == {"常州恒轴轴承有限公司"}
    assert names(RIVAL) == names(GEARWORKS) == {None}
    assert before == {seat: [world.api.asks(seat, name).data for name in ("firms", "link_disclosures", "data_requests")]
                      for seat in (GEARWORKS, RIVAL)}  # fmt: skip
    looking = {"query": "query($c: ID!) { supplyLinks(chainId: $c, first: 100) { nodes { supplierName } } }",
               "variables": {"c": cast.gearworks.chain()}}  # fmt: skip
    told = world.api.posts(GEARWORKS, looking, eyes=cast.chain_master.firm_id).get_json()
    assert {link["supplierName"] for link in told["data"]["supplyLinks"]["nodes"]} == {None}


@pytest.mark.feature("B5")
def test_two_viewers_of_one_link_call_it_by_ids_they_cannot_match(own_world):
    """The bearing maker shows its links to two customers: no id, alias or cursor of the one is one of the other."""
    world, cast = own_world, own_world.cast
    for viewer in (cast.gearworks, cast.rival):
        cast.bearing.acts("disclose_links", {"viewerId": viewer.firm_id, "chainId": cast.bearing.chain(),
                                             "until": day(30)}, by="sales")["disclosure"]  # fmt: skip
    listing = {
        "query": """query($c: ID!) { supplyLinks(chainId: $c, first: 100) {
        edges { cursor node { id supplierAlias disclosed buyer { id } } } } }"""
    }
    marks = {}
    for seat in (GEARWORKS, RIVAL):
        told = world.api.posts(seat, listing | {"variables": {"c": cast.bearing.chain()}}).get_json()["data"]
        shown = [edge for edge in told["supplyLinks"]["edges"]
                 if edge["node"]["disclosed"] and edge["node"]["buyer"]["id"] == cast.bearing.firm_id]  # fmt: skip
        marks[seat] = [{edge["node"]["id"], edge["cursor"], edge["node"]["supplierAlias"]} for edge in shown]

    assert len(marks[GEARWORKS]) == len(marks[RIVAL]) > 0
    assert set.union(*marks[GEARWORKS]).isdisjoint(set.union(*marks[RIVAL]))

    named = {"query": "query($id: ID!) { node(id: $id) { id __typename } }"}
    theirs = [mark for link in marks[RIVAL] for mark in link if len(mark) == 22]
    opened = {
        seat: [world.api.posts(seat, named | {"variables": {"id": mark}}).get_json()["data"]["node"] for mark in theirs]
        for seat in (RIVAL, GEARWORKS)
    }
    assert [node["__typename"] for node in opened[RIVAL] if node] == ["SupplyLink"] * len(marks[RIVAL])
    assert not any(opened[GEARWORKS])
