"""One pair of firms through every fact about links, sheets and guests that anything reacts to."""

from tests.scenarios import test_answering_links as links
from tests.scenarios.players import Cast, Player, day
from tests.scenarios.reactions import react
from tests.scenarios.sheets import csv_of, exported, previews, runs


def links_up(cast: Cast) -> None:
    """Disputed, restated, confirmed, ended, declared anew; proposed and taken up, refused, taken back."""
    buyer, seller = cast.chain_master, cast.gearworks
    wrong = links.told(buyer, "HD-25", reason="NO_LONGER")
    buyer.acts("dispute_supply_link", wrong, by="buyer")["supplyLink"]
    seller.acts("restate_supply_link", links.told(seller, "HD-25"), by="sales")["supplyLink"]
    buyer.acts("confirm_supply_link", links.told(buyer, "HD-25"), by="buyer")["supplyLink"]
    buyer.acts("end_supply_link", links.told(buyer, "HD-25"), by="buyer")["supplyLink"]
    anew = {"itemId": buyer.item("HD-25"), "chainId": buyer.chain()}
    buyer.acts("declare_supply_link", anew, by="buyer")["supplyLink"]
    item = seller.acts("add_item", {"number": "HD-40", "name": "谐波减速器", "unit": "C62"}, by="sales")["item"]["id"]
    taken = _proposed(buyer, seller, "HD-40 型")
    seller.acts("accept_link_proposal", {"proposalId": taken, "itemId": item}, by="sales")["supplyLink"]
    declined = _proposed(buyer, seller, "HD-50 型")
    seller.acts("decline_link_proposal", {"proposalId": declined, "reason": "NOT_OUR_ITEM"}, by="sales")["proposal"]
    withdrawn = _proposed(buyer, seller, "HD-60 型")
    buyer.acts("withdraw_link_proposal", {"proposalId": withdrawn}, by="buyer")["proposal"]


def _proposed(buyer: Player, seller: Player, called: str) -> str:
    said = {"side": "BUYER", "partnerId": seller.firm_id, "itemText": called, "chainId": buyer.chain()}
    return str(buyer.acts("propose_supply_link", said, by="buyer")["proposal"]["id"])


def fills_in(cast: Cast) -> None:
    """Items in by a sheet, and out again."""
    runs(cast.gearworks, previews(cast.gearworks, "ITEMS", csv_of(("物料号", "名称", "计量单位"), ("S-1", "件", "件"))))
    exported(cast.gearworks, "ITEMS")


def lets_be_named(cast: Cast) -> None:
    """A firm consents to be named to officials, and the month's figures come after."""
    seller = cast.gearworks
    chain = seller.asks("chains")["chains"]["nodes"][0]
    stage = next(one["id"] for one in chain["stages"] if one["code"] == "core-parts")
    consent = {"stageId": stage, "asHolder": True, "until": day(30)}
    made = seller.acts("consent_to_naming", consent, by="sales")["consent"]
    seller.acts("revoke_naming", {"consentId": made["id"]}, by="sales")["consent"]


def lets_in(cast: Cast) -> None:
    """A guest asks for its code."""
    order = cast.chain_master.places_order(to=cast.gearworks)["order"]
    asked = {"orderId": order["id"], "channel": "MAIL", "contact": "li@gearworks.example", "days": 3}
    url = cast.chain_master.acts("open_guest_link", asked, by="buyer")["url"]
    assert cast.api.client.post(f"{url}/code").status_code == 303
    react()
