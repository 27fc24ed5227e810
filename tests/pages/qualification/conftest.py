"""The real app on the seated cast, with a qualified, a lapsing and a blocked supplier: by Flask's client, or served."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from kernel import clock
from tests.pages.desks import Desk, demo_app
from tests.pages.qualification.plant import plant
from tests.scenarios.api import Api
from tests.scenarios.players import Cast

__all__ = ["demo_app"]


@pytest.fixture
def cast(demo_app: Flask) -> Cast:
    return Cast(Api(demo_app.test_client()))


@pytest.fixture
def planted(cast: Cast) -> Cast:
    plant(cast)
    return cast


@pytest.fixture
def after_days() -> Iterator[Callable[[int], None]]:
    yield lambda days: clock.set_to(clock.now() + timedelta(days=days))
    clock.set_to(None)


@pytest.fixture
def desk(demo_app: Flask) -> Callable[[str], Desk]:
    return lambda email: Desk(demo_app.test_client(), email)


@pytest.fixture
def site(serve: Callable[[Flask], str], demo_app: Flask) -> str:
    return serve(demo_app)
