"""One pair of firms through every fact about terms and grants that anything reacts to, and one firm that joins."""

from seeds.cast import credit_code
from tests.scenarios import test_joining as joining
from tests.scenarios import test_sharing as sharing
from tests.scenarios.players import Cast


def agrees(cast: Cast) -> None:
    """Terms declined, taken back, accepted; a grant given and taken back."""
    buyer, seller = cast.chain_master, cast.gearworks
    sharing.proposes(buyer, seller)["terms"]
    sharing.terms(seller, buyer, "decline_terms", "sales")["terms"]
    sharing.proposes(buyer, seller)["terms"]
    sharing.terms(buyer, seller, "withdraw_terms", "lead")["terms"]
    version = sharing.proposes(buyer, seller)["terms"]
    sharing.terms(seller, buyer, "accept_terms", "sales", sha256=version["sha256"])["terms"]
    given = sharing.grant(seller, buyer)["accessGrant"]
    seller.acts("revoke_access", {"grantId": given["id"]}, by="sales")["accessGrant"]
    (shown,) = seller.asks("link_disclosures")["linkDisclosures"]["nodes"]
    seller.acts("revoke_disclosure", {"disclosureId": shown["id"]}, by="sales")["disclosure"]


def joins(cast: Cast) -> None:
    """Proposed to by its code, submitted, declined, mended, confirmed."""
    rival = cast.rival
    said = {"side": "SELLER", "chainId": rival.chain(), "itemId": rival.item("RC-40"), "code": credit_code(7001)}
    rival.acts("propose_supply_link", said, by="sales")["proposal"]
    clerk, number = joining.invited(cast)
    joining.filled_in(clerk, number)
    joining.does(clerk, "submit_application", number)["application"]
    joining.reviews(cast, "decline_application", number, reason="执照看不清")["application"]
    joining.does(clerk, "describe_company", number, **joining.DATA)["application"]
    joining.does(clerk, "invite_users", number, ownRoles=["SALES", "BUYER"])["application"]
    joining.does(clerk, "select_company_role", number, role="SUPPLIER")["application"]
    joining.hands_in(clerk, number, "执照.pdf")["application"]
    joining.does(clerk, "submit_application", number)["application"]
    joining.reviews(cast, "record_check", number, kind="DOCUMENTS", passed=True)["application"]
    joining.reviews(cast, "confirm_application", number)["application"]
