"""The documents pages, asked without a browser: what is due, handing in by one form, review, and what stays hidden."""

import io
import re
from threading import Event, Thread

import pytest

from tests.pages.records.planting import pdf, react
from tests.pages.records.reading import MADE_UP, facts, words
from web.documents.choices import ENDINGS, next_label
from web.gate import Gate

SUPPLIER, BUYER, REVIEWER = "sales@gearworks.example", "buyer@longteng.example", "quality@longteng.example"
STRANGERS = ("sales@rival.example", "official@jiangsu.example", "operator@chainmaster.example")


def handed_in(requirement: str, content: bytes, **changed: str) -> dict[str, object]:
    given = {"number": "GW-R-1", "revision": "A", "title": "检验报告", "language": "zh"} | changed
    form: dict[str, object] = {f"{requirement}.{name}": value for name, value in given.items()}
    return form | {f"{requirement}.file": (io.BytesIO(content), "检验报告.pdf")}


@pytest.fixture
def paper(planted) -> str:
    """The requirement that nobody has answered yet."""
    return planted.requirements["材质与出厂检验报告"]


@pytest.fixture
def upload_address(planted, paper) -> str:
    return f"/documents/upload/{planted.order_id}/{paper}"


def test_what_is_due_over_all_orders_stands_in_order_of_its_day(visitor):
    page = visitor(SUPPLIER).get("/documents").text

    titles = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page)
    counts = dict(re.findall(r">([^<>]+) <b>(\d+)</b></a>", page))
    assert titles == ["备件清单", "操作手册", "材质与出厂检验报告", "外形与安装图纸"]
    assert counts == {"未满足": "4", "已逾期": "2", "七天内到期": "1", "检查或审核中": "1", "已满足": "0", "全部": "4"}


@pytest.mark.parametrize(
    ("show", "titles"),
    [
        ("overdue", ["备件清单", "操作手册"]),
        ("soon", ["材质与出厂检验报告"]),
        ("submitted", ["操作手册"]),
        ("satisfied", []),
    ],
)
def test_each_view_of_the_list_shows_as_many_as_its_count(visitor, show, titles):
    page = visitor(BUYER).get(f"/documents?show={show}&side=BUYER").text

    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page) == titles


def test_the_file_of_an_order_tells_what_is_required_and_what_acceptance_waits_for(visitor, planted):
    page = visitor(REVIEWER).get(f"/orders/{planted.order_id}/documents")
    english = visitor(REVIEWER).get(f"/orders/{planted.order_id}/documents?lang=en").text

    said = words(page.text)
    assert "02-04 证书与声明" in said
    assert "验收还缺 6 项" in said
    assert "资料 03-02《操作手册》" in said
    assert "版本 A 待审核 GW-M-001" in said
    assert "Acceptance waits for 6 things" in words(english)
    assert "certificates and declarations" in words(english)


def test_only_the_reviewer_is_offered_a_review_and_only_the_seller_an_upload(visitor, planted):
    page = f"/orders/{planted.order_id}/documents"
    forms = {
        email: set(re.findall(r'action="/documents/(\w+)/', visitor(email).get(page).text))
        for email in (SUPPLIER, BUYER, REVIEWER)
    }

    assert forms == {SUPPLIER: {"upload"}, BUYER: set(), REVIEWER: {"review"}}


def test_a_document_is_handed_in_by_one_form_and_twice_sent_is_once_done(visitor, planted, paper, upload_address):
    supplier = visitor(SUPPLIER)
    key = {"key": "the same key"}

    first = supplier.post(upload_address, handed_in(paper, pdf()) | key)
    again = supplier.post(upload_address, handed_in(paper, pdf()) | key)

    page = supplier.get(f"/orders/{planted.order_id}/documents").text
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == f"/orders/{planted.order_id}/documents?done=submitted#r-{paper}"
    assert page.count("GW-R-1 · 检验报告") == 1
    assert 'hx-trigger="load delay:1s"' in page


def test_a_file_that_is_no_document_comes_back_with_its_finding_and_its_cure(visitor, planted, paper, upload_address):
    supplier = visitor(SUPPLIER)
    supplier.post(upload_address, handed_in(paper, b"PK\x03\x04 this is no PDF at all"))

    react()

    said = words(supplier.get(f"/orders/{planted.order_id}/documents").text)
    assert "版本 A 检查未通过 GW-R-1" in said
    assert "文件名为 PDF，但内容不是 PDF 格式。 请将文档另存为 PDF（.pdf）后上传。" in said
    assert "12 项因此未检查" in said


def test_no_file_and_an_empty_one_are_refused_beside_the_field(visitor, paper, upload_address):
    supplier = visitor(SUPPLIER)
    before = facts()
    form = handed_in(paper, b"")

    empty = supplier.post(upload_address, form)
    none = supplier.post(upload_address, {k: v for k, v in form.items() if not k.endswith(".file")})

    assert (empty.status_code, none.status_code) == (422, 422)
    assert f'id="f-{paper.replace("_", "-")}-file-wrong"><span>文件大小至少为 1 字节' in empty.text
    assert "请选择文件" in none.text
    assert facts() == before


def test_a_file_over_the_limit_is_refused_beside_the_field_before_it_is_read(visitor, paper, upload_address):
    supplier = visitor(SUPPLIER)
    before = facts()
    unread = io.BytesIO(b"--x\r\n")

    answer = supplier.client.post(
        upload_address, input_stream=unread, content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(60 << 20)},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "文件超过 50 MB" in answer.text
    assert unread.tell() == 0
    assert facts() == before


def test_a_file_that_came_need_not_be_sent_again_to_mend_another_field(visitor, planted, paper, upload_address):
    supplier = visitor(SUPPLIER)

    wrong = supplier.post(upload_address, handed_in(paper, pdf(), language="en"))
    kept = re.search(r'\.uploadId" value="([^"]+)"', wrong.text)[1]
    form = {k: v for k, v in handed_in(paper, pdf()).items() if not k.endswith(".file")}
    mended = supplier.post(upload_address, form | {f"{paper}.uploadId": kept})

    assert wrong.status_code == 422
    assert "该资料要求的语言为 zh" in wrong.text
    assert mended.status_code == 303


def test_a_review_keeps_its_comments_numbered_and_both_sides_read_them(visitor, planted):
    revision = planted.revision_id
    reviewer = visitor(REVIEWER)
    form = {f"{revision}.verdict": "REVISE", f"{revision}.rows": "3", f"{revision}.page.0": "2",
            f"{revision}.text.0": "扭矩单位写错", f"{revision}.text.2": "缺润滑周期"}  # fmt: skip

    answer = reviewer.post(f"/documents/review/{planted.order_id}/{revision}", form)

    assert answer.status_code == 303
    said = words(visitor(SUPPLIER).get(f"/orders/{planted.order_id}/documents").text)
    assert "已退回" in said
    assert "审核：龙腾智能装备(南京)有限公司" in said
    assert "第 2 页 扭矩单位写错 缺润滑周期" in said
    assert "审核：质量工程师" in words(reviewer.get(f"/orders/{planted.order_id}/documents").text)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, "请选择审核结论"),
        ({"verdict": "REVISE"}, "须至少填写一条意见"),
        ({"verdict": "REVISE", "page.1": "9", "text.1": "x"}, "该资料页码为 1 至 3"),
        ({"verdict": "REVISE", "page.0": "two", "text.0": "x"}, "页码应为整数"),
        ({"verdict": "REVISE", "page.0": "2"}, "请写明该页的意见"),
    ],
)
def test_a_wrong_review_is_told_beside_its_field_and_changes_nothing(visitor, planted, form, wrong):
    revision, before = planted.revision_id, facts()

    answer = visitor(REVIEWER).post(
        f"/documents/review/{planted.order_id}/{revision}", {f"{revision}.{k}": v for k, v in form.items()}
    )

    assert answer.status_code == 422
    assert re.search(r'class="wrong" id="[^"]+"><span>[^<]*' + wrong, answer.text)
    assert facts() == before


def test_more_rows_for_comments_come_without_script_and_lose_nothing(visitor, planted):
    revision = planted.revision_id

    answer = visitor(REVIEWER).post(
        f"/documents/review/{planted.order_id}/{revision}",
        {f"{revision}.text.0": "第一条", f"{revision}.rows": "3", "more": "1"},
    )

    assert answer.status_code == 200
    assert "第一条</textarea>" in answer.text
    assert f'name="{revision}.text.5"' in answer.text


def test_the_buyer_asks_for_several_documents_at_once_and_empty_rows_do_not_count(visitor, planted):
    buyer = visitor(BUYER)
    version = re.search(r'name="version" value="(\d+)"', buyer.get(f"/orders/{planted.order_id}/documents").text)[1]
    row = {"documentType": "03-05", "title": "修理手册", "language": "en", "format": "PDF_A", "due": "2031-05-01"}
    form = {f"ask.{k}.1": v for k, v in row.items()} | {"ask.rows": "3", "version": version}

    added = buyer.post(f"/orders/{planted.order_id}/documents", form)
    stale = buyer.post(f"/orders/{planted.order_id}/documents", dict(form))
    past = buyer.post(f"/orders/{planted.order_id}/documents", form | {"ask.due.1": "2020-01-01", "version": ""})

    page = words(visitor(SUPPLIER).get(f"/orders/{planted.order_id}/documents").text)
    assert (added.status_code, stale.status_code, past.status_code) == (303, 422, 422)
    assert "修理手册 03-05 修理" in page
    assert page.count("修理手册") == 2  # its heading, and among what acceptance waits for
    assert 'id="f-ask-due-1-wrong"' in past.text
    assert "您阅读期间内容已变更" in stale.text


def test_a_page_left_open_still_leads_to_its_file(visitor, planted):
    supplier = visitor(SUPPLIER)

    file = supplier.get(f"/documents/files/{planted.revision_id}")
    picture = supplier.get(f"/documents/pictures/{planted.revision_id}")

    assert file.status_code == picture.status_code == 302
    assert supplier.get(file.headers["Location"]).data.startswith(b"%PDF-")
    assert supplier.get(picture.headers["Location"]).data.startswith(b"\x89PNG")


def test_wechat_is_told_to_open_the_file_in_a_browser(visitor, planted):
    supplier = visitor(SUPPLIER)
    page = f"/orders/{planted.order_id}/documents"

    assert "在浏览器打开" in supplier.get(page, headers={"User-Agent": "Mozilla/5.0 MicroMessenger/8.0"}).text
    assert "在浏览器打开" not in supplier.get(page).text


def addresses(planted) -> list[tuple[str, str]]:
    order, paper, revision = planted.order_id, planted.requirements["操作手册"], planted.revision_id
    return [
        ("GET", f"/orders/{order}/documents"), ("POST", f"/orders/{order}/documents"),
        ("POST", f"/documents/upload/{order}/{paper}"), ("POST", f"/documents/review/{order}/{revision}"),
        ("GET", f"/documents/progress/{revision}"), ("GET", f"/documents/part/{order}/{paper}"),
        ("GET", f"/documents/files/{revision}"), ("GET", f"/documents/pictures/{revision}"),
    ]  # fmt: skip


@pytest.mark.parametrize("email", STRANGERS)
def test_a_stranger_gets_for_each_address_what_a_made_up_one_gets(visitor, planted, email):
    stranger = visitor(email)
    real = addresses(planted)
    ids = {planted.order_id, planted.requirements["操作手册"], planted.revision_id}
    made_up = [(method, re.sub("|".join(ids), MADE_UP, path)) for method, path in real]

    def answers(asked):
        found = [stranger.get(p) if m == "GET" else stranger.post(p, {"more": "1"}) for m, p in asked]
        return [(a.status_code, re.sub(r'value="[^"]{20,}"|href="[^"]*lang[^"]*"', "", a.text)) for a in found]

    before = facts()
    assert [status for status, _ in answers(real)] == [404] * len(real)
    assert answers(real) == answers(made_up)
    assert facts() == before


@pytest.mark.parametrize("email", STRANGERS[1:])
def test_who_is_no_firm_has_no_documents_page(visitor, email):
    assert visitor(email).get("/documents").status_code == 404


def test_a_form_without_the_sessions_token_changes_nothing(visitor, planted, paper, upload_address):
    supplier, before = visitor(SUPPLIER), facts()

    answers = [
        supplier.client.post(upload_address, data=handed_in(paper, pdf())),
        supplier.client.post(f"/orders/{planted.order_id}/documents", data={"ask.title.0": "x"}),
        supplier.client.post(f"/documents/review/{planted.order_id}/{planted.revision_id}"),
    ]

    assert [a.status_code for a in answers] == [403, 403, 403]
    assert facts() == before


def test_a_slow_sender_of_a_file_keeps_nobody_waiting():
    begun, go_on = Event(), Event()

    def app(environ, start_response):
        if environ["PATH_INFO"].startswith("/documents/upload/"):
            begun.set()
            assert go_on.wait(10)
        return [environ["PATH_INFO"].encode()]

    gate = Gate(app, 1024)
    slow = {"PATH_INFO": "/documents/upload/a/b", "wsgi.input": io.BytesIO()}
    sender = Thread(target=lambda: gate(slow, None))
    sender.start()
    assert begun.wait(10)

    answered = []
    other = Thread(target=lambda: answered.append(gate({"PATH_INFO": "/documents", "wsgi.input": io.BytesIO()}, None)))
    other.start()
    other.join(10)

    assert answered == [[b"/documents"]]
    go_on.set()
    sender.join()


def test_the_offered_formats_are_those_of_the_api():
    from api.schema import schema

    assert list(ENDINGS) == list(schema.graphql_schema.type_map["DocumentFormat"].values)


@pytest.mark.parametrize(
    ("last", "following"),
    [("A", "B"), ("1", "2"), ("09", "10"), ("1.9", "1.10"), ("Z", ""), ("", ""), ("v2b", "v2c"), ("终", "")],
)
def test_the_next_revision_label_is_suggested_where_it_is_clear(last, following):
    assert next_label(last) == following
