"""How sure a link is, what it rests on, and when it is stale."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.links.decisions import WEIGHTS, Basis, Observed, basis, confidence, is_stale
from chain.links.tables import EvidenceKind as Kind

DAY = date(2031, 3, 1)
SEEN = st.lists(
    st.builds(Observed, st.sampled_from(Kind), st.integers(1, 50), st.dates(date(2028, 1, 1), DAY)),
    max_size=5, unique_by=lambda one: one.kind,
)  # fmt: skip


def seen(*kinds, ago=0):
    return [Observed(kind, 1, DAY - timedelta(days=ago)) for kind in kinds]


@pytest.mark.parametrize(("observed", "sure"), [
    ([], 0.0), (seen(Kind.DECLARATION), 0.4), (seen(Kind.DECLARATION, ago=365), 0.2), (seen(Kind.ORDER), 0.7),
    (seen(Kind.ORDER, ago=180), 0.35), (seen(Kind.DECLARATION, Kind.ORDER), 0.82),
    (seen(Kind.DECLARATION, Kind.ORDER, Kind.DESPATCH, Kind.RECEIPT), 0.9964),
])  # fmt: skip
def test_how_sure_a_link_is(observed, sure):
    assert confidence(observed, DAY) == sure


@given(SEEN, st.integers(0, 3000))
@settings(max_examples=150)
def test_it_lies_between_0_and_1_and_never_grows_with_age(observed, days):
    now, later = confidence(observed, DAY), confidence(observed, DAY + timedelta(days=days))

    assert 0 <= later <= now <= 1


@given(SEEN, st.sampled_from(Kind), st.integers(0, 1000))
@settings(max_examples=150)
def test_evidence_added_never_makes_it_less_sure(observed, kind, ago):
    newer = Observed(kind, 1, DAY - timedelta(days=ago))
    former = next((one for one in observed if one.kind is kind), None)
    added = [one for one in observed if one.kind is not kind]
    added.append(newer if former is None else Observed(kind, former.count + 1, max(former.latest_on, newer.latest_on)))

    assert confidence(added, DAY) >= confidence(observed, DAY)


def test_deeds_convince_more_than_words():
    trust = {kind: weight.trust for kind, weight in WEIGHTS.items()}

    assert sorted(trust, key=trust.__getitem__) == [
        Kind.DECLARATION,
        Kind.SURVEY,
        Kind.ORDER,
        Kind.DESPATCH,
        Kind.RECEIPT,
    ]


@pytest.mark.parametrize(("kinds", "rests_on"), [
    ((), Basis.DECLARED), ((Kind.DECLARATION,), Basis.DECLARED), ((Kind.DECLARATION, Kind.SURVEY), Basis.SURVEYED),
    ((Kind.SURVEY, Kind.ORDER), Basis.SEEN_IN_ORDERS), ((Kind.RECEIPT,), Basis.SEEN_IN_ORDERS),
])  # fmt: skip
def test_what_a_link_rests_on_is_its_strongest_evidence(kinds, rests_on):
    assert basis(seen(*kinds)) is rests_on


def test_a_link_is_stale_a_year_after_its_last_evidence():
    assert not is_stale(seen(Kind.DECLARATION, ago=365), DAY)
    assert is_stale(seen(Kind.DECLARATION, Kind.ORDER, ago=366), DAY)
    assert not is_stale([*seen(Kind.DECLARATION, ago=900), *seen(Kind.ORDER, ago=1)], DAY)
