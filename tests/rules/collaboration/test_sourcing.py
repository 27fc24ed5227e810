"""What offers come to beside one another, digit for digit; what a bid is sealed as; when it is late."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from collaboration.sourcing import decisions
from collaboration.sourcing.costs import Offered, Terms, cost_of, exactly, missing, price_at, ranks, rounded
from collaboration.sourcing.forms import Break, LineOffered, Offer
from collaboration.sourcing.lifecycle import RfqState
from collaboration.sourcing.tables import BidKind, Incoterm
from kernel import sealing
from kernel.errors import Invalid, NotAllowedNow

D = Decimal
CLOSE = datetime(2027, 3, 1, 9, tzinfo=UTC)
TERMS = Terms("CNY", Incoterm.DAP, {"USD": D("7.1")}, {Incoterm.EXW: D("3")})


def offer(price="10", **given):
    usual = {
        "currency": "CNY", "incoterm": Incoterm.DAP, "line_units": 1, "item_units": 1, "breaks": [Break(D(0), D(price))],
        "minimum_quantity": D(0), "tooling_cost": D(0), "freight": D(0),
    }  # fmt: skip
    return Offered(**(usual | given))


@pytest.mark.feature("C5")
@pytest.mark.parametrize(("offered", "total", "per_unit"), [
    (offer(), "1000", "10"),
    (offer(freight=D("80.4"), tooling_cost=D("500")), "1580.4", "15.804"),
    (offer(currency="USD"), "7100", "71"),
    (offer(incoterm=Incoterm.EXW), "1030", "10.3"),
    # 100 boxes are 1200 pieces at 0.9; freight and tooling are no goods, so no delivery comes on top of them
    (offer("0.9", item_units=12, currency="USD", incoterm=Incoterm.EXW, freight=D("10"), tooling_cost=D("5")), "8004.54", "80.0454"),
    (offer(line_units=3, item_units=1), "333.333333", "3.333333"),
    (offer(minimum_quantity=D("150")), "1500", "15"),
    (offer(breaks=[Break(D(0), D("12")), Break(D(100), D("9.5")), Break(D(101), D("1"))]), "950", "9.5"),
])  # fmt: skip
def test_a_line_costs_all_it_takes_to_have_it(offered, total, per_unit):
    found = cost_of(D(100), offered, TERMS)

    assert (found.total, found.per_unit) == (D(total), D(per_unit))
    assert abs(found.goods + found.freight + found.tooling + found.delivery - found.total) <= D("0.000002")


@pytest.mark.feature("C5")
def test_what_the_buyer_has_not_stated_is_named_and_not_guessed():
    foreign = offer(currency="EUR", incoterm=Incoterm.FCA)

    assert (missing(foreign, TERMS), cost_of(D(100), foreign, TERMS)) == (["EUR", "fca"], None)
    assert cost_of(D(1), offer(breaks=[Break(D(2), D(1))]), TERMS) is None
    assert ranks([(1, D("5")), (2, None), (3, D("5")), (4, D("4.999999")), (5, D("6"))]) == {4: 1, 1: 2, 3: 2, 5: 4}
    assert [price_at([Break(D(1), D(3)), Break(D(5), D(2))], D(q)) for q in (0, 1, 4, 5)] == [None, D(3), D(3), D(2)]
    assert (rounded(Fraction(1, 2_000_000)), rounded(Fraction(3, 2_000_000))) == (D(0), D("0.000002"))
    with pytest.raises(ValueError):
        exactly(Fraction(1, 3))


def test_the_closing_instant_itself_is_late():
    moments = [CLOSE - timedelta(microseconds=1), CLOSE, CLOSE + timedelta(seconds=1)]

    assert [decisions.is_late(RfqState.ISSUED, CLOSE, now) for now in moments] == [False, True, True]
    assert decisions.is_late(RfqState.CLOSED, CLOSE, moments[0])
    with pytest.raises(NotAllowedNow):
        decisions.check_open(RfqState.ISSUED, CLOSE, CLOSE)


@pytest.mark.feature("C4")
def test_units_take_a_factor_somebody_has_said():
    line = LineOffered(1, 7, 3, [Break(D(0), D(1))])

    assert decisions.factor_of("C62", "C62", line, None, "lines.0") == (1, 1)
    assert decisions.factor_of("BX", "C62", line, (1, 12), "lines.0") == (1, 12)
    with pytest.raises(Invalid, match="how many of the one are how many of the other"):
        decisions.factor_of("BX", "C62", line, None, "lines.0")


def test_a_bid_reads_back_as_it_was_said_and_the_longest_one_fits():
    steps = [Break(D(10) ** 17 + k, D(10) ** 17 + D("0.123456")) for k in range(decisions.MOST_BREAKS)]
    line = LineOffered(
        999_999, 2**53, 1000, steps, BidKind.ALTERNATE, 1_000_000, 1_000_000, D(10) ** 17 + D("0.654321"),
        D(10) ** 17, D(10) ** 17, "🜚" * decisions.LONGEST_BID_LINE_NOTE,
    )  # fmt: skip
    count = 4
    longest = Offer(
        "CNY", Incoterm.DAP, date(2027, 4, 1), [line] * (count * decisions.MOST_OFFERS_A_LINE),
        "🜚" * decisions.LONGEST_BID_NOTE,
    )  # fmt: skip
    content = decisions.written(longest)

    assert decisions.read(content) == longest
    assert len(content) <= decisions.sealed_size(count)


def test_a_seal_opens_for_its_own_key_words_and_content_alone():
    sealing.use_key(b"a secret of thirty-two bytes or so")
    key, other = sealing.new_key("rfq 1"), sealing.new_key("rfq 1")
    private = sealing.unwrap(key.wrapped, "rfq 1")
    sealed = sealing.seal(key.public, b"price 12.5", bound_to="quotation 1", size=64)

    assert sealing.open_sealed(private, sealed, bound_to="quotation 1") == b"price 12.5"
    assert len(sealed) == len(sealing.seal(key.public, b"", bound_to="quotation 1", size=64))
    assert sealed != sealing.seal(key.public, b"price 12.5", bound_to="quotation 1", size=64)
    turned = bytes([sealed[0], sealed[1] ^ 1, *sealed[2:]])
    for wrong in (
        lambda: sealing.open_sealed(private, sealed, bound_to="quotation 2"),
        lambda: sealing.open_sealed(private, turned, bound_to="quotation 1"),
        lambda: sealing.open_sealed(private, b"", bound_to="quotation 1"),
        lambda: sealing.open_sealed(sealing.unwrap(other.wrapped, "rfq 1"), sealed, bound_to="quotation 1"),
        lambda: sealing.unwrap(key.wrapped, "rfq 2"),
    ):
        with pytest.raises(sealing.Broken):
            wrong()
    again = sealing.bind_anew(key.wrapped, was="rfq 1", becomes="rfq 2")
    assert sealing.unwrap(again, "rfq 2") == private
    with pytest.raises(ValueError, match="longer"):
        sealing.seal(key.public, b"x" * 65, bound_to="quotation 1", size=64)
