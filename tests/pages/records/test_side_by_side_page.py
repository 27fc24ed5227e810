"""The page of several chains beside one another."""

import re

import pytest

from chain.firms.verbs import draw_chain
from chain.items.verbs import add_item
from chain.links.verbs import introduce
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import LONGTENG

BUYER, CARRIER, PROVINCE, OPERATOR = (
    "buyer@longteng.example", "dispatch@swift.example", "official@jiangsu.example", "operator@chainmaster.example",
)  # fmt: skip


@pytest.fixture
def second(seated):
    """Gearworks supplies Longteng in another chain as well."""
    with unit_of_work() as work:
        drawn = draw_chain(
            work, SYSTEM, code="agv", names=("物流机器人", "Mobile robots"), stages=[("agv", "整机", "Robots")]
        )
        maker = seated.actors["sales@gearworks.example"]
        item = add_item(work, maker, number="AGV-RV", name="减速器", unit="C62")
        introduce(work, SYSTEM, maker, item_id=item.id, buyer_id=seated.firms[LONGTENG], chain_id=drawn.id)
    return drawn.id


@pytest.mark.feature("I3")
def test_chains_stand_beside_one_another_and_lead_to_their_own_pages(visitor, chain, second):
    page = visitor(BUYER)
    assert 'href="/chains/side-by-side"' in page.get("/chains").text

    text = page.get("/chains/side-by-side").text

    table = text.split('id="chains"')[1].split("</table>")[0]
    assert re.findall(r'<a href="(/chains/[\w-]+)/resilience">', table)[0] == chain and "物流机器人" in table
    shared = text.split('id="shared"')[1].split("</table>")[0]
    assert "苏州精齿传动有限公司" in shared and len(re.findall(r"第 \d+ 位", shared)) == 2
    for target in re.findall(r'href="(/chains/[^"#]+)#h-why"', shared):
        assert page.get(target).status_code == 200


def test_who_has_one_chain_or_none_reads_so_and_offices_have_no_such_page(visitor, chain):
    assert "没有企业同时出现" in visitor(BUYER).get("/chains/side-by-side").text
    assert "还没有哪条产业链上" in visitor(CARRIER).get("/chains/side-by-side").text
    for office in (PROVINCE, OPERATOR):
        assert visitor(office).get("/chains/side-by-side").status_code == 404


def test_the_page_passes_axe_and_fits_a_phone(open_page, axe, sideways, phone, second):
    for options in ({}, phone | {"viewport": {"width": 320, "height": 568}}):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": BUYER}).ok
        for lang in ("zh", "en"):
            page.goto(f"/chains/side-by-side?lang={lang}")
            assert (axe(page), sideways(page)) == ([], [])
