"""A firm joins: invited, filled in, looked at by another pair of eyes, and only then traded with."""

import pytest

from seeds.cast import GEARWORKS, credit_code
from tests.rules.checks.samples import pdf
from tests.scenarios.api import Api
from tests.scenarios.players import Player, line, what

NEWCOMER = "clerk@newcomer.example"
DATA = {
    "name": "扬州恒远液压件有限公司", "code": credit_code(7001), "prefecture": "321000", "nameEn": "Hengyuan Hydraulics",
    "makes": "液压缸、阀块",
}  # fmt: skip


def invited(cast, *, by=None, email=NEWCOMER):
    """The newcomer, able to speak, and its application."""
    by = by or (cast.chain_master, "lead")
    made = by[0].acts("invite_firm", {"email": email, "name": "新来的文员"}, by=by[1])["application"]
    return Player(Api(cast.api.client), email), made["id"]


def of(player, application_id):
    return player.asks("application_page", id=application_id)["node"]


def does(player, step, application_id, /, **given):
    """One step, on the version that stands now."""
    version = of(player, application_id)["version"]
    return player.acts(step, {"applicationId": application_id, "expectedVersion": version} | given, by="clerk")


def hands_in(player, application_id, *names, kind="BUSINESS_LICENCE"):
    papers = [{"kind": kind, "uploadId": what(player.uploads(pdf(), name))} for name in names]
    return does(player, "upload_documents", application_id, papers=papers)


def filled_in(player, application_id, **data):
    player.acts("begin_application", {"applicationId": application_id}, by="clerk")["application"]
    does(player, "describe_company", application_id, **DATA | data)["application"]
    colleague = {"email": "lead@newcomer.example", "name": "新来的主管", "roles": ["LEAD"]}
    does(player, "invite_users", application_id, ownRoles=["SALES", "BUYER"], colleagues=[colleague])["application"]
    does(player, "select_company_role", application_id, role="SUPPLIER")["application"]
    hands_in(player, application_id, "执照.pdf")["application"]


def reviews(cast, step, application_id, /, **given):
    version = cast.operator.asks("application_page", id=application_id)["node"]["version"]
    sent = {"applicationId": application_id} | given
    return cast.operator.acts(step, sent | ({} if step == "record_check" else {"expectedVersion": version}), by="any")


@pytest.mark.feature("A1")
def test_a_firm_is_invited_fills_in_step_by_step_and_trades_once_confirmed(cast):
    clerk, number = invited(cast)
    states = [of(clerk, number)["state"]]
    for step, given in (
        ("begin_application", None), ("describe_company", DATA), ("invite_users", {"ownRoles": ["SALES", "BUYER"]}),
        ("select_company_role", {"role": "SUPPLIER"}),
    ):  # fmt: skip
        done = (
            clerk.acts(step, {"applicationId": number}, by="clerk")
            if given is None
            else does(clerk, step, number, **given)
        )
        states.append(done["application"]["state"])
    states.append(hands_in(clerk, number, "执照.pdf")["application"]["state"])
    states.append(does(clerk, "submit_application", number)["application"]["state"])
    assert states == [
        "CREATED", "ADD_COMPANY_DATA", "INVITE_USER", "SELECT_COMPANY_ROLE", "UPLOAD_DOCUMENTS", "VERIFY", "SUBMITTED",
    ]  # fmt: skip
    firm = of(clerk, number)["firm"]
    assert (firm["name"], firm["standing"], firm["role"]) == (DATA["name"], "APPLYING", "SUPPLIER")

    early = reviews(cast, "confirm_application", number)
    assert early.refusals == ["NOT_ALLOWED_NOW"]
    assert early.rule == "application.checklist (lifted by the operator, by passing each check)"
    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    confirmed = reviews(cast, "confirm_application", number)["application"]

    assert confirmed["state"] == "CONFIRMED"
    seen = of(clerk, number)
    assert {c["kind"]: c["result"] for c in seen["checks"]} == {
        "CREDIT_CODE": "PASSED", "SAME_CODE": "PASSED", "SIMILAR_NAME": "OPEN", "PEOPLE": "PASSED",
        "COMPANY_ROLE": "PASSED", "DOCUMENTS": "PASSED",
    }  # fmt: skip
    assert all(c["checkedAt"] for c in seen["checks"] if c["kind"] != "SIMILAR_NAME")
    assert clerk.asks("viewer")["viewer"]["roles"] == ["BUYER", "SALES"]
    assert clerk.asks("firms")["firms"]["nodes"][0]["name"] == DATA["name"]


@pytest.mark.feature("A1")
def test_a_declined_application_says_why_and_comes_again(cast):
    clerk, number = invited(cast, by=(cast.operator, "any"))
    filled_in(clerk, number)
    does(clerk, "submit_application", number)["application"]
    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=False, note="执照看不清")["application"]

    declined = reviews(cast, "decline_application", number, reason="请重新扫描营业执照")["application"]

    assert declined["state"] == "DECLINED"
    seen = of(clerk, number)
    assert [(r["verdict"], r["reason"]) for r in seen["reviews"]] == [("DECLINED", "请重新扫描营业执照")]
    assert [(c["result"], c["note"]) for c in seen["checks"] if c["kind"] == "DOCUMENTS"] == [("FAILED", "执照看不清")]
    assert seen["openVerbs"] == ["describeCompany"]

    does(clerk, "describe_company", number, **DATA)["application"]
    does(clerk, "invite_users", number, ownRoles=["SALES"])["application"]
    does(clerk, "select_company_role", number, role="SUPPLIER")["application"]
    hands_in(clerk, number, "执照.pdf", "清晰执照.pdf")["application"]
    does(clerk, "submit_application", number)["application"]
    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    assert reviews(cast, "confirm_application", number)["application"]["state"] == "CONFIRMED"
    assert [p["filename"] for p in of(clerk, number)["papers"]] == ["执照.pdf", "清晰执照.pdf"]


@pytest.mark.feature("A1")
def test_an_applicant_does_nothing_but_apply_and_nobody_deals_with_it_before_it_is_confirmed(cast, nothing_changes):
    clerk, number = invited(cast)
    filled_in(clerk, number)
    firm = of(clerk, number)["firm"]["id"]

    with nothing_changes():
        order = {"sellerId": cast.gearworks.firm_id, "number": "P-1", "currency": "CNY"}
        lines = [{"number": 1} | line(cast.chain_master.item("RV-40E"), "1")]
        assert clerk.acts("place_order", order | {"lines": lines}, by="clerk").refusals == ["NOT_ALLOWED_NOW"]
        placed = cast.chain_master.acts("place_order", order | {"sellerId": firm, "lines": lines}, by="buyer")
        declared = cast.gearworks.acts(
            "declare_supply_link",
            {"itemId": cast.gearworks.item("HD-25"), "buyerId": firm, "chainId": cast.gearworks.chain()}, by="sales",
        )  # fmt: skip
    assert placed.refusals == declared.refusals == ["NOT_FOUND"], "nobody knows of it but itself and the operator"
    assert [n["name"] for n in clerk.asks("firms")["firms"]["nodes"]] == [DATA["name"]]
    assert clerk.asks("items")["items"]["nodes"] == []


@pytest.mark.feature("A1")
def test_whoever_invited_sees_how_far_it_is_and_nothing_of_what_was_filled_in(cast, nothing_changes):
    clerk, number = invited(cast)
    filled_in(clerk, number)

    seen = of(cast.chain_master, number)

    assert (seen["state"], seen["email"]) == ("VERIFY", NEWCOMER)
    assert (seen["firm"], seen["colleagues"], seen["papers"], seen["checks"], seen["openVerbs"]) == (
        None,
        [],
        [],
        [],
        [],
    )
    with nothing_changes():
        assert does(cast.chain_master, "submit_application", number).refusals == ["NOT_ALLOWED_NOW"]
        assert cast.rival.asks("application_page", id=number).problems[0]["extensions"]["code"] == "NOT_FOUND"
        theirs = {"applicationId": number, "expectedVersion": 1}
        assert cast.rival.acts("submit_application", theirs, by="any").refusals == ["NOT_FOUND"]
        assert cast.rival.acts("confirm_application", theirs, by="any").refusals == ["NOT_FOUND"]
        assert cast.rival.acts("invite_firm", {"email": "x@y.example", "name": "某"}, by="any").refusals == [
            "NOT_ALLOWED_NOW"
        ]
    assert cast.rival.asks("applications_page")["applications"]["totalCount"] == 0


@pytest.mark.feature("A2")
def test_a_taken_code_is_refused_without_a_word_on_whose_it_is_and_a_wrong_one_by_its_check_character(
    cast, nothing_changes
):
    clerk, number = invited(cast)
    clerk.acts("begin_application", {"applicationId": number}, by="clerk")["application"]
    taken = cast.gearworks.asks("firms")["firms"]["nodes"][0]["code"]
    wrong = taken[:-1] + ("0" if taken[-1] != "0" else "1")

    with nothing_changes():
        held = does(clerk, "describe_company", number, **DATA | {"code": f" {taken.lower()} "})
        broken = does(clerk, "describe_company", number, **DATA | {"code": wrong})

    assert (held.refusals, held.fields, broken.refusals, broken.fields) == (
        ["INVALID"],
        ["code"],
        ["INVALID"],
        ["code"],
    )
    assert held.said == "a firm with this code is registered already"


@pytest.mark.feature("A2")
def test_a_near_same_name_in_the_prefecture_goes_to_the_reviewer_and_the_applicant_learns_of_no_other(cast):
    clerk, number = invited(cast)
    filled_in(clerk, number, name="苏州市精齿传动股份公司", prefecture="320500")
    does(clerk, "submit_application", number)["application"]
    mine, theirs = of(clerk, number), of(cast.operator, number)
    firm = theirs["firm"]["id"]

    assert [c["result"] for c in theirs["checks"] if c["kind"] == "SIMILAR_NAME"] == ["TO_REVIEW"]
    assert [c["result"] for c in mine["checks"] if c["kind"] == "SIMILAR_NAME"] == ["OPEN"]
    assert [n["name"] for n in cast.operator.asks("near_firms", firmId=firm)["nearFirms"]] == [GEARWORKS]
    assert clerk.asks("near_firms", firmId=firm)["nearFirms"] == []

    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    assert reviews(cast, "confirm_application", number).refusals == ["NOT_ALLOWED_NOW"]
    reviews(cast, "record_check", number, kind="SIMILAR_NAME", passed=True, note="两家不同企业")["application"]
    assert reviews(cast, "confirm_application", number)["application"]["state"] == "CONFIRMED"


@pytest.mark.feature("A1")
def test_a_step_out_of_turn_a_stale_one_and_a_missing_licence_change_nothing(cast, nothing_changes):
    clerk, number = invited(cast)
    clerk.acts("begin_application", {"applicationId": number}, by="clerk")["application"]
    with nothing_changes():
        assert does(clerk, "submit_application", number).refusals == ["NOT_ALLOWED_NOW"]
        stale = {"applicationId": number, "expectedVersion": 1} | DATA
        assert clerk.acts("describe_company", stale, by="clerk").refusals == ["STALE"]
    does(clerk, "describe_company", number, **DATA)["application"]
    does(clerk, "invite_users", number, ownRoles=["SALES"])["application"]
    does(clerk, "select_company_role", number, role="DEALER")["application"]

    with nothing_changes():
        assert does(clerk, "upload_documents", number, papers=[]).fields == ["papers"]
        assert does(clerk, "invite_users", number, ownRoles=["OPERATOR"]).fields == ["ownRoles"]


def test_an_address_that_has_an_account_is_refused_as_one_that_is_none(cast, nothing_changes):
    with nothing_changes():
        taken = cast.chain_master.acts("invite_firm", {"email": cast.rival.who("any"), "name": "某人"}, by="lead")
        none = cast.chain_master.acts("invite_firm", {"email": "no address", "name": "某人"}, by="lead")

    assert taken.errors == none.errors
    assert taken.refusals == ["INVALID"]


@pytest.mark.feature("A1")
def test_one_login_is_supplier_on_one_order_and_buyer_on_another_as_the_document_says(cast, nothing_changes):
    sold = cast.chain_master.places_order(to=cast.gearworks)
    bought = cast.gearworks.places_order(to=cast.bearing, item="CRB-100")

    sides = [cast.gearworks.asks("order_head", id=one["order"]["id"])["node"]["side"] for one in (sold, bought)]
    assert sides == ["SELLER", "BUYER"]
    with nothing_changes():
        assert cast.gearworks.accepts_all(bought).refusals == ["NOT_ALLOWED_NOW"], "nobody answers an own order"
        assert cast.gearworks.requires_documents(sold).refusals == ["NOT_ALLOWED_NOW"]
    assert cast.gearworks.accepts_all(sold)["order"]["state"] == "CONFIRMED"
    assert cast.bearing.accepts_all(bought)["order"]["state"] == "CONFIRMED"
