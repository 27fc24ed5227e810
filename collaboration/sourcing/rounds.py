"""After the opening the buyer asks for bids once more: sealed, or in the open as a reverse auction."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col

from chain.firms.verbs import partner
from chain.sharing.verbs import require_terms
from collaboration.sourcing import auctioning, decisions
from collaboration.sourcing.clarifying import lapse_open
from collaboration.sourcing.events import RfqRoundOpened
from collaboration.sourcing.forms import RoundAsked
from collaboration.sourcing.lifecycle import INVITATION_LIFE
from collaboration.sourcing.moving import rfq_to_move
from collaboration.sourcing.requesting import check_qualified
from collaboration.sourcing.tables import Rfq, RfqInvitation, RfqRound, RoundVisibility
from collaboration.sourcing.visibility import invitations_visible_to
from kernel import sealing
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotFound, Rule
from kernel.texts import words
from kernel.work import UnitOfWork

MOST_ROUNDS = 10
TOO_MANY = Rule("rfq.rounds", "采购方发起新的询价", "the buyer, by a new request")


def open_rfq_round(work: UnitOfWork, actor: Actor, asked: RoundAsked, *, rfq_id: int, expected_version: int) -> Rfq:
    """Ask the invitees of the last round, or some of them, for bids once more; who does not bid again keeps its bid.

    Raises NotFound, NotAllowedNow, Invalid naming the field, Stale, Limit.
    """
    rfq = rfq_to_move(work, actor, rfq_id, "open_rfq_round", duty=(Role.BUYER,), expected_version=expected_version)
    if rfq.round >= MOST_ROUNDS:
        raise Limit(f"a request has at most {MOST_ROUNDS} rounds", f"一份询价最多 {MOST_ROUNDS} 轮", rule=TOO_MANY)
    decisions.check_round(asked)
    award_by, latest = asked.award_by or rfq.award_by, asked.closes_at
    if asked.visibility is not RoundVisibility.NONE:
        latest += timedelta(minutes=asked.extension_minutes * asked.most_extensions)
    decisions.check_days(asked.closes_at, award_by, work.now, today_of(latest))
    lapse_open(work, rfq_id, "open_rfq_round")
    if rfq.round == 1:
        _keep_first(work, rfq)
    rfq.round += 1
    chosen = _choose(work, actor, rfq, asked)
    check_qualified(work, actor, rfq, [one.supplier_id for one in chosen])
    rfq.closes_at, rfq.award_by, rfq.closed_early, rfq.wrapped_key = asked.closes_at, award_by, "", None
    if asked.visibility is RoundVisibility.NONE:
        made = sealing.new_key(decisions.key_bound_to(rfq_id, rfq.closes_at))
        rfq.public_key, rfq.wrapped_key = made.public, made.wrapped
    else:
        auctioning.enter_former_bids(work, rfq, [one.id or 0 for one in chosen])
    work.add(
        RfqRound(
            rfq_id=rfq_id, number=rfq.round, visibility=asked.visibility, reason=asked.reason, note=asked.note.strip(),
            opened_at=work.now, closes_at=asked.closes_at, least_step=asked.least_step,
            extension_minutes=asked.extension_minutes, most_extensions=asked.most_extensions,
        )
    )  # fmt: skip
    work.record(RfqRoundOpened(rfq_id=rfq_id, round=rfq.round))
    return rfq


def _keep_first(work: UnitOfWork, rfq: Rfq) -> None:
    """The first round as it was, for what the request itself says is the next one's from now on."""
    assert rfq.id is not None and rfq.issued_at is not None
    work.add(
        RfqRound(
            rfq_id=rfq.id, number=1, visibility=RoundVisibility.NONE, opened_at=rfq.issued_at, closes_at=rfq.closes_at,
            closed_at=rfq.closed_at, closed_early=rfq.closed_early,
        )
    )  # fmt: skip


def _choose(work: UnitOfWork, actor: Actor, rfq: Rfq, asked: RoundAsked) -> Sequence[RfqInvitation]:
    """Who of the last round is asked again; the others read why they are not. Raises NotFound, Invalid."""
    last = invitations_visible_to(actor).where(
        col(RfqInvitation.rfq_id) == rfq.id, col(RfqInvitation.round) == rfq.round - 1
    )
    former = {row.supplier_id: row for row in work.all(last.order_by(col(RfqInvitation.id)), lock=True)}
    wanted = list(former) if asked.invitee_ids is None else list(asked.invitee_ids)
    for n, firm_id in enumerate(wanted):
        if firm_id not in former:
            raise NotFound(f"inviteeIds.{n}")
        partner(work, actor, firm_id, field=f"inviteeIds.{n}")
        require_terms(work, rfq.buyer_id, firm_id)
    if not wanted or len(set(wanted)) != len(wanted):
        raise Invalid(
            "inviteeIds", "ask one supplier of the last round at least, each once", "请至少邀请上一轮的一家供应商，每家一次"
        )  # fmt: skip
    left = [row for firm_id, row in former.items() if firm_id not in wanted]
    said = words(asked.left_out_reason, "leftOutReason", decisions.LONGEST_REASON, least=1 if left else 0)
    for row in left:
        row.left_out = said
    for firm_id in wanted:
        row = former[firm_id]
        row.round = rfq.round
        row.state = INVITATION_LIFE.after(row.state, "open_rfq_round", by=Side.BUYER)
    return [former[firm_id] for firm_id in wanted]
