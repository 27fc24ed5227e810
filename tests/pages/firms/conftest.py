"""The real app on the seated cast: by Flask's client, or served to a browser."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.desks import demo_app

__all__ = ["demo_app"]


class Visitor:
    """A browser; somebody of the cast sits there when ``email`` is given."""

    def __init__(self, client: FlaskClient, email: str = "") -> None:
        self.client = client
        self.client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "zh-CN"}
        if email:
            assert client.post("/seat", data={"email": email}).status_code == 302

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def sends(self, opened: str, to: str, **data: object) -> TestResponse:
        """Fill in a form of an open page: its token, key and version come from the page."""
        page = self.get(opened).text
        form = page[page.index(f'action="{to}"') :] if f'action="{to}"' in page else page
        sealed = {name: re.search(rf'name="{name}" value="([^"]*)"', form) for name in ("token", "key", "version")}
        hidden = {name: found[1] for name, found in sealed.items() if found}
        return self.client.post(to, data=hidden | data, content_type="multipart/form-data")


@pytest.fixture
def visitor(demo_app: Flask) -> Callable[..., Visitor]:
    return lambda email="": Visitor(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask) -> str:
    return serve(demo_app)
