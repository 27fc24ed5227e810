"""A new table must not slip past a merger: what names a firm moves or is said to stay, what shows more of one ends."""

from collaboration.merging.moving import ENDS, REFUSED_ON, STAYS, places
from kernel.migrations.everything import every_table

SHOWS_NO_MORE = {"access_entry": "a record of what was read"}


def test_every_table_that_lets_a_viewer_see_ends_with_a_merger():
    showing = {table.name for table in every_table().sorted_tables if "viewer_id" in table.columns}

    assert showing - ENDS.keys() == SHOWS_NO_MORE.keys()


def test_every_column_that_refers_to_a_firm_is_moved_or_stays_for_a_reason():
    referring = {
        (table.name, column.name)
        for table in every_table().sorted_tables
        for column in table.columns
        if any(key.target_fullname == "firm.id" for key in column.foreign_keys)
    }

    left = referring - {(place.table.name, place.column.name) for place in places()}
    assert {table for table, _ in left} <= STAYS.keys()
    assert {"item", "person", "purchase_order", "supply_link", "upload"} <= {place.table.name for place in places()}


def test_what_the_tables_of_merging_name_is_there():
    tables = every_table().tables

    assert [name for name in [*STAYS, *ENDS, *REFUSED_ON] if name not in tables] == []
    assert [n for n, columns in ENDS.items() if not set(columns) <= set(tables[n].columns.keys())] == []
    assert [n for n, column in REFUSED_ON.items() if column not in tables[n].columns] == []
