"""What reading costs the database: as much as is asked for, not as much as there is."""

from datetime import timedelta
from decimal import Decimal

import pytest

from collaboration.orders import reads
from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.verbs import place_order
from kernel.clock import today_of
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS

BUYER = "buyer@longteng.example"


def place(seated, *numbers, quantity="5"):
    """One order for each number, with a single line; the row numbers."""
    with unit_of_work(seated.actors[BUYER]) as work:
        day = [WantedDay(today_of(work.now) + timedelta(days=30), Decimal(quantity))]
        line = LineAsked(1, seated.items["RV-40E"], Decimal(quantity), Decimal("12.50"), day)
        placed = [
            place_order(work, work.actor, seller_id=seated.firms[GEARWORKS], number=n, currency="CNY", lines=[line])
            for n in numbers
        ]
        return [order.id for order in placed]


def steps_to_read(seated, order_id):
    """Instructions SQLite needs for the lines and the days of one order."""
    counted = 0

    def count():
        nonlocal counted
        counted += 1

    with unit_of_work(seated.actors[BUYER], writes=False) as work:
        connection = work.session.connection()
        if connection.dialect.name != "sqlite":
            pytest.skip("PostgreSQL plans both ways of asking alike, and tells no instructions")
        driver = connection.connection.driver_connection
        driver.set_progress_handler(count, 1)
        lines = reads.lines_of_orders(work, work.actor, [order_id])
        days = reads.schedules_of_lines(work, work.actor, [line.id for line in lines])
        driver.set_progress_handler(None, 0)
    assert (len(lines), len(days)) == (1, 1)
    return counted


def test_what_an_order_costs_to_read_does_not_grow_with_the_orders_beside_it(seated):
    (first,) = place(seated, "A-0")
    alone = steps_to_read(seated, first)

    place(seated, *(f"B-{n}" for n in range(50)))

    assert steps_to_read(seated, first) < alone + 10


def test_equal_amounts_written_differently_are_read_back_digit_for_digit(seated):
    ids = place(seated, "A-1", quantity="1.5") + place(seated, "A-2", quantity="1.50")

    with unit_of_work(seated.actors[BUYER], writes=False) as work:
        lines = reads.lines_of_orders(work, work.actor, ids)

    assert [str(line.quantity) for line in lines] == ["1.5", "1.50"]
    assert [line.backorder_maximum for line in lines] == [None, None]
