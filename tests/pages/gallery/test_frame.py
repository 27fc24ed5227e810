"""What every page shares, asked by Flask's client: headers, languages, words, addresses. No browser."""

import pytest
from flask import render_template_string

from web.fields import complaints_of, field_id
from web.formats import age, day, instant, long_day, money, number, percent, quantity


@pytest.fixture
def asked(gallery):
    def ask(path, **headers):
        return gallery.test_client(use_cookies=False).get(
            path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return ask


def test_pages_carry_the_strict_policy_and_are_kept_by_nobody(asked):
    headers = asked("/orders").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert {"HX-Request", "Cookie", "Accept-Language"} <= {v.strip() for v in headers["Vary"].split(",")}


def test_a_static_file_is_kept_only_under_the_address_of_its_content(asked):
    page = asked("/orders").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    assert "?v=" in address
    assert "immutable" in asked(address).headers["Cache-Control"]
    assert "immutable" not in asked("/static/house.css").headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    ("path", "headers", "tag"),
    [
        ("/orders", {}, "zh-CN"),
        ("/orders", {"Accept_Language": "fr"}, "zh-CN"),
        ("/orders", {"Accept_Language": "en-GB,en;q=0.9,zh;q=0.2"}, "en"),
        ("/orders", {"Accept_Language": "zh-TW"}, "zh-CN"),
        ("/orders?lang=en", {"Accept_Language": "zh-CN"}, "en"),
        ("/orders?lang=xx", {"Accept_Language": "en"}, "en"),
        ("/orders", {"Cookie": "lang=en", "Accept_Language": "zh-CN"}, "en"),
        ("/orders?lang=zh", {"Cookie": "lang=en"}, "zh-CN"),
    ],
)
def test_the_link_wins_over_the_cookie_and_that_over_the_browser(asked, path, headers, tag):
    assert f'<html lang="{tag}">' in asked(path, **headers).text


def test_a_word_is_not_kept_from_one_language_to_the_next(asked):
    words = [">待答复<" in asked(f"/orders?lang={lang}").text for lang in ("zh", "en", "zh")]

    assert words == [True, False, True]
    assert "Awaiting answer" in asked("/orders?lang=en").text


def test_a_query_cannot_bend_the_links_of_the_page(asked):
    page = asked('/orders?after=x&endpoint=y&_external=1&q="><script>').text

    assert '<a class="button" href="/orders?endpoint=y&amp;_external=1&amp;q=%22%3E%3Cscript%3E">回到第一页</a>' in page
    assert "after=abc" in page
    assert "<script>" not in page


def test_the_title_is_the_number_and_the_name(asked):
    assert "<title>PO-2026-000117 减速机订单 · 链主协同平台</title>" in asked("/orders").text


def test_figures_are_written_exactly_and_in_the_language_of_the_page(gallery):
    with gallery.test_request_context("/?lang=zh"):
        assert money("9980195.46") == "¥9,980,195.46"
        assert money("1234.5", "USD") == "US$1,234.50"
        assert money("28.4375") == "¥28.4375"
        assert money(None) == number("") == day(None) == age(None) == "—"
        assert number("12000.125") == "12,000.125"
        assert number("0.000001") == "0.000001"
        assert quantity({"value": "40", "unit": "C62"}) == "40 个"
        assert quantity({"value": "40", "unit": "ZZZ"}) == "40 ZZZ"
        assert (day("2026-12-01"), long_day("2026-12-01")) == ("2026-12-01", "2026年12月1日")
        assert [age(d) for d in (0, 1, 59, 60, 729, 730)] == [
            "今天",
            "1 天前",
            "59 天前",
            "2 个月前",
            "24 个月前",
            "2 年前",
        ]
        assert percent("0.85") == "85%"
    with gallery.test_request_context("/?lang=en"):
        assert money("9980195.46") == "CN¥9,980,195.46"
        assert (age(1), age(2)) == ("1 day ago", "2 days ago")
        assert long_day("2026-12-01") == "December 1, 2026"
        assert quantity({"value": "40", "unit": "C62"}) == "40 pcs"


def test_an_instant_is_shown_in_chinas_time_with_the_exact_one_beside(gallery):
    with gallery.test_request_context("/"):
        assert instant("2026-11-24T23:30:05Z") == ('<time datetime="2026-11-24T23:30:05+00:00">2026-11-25 07:30</time>')


def test_a_complaint_belongs_to_the_field_it_names():
    errors = [
        {"fields": ["lines.2.quantity"], "message": "a"},
        {"fields": [], "message": "b"},
        {"fields": None, "message": "c"},
    ]

    assert [e["message"] for e in complaints_of(errors, "lines.2.quantity")] == ["a"]
    assert complaints_of(errors, "lines.2") == []
    assert [e["message"] for e in complaints_of(errors)] == ["b", "c"]
    assert field_id('lines.2."x>') == "f-lines-2--x-"


def test_what_a_person_wrote_is_escaped_in_fields_and_complaints(gallery):
    page = """{% from "_forms.html" import text_field, error_summary %}
    {{ text_field("n", "<b>", "\\"><i>", errors) }}{{ error_summary(errors) }}"""
    with gallery.test_request_context("/"):
        html = render_template_string(page, errors=[{"fields": ["n"], "message": "<script>", "rule": "<u>"}])

    assert [tag for tag in ("<i>", "<script>", "<u>") if tag in html] == []
    assert "&lt;b&gt;" in html and "&lt;u&gt;" in html
    assert 'value="&#34;&gt;&lt;i&gt;"' in html


@pytest.mark.parametrize(
    "macro",
    [
        'text_field("a.b", "名", errors=errors, hint="h")',
        'email_field("a.b", "名", errors=errors, hint="h")',
        'password_field("a.b", "名", errors=errors, hint="h")',
        'number_field("a.b", "名", errors=errors, hint="h", unit="C62")',
        'date_field("a.b", "名", errors=errors, hint="h")',
        'area_field("a.b", "名", errors=errors, hint="h")',
        'select_field("a.b", "名", [("x", "X")], errors=errors, hint="h")',
        'check_field("a.b", "名", errors=errors, hint="h")',
        'file_field("a.b", "名", errors=errors, hint="h")',
    ],
)
def test_every_kind_of_field_is_tied_to_its_hint_and_its_complaint(gallery, macro):
    name = macro.partition("(")[0]
    page = f'{{% from "_forms.html" import {name} %}}{{{{ {macro} }}}}'
    errors = [{"fields": ["a.b"], "message": "不对"}, {"fields": ["a.bc"], "message": "与此无关"}]

    with gallery.test_request_context("/"):
        wrong, right = (render_template_string(page, errors=given) for given in (errors, errors[1:]))

    assert 'aria-describedby="f-a-b-hint f-a-b-wrong" aria-invalid="true"' in wrong
    assert wrong.count('id="f-a-b"') == wrong.count('id="f-a-b-hint"') == wrong.count('id="f-a-b-wrong"') == 1
    assert "不对" in wrong and "与此无关" not in wrong
    assert 'aria-describedby="f-a-b-hint"' in right and "aria-invalid" not in right


def test_every_form_carries_the_seal(asked):
    first, second = asked("/form").text, asked("/form").text
    key = [page.split('name="key" value="')[1].split('"')[0] for page in (first, second)]

    assert '<input type="hidden" name="token" value="sample-token">' in first
    assert key[0] != key[1] and min(map(len, key)) >= 20
