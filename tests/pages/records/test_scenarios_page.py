"""Saved scenarios on their pages: kept from the desk, opened again, renamed, restated, dropped, and laid side by side."""

import html
import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

BUYER, QUALITY, RIVAL, PROVINCE = (
    "buyer@longteng.example", "quality@longteng.example", "sales@rival.example", "official@jiangsu.example",
)  # fmt: skip


def firm_of(page, chain, name="苏州精齿传动有限公司"):
    return re.search(rf'<option value="([^"]+)">{name}', page.get(f"{chain}/scenario").text)[1]


def saves(page, chain, name, desk, **more):
    return page.post(f"{chain}/scenarios", {"desk": desk, "name": name, "begins": "run", "do": "save"} | more)


def rows(page, chain):
    """Id -> (name, version, the address it opens at), in the order of the list."""
    text = page.get(f"{chain}/scenarios").text
    found = {}
    for row in re.findall(r"<tr><td.*?</tr>", text, re.S):
        number = re.search(r'name="id" value="([^"]+)"', row)[1]
        address, name = re.search(r'<th scope="row" class="prose"><a href="([^"]+)">([^<]*)</a>', row).groups()
        version = re.search(r'name="version" value="(\d+)"', row)
        found[number] = (html.unescape(name), version and version[1], html.unescape(address))
    return found


@pytest.mark.feature("I4")
def test_a_scenario_is_saved_from_the_desk_opened_again_and_said_anew(visitor, chain):
    page = visitor(BUYER)
    firm = firm_of(page, chain)
    desk = page.get(f"{chain}/scenario?shock=FIRM_DOWN|{firm}|||||25&days=60").text
    assert 'name="desk"' in desk and "从哪天起算" in desk

    assert saves(page, chain, "精齿减产", f"days=60&shock=FIRM_DOWN|{firm}|||||25").location.endswith("?done=saved")
    ((number, (name, version, address)),) = rows(page, chain).items()
    opened = page.get(address).text
    assert (name, version) == ("精齿减产", "1")
    assert "企业停产：苏州精齿传动有限公司，剩 25%" in opened and "更新“精齿减产”" in opened
    assert "推演 60 天的结果" in opened

    query = urlsplit(address).query.replace("%7C25%7C", "%7C50%7C")
    again = page.post(f"{chain}/scenarios", {"desk": query, "begins": "fixed", "version": version, "do": "restate"})
    assert again.location.endswith("?done=restated")
    ((same, (_, newer, anew)),) = rows(page, chain).items()
    assert (same, newer) == (number, "2")
    assert "|50|" in parse_qs(urlsplit(anew).query)["shock"][0] and "begins" in parse_qs(urlsplit(anew).query)

    stale = page.post(f"{chain}/scenarios", {"desk": query, "begins": "run", "version": "1", "do": "restate"})
    assert stale.status_code == 409 and "同事刚刚改过这个情景" in stale.text


@pytest.mark.feature("I4")
def test_scenarios_stand_side_by_side_in_one_drawing(visitor, chain):
    page = visitor(BUYER)
    firm = firm_of(page, chain)
    link = re.search(r'<option value="([\w-]{22})">苏州精齿传动有限公司 · ', page.get(f"{chain}/scenario").text)[1]
    saves(page, chain, "全停", f"shock=FIRM_DOWN|{firm}&days=90")
    saves(page, chain, "半停", f"shock=FIRM_DOWN|{firm}|||||50&days=60&source={link}|100")
    wanted = "&".join(f"id={number}" for number in rows(page, chain))

    compared = page.get(f"{chain}/scenarios/compare?{wanted}")

    assert compared.status_code == 200
    assert compared.text.count("<polyline") == 3, "one line as things are for each, and one with sources"
    table = compared.text.split('id="compared"')[1].split("</table>")[0]
    assert re.findall(r'<th scope="col" class="n"[^>]*>([^<]+)</th>', table) == [
        "半停",
        "全停",
        "照现状",
        "有备链",
        "照现状",
    ]
    assert len(re.findall(r'<td class="n" data-head="全停">', table)) >= 10
    sheet = page.get(f"{chain}/scenarios.xlsx?{wanted}")
    assert sheet.headers["Content-Disposition"].startswith("attachment; filename=scenarios-")
    assert load_workbook(BytesIO(sheet.data)).sheetnames[0] == "方法 Method"


@pytest.mark.feature("I4")
def test_who_has_no_such_duty_reads_and_changes_nothing(visitor, chain):
    page, reader = visitor(BUYER), visitor(QUALITY)
    firm = firm_of(page, chain)
    saves(page, chain, "全停", f"shock=FIRM_DOWN|{firm}")
    ((number, _),) = rows(page, chain).items()

    assert rows(reader, chain)[number][1] is None
    assert 'name="desk"' not in reader.get(f"{chain}/scenario?shock=FIRM_DOWN|{firm}").text
    refused = reader.post(f"{chain}/scenarios/{number}", {"version": "1", "do": "drop"})
    assert refused.status_code == 403 and number in rows(page, chain)
    assert (
        page.post(f"{chain}/scenarios/{number}", {"version": "1", "do": "rename", "name.1": "改名"}).status_code == 303
    )
    assert page.post(f"{chain}/scenarios/{number}", {"version": "2", "do": "rename", "name.1": ""}).status_code == 422
    assert page.post(f"{chain}/scenarios/{number}", {"version": "2", "do": "drop"}).status_code == 303
    assert rows(page, chain) == {}


def test_others_find_no_page_of_it(visitor, chain):
    page = visitor(BUYER)
    firm = firm_of(page, chain)
    for name in ("龙腾所惧甲", "龙腾所惧乙"):
        saves(page, chain, name, f"shock=FIRM_DOWN|{firm}")
    wanted = "&".join(f"id={number}" for number in rows(page, chain))

    rival, office = visitor(RIVAL), visitor(PROVINCE)
    assert "龙腾所惧" not in rival.get(f"{chain}/scenarios").text
    for other in (rival, office):
        for path in (f"scenarios/compare?{wanted}", f"scenarios.xlsx?{wanted}"):
            assert other.get(f"{chain}/{path}").status_code == 404
    assert office.get(f"{chain}/scenarios").status_code == 404
    assert page.get(f"/chains/{'x' * 22}/scenarios").status_code == 404
    assert page.get(f"/chains/{'x' * 22}/scenarios/compare?{wanted}").status_code == 404


@pytest.mark.parametrize(("desk", "said"), [
    ("", "请至少填写一项冲击"), ("shock=FIRM_DOWN|x|||||abc", "天数和百分比请填数字"), ("shock=FIRM_DOWN|x", "本产业链中没有企业"),
    ("shock=NONSENSE", "error"), ("days=9999999999999999&shock=FIRM_DOWN|x", "error"), ("begins=0001-01-01&shock=FIRM_DOWN|x", "前后十年"),
])  # fmt: skip
def test_a_desk_that_makes_no_sense_is_told_in_a_sentence_and_kept_nowhere(visitor, chain, desk, said):
    page = visitor(BUYER)

    answer = saves(page, chain, "无", desk)

    assert answer.status_code == 422 and said in answer.text and 'role="alert"' in answer.text
    assert rows(page, chain) == {}


@pytest.mark.parametrize("query", ["", "id=x", "id=x&id=x", "id=" + "x" * 22 + "&id=" + "y" * 22])
def test_a_comparison_of_nothing_is_told_so(visitor, chain, query):
    assert visitor(BUYER).get(f"{chain}/scenarios/compare?{query}").status_code in (404, 422)


@pytest.mark.feature("I7")
def test_the_lists_are_taken_away_from_their_pages(visitor, chain):
    page = visitor(BUYER)
    firm = firm_of(page, chain)
    for path, name in (
        (f"{chain}/resilience.xlsx", "resilience-"),
        (f"{chain}/scenario.xlsx?shock=FIRM_DOWN|{firm}", "scenario-"),
        (f"{chain}/changes.xlsx?since=2020-01-01", "changes-"),
        (f"{chain}/marks.xlsx?limit=10&scope=province", "marks-"),
    ):
        answer = page.get(path)
        assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={name}")
        assert load_workbook(BytesIO(answer.data)).sheetnames[0] == "方法 Method"
        assert visitor(PROVINCE).get(path).status_code == 404
    for place in ("resilience", "changes", "marks"):
        assert f"{chain}/{place}.xlsx" in page.get(f"{chain}/{place}").text
    for wrong in (
        "changes.xlsx?since=soon",
        "changes.xlsx?since=9999-12-31",
        "marks.xlsx?limit=ten",
        "marks.xlsx?limit=0",
    ):
        assert page.get(f"{chain}/{wrong}").status_code == 404
    for wrong in ("shock=FIRM_DOWN|x", "shock=FIRM_DOWN|x|||||abc", ""):
        assert page.get(f"{chain}/scenario.xlsx?{wrong}").status_code == 404


def test_the_pages_pass_axe_and_fit_a_phone(open_page, axe, sideways, phone, visitor, chain):
    seat = visitor(BUYER)
    firm = firm_of(seat, chain)
    saves(seat, chain, "全停", f"shock=FIRM_DOWN|{firm}&days=90")
    link = re.search(r'<option value="([\w-]{22})">苏州精齿传动有限公司 · ', seat.get(f"{chain}/scenario").text)[1]
    for name in ("半停" * 20, "x" * 80, "三"):
        saves(seat, chain, name, f"shock=FIRM_DOWN|{firm}|||||50&source={link}|100")
    wanted = "&".join(f"id={number}" for number in rows(seat, chain))
    for options in ({}, phone | {"viewport": {"width": 320, "height": 568}}):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for lang in ("zh", "en"):
            for path in (
                f"scenarios?lang={lang}",
                f"scenarios/compare?{wanted}&lang={lang}",
                f"scenario?shock=FIRM_DOWN|{firm}&lang={lang}",
            ):
                page.goto(f"{chain}/{path}")
                assert (path, axe(page), sideways(page)) == (path, [], [])
