"""View as: a firm sees of itself exactly what a partner sees of it, by the same code, and nothing else of that partner."""

import json

import pytest

from api import nodes
from api.schema import schema
from api.stored import operation
from chain.links import reads as links
from kernel import ids
from tests.secrecy.asking import body
from tests.secrecy.crawl import WHOLE, Crawl, made_up, opened
from tests.secrecy.tables import TABLE_OF, Ledger
from tests.secrecy.world import World, but_readings, every_row

GEARWORKS, LONGTENG, BEARING = "sales@gearworks.example", "sales@longteng.example", "sales@bearing.example"
PAIRS = [(GEARWORKS, LONGTENG), (LONGTENG, GEARWORKS), (BEARING, LONGTENG)] + (
    [(BEARING, GEARWORKS), (LONGTENG, BEARING), (GEARWORKS, BEARING), (BEARING, "sales@steel.example"),
     ("sales@rival.example", LONGTENG), (LONGTENG, "sales@rival.example")] if WHOLE else []
)  # fmt: skip
"""(who looks, as whom)."""


class Looking(Crawl):
    """All lists, and all there is to a thing found in them; with SOAK=1 each id at each argument too."""

    def _follow(self, seat, fresh, reached):
        if WHOLE:
            super()._follow(seat, fresh, reached)
        for outward in fresh:
            kind, _ = reached.found[outward]
            if kind in nodes.TYPES and not WHOLE:
                inside = body(self.schema.get_type(kind), 0)
                whole = f"query Node($id: ID!) {{ node(id: $id) {{ __typename id ... on {kind} {inside} }} }}"
                self._raw(seat, whole, {"id": outward}, reached)


def firm(world: World, seat: str) -> str:
    return ids.seal("Firm", world.party(seat) or 0)


def ask_as(world: World, eyes: str):
    def ask(seat, text, variables):
        answer = world.api.posts(seat, {"query": text, "variables": variables}, eyes=eyes)
        assert answer.status_code == 200, answer.data
        return answer.data

    return ask


def told(world: World, seat: str, name: str, eyes: str | None = None, **variables):
    answer = world.api.posts(seat, {"query": operation(name), "variables": variables}, eyes=eyes)
    return json.loads(answer.data)


def shown_links(world: World, seat: str, eyes: str | None = None):
    found = told(world, seat, "supply_links", eyes, chainId=world.cast.chain_master.chain(), first=100)
    return {link["id"]: link for link in found["data"]["supplyLinks"]["nodes"]}


@pytest.mark.feature("B7")
@pytest.mark.parametrize(("looker", "partner"), PAIRS)
def test_nothing_is_reached_through_a_partner_s_eyes_but_what_is_one_s_own_and_that_partner_sees(
    world, looker, partner
):
    ledger, before = Ledger(every_row()), every_row()["access_entry"]
    crawl = Looking(world, schema.graphql_schema, ask_as(world, firm(world, partner)), ledger)
    own_suppliers = {r.supplier_id for r in ledger.of("supply_link") if r.buyer_id == world.party(looker)}
    aliases = {ids.pseudonym(world.party(partner) or 0, number) for number in own_suppliers}

    reached = crawl.reach(looker)

    assert [leak for leak in crawl.leaks(looker, reached) if not any(alias in leak for alias in aliases)] == []
    for kind, number in reached.found.values():
        assert ledger.knows(world.actor(partner), TABLE_OF[kind], number), (kind, number)
    kinds = {kind for kind, _ in reached.found.values()}
    assert "SupplyLink" in kinds and "Firm" in kinds
    assert every_row()["access_entry"] == before, "looking at oneself is no reading"


@pytest.mark.feature("B7")
@pytest.mark.parametrize(("looker", "partner"), [(GEARWORKS, LONGTENG), (BEARING, GEARWORKS)])
def test_what_is_shown_is_what_the_partner_sees(world, looker, partner):
    own = world.party(looker)
    rows = {r.id: r for r in every_row()["supply_link"]}
    theirs = {
        outward: link for outward, link in shown_links(world, partner).items()
        if own in ((row := rows[opened(outward)[outward][1]]).buyer_id, row.supplier_id)
    }  # fmt: skip

    seen = shown_links(world, looker, firm(world, partner))

    assert seen.keys() == theirs.keys()
    disclosed = [outward for outward, link in theirs.items() if link["disclosed"]]
    assert disclosed
    for outward in disclosed:
        assert seen[outward] == theirs[outward]


@pytest.mark.feature("B7")
def test_a_rule_that_changes_changes_both(world, monkeypatch):
    before = [shown_links(world, LONGTENG), shown_links(world, GEARWORKS, firm(world, LONGTENG))]
    assert [any(link["disclosed"] for link in seen.values()) for seen in before] == [True, True]

    real = links.supply_links_by_reason
    monkeypatch.setattr(links, "supply_links_by_reason", lambda actor, shown: real(actor, ()))

    after = [shown_links(world, LONGTENG), shown_links(world, GEARWORKS, firm(world, LONGTENG))]
    assert [any(link["disclosed"] for link in seen.values()) for seen in after] == [False, False]


@pytest.mark.feature("B7")
def test_officials_eyes_show_the_figures_a_firm_is_in_and_no_other(world):
    chain = world.cast.chain_master.chain()
    whole = told(world, "official@jiangsu.example", "chain_map_page", chainId=chain)["data"]["chainMap"]

    seen = told(world, GEARWORKS, "chain_map_page", "officials", chainId=chain)["data"]["chainMap"]

    assert (seen["official"], seen["firms"], seen["links"]) == (True, [], [])
    assert [cell for cell in whole["cells"] if cell in seen["cells"]] == seen["cells"]
    assert {cell["prefecture"] for cell in seen["cells"]} <= {"320500"}
    assert told(world, GEARWORKS, "firms", "officials")["data"]["firms"]["nodes"] == []


def test_no_eyes_are_open_but_a_partner_s_and_nobody_acts_with_them(world):
    rows = but_readings(every_row())
    hidden = [
        world.api.posts("sales@steel.example", {"query": operation("firms")}, eyes=eyes)
        for eyes in (firm(world, GEARWORKS), made_up(1), firm(world, "sales@steel.example"))
    ]
    assert {answer.status_code for answer in hidden} == {404}
    assert len({answer.data for answer in hidden}) == 1
    for seat in (None, "official@jiangsu.example", "operator@chainmaster.example"):
        assert world.api.posts(seat, {"query": operation("firms")}, eyes=firm(world, GEARWORKS)).status_code == 404

    chain = world.cast.chain_master.chain()
    given = {"viewerId": firm(world, GEARWORKS), "chainId": chain, "until": "2099-01-01"}
    body = {"query": operation("disclose_links"), "variables": {"input": given}}
    assert world.api.posts(GEARWORKS, body, eyes=firm(world, LONGTENG)).status_code == 403

    assert but_readings(every_row()) == rows
