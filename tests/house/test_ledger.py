"""The feature ledger is honest: every row once, a proved row has its test, and no test speaks of a row that is absent."""

import pytest

from tests.house.ledger import IDS, marked, rows
from tests.house.tree import broken

MARKS = ("proved", "partly", "absent")
ROWS, TESTS = rows(), marked()


def test_every_row_stands_once_and_in_order():
    assert len(IDS) == 110
    assert [row["id"] for row in ROWS] == IDS, broken(
        "13.8", "what is not in the ledger is forgotten, not absent", set(IDS) ^ {r["id"] for r in ROWS}
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_says_what_is_there_and_what_is_not(row):
    assert row["mark"] in MARKS
    if row["mark"] == "partly":
        assert len(row["said"]) >= 12, broken("13.8", "a row done in part says what is missing", row["id"])
    if row["mark"] == "proved":
        assert TESTS.get(row["id"]), broken(
            "13.8", f'proved means that a test is marked @pytest.mark.feature("{row["id"]}")', row
        )
    if row["mark"] == "absent":
        assert not TESTS.get(row["id"]), broken(
            "13.8", "a test proves something of a row called absent", TESTS.get(row["id"])
        )


def test_a_test_is_marked_with_a_row_that_exists():
    assert set(TESTS) - set(IDS) == set(), broken("13.8", "a mark nobody can look up", set(TESTS) - set(IDS))


def test_a_row_that_cannot_be_read_is_none():
    told = "| A1 | Name | proved | |\n| A2 | Name | partly | says what |\n|A3|x|absent||\n"

    assert [row["id"] for row in rows(told)] == ["A1", "A2"]
