"""The prepared world behind the real app, a fresh copy for each module: its tests leave it as they found it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from kernel import db
from kernel.boot import boot
from kernel.settings import Settings
from tests.conftest import Stage, copied
from tests.scenarios.api import Api
from tests.secrecy.world import World, prepared
from web.app import create_app

Built = tuple[Settings, World]


@pytest.fixture(scope="session")
def built(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = tmp_path_factory.mktemp("world")
    with copied(stage.settings.database_url, folder, "world") as url:
        settings = replace(
            stage.settings, home=folder, database_url=url, object_store_url=f"file://{folder / 'objects'}"
        )
        boot(settings)
        world = prepared(Api(create_app(settings).test_client()), stage.seated)
        db.close_database()
        yield settings, world


@pytest.fixture(scope="module")
def world(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with lent(built, tmp_path_factory) as made:
        yield made


@pytest.fixture
def own_world(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One to spoil: for this test alone."""
    with lent(built, tmp_path_factory) as made:
        yield made


_open: list[Settings] = []
"""The worlds lent now, the innermost last: a process has one database open at a time."""


@contextmanager
def lent(built: Built, folders: pytest.TempPathFactory) -> Iterator[World]:
    """A fresh copy; the one that was open before is open again afterwards."""
    settings, world = built
    try:
        with copied(settings.database_url, folders.mktemp("copy"), f"lent{len(_open)}") as url:
            _open.append(replace(settings, database_url=url))
            _enter(world, _open[-1])
            yield world
            _open.pop()
            db.close_database()
    finally:
        if _open:
            _enter(world, _open[-1])


def _enter(world: World, settings: Settings) -> None:
    boot(settings)
    world.api.client = create_app(settings).test_client()
