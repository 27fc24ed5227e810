"""The real app on the seated cast: by Flask's client, or served."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.pages.desks import Desk, demo_app
from tests.scenarios.api import Api
from tests.scenarios.players import Cast

__all__ = ["demo_app"]


@pytest.fixture
def cast(demo_app: Flask) -> Cast:
    return Cast(Api(demo_app.test_client()))


@pytest.fixture
def desk(demo_app: Flask) -> Callable[[str], Desk]:
    return lambda email: Desk(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask) -> str:
    return serve(demo_app)
