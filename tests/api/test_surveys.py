"""A survey is evidence of its own kind: it shows on the map, and makes nobody stand by a link."""

from chain.links.decisions import Basis
from chain.links.lifecycle import LinkState
from chain.links.reads import supply_link
from chain.links.tables import EvidenceKind
from chain.links.verbs import add_evidence, links_of
from kernel.clock import today_of
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, LONGTENG


def noted(seated, kind: EvidenceKind, source: int) -> tuple[bool, LinkState, Basis]:
    """Whether evidence of the HD-25 link was new, and how the buyer sees the link after it."""
    buyer = seated.actors["buyer@longteng.example"]
    with unit_of_work() as work:
        ends = {"supplier_id": seated.firms[GEARWORKS], "buyer_id": seated.firms[LONGTENG]}
        (link,), today = links_of(work, **ends, item_id=seated.items["HD-25"]), today_of(work.now)
        new = add_evidence(work, link=link, kind=kind, on=today, source=("Survey", source))
        found = supply_link(work, buyer, link.id, today)
    return new, LinkState(found.state), found.basis


def test_a_survey_counts_once_and_confirms_nothing(seated):
    assert noted(seated, EvidenceKind.SURVEY, 1) == (True, LinkState.DECLARED, Basis.SURVEYED)
    assert noted(seated, EvidenceKind.SURVEY, 1) == (False, LinkState.DECLARED, Basis.SURVEYED)
    assert noted(seated, EvidenceKind.SURVEY, 2)[0]


def test_a_deed_confirms_what_was_only_said(seated):
    noted(seated, EvidenceKind.SURVEY, 1)

    assert noted(seated, EvidenceKind.ORDER, 1) == (True, LinkState.CONFIRMED, Basis.SEEN_IN_ORDERS)
    assert noted(seated, EvidenceKind.SURVEY, 3)[1] is LinkState.CONFIRMED
