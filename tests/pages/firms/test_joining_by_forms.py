"""A newcomer joins by links and forms alone, without script; the operator looks, sends back, confirms."""

import re
from io import BytesIO

import pytest

from seeds.cast import credit_code
from tests.rules.checks.samples import pdf

LEAD, OPERATOR = "lead@longteng.example", "operator@chainmaster.example"
PASSWORD = "correct horse battery"


def invited(visitor, email="clerk@newcomer.example"):
    """The link the lead hands over."""
    answer = visitor(LEAD).sends("/registration", "/registration", name="新来的文员", email=email)
    assert answer.status_code == 200
    return re.search(r"/welcome/[^<\s]+", answer.text)[0]


def let_in(visitor, link):
    clerk = visitor()
    entered = clerk.sends(link, link, password=PASSWORD, again=PASSWORD)
    assert entered.headers["Location"] == "/registration"
    return clerk, clerk.get("/registration").headers["Location"]


def steps_through(clerk, at, file="执照.pdf", **data):
    """From the company's data to the last look; the answer to the last form."""
    told = {
        "name": "扬州恒远液压件有限公司", "code": credit_code(7001), "prefecture": "321000", "nameEn": "", "makes": "液压缸",
    }  # fmt: skip
    forms = (
        (f"{at}/data", told | data),
        (f"{at}/people", {"ownRoles": ["SALES", "BUYER"], "name.0": "主管", "email.0": "lead@newcomer.example", "roles.0": "LEAD"}),
        (f"{at}/role", {"role": "SUPPLIER"}),
        (at.replace("/registration/", "/registration/papers/"), {"licence.file": (BytesIO(pdf()), file)}),
        (f"{at}/verify", {}),
    )  # fmt: skip
    for to, given in forms:
        answer = clerk.sends(at, to, **given)
        assert answer.status_code == 303, (to, answer.text)
    return answer


@pytest.mark.feature("A1")
def test_a_newcomer_joins_by_forms_is_sent_back_once_and_confirmed(visitor):
    clerk, at = let_in(visitor, invited(visitor))
    assert "龙腾智能装备(南京)有限公司 邀请贵司入驻" in clerk.get(at).text
    assert clerk.sends(at, f"{at}/begin").status_code == 303
    wrong = clerk.sends(at, f"{at}/data", name="恒远", code="91320000MADEM70011", prefecture="321000")
    assert (wrong.status_code, "18 位校验不通过" in wrong.text, 'value="恒远"' in wrong.text) == (422, True, True)
    steps_through(clerk, at)
    assert "正在审核" in clerk.get(at).text

    operator = visitor(OPERATOR)
    assert "扬州恒远液压件有限公司" in operator.get("/registration").text
    early = operator.sends(at, f"{at}/review", do="confirm")
    assert (early.status_code, "须先通过全部检查" in early.text) == (403, True)
    silent = operator.sends(at, f"{at}/review", do="fail:DOCUMENTS")
    assert silent.status_code == 422
    assert operator.sends(at, f"{at}/review", do="decline", reason="执照看不清").status_code == 303
    assert "执照看不清" in clerk.get(at).text

    steps_through(clerk, at, "清晰执照.pdf")
    assert operator.sends(at, f"{at}/review", do="pass:DOCUMENTS").status_code == 303
    assert operator.sends(at, f"{at}/review", do="confirm").status_code == 303
    told = clerk.get(at).text
    assert "已确认：贵司可以在平台上往来了" in told
    handed = re.findall(r"/welcome/[^<\s]+", told)
    lead = visitor()
    assert lead.sends(handed[-1], handed[-1], password=PASSWORD, again=PASSWORD).headers["Location"] == "/todo"
    assert "扬州恒远液压件有限公司" in lead.get("/firms").text
    assert re.findall(r"/welcome/[^<\s]+", clerk.get(at).text) == handed[:-1]


@pytest.mark.feature("A1")
def test_a_link_is_good_once_and_a_made_up_one_is_a_page_that_never_was(visitor):
    link = invited(visitor)
    differing = visitor().sends(link, link, password=PASSWORD, again="another one entirely")
    short = visitor().sends(link, link, password="short", again="short")
    assert (differing.status_code, short.status_code) == (422, 422)
    let_in(visitor, link)

    used, forged = visitor().get(link), visitor().get(link[:-3] + "abc")

    assert (used.status_code, forged.status_code, visitor().get("/welcome/1.2.3").status_code) == (404, 404, 404)
    assert used.text.replace(link, "*") == forged.text.replace(link[:-3] + "abc", "*")


@pytest.mark.feature("A1")
def test_an_applicant_finds_no_other_page(visitor):
    clerk, at = let_in(visitor, invited(visitor))

    assert clerk.get("/").headers["Location"] == "/registration"
    assert clerk.get("/mergers").status_code == 404
    assert "邀请一家企业" not in clerk.get(at).text
    assert clerk.sends(at, "/registration", name="某", email="x@y.example").status_code != 200


@pytest.mark.feature("A1")
def test_a_double_click_on_a_file_hands_it_in_once(visitor):
    clerk, at = let_in(visitor, invited(visitor))
    clerk.sends(at, f"{at}/begin")
    clerk.sends(at, f"{at}/data", name="扬州恒远液压件有限公司", code=credit_code(7001), prefecture="321000")
    clerk.sends(at, f"{at}/people", ownRoles="SALES")
    clerk.sends(at, f"{at}/role", role="SUPPLIER")
    page = clerk.get(at).text
    sealed = {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[-1] for name in ("token", "key", "version")}
    to = at.replace("/registration/", "/registration/papers/")

    for _ in range(2):
        sent = clerk.client.post(to, data=sealed | {"licence.file": (BytesIO(pdf()), "执照.pdf")})
        assert sent.status_code == 303

    assert clerk.get(at).text.count("执照.pdf") == 1
