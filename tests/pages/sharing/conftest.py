"""The real app on the seated cast, Gearworks' figures stated; by Flask's client or to a browser."""

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
from tests.scenarios.players import Cast
from tests.scenarios.reactions import react
from web.app import create_app

SELLER, BEARING = "sales@gearworks.example", "sales@bearing.example"


@pytest.fixture
def demo_app(settings: Settings, seated: Seated) -> Flask:
    """Not called `app`: see the gallery's conftest."""
    return create_app(replace(settings, demo=True))


@pytest.fixture
def cast(demo_app: Flask) -> Cast:
    made = Cast(Api(demo_app.test_client()))
    react()
    told = {"itemId": made.gearworks.item("RV-40E"), "kind": "MONTHLY_CAPACITY", "value": "420"}
    made.gearworks.acts("state_figure", told, by="sales")["figure"]
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
