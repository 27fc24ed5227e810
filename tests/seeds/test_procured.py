"""What docs/demo.md says is planted of procurement can be found there, by whom it says; a rival finds nothing of another's."""

from decimal import Decimal

import pytest

from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL
from seeds.firms import BOLTS, HARMONIC
from tests.seeds.test_demo import ask, todo

pytestmark = pytest.mark.usefixtures("planted")

BUYER, PLANNER, LEAD = (f"{who}@longteng.example" for who in ("buyer", "planner", "lead"))
GEAR, RIVALS, SPARE, SCREWS = (f"sales@{who}.example" for who in ("gearworks", "rival", "harmonic", "bolts"))


def by_number(email, name, root, **variables):
    return {one["number"]: one for one in ask(email, name, first=100, **variables)[root]["nodes"]}


def rfq(email, number):
    found = by_number(email, "rfqs", "rfqs").get(number)
    return None if found is None else ask(email, "rfq_page", id=found["id"])["rfq"]


def invited(request):
    return {one["supplier"]["name"]: one for one in request["invitations"]}


def test_requests_stand_awarded_undecided_in_an_auction_and_open() -> None:
    states = {number: one["state"] for number, one in by_number(BUYER, "rfqs", "rfqs").items()}

    assert states == {
        "XJ-2031-01": "AWARDED", "XJ-2031-02": "CLOSED", "XJ-2031-03": "ISSUED", "XJ-2031-04": "ISSUED", "XJ-2031-05": "AWARDED",
    }  # fmt: skip
    assert len(todo(BUYER, "AWARD_RFQ")) == 1 and len(todo(GEAR, "SUBMIT_QUOTATION")) == 1


def test_the_awarded_request_came_of_a_need_and_became_an_order_and_its_loser_reads_its_own_rank() -> None:
    found, needs = rfq(BUYER, "XJ-2031-01"), by_number(PLANNER, "requisitions", "requisitions")

    assert [(one["order"]["number"], one["offer"]["rank"]) for one in found["awards"]] == [("XJ-2031-01-1", 1)]
    assert {number: (one["state"], Decimal(one["worth"])) for number, one in needs.items()} == {
        "QG-2031-01": ("ORDERED", 13600), "QG-2031-02": ("WAITING", 152000), "QG-2031-03": ("APPROVED", 3600),
    }  # fmt: skip
    decides = {
        email: [number for number, one in by_number(email, "requisitions", "requisitions").items() if one["openVerbs"]]
        for email in (LEAD, BUYER)
    }
    assert decides == {LEAD: ["QG-2031-02"], BUYER: ["QG-2031-03"]}
    (own,) = rfq(GEAR, "XJ-2031-01")["invitations"]
    assert (own["state"], own["quotations"][0]["lines"][0]["rank"]) == ("NOT_AWARDED", 2)
    assert rfq(RIVALS, "XJ-2031-01") is None


def test_of_the_undecided_request_the_lower_price_is_not_the_lower_cost() -> None:
    found = rfq(BUYER, "XJ-2031-02")
    (compared,) = found["comparison"]
    ranked = [(one["rank"], one["supplier"]["name"], one["cost"]["total"]) for one in compared["offers"]]

    assert sorted(ranked) == [(1, GEARWORKS, "181440"), (2, HARMONIC, "184674")]
    assert invited(found)[RIVAL]["state"] == "DECLINED"


def test_in_the_auction_each_of_the_two_reads_its_own_place_alone() -> None:
    gear, rival, buyer = (rfq(email, "XJ-2031-03")["auction"] for email in (GEAR, RIVALS, BUYER))

    assert [(one["ownRank"], one["ownTotal"], one["bestTotal"]) for one in (gear, rival)] == [
        (1, "785600", None), (2, "787000", None),
    ]  # fmt: skip
    assert (buyer["bids"], buyer["bestTotal"]) == (2, None)


def test_of_the_open_request_a_bid_is_sealed_and_a_question_answered_to_all() -> None:
    found = rfq(BUYER, "XJ-2031-04")

    assert {name: one["state"] for name, one in invited(found).items()} == {GEARWORKS: "VIEWED", RIVAL: "QUOTED"}
    assert [one["quotations"] for one in found["invitations"]] == [[], []]
    assert "XJ-2031-04" in {
        number for number, one in by_number(GEAR, "rfqs", "rfqs").items() if "submitQuotation" in one["openVerbs"]
    }
    (read,) = rfq(RIVALS, "XJ-2031-04")["questions"]
    assert (read["answer"], read["asker"]) == ("接受，请在备注中写明接口图号。", None)


def test_one_framework_is_near_its_cap_and_one_waits_for_an_answer_to_what_its_index_makes() -> None:
    seen = by_number(BUYER, "frameworks", "frameworks")
    spare, geared = (ask(BUYER, "framework_page", id=seen[f"KJ-2031-0{n}"]["id"])["framework"] for n in (1, 2))

    (line,) = spare["lines"]
    assert (line["quantityCap"], line["called"], line["received"]) == ("50", "45", "24")
    assert Decimal(line["sharePercent"]) == 90 and len(spare["callOffs"]) == 2
    assert (spare["valueCap"], spare["calledValue"]) == ("80000", "71100")
    (offered,) = ask(GEAR, "framework_page", id=by_number(GEAR, "frameworks", "frameworks")["KJ-2031-02"]["id"])[
        "framework"
    ]["amendments"]
    (change,) = offered["priceChanges"]
    assert (offered["state"], "acceptFrameworkAmendment" in offered["openVerbs"]) == ("PROPOSED", True)
    assert change["price"]["priceBreaks"] == [{"fromQuantity": "0", "unitPrice": "4082.38"}]
    assert (change["price"]["computation"]["priceBefore"], geared["lines"][0]["called"]) == ("4180", "0")
    assert by_number(RIVALS, "frameworks", "frameworks") == {}


def test_of_the_bolts_a_release_is_acknowledged_and_a_later_one_waits_with_what_it_adds() -> None:
    seen = by_number(SCREWS, "scheduling_agreements", "schedulingAgreements")
    found = ask(SCREWS, "scheduling_agreement_page", id=seen["JH-2031-01"]["id"])["schedulingAgreement"]
    states = {one["number"]: (one["state"], one["order"]["state"]) for one in found["releases"]}

    assert states == {1: ("ACKNOWLEDGED", "IN_DELIVERY"), 2: ("PUBLISHED", "PLACED")}
    figures = found["figures"]
    assert (figures["received"], figures["calledInAll"], figures["called"]) == ("12000", "24000", "17000")
    assert by_number(GEAR, "scheduling_agreements", "schedulingAgreements").keys() == {"JH-2031-02"}


def test_one_pool_is_shared_out_with_what_each_saved_and_the_window_of_the_next_is_open() -> None:
    done, running = (by_number(RIVALS, "pools", "pools")[f"JC-2031-0{n}"] for n in (1, 2))
    own, mine = (ask(email, "pool_page", id=done["id"])["pool"] for email in (RIVALS, GEAR))

    assert (own["own"]["state"], own["own"]["share"], own["own"]["saved"]) == ("ALLOTTED", "7000", "980")
    assert (mine["own"]["state"], mine["own"]["saved"]) == ("ORDERED", "810") and "orderPoolShare" in own["openVerbs"]
    assert (own["sums"], own["rfq"]) == (None, None)
    assert ask(BUYER, "pool_page", id=done["id"])["pool"]["sums"]["saved"] == "2870"
    assert (running["state"], running["own"]["state"]) == ("OPEN", "INVITED")


def test_statements_are_agreed_and_invoiced_disputed_and_waiting_for_gearworks() -> None:
    seen = {one["seller"]["name"]: one for one in ask(BUYER, "statements", first=100)["statements"]["nodes"]}

    assert {name: (one["state"], bool(one["invoicedAt"])) for name, one in seen.items()} == {
        HARMONIC: ("AGREED", True), BOLTS: ("DISPUTED", False), GEARWORKS: ("SENT", False),
    }  # fmt: skip
    again = [ask(BUYER, "statement_page", id=one["id"])["statement"]["remade"]["isSame"] for one in seen.values()]
    assert again == [True, True, True]
    disputed = ask(SCREWS, "statement_page", id=seen[BOLTS]["id"])["statement"]
    assert [one["reason"] for line in disputed["lines"] for one in line["disputes"]] == ["QTY"]
    assert len(todo(GEAR, "CONFIRM_STATEMENT")) == len(todo(SCREWS, "ANSWER_STATEMENT_DISPUTES")) == 1
    assert ask(RIVALS, "statements", first=100)["statements"]["nodes"] == []


def test_causes_are_agreed_by_both_and_stated_by_one_side_alone() -> None:
    sought = {"side": "SELLER", "partnerId": None}
    found = [
        one for one in ask(GEAR, "cause_records", filter=sought, first=100)["causeRecords"]["nodes"] if one["stated"]
    ]

    assert sorted((one["state"], one["isLeftOut"], [s["side"] for s in one["stated"]]) for one in found) == [
        ("AGREED", True, ["SELLER", "BUYER"]), ("OPEN", False, ["BUYER"]), ("OPEN", False, ["SELLER"]),
    ]  # fmt: skip
    assert {one["buyer"]["name"] for one in found} == {LONGTENG}
    assert len(todo(GEAR, "STATE_CAUSE")) == 1 and len(todo(BUYER, "STATE_CAUSE")) == 1


def test_pairs_have_agreed_on_tolerances_hours_and_silence_beforehand() -> None:
    rules = [one for one in ask(GEAR, "tolerances")["tolerances"]["nodes"] if one["item"]]
    hours, said = ask(GEAR, "working_hours_page")["workingHours"], ask(BUYER, "answer_limits_page", first=10)
    silence = {
        one["seller"]["name"]: (one["meaning"], one["state"])
        for one in ask(BUYER, "answer_limits_page", first=10)["silenceTerms"]["nodes"]
    }

    assert [(one["item"]["number"], one["decideWithinHours"], one["defaultDecision"]) for one in rules] == [
        ("RV-80E", 48, "REFUSE")
    ]
    assert (hours["isOwn"], {one["weekday"] for one in hours["spans"]}, len(hours["days"])) == (
        True,
        {1, 2, 3, 4, 5, 6},
        2,
    )
    assert [one["answerWithinHours"] for one in said["answerLimits"] if one["seller"]] == [12]
    assert silence == {HARMONIC: ("ASSUMED_AGREED", "IN_FORCE"), GEARWORKS: ("LAPSES", "PROPOSED")}


def test_officials_read_the_names_of_those_who_consented_where_the_figures_allow_it() -> None:
    chain = ask("official@jiangsu.example", "chains")["chains"]["nodes"][0]["id"]
    named = ask("official@jiangsu.example", "chain_map_page", chainId=chain)["chainMap"]["named"]

    assert {one["name"] for one in named} <= {GEARWORKS, BEARING}
    assert len(named) == 2, named
