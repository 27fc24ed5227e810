"""Telling the other end of a supply link, or of a proposal, what was said of it."""

from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding
from chain.firms.visibility import firms_visible_to
from chain.links.declaring import DUTY
from chain.links.lifecycle import LinkState, ProposalState
from chain.links.tables import LinkProposal, SupplyLink
from chain.links.visibility import proposals_visible_to, supply_links_visible_to
from kernel.access import SYSTEM, Role, Side
from kernel.clock import today_of
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

MUST_ANSWER, TOLD = InboxReason.MUST_ANSWER, InboxReason.TOLD
ASKED = ("supply_link_declared", "supply_link_disputed")
"""What an end is asked in its inbox until the link is answered, or trade answers for it."""
OF_LINKS = {
    "SupplyLinkDeclared": (MUST_ANSWER, "supply_link_declared"), "SupplyLinkRestated": (MUST_ANSWER, "supply_link_declared"),
    "SupplyLinkDisputed": (MUST_ANSWER, "supply_link_disputed"), "SupplyLinkConfirmed": (TOLD, "supply_link_confirmed"),
    "SupplyLinkEnded": (TOLD, "supply_link_ended"),
}  # fmt: skip
"""What happened -> why the other end is told, and in which words."""


def tell_other_end(work: UnitOfWork, *, link_id: int, fact: str, by_party: int | None, event_id: int) -> None:
    """What an end said of a link; what the operator found in a survey asks nobody."""
    link = work.one(supply_links_visible_to(SYSTEM).where(col(SupplyLink.id) == link_id))
    reason, what = OF_LINKS[fact]
    subject = ("SupplyLink", link_id)
    settle_told(work, subject=subject, whats=ASKED)
    ends = {link.supplier_id: (link.buyer_id, Side.BUYER), link.buyer_id: (link.supplier_id, Side.SELLER)}
    answered = reason is MUST_ANSWER and link.state in (LinkState.CONFIRMED, LinkState.ENDED)
    if by_party is not None and by_party in ends and not answered:
        firm_id, side = ends[by_party]
        tell(
            work, party_id=firm_id, roles=_speaks_for(side), reason=reason, subject=subject, what=what,
            once=f"{what}:{event_id}",
        )  # fmt: skip


def tell_proposed_to(work: UnitOfWork, *, proposal_id: int) -> None:
    """A proposal reaches the firm it names, if that has joined; nobody else learns whether it has."""
    proposal = _proposal(work, proposal_id)
    named = proposal.to_id or _holder(work, proposal.to_code or "")
    if named is not None:
        side = Side.BUYER if proposal.side is Side.SELLER else Side.SELLER
        tell(
            work, party_id=named, roles=_speaks_for(side), reason=MUST_ANSWER, subject=("LinkProposal", proposal_id),
            what="link_proposed", due_on=proposal.open_until, once=f"link_proposed:{proposal_id}",
        )  # fmt: skip


def tell_of_waiting_proposals(work: UnitOfWork, *, firm_id: int) -> None:
    """A firm has just joined: what was proposed to its credit code before, and is still open, reaches it."""
    firm = work.one(firms_visible_to(SYSTEM).where(col(Firm.id) == firm_id))
    open_still = proposals_visible_to(SYSTEM).where(
        col(LinkProposal.to_code) == firm.code, col(LinkProposal.state) == ProposalState.PROPOSED,
        col(LinkProposal.open_until) >= today_of(work.now),
    )  # fmt: skip
    for proposal in work.rows(open_still.order_by(col(LinkProposal.id))):
        tell_proposed_to(work, proposal_id=proposal.id)


def tell_proposer(work: UnitOfWork, *, proposal_id: int, fact: str, event_id: int) -> None:
    """A proposal was answered or taken back: who was asked need not answer, who asked is told what it may know."""
    proposal = _proposal(work, proposal_id)
    settle_told(work, subject=("LinkProposal", proposal_id), whats=("link_proposed",))
    accepted, refused = fact == "LinkProposalAccepted", fact == "LinkProposalDeclined"
    if accepted or (refused and proposal.to_id is not None):
        what = "link_proposal_accepted" if accepted else "link_proposal_declined"
        subject = ("SupplyLink", proposal.link_id or 0) if accepted else ("LinkProposal", proposal_id)
        tell(
            work, party_id=proposal.from_id, roles=_speaks_for(proposal.side), reason=TOLD, subject=subject, what=what,
            once=f"{what}:{event_id}",
        )  # fmt: skip


def _speaks_for(side: Side) -> frozenset[Role]:
    return frozenset({DUTY[side]})


def _proposal(work: UnitOfWork, proposal_id: int) -> LinkProposal:
    return work.one(proposals_visible_to(SYSTEM).where(col(LinkProposal.id) == proposal_id))


def _holder(work: UnitOfWork, code: str) -> int | None:
    known = firms_visible_to(SYSTEM).where(col(Firm.code) == code, col(Firm.standing) == FirmStanding.CONFIRMED)
    found = work.maybe(known)
    return None if found is None else found.id
