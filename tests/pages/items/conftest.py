"""The real app on the seated cast with names, bills, stock and a plan stated through the API, by client or to a browser."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kernel.settings import Settings
from seeds.cast import Seated
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, day
from tests.scenarios.reactions import react
from web.app import create_app

PLANNER, BUYER, SELLER, BEARING = (
    "planner@longteng.example", "buyer@longteng.example", "sales@gearworks.example", "sales@bearing.example",
)  # fmt: skip


@pytest.fixture
def demo_app(settings: Settings, seated: Seated) -> Flask:
    """Not called `app`: see the gallery's conftest."""
    return create_app(replace(settings, demo=True))


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


class Desk:
    """A browser in which one person of the cast sits."""

    def __init__(self, client: FlaskClient, email: str) -> None:
        self.client = client
        self.client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "zh-CN"}
        assert client.post("/seat", data={"email": email}).status_code == 302

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, data: dict[str, str], *, opened: str) -> TestResponse:
        """Send a form with the token of the page it stands on."""
        token = re.search(r'name="token" value="([^"]+)"', self.get(opened).text)[1]
        self.sent = getattr(self, "sent", 0) + 1
        return self.client.post(path, data={"token": token, "key": f"key-{self.sent}"} | data)


@pytest.fixture
def desk(demo_app: Flask, cast: Cast) -> Callable[[str], Desk]:
    return lambda email: Desk(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask, cast: Cast) -> str:
    return serve(demo_app)
