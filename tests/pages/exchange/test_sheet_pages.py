"""A clerk takes a template, hands a sheet in, looks, has it written, and has one given out: by forms, without script."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, update

from kernel import db
from kernel.access import unscoped
from kernel.accounts.tables import SignInSession
from kernel.work import unit_of_work
from tests.scenarios.reactions import react
from tests.scenarios.sheets import cells_of, csv_of

CLERK, BUYER, OPERATOR = "sales@gearworks.example", "buyer@longteng.example", "operator@chainmaster.example"
HEAD = ("物料号", "名称", "计量单位", "颜色")
MIXED = csv_of(HEAD, ("P-1", "一", "件", "红"), ("P-2", "", "件", ""), encoding="gbk")


def hands_in(seat, content, filename="物料.csv", kind="ITEMS"):
    """The address of the import."""
    answer = seat.sends("/exchange", "/exchange", **{"sheet.kind": kind, "sheet.file": (BytesIO(content), filename)})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_sheet_is_looked_at_then_written_by_forms_alone(visitor):
    clerk = visitor(CLERK)

    at = hands_in(clerk, MIXED)
    waiting = clerk.get(at).text
    assert "正在排队" in waiting and 'hx-trigger="load delay:1500ms"' in waiting

    react()
    seen = clerk.get(at).text
    assert "只写入有效的 1 行" in seen and "未使用：列 颜色" in seen
    assert "名称未填写" in seen and "请填写，例如 RV 减速器 40E" in seen
    annotated = clerk.client.get(clerk.get(f"{at}/problems.xlsx").headers["Location"])
    assert cells_of(annotated.data)[2][4] == "未通过 / refused"

    assert clerk.sends(at, at, rows="VALID").headers["Location"] == at
    react()
    assert "已完成" in clerk.get(at).text
    assert "P-1" in clerk.get("/items").text
    assert visitor(BUYER).get(at).status_code == 404


def test_a_file_that_is_none_and_one_that_is_too_large_are_told_beside_the_field(visitor):
    clerk = visitor(CLERK)

    assert "请选择文件" in clerk.sends("/exchange", "/exchange", **{"sheet.kind": "ITEMS"}).text
    at = hands_in(clerk, b"\x89PNG\r\n\x1a\n" + bytes(99), "picture.png")
    react()
    assert "该文件不是 UTF-8 或 GBK 编码的文本" in clerk.get(at).text
    large = clerk.client.post(
        "/exchange",
        data=b"x",
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(300 << 20)},
    )
    assert large.status_code == 422
    assert "文件超过 50 MB" in large.text


def test_a_page_does_not_wait_for_whoever_writes_only_to_note_a_visit(visitor):
    """SQLite has one writer; a page that waited for it would answer 503 after ten seconds."""
    clerk = visitor(CLERK)
    a_while_ago = datetime.now(UTC) - timedelta(minutes=5)
    with unit_of_work() as work, unscoped("the test lets time go by"):
        work.session.execute(update(SignInSession).values(seen_at=a_while_ago))

    with db.session(writes=True) as writer:
        writer.connection()
        assert clerk.get("/exchange").status_code == 200
    assert seen() == {a_while_ago}
    assert clerk.get("/exchange").status_code == 200
    assert seen() != {a_while_ago}


def seen():
    with unit_of_work(writes=False) as work, unscoped("the test looks at all sessions"):
        return set(work.session.scalars(select(SignInSession.seen_at)))


@pytest.mark.parametrize("version", ["9" * 5000, "99999999999", "\u00b2", ""])
def test_a_form_with_a_version_nothing_has_is_stale_and_no_fault_of_ours(visitor, version):
    clerk = visitor(CLERK)
    at = hands_in(clerk, MIXED)
    react()

    answer = clerk.sends(at, at, rows="VALID", version=version)

    assert answer.status_code == 422 and "请重新查看后再操作" in answer.text


def test_templates_are_for_whom_they_are_of_use(visitor):
    clerk = visitor(CLERK)

    sheet = clerk.get("/exchange/templates/supply-links/example.xlsx")
    assert cells_of(sheet.data)[0][2] == "供应方物料号 / Supplier's item number"
    assert sheet.headers["Content-Disposition"].endswith("supply_links-example.xlsx")
    assert "企业" not in clerk.get("/exchange").text.split("模板与示例")[-1].split("最近的导入")[0]
    assert "统一社会信用代码" in visitor(OPERATOR).get("/exchange").text
    assert clerk.get("/exchange/templates/colours/template.csv").status_code == 404
    assert visitor("official@jiangsu.example").get("/exchange").status_code == 404
    assert "您的角色不能导入" in visitor("quality@longteng.example").get("/exchange").text


def test_a_sheet_is_given_out_to_who_asked_alone_and_reads_back_unchanged(visitor):
    clerk = visitor(CLERK)

    assert clerk.sends("/exchange/export", "/exchange/export", kind="ITEMS", format="CSV").status_code == 303
    assert "生成中" in clerk.get("/exchange/export").text
    react()
    page = clerk.get("/exchange/export").text
    address = page.split('href="/exchange/export/')[1].split('"')[0]
    given = clerk.client.get(clerk.get(f"/exchange/export/{address}").headers["Location"]).data
    assert visitor(BUYER).get(f"/exchange/export/{address}").status_code == 404

    at = hands_in(clerk, given)
    react()
    assert "文件内容与现有资料一致，不需要写入" in clerk.get(at).text


@pytest.mark.feature("K4")
def test_the_pages_pass_axe_and_fit_a_phone(open_page, axe, sideways, phone, visitor):
    """Also the smallest phone, a file whose name has no place to break, and cells that have none."""
    clerk = visitor(CLERK)
    unbroken = csv_of((*HEAD[:3], "X" * 60), ("N" * 60, "M" * 120, "件", "1"), ("P" * 61, "名", "Q" * 60, ""))
    at = hands_in(clerk, unbroken, f"{'W' * 120}.csv")
    react()
    assert "只写入有效的 1 行" in clerk.get(at).text
    clerk.sends("/exchange/export", "/exchange/export", kind="ITEMS", format="XLSX")
    react()

    smallest = phone | {"viewport": {"width": 320, "height": 568}}
    for options in ({}, phone, smallest):
        page = open_page("/static/icon.svg", **options)
        assert page.context.request.post("/seat", form={"email": CLERK}).ok
        for path in ("/exchange", at, "/exchange/export"):
            page.goto(path)
            assert (path, axe(page), sideways(page)) == (path, [], [])
