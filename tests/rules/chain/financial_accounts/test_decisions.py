"""What an account number may be, how much of it is shown, and which telephone number is no call-back."""

import pytest

from chain.financial_accounts.decisions import check_phone, checked_number, masked
from kernel.access import Role
from kernel.errors import Invalid
from kernel.people.decisions import conflicts_of

B, P, Q, L, S = Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD, Role.SALES


@pytest.mark.parametrize(("written", "number"), [
    ("6222 0211 0203 4567-890", "6222021102034567890"), ("de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    ("12345678", "12345678"),
])  # fmt: skip
def test_a_number_is_letters_and_digits_alone(written, number):
    assert checked_number(written) == number


@pytest.mark.parametrize("written", ["1234567", "1" * 35, "1234567８9", "1234_5678", ""])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(Invalid) as refused:
        checked_number(written)

    assert refused.value.fields == ("number",)


def test_the_last_four_tell_nothing_of_the_length():
    assert masked("12345678") == "•••• 5678" and len(masked("1" * 34)) == len(masked("12345678"))


@pytest.mark.parametrize(("phone", "change", "fit"), [
    ("0512-6677 8899", "新电话 025-1234 5678", True), ("025-12345678", "新电话 025-1234 5678", False),
    ("+86 25 1234 5678", "(025)12345678", False), ("１２３４５６７８", "12345678", False),
    ("119", "", False), ("电话", "", False),
])  # fmt: skip
def test_a_number_that_came_with_the_change_is_no_call_back(phone, change, fit):
    if fit:
        assert check_phone(phone, change) == phone
        return
    with pytest.raises(Invalid) as refused:
        check_phone(phone, change)
    assert refused.value.fields == ("phone",)


@pytest.mark.parametrize(("held", "found"), [
    ({B, Q, S}, []), ({B, P}, [(B, P)]), ({B, L}, [(B, L)]), ({P, L, B}, [(B, L), (P, L), (B, P)]), ({L, S}, []),
])  # fmt: skip
def test_roles_in_conflict_are_named_in_pairs(held, found):
    assert [(c.one, c.other) for c in conflicts_of(held)] == found
