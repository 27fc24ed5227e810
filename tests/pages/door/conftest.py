"""The real app on the seated cast, asked by Flask's own client: for pages that need no browser."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kernel.settings import Settings
from web.app import create_app


@pytest.fixture
def visitor(settings: Settings, seated) -> Callable[..., FlaskClient]:
    """`visitor(email)`: a browser in which this person of the cast sits; without e-mail a stranger's."""
    demo = create_app(replace(settings, demo=True))

    def visit(email: str | None = None, app=demo) -> FlaskClient:
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
        if email:
            assert client.post("/seat", data={"email": email}).status_code == 302
        return client

    return visit


@pytest.fixture
def token_of() -> Callable[[str], str]:
    """The form token a page carries."""
    return lambda html: re.search(r'name="token" value="([^"]*)"', html)[1]
