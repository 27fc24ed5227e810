"""The real app on the seated cast; after every test the log holds no incident and no answer told of our insides."""

import logging
import re

import pytest

from kernel.settings import Settings
from seeds.cast import Seated
from tests.scenarios.api import Api
from tests.scenarios.reactions import react
from web.app import create_app

INSIDES = re.compile(
    r"Traceback|File \"|line \d+, in |sqlalchemy|sqlite3|psycopg|SELECT |INSERT |DELETE FROM|\b(?!UserError)[A-Z]\w+(Error|Exception)\b|"
    r"site-packages|graphene|object at 0x|<class|NoneType|werkzeug|\bflask"
)
"""Words that tell how we are made."""


@pytest.fixture
def api(settings: Settings, seated: Seated) -> Api:
    made = Api(create_app(settings).test_client())
    react()
    return made


@pytest.fixture(autouse=True)
def no_incident(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR):
        yield
    assert [r.getMessage()[:2000] for r in caplog.get_records("call") if "incident" in r.getMessage()] == []


def clean(answer) -> bool:
    """Below 500, and silent about our insides."""
    said = answer.get_data(as_text=True)
    assert answer.status_code < 500, (answer.status_code, said[:400])
    found = INSIDES.search(said)
    assert found is None, (found, said[:400])
    return True
