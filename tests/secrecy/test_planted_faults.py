"""The crawl is worth nothing if it cannot fail: each rule loosened by hand is reported by it."""

from collections.abc import Iterator

import graphene
import pytest
from sqlalchemy import func, select

from api import nodes
from api import query as queries
from api.context import PersonDoor
from api.run import run
from api.schema import TYPES, Mutations, schema
from api.types.firms import Firm
from collaboration.orders import reads as order_reads
from collaboration.orders import verbs as order_verbs
from collaboration.orders.tables import Order
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from kernel import ids
from kernel.access import SYSTEM, seen_by
from kernel.accounts.visibility import people_visible_to
from kernel.progress import reads as job_reads
from kernel.work import UnitOfWork, unit_of_work
from tests.secrecy.crawl import Crawl
from tests.secrecy.tables import Ledger
from tests.secrecy.test_crawl import over_http
from tests.secrecy.world import World, every_row

RIVAL = "sales@rival.example"


def crawl_of(world: World, ask=None, of=schema) -> Crawl:
    return Crawl(world, of.graphql_schema, ask or over_http(world), Ledger(every_row()))


def found_by(crawl: Crawl, *ways: str) -> Iterator[str]:
    """ways: of the crawl, each with the word of the queries or mutations tried: all of them take a minute."""
    for way in ways:
        name, _, word = way.partition(" ")
        if name == "leaks":
            yield crawl.first_leak(RIVAL, of="LEAK") or ""
        else:
            yield from getattr(crawl, name)(RIVAL, of=word)


def orders_without_a_rule(monkeypatch):
    monkeypatch.setattr(order_reads, "orders_visible_to", lambda actor: orders_visible_to(SYSTEM))


def a_job_for_everybody(monkeypatch):
    monkeypatch.setitem(nodes.KINDS, "Job", lambda c, n: job_reads.job(c.work, SYSTEM, n))


def a_number_known_to_everybody(monkeypatch):
    def order_by_number(work, actor, number, *, buyer_id=None):
        return work.maybe(orders_visible_to(SYSTEM).where(Order.number == number))

    monkeypatch.setattr(order_reads, "order_by_number", order_by_number)


def a_made_up_id_told_apart(monkeypatch):
    """As it was: an id that does not open is refused before duties are looked at."""
    monkeypatch.setattr(ids, "sought", ids.number_of)


def a_count_of_all(monkeypatch):
    def count(self, statement):
        return self.session.execute(seen_by(SYSTEM, select(func.count()).select_from(Order))).scalar_one()

    monkeypatch.setattr(UnitOfWork, "count", count)


def one_alias_for_all_viewers(monkeypatch):
    real = ids.pseudonym
    monkeypatch.setattr(ids, "pseudonym", lambda viewer, number: real(1, number))


def a_line_found_without_a_rule(monkeypatch):
    """The next step refuses all the same, but in other words."""
    monkeypatch.setattr(order_verbs, "lines_visible_to", lambda actor: lines_visible_to(SYSTEM))


@pytest.mark.parametrize(("plant", "ways", "word"), [
    (orders_without_a_rule, ("leaks",), "LEAK"),
    (a_job_for_everybody, ("oracles node",), "ORACLE"),
    (a_number_known_to_everybody, ("guesses order",), "ORACLE"),
    (a_made_up_id_told_apart, ("acts Order",), "ORACLE"),
    (a_line_found_without_a_rule, ("acts closeShort",), "ORACLE"),
])  # fmt: skip
def test_a_loosened_rule_is_reported(world, monkeypatch, plant, ways, word):
    """That without it nothing is reported to this seat, tests/secrecy/test_crawl.py shows."""
    plant(monkeypatch)

    assert any(finding.startswith(word) for finding in found_by(crawl_of(world), *ways))


def test_one_alias_for_all_is_reported(world, monkeypatch):
    crawl = crawl_of(world)

    one_alias_for_all_viewers(monkeypatch)

    assert crawl.first_leak("sales@gearworks.example", of="F-") is not None


def test_a_count_of_all_is_noticed_by_who_looks_on(own_world, monkeypatch):
    a_count_of_all(monkeypatch)
    crawl = crawl_of(own_world)
    before = crawl.dashboard(RIVAL)

    own_world.cast.chain_master.places_order(own_world.cast.gearworks)["order"]

    assert crawl.dashboard(RIVAL) != before


def test_a_new_query_field_is_walked_without_being_told_of(world):
    """A field nobody thought of, and nobody filtered, in a schema otherwise ours."""
    everybody = graphene.Field(
        graphene.List(Firm),
        resolver=lambda root, info: info.context.work.all(queries.firm_reads.firms_visible_to(SYSTEM)),
    )
    wider = type("Query", (queries.Query,), {"every_firm": everybody})
    planted = graphene.Schema(query=wider, mutation=Mutations, types=TYPES)
    planted.graphql_schema.extensions.update(schema.graphql_schema.extensions)
    with unit_of_work(writes=False) as work:
        people = {person.email: person for person in work.all(people_visible_to(SYSTEM))}

    def in_process(seat, text, given):
        return run(
            planted, text, given, None, PersonDoor(people[seat], "en"), may_write=True, idempotency_key=None
        ).body

    assert crawl_of(world, in_process, planted).first_leak(RIVAL, of="reached Firm") is not None
