"""Nobody reaches, guesses, tells apart or changes what is another's: every seat, every door."""

import pytest

from api.schema import schema
from tests.secrecy.crawl import WHOLE, Crawl
from tests.secrecy.tables import Ledger
from tests.secrecy.world import SEATS, World, every_row

GUESSING: tuple[str | None, ...] = SEATS if WHOLE else ("sales@rival.example", None)
"""Who tries every door with ids of others: a rival and a stranger, or with SOAK=1 every seat; each takes a minute or two."""
CRAWLING: tuple[str | None, ...] = SEATS if WHOLE else (
    "buyer@longteng.example", "official@suzhou.example", *GUESSING,
)  # fmt: skip
"""Who crawls: a seat of each kind; with SOAK=1 every seat. The tables of rows and of operations ask for all, always."""


def over_http(world: World):
    def ask(seat, text, variables):
        answer = world.api.posts(seat, {"query": text, "variables": variables})
        assert answer.status_code == 200, answer.data
        return answer.data

    return ask


@pytest.fixture(scope="module")
def crawl(world):
    return Crawl(world, schema.graphql_schema, over_http(world), Ledger(every_row()))


@pytest.mark.parametrize("seat", CRAWLING)
def test_a_seat_reaches_nothing_that_is_not_its_own(crawl, seat):
    reached = crawl.reach(seat)

    assert list(crawl.leaks(seat, reached)) == []


@pytest.mark.parametrize("seat", GUESSING)
def test_what_is_hidden_is_answered_as_what_never_was(crawl, seat):
    assert [*crawl.oracles(seat), *crawl.guesses(seat)] == []


@pytest.mark.parametrize("seat", GUESSING)
def test_nobody_acts_on_what_is_not_its_own(crawl, seat):
    before = every_row()

    found = list(crawl.acts(seat))

    assert found == []
    assert {name: rows for name, rows in every_row().items() if rows != before[name]} == {}
