"""Propose a link to a firm one does not know, or about an item one cannot name; take it up, decline it, take it back.

Who proposes to a credit code learns nothing until the firm takes it up: not whether it has joined, nor that it declined.
"""

from datetime import timedelta

from sqlmodel import col

from chain.firms.decisions import check_standing, checked_code, checked_text
from chain.firms.tables import Chain, Firm
from chain.firms.verbs import partner
from chain.firms.visibility import chains_visible_to, firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.decisions import end_of, proposal_state
from chain.links.declaring import DUTY, check_number, entered, stand_by
from chain.links.events import (
    LinkProposalAccepted,
    LinkProposalDeclined,
    LinkProposalWithdrawn,
    SupplyLinkProposed,
)
from chain.links.lifecycle import LINK_LIFE, PROPOSAL_LIFE, LinkEnd, ProposalState
from chain.links.tables import DisputeReason, LinkProposal, ShareBand, SupplyLink
from chain.links.visibility import open_proposals_of, proposals_visible_to
from kernel.access import SYSTEM, Actor, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, Rule
from kernel.work import UnitOfWork

OPEN_DAYS = 90
MOST_OPEN = 50
TOO_MANY = Rule("link_proposal.open", "对方答复或本单位撤回", "an answer to one, or by taking one back")


def propose_supply_link(
    work: UnitOfWork, actor: Actor, *, side: Side, chain_id: int, partner_id: int | None = None, code: str | None = None,
    item_id: int | None = None, item_text: str | None = None, buyer_number: str | None = None,
    share_band: ShareBand | None = None,
) -> LinkProposal:  # fmt: skip
    """Say to a firm that one supplies it, or buys from it, where only it can make the link whole.

    side: where the proposer stands. A seller names its own item; a buyer says in words what it buys. The other firm is a
    partner (partner_id) or any firm by its credit code, which nobody looks up. Open for 90 days, at most 50 at a time.
    Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    if side not in DUTY:
        raise Invalid("side", "a firm proposes as the seller or as the buyer", "请选择本单位为供应方或采购方")
    require(actor, DUTY[side])
    assert actor.party_id is not None
    partner(work, actor, actor.party_id, field="")
    work.one(chains_visible_to(actor).where(col(Chain.id) == chain_id), field="chainId")
    to_id, to_code = _addressed(work, actor, partner_id, code)
    if side is Side.SELLER:
        if to_id is not None:
            raise Invalid("code", "this firm is a partner: declare the link", "该企业已是往来单位，请直接申报供应关系")
        item_id, item_text = _own_item(work, actor, item_id), None
        if share_band is not None:
            raise Invalid("shareBand", "the buyer says what share of its need this is", "采购份额由采购方填写")
    else:
        item_id, item_text = None, checked_text("itemText", item_text or "", most=120)
    check_number(buyer_number)
    today = today_of(work.now)
    waiting = work.all(open_proposals_of(actor, today))
    if any((p.to_id, p.to_code, p.item_id, p.item_text) == (to_id, to_code, item_id, item_text) for p in waiting):
        raise Invalid("", "this is proposed already and still open", "该提议已发出，尚在等待答复")
    if len(waiting) >= MOST_OPEN:
        raise Limit(
            f"{MOST_OPEN} proposals wait for an answer; take one back first",
            f"已有 {MOST_OPEN} 项提议等待答复，请先撤回部分提议",
            rule=TOO_MANY,
        )
    made = work.add(
        LinkProposal(
            from_id=actor.party_id,
            side=side,
            to_id=to_id,
            to_code=to_code,
            item_id=item_id,
            item_text=item_text,
            buyer_number=buyer_number,
            chain_id=chain_id,
            share_band=share_band,
            proposed_on=today,
            open_until=today + timedelta(days=OPEN_DAYS),
        )  # fmt: skip
    )
    work.record(SupplyLinkProposed(proposal_id=made.id or 0))
    return made


def _addressed(
    work: UnitOfWork, actor: Actor, partner_id: int | None, code: str | None
) -> tuple[int | None, str | None]:
    """(partner, None) or (None, code). A code is compared only with those of firms the actor knows already."""
    if (partner_id is None) == (code is None):
        raise Invalid(
            "code", "name the other firm: a partner, or by its credit code", "请指明对方：往来单位，或统一社会信用代码"
        )
    if partner_id is None:
        written = checked_code(code or "")
        joined = firms_visible_to(actor).where(col(Firm.known_to_id).is_(None))
        known = work.maybe(joined.where(col(Firm.code) == written))
        if known is None:
            return None, written
        partner_id, field = known.id or 0, "code"
    else:
        field = "partnerId"
    if partner_id == actor.party_id:
        raise Invalid(field, "a firm is no supplier of itself", "不能申报为自身供货")
    partner(work, actor, partner_id, field=field)
    return partner_id, None


def _own_item(work: UnitOfWork, actor: Actor, item_id: int | None) -> int:
    if item_id is None:
        raise Invalid("itemId", "name an item of your own", "请指明本单位的物料")
    own = items_visible_to(actor).where(col(Item.id) == item_id, col(Item.firm_id) == actor.party_id)
    return work.one(own, field="itemId").id or 0


def accept_link_proposal(
    work: UnitOfWork, actor: Actor, *, proposal_id: int, item_id: int | None = None, site_id: int | None = None,
    share_band: ShareBand | None = None,
) -> SupplyLink:  # fmt: skip
    """The firm proposed to says that it is right: a confirmed link, and the two know each other from now on.

    item_id: which own item a buyer meant. site_id: the own site. Raises NotFound, NotAllowedNow, Invalid.
    """
    proposal = _mine_to_answer(work, actor, proposal_id)
    side = Side.BUYER if proposal.side is Side.SELLER else Side.SELLER
    end = LinkEnd.DECLARER if proposal.from_id == actor.party_id else LinkEnd.OTHER
    proposal.state = PROPOSAL_LIFE.after(_stands(work, actor, proposal), "accept_link_proposal", by=end)
    require(actor, DUTY[side])
    assert actor.party_id is not None
    partner(work, actor, actor.party_id, field="")
    check_standing(work.one(firms_visible_to(SYSTEM).where(col(Firm.id) == proposal.from_id)))
    if share_band is not None and side is Side.SELLER:
        raise Invalid("shareBand", "the buyer says what share of its need this is", "采购份额由采购方填写")
    if item_id is not None and side is Side.BUYER:
        raise Invalid(
            "itemId", "the seller's proposal names its item already; leave this empty", "供应方已指明其物料，请勿另选"
        )
    sold = proposal.item_id if side is Side.BUYER else _own_item(work, actor, item_id)
    item = work.one(items_visible_to(SYSTEM).where(col(Item.id) == sold))
    link = entered(
        work, actor, item, proposal.side, buyer_id=actor.party_id if side is Side.BUYER else proposal.from_id,
        chain_id=proposal.chain_id, buyer_number=proposal.buyer_number, share_band=share_band or proposal.share_band,
        sites=(None, site_id) if side is Side.BUYER else (site_id, None),
    )  # fmt: skip
    link.state = LINK_LIFE.after(link.state, "confirm_supply_link", by=end_of(side, link.declared_by))
    proposal.link_id = link.id
    event = work.record(LinkProposalAccepted(proposal_id=proposal_id, link_id=link.id or 0))
    stand_by(work, link, Side.SELLER, Side.BUYER, event_id=event.id or 0)
    return link


def decline_link_proposal(work: UnitOfWork, actor: Actor, *, proposal_id: int, reason: DisputeReason) -> LinkProposal:
    """The firm proposed to says that it is wrong. A proposer that does not know it is not told. Raises NotFound, NotAllowedNow."""
    proposal = _mine_to_answer(work, actor, proposal_id)
    end = LinkEnd.DECLARER if proposal.from_id == actor.party_id else LinkEnd.OTHER
    proposal.state = PROPOSAL_LIFE.after(_stands(work, actor, proposal), "decline_link_proposal", by=end)
    require(actor, DUTY[Side.BUYER if proposal.side is Side.SELLER else Side.SELLER])
    proposal.decline_reason = reason
    work.record(LinkProposalDeclined(proposal_id=proposal_id))
    return proposal


def withdraw_link_proposal(work: UnitOfWork, actor: Actor, *, proposal_id: int) -> LinkProposal:
    """Who proposed takes it back. Raises NotFound, NotAllowedNow."""
    proposal = _mine_to_answer(work, actor, proposal_id)
    end = LinkEnd.DECLARER if proposal.from_id == actor.party_id else LinkEnd.OTHER
    proposal.state = PROPOSAL_LIFE.after(_stands(work, actor, proposal), "withdraw_link_proposal", by=end)
    require(actor, DUTY[proposal.side])
    work.record(LinkProposalWithdrawn(proposal_id=proposal_id))
    return proposal


def _mine_to_answer(work: UnitOfWork, actor: Actor, proposal_id: int) -> LinkProposal:
    require(actor, *DUTY.values())
    known = proposals_visible_to(actor).where(col(LinkProposal.id) == proposal_id)
    return work.one(known, lock=True, field="proposalId")


def _stands(work: UnitOfWork, actor: Actor, proposal: LinkProposal) -> ProposalState:
    """As the actor may know it: what it may not know must not refuse it either."""
    return proposal_state(proposal, actor.party_id, today_of(work.now))
