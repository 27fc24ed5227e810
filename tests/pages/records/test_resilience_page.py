"""The page of resilience: who can stop one's line, why, and from what that is known."""

import re

import networkx as nx
import pytest
from sqlalchemy import select

from kernel.access import unscoped
from kernel.ledger.tables import AccessEntry
from kernel.work import unit_of_work

BUYER, RIVAL, PROVINCE = "buyer@longteng.example", "sales@rival.example", "official@jiangsu.example"


def rows(html: str) -> list[list[str]]:
    """The cells of each row of the list of firms, in their order, without markup."""
    body = html.split('id="firms"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.S)]
        for row in re.findall(r"<tr>.*?</tr>", body, re.S)
    ]


def rows_of_keys(html: str) -> list[str]:
    """What the list calls each firm in its links."""
    return re.findall(r'resilience\?firm=([^"#]+)#', html)


@pytest.mark.feature("I3")
def test_a_buyer_reads_who_stops_its_line_and_opens_the_reason(visitor, chain):
    page = visitor(BUYER)
    html = page.get(f"{chain}/resilience").text

    first, second = rows(html)[:2]
    assert first[1] == "苏州精齿传动有限公司" and first[3] == "1" and "单点" in first[8]
    assert second[1].startswith("F-") and second[3] == "2"
    assert f'href="{chain}/resilience"' in page.get(chain).text

    narrow = html.split('id="h-narrow"')[1].split("</section>")[0]
    assert (
        "第 1 级 2 家、第 2 级 1 家" in narrow and "苏州精齿传动有限公司（身后 1 家）" in narrow and "卡脖子" in narrow
    )

    alias = second[1]
    told = page.get(f"{chain}/resilience?firm={alias}").text.split("<main")[1]
    assert f"为什么是{alias}" in told
    assert f"{alias}停产：苏州精齿传动有限公司的同环节采购有 100% 来自{alias}" in told
    assert "常州恒轴轴承" not in told


def test_nobody_else_s_alias_opens_and_officials_have_no_such_page(visitor, chain):
    alias = rows(visitor(BUYER).get(f"{chain}/resilience").text)[1][1]

    for key in (alias, "F-00000-00000-00000-00000"):
        assert visitor(RIVAL).get(f"{chain}/resilience?firm={key}").status_code == 404
    assert visitor(PROVINCE).get(f"{chain}/resilience").status_code == 404


def test_the_pages_pass_axe_and_fit_a_phone(open_page, axe, sideways, phone, visitor, chain):
    run = f"FIRM_DOWN|{rows_of_keys(visitor(BUYER).get(f'{chain}/resilience').text)[0]}"
    for options in ({}, phone | {"viewport": {"width": 320, "height": 568}}):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for query in ("", "?lang=en"):
            page.goto(f"{chain}/resilience{query}")
            assert (axe(page), sideways(page)) == ([], [])
            page.goto(f"{chain}/scenario?shock={run}{query.replace('?', '&')}")
            assert page.locator("#result").count() == 1
            assert (axe(page), sideways(page)) == ([], [])


@pytest.mark.feature("I4")
def test_a_scenario_is_put_together_in_the_address_and_run_with_and_without_a_further_source(visitor, chain):
    page = visitor(BUYER)
    desk = page.get(f"{chain}/scenario").text
    firm = re.search(r'<option value="([^"]+)">苏州精齿传动有限公司', desk)[1]
    links = re.findall(r'<option value="([\w-]{22})">苏州精齿传动有限公司 · ', desk)

    added = page.get(f"{chain}/scenario?kind=FIRM_DOWN&FIRM_DOWN.firm={firm}&FIRM_DOWN.left=0")
    assert added.status_code == 303
    html = page.get(added.headers["Location"]).text
    assert "企业停产：苏州精齿传动有限公司，剩 0%，今天 – 不定" in html
    assert (
        "期内未恢复" in html.split('id="result"')[1]
        and "有备链" not in html.split('id="result"')[1].split("</table>")[0]
    )

    at = added.headers["Location"]
    for link in links:
        at = page.get(f"{at}&linkId={link}&share=100").headers["Location"]
    both = page.get(at).text.split('id="result"')[1].split("</table>")[0]
    assert "有备链" in both
    assert len(links) == 3


@pytest.mark.parametrize("query", [
    "shock=FIRM_DOWN|x", "shock=NONSENSE", "shock=", "shock=FIRM_DOWN|x|||||abc", "shock=LANE_DELAY||||320500|320100||999999999999",
    "shock=FIRM_DOWN|x|||||0||not-a-day|", "days=0&shock=FIRM_DOWN|x", "days=ten&shock=FIRM_DOWN|x", "source=y&shock=FIRM_DOWN|x",
])  # fmt: skip
def test_an_address_that_makes_no_sense_is_told_in_a_sentence(visitor, chain, query):
    answer = visitor(BUYER).get(f"{chain}/scenario?{query}")

    assert answer.status_code == 200
    assert ('role="alert"' in answer.text) is (query != "shock=")


@pytest.mark.feature("B7")
def test_files_say_how_and_of_which_day_name_nobody_hidden_and_are_exports_in_the_ledger(visitor, chain):
    page = visitor(BUYER)
    sheet = page.get(f"{chain}/resilience.csv")
    lines = sheet.text.splitlines()

    assert sheet.headers["Content-Disposition"].startswith("attachment; filename=resilience-")
    assert lines[0].startswith("\ufeff") and "ESRI（Diem 等 2022" in lines[0] and "eps 0.01" in lines[0]
    assert lines[2].split(",")[:2] == ["1", "苏州精齿传动有限公司"] and lines[3].split(",")[1].startswith("F-")

    drawn = nx.parse_graphml(page.get(f"{chain}/resilience.graphml").text)
    assert drawn.number_of_nodes() == len(lines) - 2 + 1, "the firms listed, and one's own"
    assert {data["name"] for _, data in drawn.nodes(data=True)} >= {"苏州精齿传动有限公司"}
    assert "常州恒轴轴承" not in sheet.text + str(drawn.nodes(data=True))
    for other in (f"{chain}/resilience.exe", f"{chain}/resilience.xls"):
        assert page.get(other).status_code == 404
    assert visitor(PROVINCE).get(f"{chain}/resilience.csv").status_code == 404

    with unit_of_work(writes=False) as work, unscoped("a test reads the ledger"):
        kept = work.session.scalars(select(AccessEntry).where(AccessEntry.what == "disclosed_links")).all()
    assert sum(entry.exported for entry in kept) >= 2
