"""Before the opening a bid stands nowhere in the clear; whoever holds the database alone can neither read nor hurry it."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from jobs.sourcing import BidsStaySealed, close_due_rfqs
from kernel import clock, db, sealing
from kernel.access import unscoped
from kernel.settings import Settings
from seeds.cast import Seated
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, issues, offered, seen
from tests.secrecy.world import every_row
from web.app import create_app

PRICE, FREIGHT, NOTE = "77123.4561", "66017.2803", "秘-报价备注-三周交货"
MARKS = (PRICE, FREIGHT, NOTE, NOTE.encode("unicode_escape").decode())


@pytest.fixture
def cast(settings: Settings, seated: Seated) -> Iterator[Cast]:
    made = Cast(Api(create_app(settings).test_client()))
    react()
    yield made
    clock.set_to(None)


def kept(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """All that is kept anywhere: every row in words, every byte of database, journal, objects and whatever else lies there."""
    yield "rows", repr(every_row()).encode()
    for path in settings.home.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def found(settings: Settings) -> set[str]:
    return {
        mark for _, content in kept(settings) for mark in MARKS
        if mark.encode() in content or mark.encode().hex().encode() in content
    }  # fmt: skip


def sql(statement: str, **given: object) -> None:
    with unscoped("a test does what whoever holds the database can"), db.session(writes=True) as session:
        session.execute(text(statement), given)
        session.commit()


@pytest.mark.feature("C3")
def test_nothing_kept_anywhere_tells_a_bid_before_its_opening(cast: Cast, settings: Settings, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    gearworks, rival = cast.gearworks, cast.rival
    rfq = issues(cast.chain_master, gearworks, rival)
    gearworks.acts("follow", {"id": rfq["id"]}, by="sales")["following"]
    marked = offered(gearworks, "RV-40E", PRICE, freight=FREIGHT, note=NOTE)
    wrong = bids(gearworks, rfq, marked | {"leadTimeDays": -1}, key="bid-refused")
    bids(gearworks, rfq, marked, key="bid-1", note=NOTE)["quotation"]
    again = bids(gearworks, rfq, marked, key="bid-1", note=NOTE)["quotation"]
    bids(gearworks, rfq, marked, offered(gearworks, "HD-25", PRICE, kind="ALTERNATE"), note=NOTE)["quotation"]
    bids(rival, rfq, offered(rival, "RC-40", "1.00"))["quotation"]
    react()

    assert (wrong.refusals, again["number"]) == (["INVALID"], 1)
    assert found(settings) == set()
    assert not any(mark in caplog.text for mark in MARKS)
    sealed = [row.sealed for row in every_row()["quotation"]]
    assert len(sealed) == 3 and len({len(one) for one in sealed}) == 1  # a long bid and a short one look alike

    clock.set_to(datetime.fromisoformat(rfq["closesAt"]))
    late = bids(rival, rfq, offered(rival, "RC-40", FREIGHT, note=NOTE))["quotation"]
    close_due_rfqs()
    assert (late["state"], found(settings) >= {PRICE, NOTE}) == ("LATE", True)
    after = every_row()
    assert [row.wrapped_key for row in after["rfq"]] == [
        None
    ]  # what came late, and what was withdrawn, has no key any more
    assert all(PRICE not in repr(rows) for name, rows in after.items() if name not in ("price_break",))


def test_who_holds_the_database_alone_can_neither_open_a_bid_nor_move_the_closing_time(cast: Cast) -> None:
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival)
    bids(cast.gearworks, rfq, offered(cast.gearworks, "RV-40E", PRICE))["quotation"]
    (row,) = every_row()["rfq"]
    from collaboration.sourcing.decisions import key_bound_to

    bound = key_bound_to(row.id, row.closes_at)
    assert len(sealing.unwrap(row.wrapped_key, bound)) == 32
    with pytest.raises(sealing.Broken):  # another secret than the installation's
        _under_another_secret(row.wrapped_key, bound)
    sql("UPDATE rfq SET closes_at = :past", past="2026-01-01 00:00:00.000000")

    with pytest.raises(BidsStaySealed):
        close_due_rfqs()

    read = seen(cast.chain_master, rfq)
    assert read is not None and (read["state"], every_row()["quotation_line"]) == ("ISSUED", [])


def _under_another_secret(wrapped: bytes, bound: str) -> None:
    before = sealing._wrapping
    try:
        sealing.use_key(b"another secret of thirty-two bytes")
        sealing.unwrap(wrapped, bound)
    finally:
        sealing._wrapping = before


def test_a_bid_somebody_touched_is_spoiled_and_the_others_are_opened_once(cast: Cast) -> None:
    gearworks, rival = cast.gearworks, cast.rival
    rfq = issues(cast.chain_master, gearworks, rival)
    bids(gearworks, rfq, offered(gearworks, "RV-40E", PRICE))["quotation"]
    bids(rival, rfq, offered(rival, "RC-40", "1200.20"))["quotation"]
    one, other = sorted(every_row()["quotation"], key=lambda row: row.id)
    sql("UPDATE quotation SET sealed = :theirs WHERE id = :mine", theirs=other.sealed, mine=one.id)

    clock.set_to(datetime.fromisoformat(rfq["closesAt"]) + timedelta(seconds=1))
    close_due_rfqs()
    first = every_row()
    close_due_rfqs()

    assert every_row() == first
    assert [(row.spoiled, row.state) for row in sorted(first["quotation"], key=lambda row: row.id)] == [
        (True, "opened"), (False, "opened"),
    ]  # fmt: skip
    assert [str(row.unit_price) for row in first["price_break"]] == ["1200.20"]
    assert sum(row.kind == "RfqClosed" for row in first["event"]) == 1


def test_the_scan_finds_what_lies_in_the_clear(cast: Cast, settings: Settings) -> None:
    order = {"note": NOTE}
    cast.chain_master.places_order(cast.gearworks, **order)["order"]

    assert NOTE in found(settings)
    if settings.database_url.startswith("sqlite"):
        assert Path(str(make_url(settings.database_url).database)).is_relative_to(settings.home)
