"""Measuring a network beyond what a page looks at, and never the same network twice."""

import pytest
from sqlalchemy import select

from chain.firms.reads import firms_by_id
from chain.firms.tables import Firm, FirmRole
from chain.items.reads import items_by_id
from chain.items.tables import Item
from chain.links.lifecycle import LinkState
from chain.links.reads import all_supply_links, links_by_id
from chain.links.tables import SupplyLink
from kernel import ids
from kernel.access import SYSTEM, Side, unscoped
from kernel.clock import today_of
from kernel.work import unit_of_work
from oversight.runs.tables import ResilienceChunk
from seeds.cast import credit_code
from tests.scenarios.conftest import cast
from tests.scenarios.test_resilience import measured
from tests.scenarios.test_resilience_runs import page_of, starts

__all__ = ["cast"]
MANY = 5_010
BY_NUMBER = {"firms": firms_by_id, "items": items_by_id, "links": links_by_id}


def test_the_same_network_is_not_measured_twice(cast):
    runs = [page_of(cast.chain_master, starts(cast.chain_master)["run"]) for _ in range(3)]

    assert [run["state"] for run in runs] == ["DONE"] * 3
    assert len({run["id"] for run in runs}) == 3
    assert _pieces() == 1


def test_rows_are_asked_for_by_more_numbers_than_a_statement_has_parameters(cast):
    chain, numbers = ids.number_of("Chain", cast.chain_master.chain()), range(1, 300_001)

    with unit_of_work(writes=False) as work:
        some = {kind: read(work, SYSTEM, range(1, 101)) for kind, read in BY_NUMBER.items()}
        all_of = {kind: read(work, SYSTEM, numbers) for kind, read in BY_NUMBER.items()}
        links = all_supply_links(work, SYSTEM, chain_id=chain, on=today_of(work.now), most=100)

    assert all_of == some
    assert len(all_of["firms"]) > 5 < len(all_of["items"])
    assert {link.id for link in links} <= {link.id for link in all_of["links"]}


@pytest.mark.feature("I3")
def test_a_network_of_more_than_five_thousand_is_measured_coarsely_then_its_top_exactly(cast):
    """Suppliers of a firm without customers: beyond what the page looks at, and beyond what is exact throughout."""
    plant(cast)
    assert measured(cast.chain_master)["isCut"] is True

    run = page_of(cast.chain_master, starts(cast.chain_master, exactFirms=120)["run"])

    seen = run["result"]["resilience"]
    assert (run["state"], run["links"], seen["isCut"]) == ("DONE", MANY + 6, False)
    assert run["done"] == run["total"] == 11 + 3, "of 500 firms coarsely, of 50 exactly"
    exact = [one["isExact"] for one in seen["firms"]]
    assert exact.count(True) == 119, "one of the 120 is the firm that looks"
    assert seen["theta"] == 0.001
    assert seen["firms"][0]["isExact"] and len(seen["firms"]) == 1000


def _pieces():
    with unit_of_work(writes=False) as work, unscoped("a test counts"):
        return work.count(select(ResilienceChunk))


def plant(cast):
    buyer, chain = ids.number_of("Firm", cast.chain_master.firm_id), ids.number_of("Chain", cast.chain_master.chain())
    with unit_of_work() as work, unscoped("a test plants rows"):
        firms = work.add_many(Firm, [
            {"name": f"企业 {n}", "code": credit_code(500_000 + n), "role": FirmRole.SUPPLIER, "prefecture": "320500",
             "registered_at": work.now, "name_en": "", "makes": "", "standing": "confirmed", "version": 1}
            for n in range(MANY)
        ])  # fmt: skip
        items = work.add_many(Item, [
            {"firm_id": firm, "number": "P", "name": "零件", "unit": "C62", "lead_time_days": 9, "added_at": work.now, "version": 1}
            for firm in firms
        ])  # fmt: skip
        work.add_many(SupplyLink, [
            {"supplier_id": firm, "buyer_id": buyer, "item_id": item, "chain_id": chain, "state": LinkState.CONFIRMED,
             "declared_on": today_of(work.now), "route": "0-0", "declared_by": Side.SELLER, "version": 1}
            for firm, item in zip(firms, items, strict=True)
        ])  # fmt: skip
