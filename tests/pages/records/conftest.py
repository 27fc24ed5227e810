"""Documents and chains planted once a session, copied for each test, and the real app on top of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import make_url

from kernel import boot, db
from kernel.settings import Settings
from seeds.cast import Seated
from tests.conftest import Stage, _run, _server, copied
from tests.pages.records.planting import Planted, plant
from web.app import create_app


@pytest.fixture(scope="session")
def planted_stage(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Planted]:
    """The template of this folder: the seated cast with some trade done."""
    home = tmp_path_factory.mktemp("planted")
    with copied(stage.settings.database_url, home) as url:
        made = replace(
            stage.settings, home=home, demo=True, database_url=url, object_store_url=f"file://{home / 'objects'}"
        )
        boot.boot(made)
        planted = plant(stage.seated)
        db.close_database()
        kept = _kept(url)
    return replace(made, database_url=kept), planted


def _kept(url: str) -> str:
    """A database that outlives the copy it was made in; on SQLite the file simply stays."""
    if make_url(url).get_backend_name() == "sqlite":
        return url
    name = f"planted_{make_url(url).database}"
    _run(str(_server()), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _run(str(_server()), f"CREATE DATABASE {name} TEMPLATE {make_url(url).database}")
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def settings(planted_stage: tuple[Settings, Planted], tmp_path: Path) -> Iterator[Settings]:
    template, _ = planted_stage
    with copied(template.database_url, tmp_path) as url:
        copytree(template.home / "objects", tmp_path / "objects")
        made = replace(template, home=tmp_path, database_url=url, object_store_url=f"file://{tmp_path / 'objects'}")
        boot.boot(made)
        yield made
        db.close_database()


@pytest.fixture
def seated(planted_stage: tuple[Settings, Planted], settings: Settings) -> Seated:
    return planted_stage[1].seated


@pytest.fixture
def planted(planted_stage: tuple[Settings, Planted], settings: Settings) -> Planted:
    return planted_stage[1]


@pytest.fixture
def site(settings: Settings, serve) -> str:
    return serve(create_app(settings))


class Visitor:
    """A browser without script in which one person of the cast sits."""

    def __init__(self, client: FlaskClient, email: str) -> None:
        self.client = client
        assert client.post("/seat", data={"email": email}).status_code == 302
        # The sign-in page is there for everybody, and carries the session's token as every page does.
        self.token = re.search(r'name="token" value="([^"]+)"', client.get("/sign-in").text)[1]

    def get(self, path: str, **more):
        return self.client.get(path, **more)

    def post(self, path: str, data: dict | None = None, **more):
        """A form as a page would send it: with the session's token and a key of its own."""
        return self.client.post(path, data={"token": self.token, "key": uuid4().hex} | (data or {}), **more)


@pytest.fixture
def visitor(settings: Settings) -> Callable[[str], Visitor]:
    app = create_app(settings)

    def visit(email: str) -> Visitor:
        client = app.test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
        return Visitor(client, email)

    return visit


@pytest.fixture
def chain(planted) -> str:
    return f"/chains/{planted.chain_id}"


@pytest.fixture
def ids_of(visitor, chain):
    """`ids_of(email)`: the links that person's list shows, by what stands in their row."""

    def found(email: str) -> dict[str, str]:
        rows = re.findall(
            r'<a href="[^"]*link=([\w-]+)[^"]*"[^>]*>([^<]+)</a></th><td[^>]*>([^<]*)', visitor(email).get(chain).text
        )
        return {f"{ends} {item}".strip(): link for link, ends, item in rows}

    return found
