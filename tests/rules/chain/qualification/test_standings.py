"""When certificates hold, when their end is told, and what a standing comes to on a day."""

from datetime import date, timedelta

import pytest

from chain.certificates.decisions import Needed, Proof, holds_until, reminder_due
from chain.certificates.tables import CertificateKind
from chain.qualification.decisions import check_may_order, evidence, kept_as, needed_of, standing_on
from chain.qualification.lifecycle import Standing
from kernel.errors import NotAllowedNow

pytestmark = pytest.mark.feature("A3")
ON = date(2026, 11, 24)
ISO, CCC = Needed(CertificateKind.ISO_9001), Needed(CertificateKind.CCC)


def proof(begins: int, ends: int, needed: Needed = ISO) -> Proof:
    """Days from today."""
    return Proof(needed, ON + timedelta(days=begins), ON + timedelta(days=ends))


@pytest.mark.parametrize(
    ("proofs", "days"),
    [
        ([], None),
        ([proof(-9, 0)], 0),  # the last day counts
        ([proof(-9, -1)], None),
        ([proof(1, 90)], None),  # not begun
        ([proof(-9, 10), proof(11, 90)], 90),  # a renewal without a gap carries on
        ([proof(-9, 10), proof(12, 90)], 10),  # one day's gap
        ([proof(-9, 10), proof(-2, 90), proof(0, 40)], 90),
        ([proof(-9, 10, CCC)], None),
    ],
)
def test_a_need_is_met_until_the_first_gap(proofs, days):
    assert holds_until(ISO, proofs, ON) == (None if days is None else ON + timedelta(days=days))


@pytest.mark.parametrize(
    ("left", "told"),
    [(61, None), (60, 60), (59, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_the_nearest_reminder_that_is_due_is_told(left, told):
    assert reminder_due(ON + timedelta(days=left), ON) == told


def test_names_people_take_for_one_are_one():
    assert Needed(CertificateKind.OTHER, "UL 1740").key == Needed(CertificateKind.OTHER, "ｕｌ　1740").key
    assert Needed(CertificateKind.OTHER, "UL 1740").key != Needed(CertificateKind.OTHER, "UL 1741").key
    assert ISO.key != Needed(CertificateKind.OTHER, "iso_9001").key
    named = Needed(CertificateKind.OTHER, "防爆: Ex d")
    assert needed_of(kept_as(named)) == named and needed_of(kept_as(CCC)) == CCC


def test_the_earliest_end_of_all_needs_and_of_the_term_counts():
    known = evidence([ISO, CCC], [proof(-9, 40), proof(-9, 20, CCC)], ON + timedelta(days=30), ON)
    assert (known.missing, known.lapses_on) == ((), ON + timedelta(days=20))
    known = evidence([ISO, CCC], [proof(-9, 40)], None, ON)
    assert (known.missing, known.lapses_on) == ((CCC,), ON + timedelta(days=40))
    assert evidence([], [], None, ON).lapses_on is None


def test_an_approval_counts_as_conditional_the_day_after_its_last():
    assert standing_on(Standing.APPROVED, ON, ON) is Standing.APPROVED
    assert standing_on(Standing.APPROVED, ON - timedelta(days=1), ON) is Standing.CONDITIONAL
    assert standing_on(Standing.APPROVED, None, ON) is Standing.APPROVED
    assert standing_on(Standing.BLOCKED, ON - timedelta(days=1), ON) is Standing.BLOCKED


@pytest.mark.parametrize(
    ("standing", "strict", "reason", "rule"),
    [
        (None, False, None, None),
        (None, True, "急", "qualification.qualified_only"),
        (Standing.POTENTIAL, False, None, None),
        (Standing.POTENTIAL, True, None, "qualification.qualified_only"),
        (Standing.APPROVED, True, None, None),
        (Standing.CONDITIONAL, True, None, "qualification.conditional"),
        (Standing.CONDITIONAL, True, "急", None),
        (Standing.BLOCKED, False, "急", "qualification.blocked"),
    ],
)
def test_an_order_heeds_the_standing(standing, strict, reason, rule):
    refused = None
    try:
        check_may_order(standing, qualified_only=strict, reason=reason, place="lines.0.itemId")
    except NotAllowedNow as refusal:
        refused = refusal.rule.id

    assert refused == rule
