"""The card of a firm and its sites by forms, the list that is searched, merging, and all of it judged by axe."""

import pytest

from chain.firms.tables import FirmRole
from chain.firms.verbs import register_firm
from kernel.access import SYSTEM
from kernel.ids import seal
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, LONGTENG, credit_code

CLERK, BUYER, RIVAL = "sales@gearworks.example", "buyer@longteng.example", "sales@rival.example"
LEAD, OPERATOR = "lead@longteng.example", "operator@chainmaster.example"


@pytest.fixture
def card(seated):
    return f"/firms/{seal('Firm', seated.firms[GEARWORKS])}"


@pytest.mark.feature("A2")
def test_a_clerk_mends_the_card_and_the_second_editor_keeps_what_was_typed(visitor, card):
    clerk, colleague = visitor(CLERK), visitor(CLERK)
    sealed = {"version": "1", "token": "", "key": "k"}
    page = colleague.get(card).text
    sealed["token"] = page.split('name="token" value="')[1].split('"')[0]
    first = clerk.sends(card, card, **{"card.makes": "精密减速机", "card.nameEn": "Jingchi"})
    assert first.headers["Location"] == f"{card}?done=changed"

    late = colleague.client.post(card, data=sealed | {"card.makes": "齿轮箱", "card.nameEn": ""})

    assert late.status_code == 409
    assert ("别人刚刚改过这里" in late.text, "齿轮箱" in late.text) == (True, True)
    partner = visitor(BUYER).get(card).text
    assert ("精密减速机" in partner, "修改名片" in partner) == (True, False)
    assert visitor(BUYER).get("/firms?text=jingchi").text.count('scope="row"') == 1
    assert visitor(RIVAL).get(card).status_code == 404
    assert "没有符合条件的企业" in visitor(RIVAL).get("/firms?text=jingchi").text


@pytest.mark.feature("A2")
def test_sites_are_added_mended_and_closed_on_the_card(visitor, card):
    clerk = visitor(CLERK)
    told = {"new.code": "SZ-1", "new.name": "苏州一厂", "new.prefecture": "320500", "new.address": "星湖街 1 号"}
    assert clerk.sends(card, f"{card}/sites", **told).status_code == 303
    twice = clerk.sends(card, f"{card}/sites", **told)
    assert (twice.status_code, "场所代码 SZ-1 已存在" in twice.text) == (422, True)
    page = clerk.get(card).text
    site = page.split(f'action="{card}/sites/')[1].split('"')[0]

    closed = clerk.sends(card, f"{card}/sites/{site}", do="close")

    assert closed.status_code == 303
    assert "关闭" in clerk.get(card).text
    assert f"{card}/sites/{site}" not in clerk.get(card).text
    assert "SZ-1" not in visitor(BUYER).get(card).text


@pytest.mark.feature("A2")
def test_two_records_are_merged_by_two_people_and_the_old_address_leads_on(visitor, seated):
    with unit_of_work() as work:
        firm = register_firm(
            work, SYSTEM, name="南京龙腾智能装备有限公司", code=credit_code(7700), role=FirmRole.CHAIN_MASTER,
            prefecture="320100",
        )  # fmt: skip
        old, kept = f"/firms/{seal('Firm', firm.id or 0)}", f"/firms/{seal('Firm', seated.firms[LONGTENG])}"
    operator, lead = visitor(OPERATOR), visitor(LEAD)
    codes = {"survivor": credit_code(1), "merged": credit_code(7700)}
    assert operator.sends("/mergers", "/mergers", survivor=credit_code(1), merged="9", reason="x").status_code == 422
    assert operator.sends("/mergers", "/mergers", **codes, reason="重复登记").status_code == 303
    to = lead.get("/mergers").text.split('action="/mergers/')[1].split('"')[0]
    assert visitor(RIVAL).get("/mergers").status_code == 404

    assert lead.sends("/mergers", f"/mergers/{to}", do="agreeToMerger").status_code == 303

    assert "已合并" in lead.get("/mergers").text
    assert operator.get(old).headers["Location"] == f"{kept}?done=merged"
    assert "南京龙腾智能装备有限公司" in lead.get(kept).text
    assert visitor(RIVAL).get(old).status_code == 404


@pytest.mark.feature("A2")
def test_card_list_application_and_review_pass_axe_and_fit_a_phone(open_page, axe, sideways, phone, visitor, card):
    visitor(LEAD).sends("/registration", "/registration", name="文员", email="clerk@newcomer.example")

    def looks(email, *paths, **options):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": email}).ok
        for path in paths:
            page.goto(path)
            assert (path, axe(page), sideways(page)) == (path, [], [])

    looks(CLERK, "/firms", card)
    looks(CLERK, card, **phone)
    looks(OPERATOR, "/registration?show=all", "/mergers")
    looks("clerk@newcomer.example", "/registration", **phone)
