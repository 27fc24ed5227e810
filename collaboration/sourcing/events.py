"""Facts about requests for quotation: of a request what all invitees may know, of an invitation what its two firms may."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class RfqDrafted(Fact):
    """The buyer's own: no invitee reads who wrote it, or how often."""

    rfq_id: int


@dataclass(frozen=True)
class RfqApproved(Fact):
    """The buyer's own."""

    rfq_id: int


@dataclass(frozen=True)
class RfqIssued(Fact):
    about = {"rfq_id": "Rfq"}
    rfq_id: int


@dataclass(frozen=True)
class RfqAmended(Fact):
    """Sealed bids are drafts again until their bidders confirm them."""

    about = {"rfq_id": "Rfq"}
    rfq_id: int
    amendment: int


@dataclass(frozen=True)
class RfqClosed(Fact):
    """The bids were opened, all together; how many there were is the buyer's."""

    about = {"rfq_id": "Rfq"}
    rfq_id: int
    early: bool


@dataclass(frozen=True)
class RfqRoundOpened(Fact):
    """Bids are asked for once more; who is asked again is told to each firm of itself alone."""

    about = {"rfq_id": "Rfq"}
    rfq_id: int
    round: int


@dataclass(frozen=True)
class RfqCancelled(Fact):
    about = {"rfq_id": "Rfq"}
    rfq_id: int


@dataclass(frozen=True)
class RfqQuestionAnswered(Fact):
    """Read by all; who asked stays with asker and buyer."""

    about = {"rfq_id": "Rfq"}
    rfq_id: int


@dataclass(frozen=True)
class RfqQuestionAsked(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int


@dataclass(frozen=True)
class RfqViewed(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int


@dataclass(frozen=True)
class QuotationIntended(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int


@dataclass(frozen=True)
class RfqDeclined(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int


@dataclass(frozen=True)
class QuotationSubmitted(Fact):
    """That a bid was handed in, and nothing of what it says."""

    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int
    late: bool


@dataclass(frozen=True)
class QuotationConfirmed(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int


@dataclass(frozen=True)
class QuotationWithdrawn(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int


@dataclass(frozen=True)
class ComparisonTermsStated(Fact):
    """The buyer's own."""

    rfq_id: int


@dataclass(frozen=True)
class RfqAwarded(Fact):
    """It is decided. What and to whom is told to each bidder of its own bid alone."""

    about = {"rfq_id": "Rfq"}
    rfq_id: int


@dataclass(frozen=True)
class AwardOrdered(Fact):
    """What a bidder won is ordered after the award; known to it and its buyer."""

    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int
    order_id: int


@dataclass(frozen=True)
class ClarificationAsked(Fact):
    """Between the buyer and the one bidder it asks."""

    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int
    clarification_id: int


@dataclass(frozen=True)
class ClarificationAnswered(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int
    clarification_id: int


@dataclass(frozen=True)
class ClarificationWithdrawn(Fact):
    about = {"invitation_id": "RfqInvitation"}
    invitation_id: int
    clarification_id: int
