"""The pages of backup sources and of how essential inputs are."""

import re

import pytest

from tests.pages.records.reading import MADE_UP, facts, words

pytestmark = pytest.mark.feature("H4")
BUYER, QUALITY, SALES, SUPPLIER, RIVAL, PROVINCE, OPERATOR = (
    "buyer@longteng.example", "quality@longteng.example", "sales@longteng.example", "sales@gearworks.example",
    "sales@rival.example", "official@jiangsu.example", "operator@chainmaster.example",
)  # fmt: skip


def links(html: str) -> dict[str, str]:
    """Item -> the link its row leads to."""
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>.*?link=([\w-]{22})#input', html, re.S)
    return dict(rows)


@pytest.fixture
def link(visitor, chain) -> str:
    return links(visitor(BUYER).get(f"{chain}/backups").text)["RV-40E"]


def recorded(page, chain, link, **given):
    sent = page.post(f"{chain}/backups", data={"linkId": link, "workingName": "台州某厂", "share": "60"} | given)
    assert sent.status_code == 303, words(sent.text)
    return sent.headers["Location"].partition("?")[0]


def test_a_buyer_reads_its_cover_records_a_source_and_reads_its_days(visitor, chain, link):
    page = visitor(BUYER)
    said = words(page.get(f"{chain}/backups").text)
    assert "必需的投入 4" in said and "覆盖率（按项） 0%" in said and "连候选都没有 4" in said
    assert f'href="{chain}/backups"' in page.get(f"{chain}/resilience").text
    assert f"{chain}/backups?link={link}#input" in page.get(f"/links/{link}").text

    one = recorded(page, chain, link, fitDays="5", qualificationDays="30", trialDays="20", rampDays="3")

    told = words(page.get(f"{one}?done=recorded").text)
    assert "已登记备链。没有通知任何人。" in told and "至少 55 天 可供货 · 主要等资格评定" in told
    assert "尚无人填写，按 0 天计：产能排期、工装" in told and "需求的 60%，爬坡 3 天" in told
    listed = words(page.get(f"{chain}/backups").text)
    assert "台州某厂 候选 至少 55 天 主要等资格评定" in listed and "连候选都没有 3" in listed

    before, quality = facts(), visitor(QUALITY)
    refused = quality.post(one, data={"do": "qualify", "version": "1"})
    assert refused.status_code == 403 and "仅有暂用名称的备链只能作为候选" in words(refused.text)
    assert "该企业入驻并与本单位往来后" in words(refused.text)
    stale = page.post(one, data={"do": "change", "version": "7", "share": "60", "workingName": "台州某厂"})
    assert stale.status_code == 409 and "同事刚刚修改过" in words(stale.text)
    assert facts() == before
    changed = page.post(
        one, data={"do": "change", "version": "1", "share": "80", "workingName": "台州二厂", "fitDays": "0"}
    )
    assert changed.status_code == 303 and "台州二厂" in page.get(one).text
    dropped = page.post(one, data={"do": "drop", "version": "2"})
    assert dropped.status_code == 303 and "已放弃" in words(page.get(one).text)
    assert "经过" in page.get(one).text and "放弃 采购员" in words(page.get(one).text)


def test_what_was_typed_wrong_stands_beside_its_field_and_changes_nothing(visitor, chain, link):
    page, before = visitor(BUYER), facts()
    for given, said in (
        ({"share": "0"}, "备链能力应大于 0"), ({"share": "很多"}, "请填写数字"), ({"fitDays": "-3"}, "各部分天数应为 0 至 3650 天"),
        ({"fitDays": "九天"}, "请填写整数"), ({"workingName": ""}, "请选择企业，或填写暂用名称"), ({"workingName": "厂" * 121}, "不超过 120 个字符"), ({"workingName": "厂" * 60_000}, "4000"),
    ):  # fmt: skip
        refused = page.post(f"{chain}/backups", data={"linkId": link, "workingName": "甲", "share": "60"} | given)
        assert (refused.status_code, said in words(refused.text)) == (422, True), given
    assert page.post(f"{chain}/backups", data={"linkId": MADE_UP, "workingName": "甲"}).status_code == 404
    forbidden = visitor(SALES).post(f"{chain}/backups", data={"linkId": link, "workingName": "甲"})
    assert forbidden.status_code == 403
    assert "由本单位采购、计划收货、质量人员或主管登记" in words(
        visitor(SALES).get(f"{chain}/backups?link={link}").text
    )
    assert facts() == before


def test_nobody_else_opens_a_backup_or_learns_of_it(visitor, chain, link):
    one = recorded(visitor(BUYER), chain, link)
    for seat in (SUPPLIER, RIVAL, PROVINCE, OPERATOR):
        assert visitor(seat).get(one).status_code == 404
        assert visitor(seat).post(one, data={"do": "drop", "version": "1"}).status_code == 404
    for seat in (SUPPLIER, RIVAL):
        html = visitor(seat).get(f"{chain}/backups").text + visitor(seat).get("/inbox").text
        assert "台州某厂" not in html
        assert visitor(seat).get(f"{chain}/backups?link={link}").status_code == 404
    assert "台州某厂" not in visitor(SUPPLIER).get(f"/links/{link}").text
    assert visitor(PROVINCE).get(f"{chain}/backups").status_code == 404
    assert visitor(BUYER).get(f"{chain}/backups/{MADE_UP}").status_code == 404


def test_what_one_more_source_would_buy_is_told_before_and_after(visitor, chain, link):
    page = visitor(BUYER)
    html = page.get(f"{chain}/backups?link={link}&buy=1&buyShare=100&readyInDays=5").text

    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', html.split('id="bought"')[1], re.S))
    told = {head: words(cells).split() for head, cells in rows.items()}
    assert told["本单位多少天后停产"][0] != "不停"
    assert float(told["该环节企业集中度 HHI"][0]) > float(told["该环节企业集中度 HHI"][1])
    for query, said in (
        ("buyShare=0", "备链能力应大于 0"), ("buyShare=x", "请填写数字"), ("readyInDays=-1", "就绪天数应为"),
        ("readyInDays=9999999", "就绪天数应为"),
    ):  # fmt: skip
        answer = page.get(f"{chain}/backups?link={link}&buy=1&{query}")
        assert said in words(answer.text), query


def test_a_scenario_runs_with_the_recorded_sources_unless_they_are_left_out(visitor, chain, link):
    page = visitor(BUYER)
    recorded(page, chain, link, trialDays="10")
    firm = re.search(r'<option value="([^"]+)">苏州精齿传动有限公司', page.get(f"{chain}/scenario").text)[1]
    at = page.get(f"{chain}/scenario?kind=FIRM_DOWN&FIRM_DOWN.firm={firm}&FIRM_DOWN.left=0").headers["Location"]

    def result(address):
        return words(page.get(address).text.split('id="result"')[1].split("</table>")[0])

    assert "替代 RV-40E · 候选 · 需 至少 10 天 · 可供 60% · 爬坡 0 天" in words(page.get(at).text)
    assert "有备链" in result(at) and "有备链" not in result(f"{at}&bare=1")
    more = page.get(f"{at}&bare=1&linkId={link}&share=100").headers["Location"]
    assert "bare=1" in more


def test_a_buyer_says_what_a_link_means_and_takes_it_back(visitor, chain, link):
    page = visitor(BUYER)
    sent = page.post(f"{chain}/backups/essentiality", data={"linkId": link, "essentiality": "LINEAR"})
    assert sent.status_code == 303
    said = words(page.get(f"{chain}/backups?link={link}").text)
    assert "按比例 本单位填写" in said and "必需的投入 3" in said

    page.post(f"{chain}/backups/essentiality", data={"linkId": link, "do": "withdraw", "essentiality": "LINEAR"})
    assert "必需的投入 4" in words(page.get(f"{chain}/backups?link={link}").text)
    before = facts()
    again = page.post(f"{chain}/backups/essentiality", data={"linkId": link, "do": "withdraw"})
    assert again.status_code == 403 and facts() == before


def test_a_buyer_says_in_how_many_days_a_link_recovers_and_reads_what_is_lost_until_then(visitor, chain, link):
    page = visitor(BUYER)
    at = f"{chain}/backups/recovery"
    for wrong in ("", "0", "1001", "abc"):
        assert page.post(at, data={"linkId": link, "recoverDays": wrong}).status_code == 422
    assert page.post(at, data={"linkId": link, "recoverDays": "90"}).status_code == 303

    assert "90 天 本单位填写" in words(page.get(f"{chain}/backups?link={link}&done=recovery").text)
    told = words(page.get(f"{chain}/resilience").text.split('id="exposed"')[1].split("</table>")[0])
    assert "苏州精齿传动有限公司 单点" in told and "恢复要 90 天（本单位填写）" in told and "天产出" in told
    other = visitor("sales@gearworks.example")
    assert other.post(at, data={"linkId": link, "recoverDays": "5"}).status_code == 404
    assert "90 天" not in words(other.get(f"{chain}/resilience").text)
    english = words(page.get(f"{chain}/resilience?lang=en").text)
    assert "it takes 90 days to recover (your own figure)" in english and "What is lost until recovery" in english
    page.post(f"{chain}/backups/recovery", data={"linkId": link, "do": "withdraw"})
    assert "未填写，按申报的交货期计" in words(page.get(f"{chain}/backups?link={link}&lang=zh").text)


def test_the_operator_sets_the_stages_and_everybody_on_the_chain_reads_them(visitor, chain):
    page, number = visitor(OPERATOR), chain.rpartition("/")[2]
    html = page.get("/essentiality").text
    core = re.search(r'<option value="([^"]+)">核心零部件', html)[1]
    robots = re.search(r'<option value="([^"]+)">机器人整机', html)[1]
    given = {"chainId": number, f"{number}.supplierStageId": core, f"{number}.buyerStageId": robots}

    assert page.post("/essentiality", data=given | {f"{number}.essentiality": "NEGLIGIBLE"}).status_code == 303

    assert "可忽略" in words(page.get("/essentiality").text.split("<main")[1].split("</table>")[0])
    said = words(visitor(BUYER).get(f"{chain}/backups").text)
    assert "必需的投入 0" in said and "可忽略" in said
    assert "/essentiality" in page.get("/jobs").text
    before = facts()
    assert page.post("/essentiality", data=given | {f"{number}.buyerStageId": MADE_UP}).status_code == 404
    for seat in (BUYER, SUPPLIER, PROVINCE):
        assert visitor(seat).get("/essentiality").status_code == 404
        assert visitor(seat).post("/essentiality", data=given).status_code == 404
    assert facts() == before


def test_the_pages_pass_axe_and_fit_a_phone(open_page, axe, sideways, phone, visitor, chain, link):
    one = recorded(visitor(BUYER), chain, link, fitDays="5")
    for options in ({}, phone | {"viewport": {"width": 320, "height": 568}}):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for address in (
            f"{chain}/backups",
            f"{chain}/backups?link={link}&buy=1",
            one,
            f"{chain}/backups?lang=en&link={link}",
        ):
            page.goto(address)
            assert (axe(page), sideways(page)) == ([], []), address
    page = open_page("/static/icon.svg", **phone)
    assert page.context.request.post("/seat", form={"email": OPERATOR}).ok
    page.goto("/essentiality")
    assert (axe(page), sideways(page)) == ([], [])
