"""What docs/demo.md says is planted can be found there, by whom it says."""

import pytest

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, RIVAL
from tests.seeds.test_demo import ask

pytestmark = pytest.mark.usefixtures("planted")


def links(email: str) -> list:
    found, after = [], None
    while True:
        page = ask(email, "supply_links", first=100, after=after)["supplyLinks"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def test_the_chain_is_of_240_firms_in_thirteen_prefectures_at_six_stages() -> None:
    with unit_of_work(writes=False) as work:
        firms = work.rows(firms_visible_to(SYSTEM).where(Firm.standing == "confirmed"))
    stages = ask("sales@gearworks.example", "chains")["chains"]["nodes"][0]["stages"]

    assert len(firms) == 240
    assert len({firm.prefecture for firm in firms}) == 13
    assert len(stages) == 6


def test_a_sole_source_stands_at_tier_three_and_its_supplier_sees_that() -> None:
    (seen,) = [link for link in links("sales@rareearth.example") if link["item"]["number"] == "PRND"]

    assert (seen["shareBand"], seen["side"]) == ("SOLE", "SELLER")


def test_two_competitors_share_a_source_and_neither_sees_the_other() -> None:
    buyers = {link["buyer"]["name"] for link in links("sales@bearing.example") if link["buyer"]}
    seen = {email: str(links(email)) for email in ("sales@gearworks.example", "sales@rival.example")}

    assert {GEARWORKS, RIVAL} <= buyers
    assert all(BEARING in text for text in seen.values())
    assert RIVAL not in seen["sales@gearworks.example"]
    assert GEARWORKS not in seen["sales@rival.example"]


def test_a_link_is_disputed_with_its_reason() -> None:
    disputed = [link for link in links("sales@seals.example") if link["state"] == "DISPUTED"]

    assert [(link["item"]["number"], link["disputeReason"]) for link in disputed] == [("SL-40", "NO_LONGER")]


def test_a_certificate_has_run_out_and_its_supplier_is_conditional() -> None:
    found = ask("quality@longteng.example", "qualifications_page", first=100)["qualifications"]["nodes"]

    assert sorted(one["state"] for one in found) == ["APPROVED", "CONDITIONAL"]
    assert [bool(one["missing"]) for one in found if one["state"] == "CONDITIONAL"] == [True]


def test_an_applicant_of_nearly_the_same_name_waits() -> None:
    found = ask("operator@chainmaster.example", "applications_page", first=10)["applications"]["nodes"]

    assert len(found) == 1
