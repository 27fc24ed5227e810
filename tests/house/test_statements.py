"""A stored query asks the database as often for twenty rows as for two."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from graphql import OperationDefinitionNode, OperationType, parse
from sqlalchemy import Engine, event

from api.stored import names, operation
from kernel import boot, db
from tests.conftest import copied
from tests.house.growing import Growing
from tests.house.tree import broken
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from tests.secrecy.access import SEAT_NAMES, TABLE
from tests.secrecy.concepts import merged
from tests.secrecy.world import SEATS
from web.app import create_app

ALL, NOTHING = {"first": 100}, {}
ONE = ("order_head", "trade_order_page", "node", "history_page")
ASKERS = (
    "buyer@longteng.example", "planner@longteng.example", "quality@longteng.example", "sales@gearworks.example",
    "official@jiangsu.example",
)  # fmt: skip
UNDER = merged("UNDER")
MOST_ASKERS = len(ASKERS) if os.environ.get("SOAK") else 2
NAME_OF = dict(zip(SEATS, SEAT_NAMES, strict=True))
NO_LIST = {"job": "one row, and nothing under it"}


def variables(stored, world, at):
    """What a query is asked with, about the small or the large order."""
    chain, mine = world.cast.chain_master.chain(), at or world.small
    return {
        "chain_map_page": {"chainId": chain}, "supply_links": ALL | {"chainId": chain}, "chains": NOTHING, "viewer": NOTHING,
        "despatch_advice_page": {"id": mine["advice"]}, "despatch_advices_page": ALL, "firms": ALL, "items": ALL,
        "documents_page": {"orderId": mine["order"]}, "link_disclosures": ALL, "new_order_page": NOTHING,
        "order_page": {"number": mine["number"]}, "orders_page": ALL, "required_documents_page": ALL,
        "revision": {"id": mine["revision"]}, "ship_page": ALL | {"filter": {"side": "SELLER"}}, "todo_page": ALL,
        "tolerances": NOTHING, "tolerances_page": ALL,
    }.get(stored, {"id": mine["order"]} if stored in ONE else UNDER[stored](world, at) if stored in UNDER else None)  # fmt: skip


def queries():
    for stored in names():
        (defined,) = parse(operation(stored)).definitions
        assert isinstance(defined, OperationDefinitionNode)
        if defined.operation is OperationType.QUERY and stored not in NO_LIST:
            yield stored


@contextmanager
def statements() -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(connection, cursor, statement, parameters, context, executemany):
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def counted(world, at):
    """(query, asker) -> the statements it takes; about the small order unless another is given.

    Whoever is shown nothing by the access table has no rows that could be asked for one by one.
    """
    found = {}
    for stored in queries():
        for asker in [seat for seat in ASKERS if NAME_OF[seat] in TABLE[stored].get("seen", "").split()][:MOST_ASKERS]:
            given = variables(stored, world, at)
            assert given is not None, broken("5", "say in variables() what the new query is asked with", stored)
            with statements() as heard:
                answer = world.cast.api.asks(asker, stored, **given)
            assert answer.status == 200, (stored, asker, answer.said)
            found[stored, asker] = list(heard)
    return found


@pytest.fixture
def growing(stage, tmp_path):
    with copied(stage.settings.database_url, tmp_path, "growing") as url:
        settings = replace(
            stage.settings, home=tmp_path, database_url=url, object_store_url=f"file://{tmp_path / 'objects'}"
        )
        boot.boot(settings)
        yield Growing(Cast(Api(create_app(settings).test_client())), stage.seated)
        db.close_database()


def test_no_query_asks_more_often_for_twenty_rows_than_for_two(growing):
    """One test for all of them: the world is dear to make."""
    # A file that is taken along is entered in its owner's ledger: it is not to be the first entry there.
    growing.cast.gearworks.asks("ubl_document", kind="ORDER", id=growing.small["order"])
    few = counted(growing, None)

    growing.grow()
    many = counted(growing, growing.large)

    assert min(map(len, few.values())) >= 2
    grown = {
        (stored, asker): (len(few[stored, asker]), len(heard), [s.split("FROM")[-1][:60] for s in heard[-3:]])
        for (stored, asker), heard in many.items()
        if len(heard) > len(few[stored, asker])
    }
    assert grown == {}, broken("5", "one more statement per row is a page that dies of its own success", grown)
