"""A firm's own chain map, asked without a browser: its links, what was disclosed, and whom it lets look."""

import re
from datetime import date, timedelta

import pytest

from chain.firms.decisions import PREFECTURES
from chain.links.verbs import disclose_links
from kernel import clock
from kernel.clock import today_of
from kernel.ids import seal
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, LONGTENG, OFFICES
from tests.pages.records.reading import MADE_UP, facts, words
from web.chains.drawing import graph_of
from web.chains.filters import Filter, Spot, narrowed
from web.drawings.prefectures import jiangsu

BUYER, SUPPLIER, RIVAL = "buyer@longteng.example", "sales@gearworks.example", "sales@rival.example"
PROVINCE, CITY, OPERATOR = "official@jiangsu.example", "official@suzhou.example", "operator@chainmaster.example"


def test_a_firm_sees_its_links_by_what_they_rest_on_and_its_partners_upstream_by_alias(visitor, chain):
    html = visitor(BUYER).get(chain).text

    said = words(html.split("h-links")[-2] + html.split("h-links")[-1])
    assert f"{GEARWORKS} → {LONGTENG} RV-40E 精密减速机 双方确认 有订单为证" in words(html)
    assert f"{GEARWORKS} → {LONGTENG} RV-80E 精密减速机 单方申报 企业申报" in words(html)
    assert re.search(rf"代号 \S+ → {GEARWORKS} 未公开 单方申报 · 伙伴公开", words(html))
    assert "恒轴" not in html.split("<main")[1]
    assert said


def test_a_filter_leaves_what_fits_and_its_neighbours_and_counts_each_option(visitor, chain):
    html = visitor(BUYER).get(f"{chain}?basis=SEEN_IN_ORDERS").text

    assert html.count('<a href="/chains/') > 0
    assert "筛选 · 剩 2 家企业" in words(html)
    assert "有订单为证 (2)" in words(html)
    assert "企业申报 (4)" in words(html)
    assert html.count('class="firm ') == 2


def test_the_panel_of_a_link_says_what_it_rests_on_how_sure_and_who_sees_it(visitor, chain, ids_of):
    link = ids_of(BUYER)[f"{GEARWORKS} → {LONGTENG} RV-40E 精密减速机"]
    buyer = visitor(BUYER)

    page, part = buyer.get(f"{chain}?link={link}"), buyer.get(f"{chain}?link={link}", headers={"HX-Request": "true"})

    said = words(part.text)
    assert "订单 1 次，最近" in said
    assert "信任度 70%，每 180 天减半，今计 67%" in said
    assert "信任度 40%，每 365 天减半，今计 40%" in said
    assert "可信度 = 1 − (1 − 67%) × (1 − 40%) = 80%" in said
    assert "主管部门与其他企业看不到" in said
    assert "<main" not in part.text
    assert said.strip() in words(page.text)


def test_the_supplier_reads_on_the_panel_whom_the_buyer_of_its_own_upstream_lets_look(visitor, chain, ids_of):
    supplier = visitor(SUPPLIER)
    link = next(i for told, i in ids_of(SUPPLIER).items() if told.endswith("CRB-100 交叉滚子轴承"))

    assert f"{LONGTENG}（至" in words(supplier.get(f"{chain}?link={link}").text)


def test_a_link_or_firm_that_is_not_yours_is_answered_as_a_made_up_one(visitor, chain, ids_of, seated):

    link = next(iter(ids_of(SUPPLIER).values()))
    firm = seal("Firm", seated.firms[GEARWORKS])
    rival = visitor(RIVAL)
    before = facts()

    asked = [f"{chain}?link={link}", f"{chain}?firm={firm}", f"{chain}?link={MADE_UP}", f"/chains/{MADE_UP}"]
    answers = [rival.get(path) for path in asked] + [
        rival.post(f"{chain}/links/{link}/end"),
        rival.post(f"{chain}/links/{MADE_UP}/end"),
    ]

    assert [a.status_code for a in answers] == [404] * 6
    assert len({words(a.text) for a in answers}) == 1
    assert facts() == before


@pytest.mark.parametrize("email", [PROVINCE, CITY, OPERATOR])
def test_officials_and_operator_have_no_address_of_links_and_disclosures(visitor, chain, ids_of, email):
    link = next(iter(ids_of(SUPPLIER).values()))
    stranger, before = visitor(email), facts()

    answers = [
        stranger.get(f"{chain}/disclosures"), stranger.post(f"{chain}/disclosures"), stranger.post(f"{chain}/links"),
        stranger.post(f"{chain}/links/{link}/end"), stranger.post(f"{chain}/disclosures/{MADE_UP}/revoke"),
    ]  # fmt: skip

    assert [a.status_code for a in answers] == [404] * 5
    assert facts() == before
    if email == OPERATOR:
        assert stranger.get(chain).status_code == stranger.get("/chains").status_code == 404


def test_a_day_that_is_none_is_told(visitor, chain):
    answer = visitor(BUYER).get(f"{chain}?on=yesterday")

    assert answer.status_code == 422
    assert "日期格式应为" in answer.text


def test_more_than_sixty_firms_are_listed_but_not_drawn():
    spots = tuple(Spot(f"f{n}", f"f{n}", False, "SUPPLIER", "s", 0, "320500") for n in range(61))

    assert graph_of(spots, [], {"stages": []}, on=date(2031, 1, 1), address=lambda **changed: "") is None
    drawn = graph_of(spots[:60], [], {"stages": []}, on=date(2031, 1, 1), address=lambda **changed: "")
    assert drawn is not None
    assert len(drawn.nodes) == 60


def test_the_counts_beside_the_options_are_what_choosing_them_leaves():
    spots = tuple(
        Spot(key, key, False, "SUPPLIER", stage, 0, place)
        for key, stage, place in [
            ("a", "s1", "320500"),
            ("b", "s1", "320200"),
            ("c", "s2", "320500"),
            ("d", "s2", None),
        ]
    )
    links = [
        {"supplier": {"id": "a"}, "buyer": {"id": "c"}, "basis": "DECLARED"},
        {"supplier": {"id": "b"}, "buyer": {"id": "c"}, "basis": "SEEN_IN_ORDERS"},
    ]

    left = narrowed(spots, links, Filter(prefectures=("320500",), stages=("s1",)))

    assert [s.key for s in left.spots] == ["a", "c"]
    assert left.by_stage == {"s1": 1, "s2": 1}
    assert left.by_prefecture == {"320500": 1, "320200": 1}
    assert left.by_basis == {"DECLARED": 1}


# Who is let look


def test_a_disclosure_is_given_read_and_taken_back(visitor, chain, seated):

    rival, longteng = visitor(RIVAL), visitor(BUYER)
    form = {"viewerId": seal("Firm", seated.firms[LONGTENG]), "until": str(today_of(clock.now()) + timedelta(days=30))}
    aliases = lambda: words(longteng.get(chain).text).count("伙伴公开")  # noqa: E731
    before = aliases()

    given = rival.post(f"{chain}/disclosures", form)
    shown_to, mine = aliases(), rival.get(f"{chain}/disclosures")
    revoke = re.search(r'action="(/chains/[^"]+/revoke)"', mine.text)[1]
    taken = rival.post(revoke)

    assert (given.status_code, taken.status_code) == (303, 303)
    assert (before, shown_to, aliases()) == (1, 2, 1)
    assert f"{LONGTENG} {form['until']} 公开中" in words(mine.text)
    assert "/revoke" not in rival.get(f"{chain}/disclosures").text


def test_a_wrong_disclosure_is_told_beside_its_field(visitor, chain, seated):

    supplier, before = visitor(SUPPLIER), facts()
    longteng = seal("Firm", seated.firms[LONGTENG])

    empty = supplier.post(f"{chain}/disclosures", {"viewerId": longteng})
    past = supplier.post(f"{chain}/disclosures", {"viewerId": longteng, "until": "2020-01-01"})

    assert (empty.status_code, past.status_code) == (422, 422)
    assert 'id="f-until-wrong"><span>请填写此项' in empty.text
    assert 'id="f-until-wrong"><span>公开截止日期不得早于今天' in past.text
    assert facts() == before


def test_a_disclosure_that_has_lapsed_shows_nothing_not_even_of_the_days_it_was_open(visitor, chain, seated):
    then = clock.now() - timedelta(days=40)
    with unit_of_work(seated.actors[RIVAL], now=then) as work:
        disclose_links(
            work, seated.actors[RIVAL], viewer_id=seated.firms[LONGTENG], chain_id=seated.chain_id,
            until=today_of(then) + timedelta(days=20),
        )  # fmt: skip

    today, before_it_lapsed = (
        visitor(BUYER).get(chain),
        visitor(BUYER).get(f"{chain}?on={today_of(then) + timedelta(days=10)}"),
    )

    assert "无锡锐驰" not in "".join(re.findall(r"代号 \S+ → (\S+)", words(today.text)))
    assert "伙伴公开" not in words(before_it_lapsed.text).replace("伙伴公开了", "")


def test_a_supplier_declares_a_link_and_either_end_says_it_is_over(visitor, chain, seated, ids_of):

    bearing = visitor("sales@bearing.example")
    form = {"itemId": seal("Item", seated.items["CRB-100"]), "buyerId": seal("Firm", seated.firms[GEARWORKS])}

    again = bearing.post(f"{chain}/links", form)
    link = next(i for told, i in ids_of(SUPPLIER).items() if told.endswith("CRB-100 交叉滚子轴承"))
    ended = visitor(SUPPLIER).post(f"{chain}/links/{link}/end")

    assert again.status_code == 422
    assert 'id="f-itemId-wrong"><span>该供应关系已申报' in again.text
    assert ended.headers["Location"] == f"{chain}?link={link}&done=ended#panel"
    panel = words(bearing.get(f"{chain}?link={link}", headers={"HX-Request": "1"}).text)
    assert f"已终止 终止于 {today_of(clock.now())}" in panel
    assert "终止这条关系" not in panel


def test_the_pages_speak_english_too(visitor, chain):
    for email, path, said in [
        (PROVINCE, chain, "Gap candidate"), (BUYER, chain, "Seen in orders"), (SUPPLIER, f"{chain}/disclosures", "Whom you let look"),
    ]:  # fmt: skip
        page = visitor(email).get(f"{path}?lang=en").text
        main = re.sub(r"<(td|th|li|option|h1|h3|b|a|title|text)[^>]*>.*?</\1>", "", page.split("<main")[1], flags=re.S)
        assert said in page
        assert re.findall(r"[\u4e00-\u9fff]+", words(main)) == []


def test_the_thirteen_places_of_the_map_are_those_of_the_domain():

    assert {s.code for s in jiangsu().shapes} == set(PREFECTURES)
    assert {region for _, _, region in OFFICES.values() if region} == {"320000", "320500"}
