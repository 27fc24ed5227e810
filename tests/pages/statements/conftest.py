"""The real app on the seated cast: by Flask's client, or served."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.pages.desks import demo_app
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from tests.scenarios.reactions import react

__all__ = ["demo_app"]


@pytest.fixture
def cast(demo_app: Flask) -> Cast:
    made = Cast(Api(demo_app.test_client()))
    react()
    return made


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask) -> str:
    return serve(demo_app)
