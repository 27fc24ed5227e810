"""What leaves, what will still come, what a count comes down to (Appendix A, outstanding)."""

from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collaboration.logistics.decisions import Count, Load, count, load
from kernel.errors import Invalid, NotAllowedNow

AMOUNTS = st.decimals("0", "1000", places=6)


@pytest.mark.parametrize(("outstanding", "came_to"), [
    ("4", Load(D(6), D(4), D(0))), ("0", Load(D(6), D(0), D(4))), ("3", Load(D(6), D(3), D(1))), (None, Load(D(6), D(4), D(0))),
])  # fmt: skip
def test_ordered_10_sent_6(outstanding, came_to):
    asked = None if outstanding is None else D(outstanding)

    assert load(D(6), asked, still_open=D(10), room_over=D(0), place="lines.0") == came_to


@pytest.mark.parametrize(("quantity", "outstanding", "kind", "field"), [
    ("0", None, Invalid, "quantity"), ("-1", None, Invalid, "quantity"), ("10.5", None, NotAllowedNow, "quantity"),
    ("6", "4.000001", Invalid, "outstandingQuantity"), ("6", "-1", Invalid, "outstandingQuantity"),
    ("10", "0.1", Invalid, "outstandingQuantity"),
])  # fmt: skip
def test_what_cannot_leave_is_told_by_its_field(quantity, outstanding, kind, field):
    with pytest.raises(kind) as refused:
        load(
            D(quantity),
            None if outstanding is None else D(outstanding),
            still_open=D(10),
            room_over=D("0.4"),
            place="lines.2",
        )

    assert refused.value.fields == (f"lines.2.{field}",)


@given(AMOUNTS, AMOUNTS | st.none(), AMOUNTS, AMOUNTS)
@settings(max_examples=300)
def test_a_load_adds_up_to_what_was_open(quantity, outstanding, still_open, room):
    try:
        came_to = load(quantity, outstanding, still_open=still_open, room_over=room, place="x")
    except (Invalid, NotAllowedNow):
        assert quantity <= 0 or quantity > still_open + room or (
            outstanding is not None and outstanding > max(D(0), still_open - quantity)
        )  # fmt: skip
        return

    assert came_to.quantity == quantity > 0
    assert came_to.quantity + came_to.outstanding + came_to.never == max(still_open, quantity)
    assert min(came_to.outstanding, came_to.never) >= 0


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.booleans())
@settings(max_examples=300)
def test_a_count_adds_up_to_what_was_sent(accepted, rejected, sent, room, has_reason):
    received = accepted + rejected
    try:
        came_to = count(received, accepted, rejected, sent=sent, room_over=room, has_reason=has_reason, place="x")
    except Invalid:
        assert rejected and not has_reason
        return
    except NotAllowedNow:
        assert received - sent > room
        return

    assert came_to.received == came_to.accepted + came_to.rejected
    assert came_to.received + came_to.short - came_to.over == sent
    assert min(came_to.short, came_to.over) == 0
    assert came_to.differs == (received != sent or rejected > 0)


def test_a_count_must_add_up():
    with pytest.raises(Invalid) as refused:
        count(D(10), D(9), D(0), sent=D(10), room_over=D(0), has_reason=True, place="lines.0")

    assert refused.value.fields == ("lines.0.received",)
    assert count(D(9), D(8), D(1), sent=D(10), room_over=D(0), has_reason=True, place="x") == Count(
        D(9), D(8), D(1), D(1), D(0)
    )
