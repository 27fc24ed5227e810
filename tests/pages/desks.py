"""The real app in demo mode on the seated cast, and a browser without script in which one person of it sits."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kernel.settings import Settings
from seeds.cast import Seated
from web.app import create_app


@pytest.fixture
def demo_app(settings: Settings, seated: Seated) -> Flask:
    """Not called `app`: see the gallery's conftest."""
    return create_app(replace(settings, demo=True))


class Desk:
    """A browser in which one person of the cast sits."""

    def __init__(self, client: FlaskClient, email: str) -> None:
        self.client, self.sent = client, 0
        self.client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "zh-CN"}
        assert client.post("/seat", data={"email": email}).status_code == 302

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def main(self, path: str) -> str:
        """What the page itself says, without the bar and the strip of demo seats."""
        return self.get(path).text.split("<main")[1]

    def post(self, path: str, data: dict[str, str], *, opened: str) -> TestResponse:
        """Send a form with the token of the page it stands on."""
        token = re.search(r'name="token" value="([^"]+)"', self.get(opened).text)[1]
        self.sent += 1
        return self.client.post(path, data={"token": token, "key": f"key-{self.sent}"} | data)

    def sends(self, opened: str, to: str, **data: object) -> TestResponse:
        """Fill in the form of an open page that goes to an address: its hidden fields come from the page."""
        page = self.get(opened).text
        assert f'action="{to}"' in page, f"{opened} has no form to {to}"
        form = page[page.index(f'action="{to}"') :].split("</form>")[0]
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        return self.client.post(to, data=hidden | data, content_type="multipart/form-data")
