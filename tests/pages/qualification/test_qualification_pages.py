"""Suppliers by category and certificates, as people click through them."""

import re
from io import BytesIO

import pytest

from tests.pages.conftest import DESK, PHONE
from tests.pages.qualification.plant import plant
from tests.rules.checks.samples import pdf
from tests.scenarios.players import day
from tests.scenarios.reactions import react

pytestmark = pytest.mark.feature("A3")
LEAD, QUALITY, GEARWORKS = "lead@longteng.example", "quality@longteng.example", "sales@gearworks.example"


def text_of(answer):
    """What the page itself says, without the strip of demo seats."""
    return re.sub(r"<[^>]+>", " ", answer.text.split("<main")[1])


def test_a_supplier_registers_a_certificate_in_one_post_and_shows_it_to_who_asked(planted, desk):
    supplier = desk(GEARWORKS)
    paper = {
        "new.kind": "ISO_14001", "new.number": "EMS-9", "new.issuer": "某机构", "new.scope": "减速机制造",
        "new.validFrom": day(-1), "new.validUntil": day(-1), "new.file": (BytesIO(pdf(words="EMS")), "ems.pdf"),
    }  # fmt: skip

    wrong = supplier.sends("/certificates", "/certificates/papers/new", **paper)
    assert wrong.status_code == 422
    assert "文件已收到" in wrong.text and "已于" in wrong.text
    kept = re.search(r'name="new.uploadId" value="([^"]+)"', wrong.text)[1]
    paper |= {"new.validUntil": day(700), "new.uploadId": kept}
    del paper["new.file"]
    assert supplier.sends("/certificates", "/certificates/papers/new", **paper).status_code == 303
    react()

    page = supplier.get("/certificates").text
    request = re.search(r'action="(/certificates/requests/[^"]+)"', page)[1]
    form = request.rpartition("/")[2]
    certificate = re.search(rf'name="{form}.certificateId".*?value="([^"]+)"', page, re.S)[1]
    shown = supplier.sends("/certificates", request, show="1", **{f"{form}.certificateId": certificate})
    assert shown.headers["Location"] == "/certificates?done=show"
    assert "客户索取" not in supplier.get("/certificates").text
    buyer = desk(QUALITY)
    assert "EMS-9" in buyer.get("/certificates").text
    assert "EMS-9" not in desk("sales@rival.example").get("/certificates").text
    version = re.search(r'name="versionId" value="([^"]+)"', buyer.get("/certificates").text)[1]
    action = re.search(r'action="(/certificates/[^/"]+/verify)"', buyer.get("/certificates").text)[1]
    refused = buyer.sends("/certificates", action, **{f"{version}.verdict": "NOT_ACCEPTED"})
    assert refused.status_code == 422
    assert buyer.sends("/certificates", action, **{f"{version}.verdict": "VERIFIED"}).status_code == 303
    file = buyer.get(f"/certificates/files/{version}")
    assert file.status_code == 303 and file.headers["Location"].startswith("/files/")
    assert desk("sales@rival.example").get(f"/certificates/files/{version}").status_code == 404


def test_the_matrix_narrows_and_a_lead_decides_on_what_quality_proposed(planted, desk):
    lead = desk(LEAD)
    assert "苏州精齿传动有限公司" in text_of(lead.get("/qualification?sought=EXPIRING"))
    assert "无锡锐驰" not in text_of(lead.get("/qualification?sought=EXPIRING"))
    assert "没有这种情况的供应商" in text_of(lead.get("/qualification?sought=EXPIRED"))
    waiting = re.search(r'href="(/qualification/[^"?]+)" aria-label="[^"]*谐波', lead.get("/qualification").text)[1]

    assert "approve" not in desk(QUALITY).get(waiting).text
    nothing = lead.sends(waiting, f"{waiting}/decline", **{"decline.reason": " "})
    assert nothing.status_code == 422 and "请填写此项" in nothing.text
    assert lead.sends(waiting, f"{waiting}/approve").status_code == 303
    page = text_of(lead.get(waiting))
    assert "有条件合格" in page and "样机试用良好" in page
    own = text_of(desk(GEARWORKS).get("/certificates"))
    assert "三个月内取得 ISO 14001" in own and "样机试用良好" not in own
    assert desk(GEARWORKS).get(waiting).status_code == 404
    stale = lead.client.post(f"{waiting}/unblock", data={"token": "x"})
    assert stale.status_code in (403, 422)


def test_a_lead_keeps_categories_and_quality_sorts_items(planted, desk):
    lead, quality = desk(LEAD), desk(QUALITY)
    given = {
        "new.code": "BEARING",
        "new.name": "轴承",
        "new.nameEn": "Bearings",
        "new.ISO_9001": "1",
        "new.other.0": "CNAS 检测",
    }
    assert lead.sends("/qualification/categories", "/qualification/categories", **given).status_code == 303
    again = lead.sends("/qualification/categories", "/qualification/categories", **given)
    assert again.status_code == 422 and "已存在" in again.text
    page = lead.get("/qualification/categories")
    assert "ISO 9001 质量管理、CNAS 检测" in text_of(page)
    action = re.search(
        r'action="(/qualification/categories/[^"]+/items)"', quality.get("/qualification/categories").text
    )[1]
    item = re.search(r'name="(items-[^"]+\.item)" value="([^"]+)"', page.text)
    assert quality.sends("/qualification/categories", action, **{item[1]: item[2]}).status_code == 303
    assert "action" not in desk("buyer@longteng.example").get("/qualification/categories").text.split("<main")[1]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_pass_axe_and_need_no_sideways_scroll(cast, open_page, axe, size):
    made = plant(cast)
    for email, paths in (
        (LEAD, ("/qualification", f"/qualification/{made['qualification']}", "/qualification/categories")),
        (GEARWORKS, ("/certificates",)),
    ):  # fmt: skip
        page = open_page("/sign-in", **size)
        page.click(f'.seat-cards button[value="{email}"]')
        for path in paths:
            page.goto(path)
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
