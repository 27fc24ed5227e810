"""Disruption notices as people write, read, assess and pass them on in a browser."""

import re
from html import unescape

import pytest

from tests.pages.conftest import DESK, PHONE
from tests.pages.test_asking_and_looking import browser, seal
from tests.scenarios.players import day

BEARING, GEARWORKS, BUYER = "sales@bearing.example", "sales@gearworks.example", "buyer@longteng.example"
ORIGIN = "上游热处理车间着火，月内只有四成产能。"


def text_of(client, page):
    answer = client.get(page)
    assert answer.status_code == 200, page
    return unescape(answer.get_data(as_text=True))


def fills(client, page, *boxes, sent_to=None, **fields):
    text = text_of(client, page)
    version = re.search(r'name="version" value="(\d+)"', text)
    given = seal(text) | ({"version": version.group(1)} if version else {}) | fields | dict.fromkeys(boxes, "1")
    return client.post(sent_to or page, data=given)


def writes(client, page, *partners, text=ORIGIN, **given):
    said = {"cause": "NATURAL_DISASTER", "effect": "CAPACITY_REDUCED", "leftPercent": "40", "startsOn": day(0),
            "expectedEndOn": day(20), "text": text}  # fmt: skip
    return fills(client, page, *(f"to.{one}" for one in partners), **(said | given))


@pytest.mark.feature("I5")
def test_a_notice_is_written_opened_read_assessed_passed_on_and_resolved(cast):
    bearing, gearworks, buyer = (browser(cast, seat) for seat in (BEARING, GEARWORKS, BUYER))
    site = cast.bearing.acts(
        "add_site", {"firmId": cast.bearing.firm_id, "code": "C", "name": "常州一厂", "prefecture": "320400"}, by="sales"
    )["site"]["id"]  # fmt: skip
    empty = fills(bearing, "/notices/new")
    assert (empty.status_code, empty.get_data(as_text=True).count("请选择一项")) == (422, 4)

    draft = writes(bearing, "/notices/new", cast.gearworks.firm_id, **{f"site.{site}": "1"})
    assert draft.status_code == 303
    notice = draft.location.split("?")[0]
    assert gearworks.get(notice).status_code == 404
    assert 'value="NATURAL_DISASTER" selected' in text_of(bearing, f"{notice}/edit")
    assert fills(bearing, notice, do="open").status_code == 303

    page = text_of(gearworks, notice)
    assert "常州恒轴轴承有限公司" in page and ORIGIN in page and "常州一厂（常州市）" in page
    tried = re.findall(r'href="(/chains/[^"]+/scenario\?shock=[^"]+)"', page)
    assert len(tried) == 2 and "FIRM_DOWN%7C" + cast.bearing.firm_id in tried[0]
    assert "PREFECTURE_DOWN%7C%7C%7C320400%7C%7C%7C40%7C%7C" in tried[1]
    for address in tried:
        desk = text_of(gearworks, address)
        assert "剩 40%" in desk and 'role="alert"' not in desk
    (own,) = re.findall(r'href="(/chains/[^"]+FIRM_DOWN[^"]+)"', text_of(bearing, notice))
    assert 'role="alert"' not in text_of(bearing, own)
    none = fills(gearworks, notice, do="assess", impact="")
    assert (none.status_code, "请选择一项" in none.get_data(as_text=True)) == (422, True)
    assert fills(gearworks, notice, do="assess", impact="ACT", note="找备选").status_code == 303
    assert "需行动" in text_of(gearworks, "/notices") and "本单位评估为需行动" in text_of(gearworks, "/inbox")
    sender_s = text_of(bearing, notice)
    assert "找备选" not in sender_s and "已阅" in sender_s

    asking = re.search(r'href="(/requests/new\?[^"]+)"', page).group(1)
    wish = {"to": cast.bearing.firm_id, "item": "CRB-100", "reason": "停产", "notice": notice.rsplit("/", 1)[1]}
    assert 'value="' + wish["notice"] + '"' in text_of(gearworks, asking)
    asked = fills(gearworks, asking, "kind.CAPACITY", sent_to="/requests/new", **wish)
    assert asked.status_code == 303 and notice in text_of(gearworks, asked.location)

    copied = writes(gearworks, f"{notice}/forward", cast.chain_master.firm_id)
    assert (copied.status_code, "自己的表述" in copied.get_data(as_text=True)) == (422, True)
    passed = writes(gearworks, f"{notice}/forward", cast.chain_master.firm_id, text="零件供应紧张，交期推迟。")
    ours = passed.location.split("?")[0]
    assert fills(gearworks, ours, do="open").status_code == 303
    theirs = text_of(buyer, ours)
    assert (
        "苏州精齿传动有限公司" in theirs and "转自" not in theirs and ORIGIN not in theirs and "常州一厂" not in theirs
    )
    assert buyer.get(notice).status_code == 404 and buyer.get(f"{notice}/forward").status_code == 404
    assert text_of(buyer, re.search(r'href="(/notices\?source=\w+)"', theirs).group(1)).count('href="/notices/') == 2

    updated = writes(bearing, f"{notice}/edit", text="延长到下月。")
    assert updated.status_code == 303 and "延长到下月。" in text_of(gearworks, notice)
    blank = fills(bearing, notice, do="resolve", text=" ")
    assert (blank.status_code, "请填写此项" in blank.get_data(as_text=True)) == (422, True)
    assert fills(bearing, notice, do="resolve", text="已复工。").status_code == 303
    over = text_of(gearworks, notice)
    assert "已解除" in over and "已复工。" in over and "评估中断通知" not in over
    assert "已终止" in text_of(gearworks, asked.location)
    assert "伙伴的中断通知已解除" in text_of(gearworks, "/inbox")


def test_who_may_not_write_is_told_who_may_and_an_office_has_no_such_page(cast):
    quality = browser(cast, "quality@longteng.example")
    assert "书写和发出" in text_of(quality, "/notices/new")
    official, carrier = browser(cast, "official@jiangsu.example"), browser(cast, "dispatch@swift.example")
    assert official.get("/notices").status_code in (403, 404)
    assert "还没有往来单位发来中断通知" in text_of(carrier, "/notices")


def sends(player, *partners, **given):
    said = {
        "cause": "NATURAL_DISASTER",
        "effect": "CAPACITY_REDUCED",
        "leftPercent": 40,
        "startsOn": day(0),
        "text": ORIGIN * 9,
    }
    told = {"addresseeIds": [one.firm_id for one in partners]}
    draft = player.acts("write_disruption_notice", said | told | given, by="sales")["notice"]
    opened = {"noticeId": draft["id"], "expectedVersion": draft["version"]}
    return player.acts("open_disruption_notice", opened, by="sales")["notice"]["id"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_pass_axe_and_need_no_sideways_scroll(cast, open_page, axe, sideways, shoot, size):
    received = sends(cast.bearing, cast.gearworks, cast.rival, itemIds=[cast.bearing.item("CRB-100")])
    own = sends(cast.gearworks, cast.chain_master, cast.bearing, itemIds=[cast.gearworks.item("RV-40E")])
    page = open_page("/sign-in", **size)
    page.click(f'.seat-cards button[value="{GEARWORKS}"]')
    for path in ("/notices", "/notices?side=sent", "/notices/new", f"/notices/{received}", f"/notices/{own}",
                 f"/notices/{own}/edit", f"/notices/{received}/forward"):  # fmt: skip
        page.goto(path)
        assert axe(page) == [], path
        assert sideways(page) == [], path
        shoot(
            page,
            f"notices {path.replace(received, 'received').replace(own, 'own')} {size['viewport']['width']}",
            whole=True,
        )


def test_a_notice_is_assessed_by_the_keyboard_alone(cast, open_page):
    received = sends(cast.bearing, cast.gearworks)
    page = open_page("/sign-in")
    page.click(f'.seat-cards button[value="{GEARWORKS}"]')
    page.goto(f"/notices/{received}")
    page.focus('input[name="impact"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("先看库存")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notices/*?done=assess")

    assert "关注" in page.inner_text("main") and "先看库存" in page.inner_text("main")
