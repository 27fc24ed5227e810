"""The page of resilience: who can stop one's line, why, and from what that is known."""

import re

import pytest

BUYER, RIVAL, PROVINCE = "buyer@longteng.example", "sales@rival.example", "official@jiangsu.example"


def rows(html: str) -> list[list[str]]:
    """The cells of each row of the list of firms, in their order, without markup."""
    body = html.split('id="firms"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.S)]
        for row in re.findall(r"<tr>.*?</tr>", body, re.S)
    ]


@pytest.mark.feature("I3")
def test_a_buyer_reads_who_stops_its_line_and_opens_the_reason(visitor, chain):
    page = visitor(BUYER)
    html = page.get(f"{chain}/resilience").text

    first, second = rows(html)[:2]
    assert first[1] == "苏州精齿传动有限公司" and first[3] == "1" and "单点" in first[8]
    assert second[1].startswith("F-") and second[3] == "2"
    assert f'href="{chain}/resilience"' in page.get(chain).text

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


def test_the_page_passes_axe_and_fits_a_phone(open_page, axe, sideways, phone, chain):
    for options in ({}, phone | {"viewport": {"width": 320, "height": 568}}):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for query in ("", "?lang=en"):
            page.goto(f"{chain}/resilience{query}")
            assert (axe(page), sideways(page)) == ([], [])
