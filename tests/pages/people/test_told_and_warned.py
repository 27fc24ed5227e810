"""What one is told of terms and plans opens where one acts on it; what a buyer is warned of stands on the order's page."""

import pytest

from seeds.cast import credit_code
from tests.scenarios.test_exploding_plans import bill, explodes
from tests.scenarios.test_financial_accounts import calls, confirmed_account
from tests.scenarios.test_joining import does, filled_in, invited, reviews

BUYER, GEARWORKS, RIVAL = "buyer@longteng.example", "sales@gearworks.example", "sales@rival.example"


def opens(desk, words):
    """Where the entry with these words leads."""
    page = desk.get("/inbox").text
    entry = page.split(words)[-2].rsplit('action="', 1)[1].split('"')[0]
    return desk.sends("/inbox", entry).headers["Location"]


@pytest.mark.feature("A8")
def test_the_buyer_reads_on_the_order_what_it_should_know_of_the_seller_and_the_seller_does_not(cast, desk):
    order = cast.chain_master.places_order(to=cast.gearworks)
    here = f"/orders/{order['order']['id']}"

    page = desk(BUYER).main(f"{here}?done=placed")
    assert "该供应商尚未登记收款账户" in page and "可由供应商提交并确认收款账户解除" in page
    assert 'href="/accounts"' in page
    assert "收款账户" not in desk(GEARWORKS).main(here)

    calls(cast.chain_master, confirmed_account(cast))["financialAccount"]
    assert "请注意" not in desk(BUYER).main(here)


def test_a_new_partner_is_led_from_its_inbox_to_the_terms(cast, desk):
    said = {
        "side": "SELLER",
        "chainId": cast.rival.chain(),
        "itemId": cast.rival.item("RC-40"),
        "code": credit_code(7001),
    }
    cast.rival.acts("propose_supply_link", said, by="sales")["proposal"]
    clerk, number = invited(cast)
    filled_in(clerk, number)
    does(clerk, "submit_application", number)["application"]
    reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    reviews(cast, "confirm_application", number)["application"]
    (got,) = clerk.asks("link_proposals")["linkProposals"]["nodes"]
    clerk.acts("accept_link_proposal", {"proposalId": got["id"]}, by="clerk")["supplyLink"]

    assert opens(desk(RIVAL), "请先接受数据共享条款") == "/sharing"


def test_a_supplier_is_led_from_its_inbox_to_what_a_plan_asks_of_it(cast, desk):
    bill(cast.chain_master, "LT-R20", ("RV-40E", "6"))["bill"]
    explodes(cast.chain_master, "LT-R20", "1", 100)
    seller = desk(GEARWORKS)

    assert opens(seller, "客户的计划需要贵方供货") == "/plans"
    assert "RV-40E" in seller.main("/plans")
