"""The real app on the seated cast, Gearworks' figures stated; by Flask's client or to a browser."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.pages.desks import Desk, demo_app
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from tests.scenarios.reactions import react

__all__ = ["demo_app"]

SELLER, BEARING = "sales@gearworks.example", "sales@bearing.example"


@pytest.fixture
def cast(demo_app: Flask) -> Cast:
    made = Cast(Api(demo_app.test_client()))
    react()
    told = {"itemId": made.gearworks.item("RV-40E"), "kind": "MONTHLY_CAPACITY", "value": "420"}
    made.gearworks.acts("state_figure", told, by="sales")["figure"]
    return made


@pytest.fixture
def desk(demo_app: Flask, cast: Cast) -> Callable[[str], Desk]:
    return lambda email: Desk(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask, cast: Cast) -> str:
    return serve(demo_app)
