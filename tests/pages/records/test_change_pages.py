"""The page of a chain beside itself on an earlier day."""

import pytest

BUYER, PROVINCE = "buyer@longteng.example", "official@jiangsu.example"


@pytest.mark.feature("I7")
def test_a_buyer_compares_today_with_the_end_of_a_quarter_or_any_day(visitor, chain):
    page = visitor(BUYER)
    html = page.get(f"{chain}/changes?since=2020-01-01").text

    assert "新增的供应关系" in html and "苏州精齿传动有限公司 → " in html
    assert html.split('class="crumbs"')[1].split("</p>")[0].count(f"{chain}/changes?since=") == 6
    assert f'href="{chain}/changes"' in page.get(f"{chain}/resilience").text
    assert visitor(PROVINCE).get(f"{chain}/changes").status_code == 404


@pytest.mark.parametrize("query", ["since=soon", "since=9999-12-31", "until=0001-01-01", "since=2026-13-01"])
def test_days_that_make_no_sense_are_told_in_a_sentence(visitor, chain, query):
    answer = visitor(BUYER).get(f"{chain}/changes?{query}")

    assert answer.status_code == 200 and 'role="alert"' in answer.text


def test_the_page_passes_axe_and_fits_a_phone(open_page, axe, sideways, phone, chain):
    for options in ({}, phone):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for query in ("?since=2020-01-01", "?lang=en"):
            page.goto(f"{chain}/changes{query}")
            assert (axe(page), sideways(page)) == ([], [])
