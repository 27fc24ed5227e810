"""The app that mails into a folder, with the cast at its door."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from kernel import clock
from kernel.settings import Settings
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from web.app import create_app


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> Iterator[tuple[Flask, Cast, Path]]:
    """(the app in demo mode, the cast, the folder mails are kept in)."""
    folder = tmp_path / "mail out"
    app = create_app(replace(settings, demo=True, mail_url=f"file://{quote(str(folder))}"))
    yield app, Cast(Api(app.test_client())), folder
    clock.set_to(None)
