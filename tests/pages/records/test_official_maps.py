"""The officials' map: counts of their region that betray nobody, and not one firm, link or id."""

import re
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kernel import clock
from kernel.clock import today_of
from kernel.ids import seal
from kernel.work import unit_of_work
from oversight.maps.decisions import shown
from seeds.cast import GEARWORKS, PLAYERS
from tests.pages.records.planting import join
from tests.pages.records.reading import table, words
from web.app import create_app
from web.chains.official import official_view

BUYER, SUPPLIER, RIVAL = "buyer@longteng.example", "sales@gearworks.example", "sales@rival.example"
PROVINCE, CITY, OPERATOR = "official@jiangsu.example", "official@suzhou.example", "operator@chainmaster.example"


def test_where_there_is_one_chain_everybody_lands_on_it(visitor, chain):
    assert visitor(PROVINCE).get("/chains").headers["Location"] == chain
    assert visitor(BUYER).get("/chains").headers["Location"] == chain


def test_the_province_sees_every_prefecture_with_small_cells_withheld(visitor, chain):
    cells = table(visitor(PROVINCE).get(chain).text)

    assert len(cells) == 13
    assert cells["苏州市"] == ["0", "5", "3", "0", "0", "0"]
    assert cells["无锡市"] == ["0", "<3", "0", "0", "0", "0"]


def test_a_prefecture_sees_itself_only(visitor, chain):
    html = visitor(CITY).get(chain).text

    assert table(html) == {"苏州市": ["0", "5", "3", "0", "0", "0"]}
    assert set(re.findall(r"prefecture=(\d+)", html)) == {"320500"}


@pytest.mark.parametrize("email", [PROVINCE, CITY])
@pytest.mark.parametrize(
    "query", ["", "?lang=en", "?stage=STAGE", "?prefecture=320200", "?firm=FIRM", "?link=LINK", "?basis=DECLARED"]
)
def test_an_officials_page_holds_no_firm_no_link_and_no_id_of_one(visitor, chain, seated, ids_of, email, query):

    links = ids_of(BUYER)
    firm = seal("Firm", seated.firms[GEARWORKS])
    asked = query.replace("STAGE", seal("Stage", seated.stages["bearings"])).replace("FIRM", firm)
    html = visitor(email).get(chain + asked.replace("LINK", next(iter(links.values())))).text

    page = html.split("<main")[1]
    assert [p.name for p in PLAYERS if p.name in page] == []
    assert "隐名企业" not in page
    switch = page if query not in ("?firm=FIRM", "?link=LINK") else re.sub(r'href="[^"]*"', "", page)
    assert [link for link in links.values() if link in switch] == []
    assert firm not in switch
    assert "data-firm" not in page
    assert set(re.findall(r'<td class="n[^"]*">([^<]+)</td>', page)) <= {"0", "&lt;3", "5", "3"}


def test_a_stage_without_any_firm_is_a_candidate_said_with_care(visitor, chain):
    said = words(visitor(PROVINCE).get(chain).text)

    assert "断点候选 4 个环节在本地区没有登记企业： 特种钢材、机器人整机、系统集成与销售、物流配送" in said
    assert "是否真缺须另行核实" in said
    assert "只在一个市 核心零部件 只有 苏州市 有企业登记" in said


def test_a_firm_that_joins_today_moves_no_figure_before_the_next_month(visitor, chain, seated):
    before = table(visitor(PROVINCE).get(chain).text)
    with unit_of_work() as work:
        join(
            work,
            seated,
            [("bearings", "320200", 1)],
            since=max(today_of(work.now), today_of(work.now).replace(day=2)),
            first=800,
        )
    next_month = (today_of(clock.now()).replace(day=28) + timedelta(days=10)).replace(day=1)

    assert table(visitor(PROVINCE).get(chain).text) == before
    assert table(visitor(PROVINCE).get(f"{chain}?on={next_month}").text) == before


def published(world: dict[tuple[str, str], int], stages: list[str], places: list[str]) -> tuple[object, ...]:
    """All that pages show of a world to an official of these places, under every filter."""
    cells = []
    for stage, place in product(stages, places):
        told = shown(world[stage, place])
        cells.append({"stage": {"id": stage}, "prefecture": place, "prefectureName": place, "firms": told.firms,
                      "withheld": told.withheld, "display": told.display})  # fmt: skip
    answer = {"chain": {"stages": [{"id": s, "name": s} for s in stages]}, "cells": cells}
    filters = [([], []), *(([s], []) for s in stages), *(([], [p]) for p in places)]
    return tuple(
        repr(official_view(answer, stages=s, prefectures=p, address=lambda **changed: str(changed))) for s, p in filters
    )


@pytest.fixture
def words_of_pages(settings):
    """The view says some of its words in the page's language."""

    with create_app(settings).test_request_context("/"):
        yield


def betrayed(seen_of) -> tuple[list[object], int]:
    """(cells of one or two firms that follow from what is seen, how many sights there are), over all small worlds."""
    cells = list(product(STAGES, PLACES))
    alike: dict[object, list[dict[tuple[str, str], int]]] = {}
    for counts in product(range(5), repeat=len(cells)):
        world = dict(zip(cells, counts, strict=True))
        alike.setdefault(seen_of(world), []).append(world)
    told = [cell for worlds in alike.values() for cell in cells if {w[cell] for w in worlds} in ({1}, {2})]
    return told, len(alike)


STAGES, PLACES = ["a", "b"], ["320200", "320500"]


def test_from_all_that_is_published_no_cell_of_one_or_two_firms_can_be_told(words_of_pages):
    """To the official of the province and those of both prefectures together, under every filter."""

    def seen(world):
        return published(world, STAGES, PLACES), *(published(world, STAGES, [p]) for p in PLACES)

    # 4 sights a cell: 0, "<3", 3 and 4 are told apart, or this would see nothing at all
    assert betrayed(seen) == ([], 4**4)


def test_a_total_beside_the_cells_would_betray_them():
    def with_totals(world):
        cells = tuple(shown(n).display for n in world.values())
        return cells, *(sum(n for (_, at), n in world.items() if at == place) for place in PLACES)

    assert betrayed(with_totals)[0] != []


@given(some.lists(some.tuples(some.integers(0, 5), some.integers(0, 5)), min_size=6, max_size=6))
def test_nor_from_the_figures_of_several_months_read_together(months_of_cells):
    """Firms only join: a cell is never less than the month before. Each cell's months are read together."""
    for first, joined in months_of_cells:
        truth = (first, first + joined, first + joined)
        told = [shown(n).display for n in truth]
        possible = [
            w for w in product(range(12), repeat=3) if w == tuple(sorted(w)) and [shown(n).display for n in w] == told
        ]  # fmt: skip
        for month, n in enumerate(truth):
            if n in (1, 2):
                assert len({w[month] for w in possible}) >= 2


def test_the_api_itself_gives_officials_no_figure_that_adds_up_withheld_cells(visitor, chain, planted):
    query = "query($id: ID!) { chainMap(chainId: $id) { cells { firms withheld display } firms { alias } links { id } byBasis { links } } firms { totalCount } }"
    official = visitor(PROVINCE)

    answer = official.client.post(
        "/graphql", json={"query": query, "variables": {"id": planted.chain_id}}, headers={"X-Form-Token": official.token, "Accept": "application/json"}
    ).json["data"]  # fmt: skip

    assert (answer["chainMap"]["firms"], answer["chainMap"]["links"], answer["chainMap"]["byBasis"]) == ([], [], [])
    assert answer["firms"]["totalCount"] == 0
    assert {c["display"] for c in answer["chainMap"]["cells"] if c["withheld"]} == {"<3"}
    assert all(c["firms"] is None for c in answer["chainMap"]["cells"] if c["withheld"])
