"""The page of gaps and bottlenecks, by its client and looked at for everybody."""

import pytest

BUYER, PROVINCE = "buyer@longteng.example", "official@jiangsu.example"


@pytest.mark.feature("I2")
def test_a_buyer_reads_what_is_cut_off_and_what_is_held_up_with_the_evidence(visitor, chain):
    page = visitor(BUYER)
    html = page.get(f"{chain}/marks?limit=10").text

    assert "最快交货期超过上限" in html and "堵点" in html
    assert "苏州精齿传动有限公司" in html and "未设资格，计入" in html
    assert f'href="{chain}/marks"' in page.get(f"{chain}/resilience").text
    assert "断点：没有一家可用来源" in html
    assert visitor(PROVINCE).get(f"{chain}/marks").status_code == 404


@pytest.mark.parametrize("query", ["limit=ten", "limit=0", "limit=99999999999999999999", "limit=-1", "scope=moon"])
def test_an_address_that_makes_no_sense_is_told_in_a_sentence(visitor, chain, query):
    answer = visitor(BUYER).get(f"{chain}/marks?{query}")

    assert answer.status_code == 200
    assert ('role="alert"' in answer.text) is query.startswith("limit")


def test_the_page_passes_axe_and_fits_a_phone(open_page, axe, sideways, phone, chain):
    for options in ({}, phone):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for query in ("?limit=10", "?lang=en&scope=province"):
            page.goto(f"{chain}/marks{query}")
            assert (axe(page), sideways(page)) == ([], [])
