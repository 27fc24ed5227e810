"""The door around the toy schema, and the product's own, asked by Flask's client."""

import pytest
from flask import Flask

from api.http import blueprint
from kernel.access import Actor, unscoped
from kernel.db import close_database, open_database
from kernel.tables import Event, IdempotencyKey
from tests.api.door.toy import NOTES, ToyDoor, schema


@pytest.fixture
def database(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/door.db")
    with unscoped("the tests make their own tables"):
        for table in (Event.__table__, IdempotencyKey.__table__, NOTES):
            table.create(engine)
    yield engine
    close_database()


@pytest.fixture
def door(database):
    """Someone signed in, who reads English."""
    return ToyDoor(Actor(user_id=7))


@pytest.fixture
def stranger(database):
    return ToyDoor(None)


@pytest.fixture
def client(stranger):
    """A caller who is not signed in: the audits of GraphQL over HTTP come as one."""
    app = Flask("door")
    app.register_blueprint(blueprint(schema, lambda: stranger))
    return app.test_client()
