"""The real app on the seated cast with names, bills, stock and a plan stated through the API, by client or to a browser."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.pages.desks import Desk, demo_app
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, day
from tests.scenarios.reactions import react

__all__ = ["demo_app"]

PLANNER, BUYER, SELLER, BEARING = (
    "planner@longteng.example", "buyer@longteng.example", "sales@gearworks.example", "sales@bearing.example",
)  # fmt: skip


@pytest.fixture
def cast(demo_app: Flask) -> Cast:
    """Longteng's robot takes an arm of two reducers, and two more; Gearworks' reducer takes bearings."""
    made = Cast(Api(demo_app.test_client()))
    react()
    master, gearworks = made.chain_master, made.gearworks
    arm = {"number": "ARM-1", "name": "大臂总成", "unit": "C62", "leadTimeDays": 10}
    master.acts("add_item", arm, by="sales")["item"]
    bills = (
        (master, "ARM-1", (("RV-40E", "2"),)), (master, "LT-R20", (("ARM-1", "1"), ("RV-40E", "2"), ("RC-40", "1"))),
        (gearworks, "RV-40E", (("CRB-100", "2"),)),
    )  # fmt: skip
    for player, item, parts in bills:
        lines = [{"componentId": player.item(number), "quantityPer": per} for number, per in parts]
        player.acts("state_bill", {"itemId": player.item(item), "lines": lines}, by="planner")["bill"]
    named = {"itemId": master.item("RV-40E"), "buyerNumber": "M-4001", "minimum": "10"}
    master.acts("state_cross_reference", named, by="buyer")["crossReference"]
    lines = [{"itemId": master.item("LT-R20"), "quantity": "3", "wantedOn": day(90)}]
    master.acts("explode_plan", {"name": "周计划", "lines": lines}, by="planner")["explosion"]
    return made


@pytest.fixture
def desk(demo_app: Flask, cast: Cast) -> Callable[[str], Desk]:
    return lambda email: Desk(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask, cast: Cast) -> str:
    return serve(demo_app)
