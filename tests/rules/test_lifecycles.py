"""Every lifecycle says for each verb, side and state what follows, or refuses in a sentence."""

from itertools import product

import pytest

from collaboration.logistics.lifecycle import DESPATCH_LIFE, DespatchState
from collaboration.orders.lifecycle import LINE_LIFE, ORDER_LIFE, LineState, OrderState
from delivery.documents.lifecycle import REVISION_LIFE, RevisionState
from delivery.requirements.lifecycle import REQUIREMENT_LIFE, RequirementState
from kernel.access import Side
from kernel.errors import NotAllowedNow

LIVES = {
    "despatch": (DESPATCH_LIFE, DespatchState), "order line": (LINE_LIFE, LineState),
    "order": (ORDER_LIFE, OrderState), "revision": (REVISION_LIFE, RevisionState),
    "requirement": (REQUIREMENT_LIFE, RequirementState),
}  # fmt: skip
FINAL = {LineState.REJECTED, LineState.CANCELLED, LineState.RECEIVED, LineState.CLOSED_SHORT}


@pytest.mark.parametrize(("life", "states"), LIVES.values(), ids=LIVES)
def test_a_verb_leads_to_one_state_and_nothing_else_is_open(life, states):
    acts = {(move.verb, move.outcome) for move in life}

    for (verb, outcome), side, state in product(acts, Side, states):
        found = [m for m in life if (m.verb, m.outcome, m.by) == (verb, outcome, side) and state in m.while_in]
        assert len(found) <= 1, (verb, outcome, side, state)
        if found:
            assert life.after(state, verb, by=side, outcome=outcome) is found[0].becomes
            assert verb in life.verbs(state, side)
        else:
            with pytest.raises(NotAllowedNow) as refused:
                life.after(state, verb, by=side, outcome=outcome)
            assert verb in refused.value.en and verb in refused.value.zh and refused.value.rule.id.endswith(verb)


@pytest.mark.parametrize(("life", "states"), LIVES.values(), ids=LIVES)
def test_no_side_is_offered_what_it_may_not_do(life, states):
    for state, side in product(states, Side):
        assert set(life.verbs(state, side)) == {m.verb for m in life if m.by is side and state in m.while_in}


def test_nobody_but_the_seller_answers_and_nobody_but_the_buyer_decides():
    by = {(m.verb, m.by) for life, _ in LIVES.values() for m in life if m.by is not Side.SYSTEM}

    assert by == {
        ("respond_to_order", Side.SELLER), ("decide_on_response", Side.BUYER), ("send_despatch_advice", Side.SELLER),
        ("post_receipt", Side.BUYER), ("close_short", Side.BUYER), ("require_documents", Side.BUYER),
        ("submit_document", Side.SELLER), ("review_document", Side.BUYER), ("accept_delivery", Side.BUYER),
        ("change_order", Side.BUYER), ("respond_to_order_change", Side.SELLER), ("decide_on_order_change", Side.BUYER),
        ("withdraw_order_change", Side.BUYER), ("repromise_order", Side.SELLER), ("decide_on_repromise", Side.BUYER),
        ("hold_order", Side.BUYER), ("lift_hold", Side.BUYER),
    } | {(f"{verb}_order_cancellation", side) for verb in ("request", "answer", "withdraw") for side in (Side.BUYER, Side.SELLER)}  # fmt: skip


def test_a_line_that_is_over_is_only_wanted_after_all_and_one_received_moves_no_more():
    reopening = {(m.verb, m.outcome) for m in LINE_LIFE if m.while_in & FINAL}

    assert {outcome for _verb, outcome in reopening} == {"reopened"}
    assert [LINE_LIFE.verbs(LineState.RECEIVED, side) for side in Side] == [[], [], []]


def test_an_accepted_order_moves_no_more_and_one_of_which_nothing_is_left_only_by_its_buyer():
    for side in Side:
        assert ORDER_LIFE.verbs(OrderState.ACCEPTED, side) == []
    for state, side in product((OrderState.REJECTED, OrderState.CANCELLED), Side):
        assert ORDER_LIFE.verbs(state, side) == (["change_order", "lift_hold"] if side is Side.BUYER else [])
