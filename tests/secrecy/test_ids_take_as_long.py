"""An id that is hidden is looked for as one made up is: by its time nobody tells that it stands for something.

Kinds take unlike times. A made-up id is sought as some kind only the installation can tell, and by the same statements.
"""

from contextlib import contextmanager

from sqlalchemy import event

from api import nodes
from api.stored import operation
from kernel import db, ids
from tests.secrecy.crawl import made_up
from tests.secrecy.tables import TABLE_OF, Ledger
from tests.secrecy.world import every_row

RIVAL = "sales@rival.example"


@contextmanager
def statements():
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection, cursor, statement, parameters, context, many):
        sent.append(statement)

    with db.session(writes=False) as session:
        engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_made_up_id_is_sought_as_any_kind_and_always_as_the_same(world):
    words = [made_up(number) for number in range(3000)]

    sought = [nodes.opened(word) for word in words]

    assert {kind for kind, _ in sought} == nodes.KINDS.keys()
    assert all(number < 0 for _, number in sought)
    assert [nodes.opened(word) for word in words] == sought
    assert nodes.opened("too short")[0] in nodes.KINDS


def test_a_hidden_id_of_each_kind_is_looked_for_by_the_statements_of_a_made_up_one(world):
    ledger, rival = Ledger(every_row()), world.actor(RIVAL)
    made = {nodes.opened(word)[0]: word for word in map(made_up, range(3000))}
    unlike = []
    for _ in range(2):  # a fresh connection has statements of its own, and a query is compiled when it comes again
        world.api.posts(RIVAL, {"query": operation("node"), "variables": {"id": made_up(0)}})

    for kind, table in TABLE_OF.items():
        hidden = [row.id for row in ledger.of(table) if not ledger.knows(rival, table, row.id)]
        told = []
        for outward in (*(ids.seal(kind, number) for number in hidden[:1]), made[kind]):
            with statements() as sent:
                world.api.posts(RIVAL, {"query": operation("node"), "variables": {"id": outward}})
            told.append(sent)
        if told[0] != told[-1]:
            unlike.append(kind)

    assert unlike == []
