"""The officials' map: counts of their region that betray nobody, and not one firm, link or id."""

import re
from datetime import timedelta

import pytest

from jobs.publishing import publish_officials_figures
from kernel import clock
from kernel.clock import today_of
from kernel.ids import seal
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, PLAYERS
from tests.pages.records.planting import join, react
from tests.pages.records.reading import table, words

BUYER, SUPPLIER, RIVAL = "buyer@longteng.example", "sales@gearworks.example", "sales@rival.example"
PROVINCE, CITY, OPERATOR = "official@jiangsu.example", "official@suzhou.example", "operator@chainmaster.example"


def test_where_there_is_one_chain_everybody_lands_on_it(visitor, chain):
    assert visitor(PROVINCE).get("/chains").headers["Location"] == chain
    assert visitor(BUYER).get("/chains").headers["Location"] == chain


def test_the_province_sees_every_prefecture_with_small_cells_withheld(visitor, chain):
    cells = table(visitor(PROVINCE).get(chain).text)

    assert len(cells) == 13
    assert cells["苏州市"] == ["0", "A", "3", "0", "0", "0"]
    assert cells["无锡市"] == ["0", "A", "0", "0", "0", "0"]


def test_a_prefecture_sees_itself_only(visitor, chain):
    html = visitor(CITY).get(chain).text

    assert table(html) == {"苏州市": ["0", "A", "3", "0", "0", "0"]}
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
    assert set(re.findall(r'<td class="n[^"]*">([^<]+)</td>', page)) <= {"0", "A", "3", "7"}


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


def test_a_firm_entered_for_a_day_gone_by_moves_no_month_that_is_published(visitor, chain, seated):
    before = table(visitor(PROVINCE).get(chain).text)
    with unit_of_work() as work:
        join(work, seated, [("bearings", "320200", 4)], since=today_of(work.now) - timedelta(days=80), first=800)

    publish_officials_figures()

    assert table(visitor(PROVINCE).get(chain).text) == before


def test_the_api_itself_gives_officials_no_figure_that_adds_up_withheld_cells(visitor, chain, planted):
    query = "query($id: ID!) { chainMap(chainId: $id) { cells { firms withheld display } figures { prefectures value } firms { alias } links { id } byBasis { links } } firms { totalCount } }"
    official = visitor(PROVINCE)

    answer = official.client.post(
        "/graphql", json={"query": query, "variables": {"id": planted.chain_id}}, headers={"X-Form-Token": official.token, "Accept": "application/json"}
    ).json["data"]  # fmt: skip

    assert (answer["chainMap"]["firms"], answer["chainMap"]["links"], answer["chainMap"]["byBasis"]) == ([], [], [])
    assert answer["firms"]["totalCount"] == 0
    assert {c["display"] for c in answer["chainMap"]["cells"] if c["withheld"]} == {"不单列"}
    assert [(f["prefectures"], f["value"]) for f in answer["chainMap"]["figures"] if len(f["prefectures"]) > 1] == [
        (["320200", "320500"], 7)
    ]
    assert all(c["firms"] is None for c in answer["chainMap"]["cells"] if c["withheld"])


@pytest.mark.feature("I2")
def test_a_province_reads_marks_of_stages_and_a_prefecture_none(visitor, chain):
    province, city = visitor(PROVINCE).get(chain).text, visitor(CITY).get(chain).text

    assert "断点候选" in province and "少源" not in province.split("h-how")[0]
    assert "环节标记（全省）" in province
    assert 'id="stops"' in province and 'id="stops"' not in city
    assert all(word not in city for word in ("少源", "一家过半", "堵点"))


@pytest.mark.feature("I1")
@pytest.mark.feature("I7")
def test_a_firm_consents_on_its_page_is_listed_for_officials_and_taken_off_at_once(visitor, chain, seated):
    with clock.standing_at(clock.now() + timedelta(days=1)):  # on the first of a month the cast is not at work yet
        firm, province = visitor(SUPPLIER), visitor(PROVINCE)
        naming = {"stageId": seal("Stage", seated.stages["core-parts"]), "namedUntil": str(today_of(clock.now()))}
        refused = firm.post(f"{chain}/naming", naming | {"namedUntil": "2020-01-01"})
        assert refused.status_code == 422 and "不得早于今天" in refused.text
        assert "目前没有列出的企业" in province.get(chain).text

        for one, stage in ((firm, "core-parts"), (visitor(RIVAL), "core-parts")):
            done = one.post(
                f"{chain}/naming", naming | {"stageId": seal("Stage", seated.stages[stage]), "asHolder": "1"}
            )
            assert done.headers["Location"] == f"{chain}/disclosures?done=named"
        react()

        listed = province.get(chain).text
        assert GEARWORKS in listed.split('id="named"')[1] and "不是全部" in listed
        assert GEARWORKS not in province.get(f"{chain}?prefecture=320200").text.split("<main")[1]
        assert (
            province.get(f"{chain}/official.xlsx")
            .headers["Content-Disposition"]
            .startswith("attachment; filename=official-")
        )
        assert firm.get(f"{chain}/official.xlsx").status_code == 404
        assert "本单位同意在这些环节具名：核心零部件" in firm.get("/sharing/view-as/officials").text
        own = firm.get(f"{chain}/disclosures").text
        (revoke,) = re.findall(rf'action="({chain}/naming/[^"]+/revoke)"', own)
        assert firm.post(revoke, {}).headers["Location"] == f"{chain}/disclosures?done=unnamed"
        assert GEARWORKS not in province.get(chain).text.split("<main")[1]
        assert "已收回" in firm.get(f"{chain}/disclosures").text
