"""The people of a firm that asked to join are told what became of it, and find what was proposed to it before."""

import pytest

from seeds.cast import credit_code
from tests.scenarios.api import Api
from tests.scenarios.players import Player
from tests.scenarios.test_joining import DATA, does, filled_in, hands_in, invited, reviews

pytestmark = pytest.mark.feature("A1")


def told(player, duty="any"):
    found = player.asks("inbox_page", by=duty, filter={"done": False})["inbox"]["nodes"]
    return [(x["what"], x["reason"], x["subjectKind"]) for x in found]


def submitted(cast):
    clerk, number = invited(cast)
    filled_in(clerk, number)
    does(clerk, "submit_application", number)["application"]
    return clerk, number


def colleague(cast):
    return Player(Api(cast.api.client), "lead@newcomer.example")


def test_the_applicant_is_asked_to_mend_what_came_back_and_all_are_told_once_it_is_confirmed(cast):
    clerk, number = submitted(cast)
    assert told(clerk) == []

    reviews(cast, "decline_application", number, reason="请重新扫描营业执照")["application"]
    assert told(clerk) == [("application_declined", "MUST_ANSWER", "Application")]

    does(clerk, "describe_company", number, **DATA)["application"]
    named = [{"email": "lead@newcomer.example", "name": "新来的主管", "roles": ["LEAD"]}]
    does(clerk, "invite_users", number, ownRoles=["SALES", "BUYER"], colleagues=named)["application"]
    does(clerk, "select_company_role", number, role="SUPPLIER")["application"]
    hands_in(clerk, number, "执照.pdf")["application"]
    does(clerk, "submit_application", number)["application"]
    assert told(clerk) == []

    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    reviews(cast, "confirm_application", number)["application"]
    assert told(clerk) == [("application_confirmed", "TOLD", "Application")]
    assert told(colleague(cast)) == [("application_confirmed", "TOLD", "Firm")]
    assert told(cast.chain_master, "lead") == told(cast.operator) == told(cast.rival) == []


def test_what_was_proposed_to_a_firm_before_it_joined_waits_for_it_and_its_proposer_learns_nothing(cast, after_days):
    rival = cast.rival
    said = {"side": "SELLER", "chainId": rival.chain(), "code": credit_code(7001)}
    over = rival.acts("propose_supply_link", said | {"itemId": rival.item("RC-40")}, by="sales")["proposal"]
    after_days(91)
    kept = rival.acts("propose_supply_link", said | {"itemId": rival.item("RC-40")}, by="sales")["proposal"]
    item = rival.acts("add_item", {"number": "RC-60", "name": "减速机", "unit": "C62"}, by="sales")["item"]["id"]
    back = rival.acts("propose_supply_link", said | {"itemId": item}, by="sales")["proposal"]
    rival.acts("withdraw_link_proposal", {"proposalId": back["id"]}, by="sales")["proposal"]
    clerk, number = submitted(cast)
    assert told(clerk) == []
    before = rival.asks("link_proposals")["linkProposals"]["nodes"]

    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    reviews(cast, "confirm_application", number)["application"]

    assert told(clerk) == [
        ("link_proposed", "MUST_ANSWER", "LinkProposal"), ("application_confirmed", "TOLD", "Application"),
    ]  # fmt: skip
    assert told(colleague(cast)) == [("application_confirmed", "TOLD", "Firm")], "a lead speaks for neither end"
    (waits,) = [x for x in clerk.asks("inbox_page")["inbox"]["nodes"] if x["what"] == "link_proposed"]
    seen = clerk.asks("link_proposals")["linkProposals"]["nodes"]
    assert waits["subjectId"] == kept["id"] != over["id"]
    assert kept["id"] in {one["id"] for one in seen}
    assert rival.asks("link_proposals")["linkProposals"]["nodes"] == before
    assert told(rival) == told(cast.gearworks) == []
