"""Who may say what of a supply link and of a proposal, in which state; and whose word counts."""

from datetime import date
from itertools import product

import pytest

from chain.links.decisions import Observed, convincing, proposal_state, route
from chain.links.lifecycle import LINK_LIFE, PROPOSAL_LIFE, LinkEnd, LinkState, ProposalState
from chain.links.tables import EvidenceKind, LinkProposal
from kernel.access import Side
from kernel.errors import NotAllowedNow

DECLARER, OTHER = LinkEnd
DAY = date(2031, 3, 1)
OPEN = {
    (LinkState.DECLARED, DECLARER): {"restate_supply_link", "end_supply_link"},
    (LinkState.DECLARED, OTHER): {"confirm_supply_link", "dispute_supply_link", "end_supply_link"},
    (LinkState.CONFIRMED, DECLARER): {"restate_supply_link", "end_supply_link"},
    (LinkState.CONFIRMED, OTHER): {"dispute_supply_link", "end_supply_link"},
    (LinkState.DISPUTED, DECLARER): {"restate_supply_link", "end_supply_link"},
    (LinkState.DISPUTED, OTHER): {"confirm_supply_link", "end_supply_link"},
    (LinkState.ENDED, DECLARER): {"declare_supply_link"}, (LinkState.ENDED, OTHER): set(),
}  # fmt: skip


@pytest.mark.parametrize(("state", "end"), OPEN)
def test_each_end_may_do_what_is_its_turn_and_nothing_else(state, end):
    assert set(LINK_LIFE.verbs(state, end)) == OPEN[state, end]
    for verb in {move.verb for move in LINK_LIFE} - OPEN[state, end]:
        with pytest.raises(NotAllowedNow):
            LINK_LIFE.after(state, verb, by=end)


def test_a_proposal_is_answered_by_the_other_firm_alone_and_once():
    assert {(m.verb, m.by) for m in PROPOSAL_LIFE} == {
        ("accept_link_proposal", OTHER), ("decline_link_proposal", OTHER), ("withdraw_link_proposal", DECLARER),
    }  # fmt: skip
    for state, end in product(set(ProposalState) - {ProposalState.PROPOSED}, LinkEnd):
        assert PROPOSAL_LIFE.verbs(state, end) == []


@pytest.mark.parametrize(("state", "declared_by", "whose"), [
    (LinkState.DECLARED, Side.SELLER, {Side.SELLER}), (LinkState.DECLARED, Side.BUYER, {Side.BUYER}),
    (LinkState.DISPUTED, Side.SELLER, set()), (LinkState.CONFIRMED, Side.SELLER, {Side.SELLER, Side.BUYER}),
    (LinkState.ENDED, Side.BUYER, {Side.SELLER, Side.BUYER}),
])  # fmt: skip
def test_a_word_counts_while_its_end_stands_by_the_link_and_a_deed_always(state, declared_by, whose):
    words = [Observed(EvidenceKind.DECLARATION, 1, DAY, side) for side in (Side.SELLER, Side.BUYER)]
    deed = Observed(EvidenceKind.ORDER, 1, DAY)

    counting = convincing([*words, deed], state, declared_by)

    assert deed in counting
    assert {seen.by for seen in counting} - {None} == whose


@pytest.mark.parametrize(("state", "to_id", "viewer", "on", "told"), [
    (ProposalState.DECLINED, None, 1, DAY, ProposalState.PROPOSED),
    (ProposalState.DECLINED, None, 1, date(2031, 3, 2), ProposalState.EXPIRED),
    (ProposalState.DECLINED, None, 2, DAY, ProposalState.DECLINED),
    (ProposalState.DECLINED, 2, 1, DAY, ProposalState.DECLINED),
    (ProposalState.ACCEPTED, None, 1, date(2031, 3, 2), ProposalState.ACCEPTED),
    (ProposalState.PROPOSED, 2, 1, date(2031, 3, 2), ProposalState.EXPIRED),
])  # fmt: skip
def test_who_wrote_to_a_code_is_told_the_same_whether_it_was_refused_or_never_read(state, to_id, viewer, on, told):
    proposal = LinkProposal(
        from_id=1, to_id=to_id, side=Side.SELLER, chain_id=1, state=state, proposed_on=DAY, open_until=DAY
    )

    assert proposal_state(proposal, viewer, on) is told


def test_no_site_is_a_place_of_its_own():
    assert len({route(None, None), route(1, None), route(None, 1), route(1, 1)}) == 4
