"""Every database table has one rule who may know its rows, and every seat of the cast gets exactly those."""

import pytest
from sqlalchemy import inspect

from api import nodes
from kernel import db
from kernel.access import NOBODY, scoped_tables, unscoped
from kernel.migrations.everything import every_table
from tests.secrecy.tables import TABLE_OF, TABLES, WITHOUT, Ledger
from tests.secrecy.world import SEATS, every_row

PUBLIC = {"chain", "stage", "stage_essentiality", "event_claim", "audit_head"}
"""Tables the guard does not watch: nothing in them is anybody's secret."""


def test_every_table_says_who_may_know_its_rows():
    assert set(every_table().tables) == TABLES.keys() | WITHOUT.keys(), (
        "house.md 6: unknown = deny; add it to tests/secrecy/tables.py"
    )
    assert TABLES.keys() & WITHOUT.keys() == set()


def test_every_table_with_secrets_is_watched_by_the_guard():
    assert set(every_table().tables) - scoped_tables().keys() == PUBLIC


def test_every_kind_of_id_has_its_table():
    assert TABLE_OF.keys() == nodes.KINDS.keys()


def test_the_world_has_rows_in_every_table_with_a_rule(world):
    rows = every_row()

    assert [name for name in TABLES if not rows[name]] == []


@pytest.mark.parametrize("name", TABLES)
def test_each_seat_gets_the_rows_it_may_know_and_no_other(world, name):
    table, rows = TABLES[name], every_row()
    ledger = Ledger(rows)
    (key,) = inspect(every_table().tables[name]).primary_key
    wrong = {}

    for seat in SEATS:
        actor = world.actor(seat)
        with db.session(writes=False) as session:
            found = {getattr(row, key.name) for row in session.scalars(table.visible(actor or NOBODY))}
        expected = {getattr(row, key.name) for row in rows[name] if table.known(ledger, row, actor)}
        if found != expected:
            wrong[seat] = (found - expected, expected - found)

    assert wrong == {}, "seat -> (rows too many, rows too few)"


def test_somebody_knows_and_somebody_does_not_know_each_kind_of_row(world):
    """A rule that never says no, or never yes, would pass every comparison."""
    rows = every_row()
    ledger = Ledger(rows)

    verdicts = {
        name: {table.known(ledger, row, world.actor(seat)) for row in rows[name] for seat in SEATS}
        for name, table in TABLES.items()
    }

    assert {name for name, seen in verdicts.items() if seen != {True, False}} == set()


def test_a_statement_without_a_rule_is_refused_on_every_watched_table(world):
    """The second lock: forgetting the rule is an error, not a leak."""
    for name in scoped_tables():
        statement = every_table().tables[name].select()
        with db.session(writes=False) as session, pytest.raises(Exception, match="not through a visibility rule"):
            session.execute(statement)
        with unscoped("the same, with its reason"), db.session(writes=False) as session:
            session.execute(statement)
