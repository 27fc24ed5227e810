"""The real app on the seated cast with orders planted through the verbs: by Flask's client, or served to a browser."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kernel.settings import Settings
from seeds.cast import Seated
from tests.pages.slice.plant import Trade
from web.app import create_app


@pytest.fixture
def trade(seated: Seated) -> Trade:
    return Trade(seated)


@pytest.fixture
def demo_app(settings: Settings, seated: Seated) -> Flask:
    """Not called `app`: see the gallery's conftest."""
    return create_app(replace(settings, demo=True))


class Desk:
    """A browser in which one person of the cast sits."""

    def __init__(self, client: FlaskClient, email: str) -> None:
        self.client = client
        self.client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "zh-CN"}
        assert client.post("/seat", data={"email": email}).status_code == 302

    def get(self, path: str, **given: object) -> TestResponse:
        return self.client.get(path, **given)

    def post(self, path: str, data: dict[str, str], *, opened: str = "", **given: object) -> TestResponse:
        """Send a form with the token of the page it stands on; a key of its own unless the data bring one."""
        token = re.search(r'name="token" value="([^"]+)"', self.get(opened or "/orders").text)[1]
        self.sent = getattr(self, "sent", 0) + 1
        return self.client.post(path, data={"token": token, "key": f"key-{self.sent}"} | data, **given)


@pytest.fixture
def desk(demo_app: Flask) -> Callable[[str], Desk]:
    return lambda email: Desk(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask) -> str:
    """A server for each test: its database is this test's own."""
    return serve(demo_app)
