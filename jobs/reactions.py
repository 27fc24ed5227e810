"""What happens because something happened: one row per event and job. The relay reads nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from chain.certificates.events import (
    CertificateAdded,
    CertificateHidden,
    CertificateReminded,
    CertificateRenewed,
    CertificateRequested,
    CertificateRequestRefused,
    CertificateShown,
    CertificateVerified,
    CertificateWithdrawn,
)
from chain.links.events import (
    DisclosureRevoked,
    LinkProposalAccepted,
    LinkProposalDeclined,
    LinkProposalWithdrawn,
    LinksDisclosed,
    SupplyLinkConfirmed,
    SupplyLinkDeclared,
    SupplyLinkDisputed,
    SupplyLinkEnded,
    SupplyLinkProposed,
    SupplyLinkRestated,
)
from chain.qualification.events import (
    CategoryChanged,
    QualificationApproved,
    QualificationDeclined,
    QualificationLapsed,
    QualificationProposed,
    QualificationRestored,
    SupplierBlocked,
    SupplierUnblocked,
)
from chain.registration.events import ApplicationConfirmed, ApplicationDeclined, ApplicationSubmitted
from chain.sharing.events import (
    AccessGranted,
    AccessRevoked,
    TermsAccepted,
    TermsDeclined,
    TermsProposed,
    TermsWithdrawn,
)
from collaboration.answer_batches.events import OrdersAnswered, ResponsesDecided
from collaboration.causes.events import CauseAgreed, CauseReopened, CauseReopeningAsked, CauseStated
from collaboration.changes.events import (
    OrderCancellationAnswered,
    OrderCancellationRequested,
    OrderChangeAnswered,
    OrderChanged,
    OrderChangeDecided,
)
from collaboration.frameworks.events import (
    FrameworkAccepted,
    FrameworkAmendmentAccepted,
    FrameworkAmendmentApproved,
    FrameworkAmendmentDeclined,
    FrameworkAmendmentProposed,
    FrameworkAmendmentWithdrawn,
    FrameworkApproved,
    FrameworkDeclined,
    FrameworkEnded,
    FrameworkExpired,
    FrameworkRejected,
    FrameworkSubmitted,
    FrameworkWithdrawn,
)
from collaboration.guests.events import GuestCodeAsked, GuestLinkOpened
from collaboration.logistics.events import DespatchAdviceSent, ReceiptPosted
from collaboration.orders.events import LinesAgreed, OrderAnswered, ResponseLapsed
from collaboration.planning.events import PlanExploded, PlanWorkedOut
from collaboration.pooling.events import (
    PoolAwarded,
    PoolCancelled,
    PoolClosed,
    PoolDeclined,
    PoolJoined,
    PoolLeft,
    PoolOpened,
    PoolShareOrdered,
)
from collaboration.requisitions.events import RequisitionApproved, RequisitionRejected, RequisitionSubmitted
from collaboration.scheduling_agreements.events import (
    ReleaseAcknowledged,
    ReleaseObjected,
    ReleasePublished,
    SchedulingAgreementAccepted,
    SchedulingAgreementDeclined,
    SchedulingAgreementEnded,
    SchedulingAgreementProposed,
)
from collaboration.scorecards.events import ContestAgreed, ContestRefused, ObservationContested
from collaboration.settlement.events import (
    CreditNoteIssued,
    InvoiceAnswered,
    InvoiceQueryAnswered,
    InvoiceReleased,
    InvoiceSubmitted,
    ReleaseApproved,
    SettlementTermsSet,
)
from collaboration.sourcing.events import (
    ClarificationAnswered,
    ClarificationAsked,
    ClarificationWithdrawn,
    QuotationConfirmed,
    QuotationSubmitted,
    RfqAmended,
    RfqApproved,
    RfqAwarded,
    RfqCancelled,
    RfqClosed,
    RfqDeclined,
    RfqDrafted,
    RfqIssued,
    RfqQuestionAnswered,
    RfqQuestionAsked,
    RfqRoundOpened,
)
from collaboration.statements.events import (
    StatementConfirmed,
    StatementDisputed,
    StatementDisputesAnswered,
    StatementSent,
    StatementWithdrawn,
)
from delivery.documents.events import DocumentSubmitted
from exchange.sheets.events import ImportPreviewed, ImportRun, SheetExportAsked
from jobs.answer_batches import settle_answer_batch
from jobs.causes import tell_of_cause
from jobs.certificates import check_certificate, settle_by_category, settle_by_verdict, settle_by_withdrawal
from jobs.document_checks import check_document
from jobs.explosions import explode_asked_plan, pass_needs_on
from jobs.frameworks import tell_of_framework, tell_of_scheduling
from jobs.guest_codes import mail_guest_code
from jobs.inbox import tell_of_followed
from jobs.joining_notices import tell_of_application, tell_of_waiting_proposals
from jobs.lapses import tell_of_lapse
from jobs.link_evidence import evidence_from_despatch, evidence_from_order, evidence_from_receipt
from jobs.naming import release_names
from jobs.pooling import tell_of_membership, tell_of_pool
from jobs.qualification_notices import (
    tell_of_contest,
    tell_of_end,
    tell_of_proposal,
    tell_of_renewal,
    tell_of_request,
    tell_of_standing,
    tell_of_verdict,
)
from jobs.resilience_runs import gather_run, measure_chunk
from jobs.scorecards import score_answer, score_promises, score_receipt
from jobs.settlement import rematch_invoices, rematch_under_terms, tell_of_invoice, tell_of_release
from jobs.sharing_notices import tell_of_disclosure, tell_of_grant, tell_of_missing_terms, tell_of_terms
from jobs.sheets import judge_sheet, make_sheet, run_sheet
from jobs.sourcing import settle_requisitions, tell_of_invitation, tell_of_requisition, tell_of_rfq
from jobs.statements import tell_of_statement
from jobs.supply_links import tell_other_end, tell_proposed_to, tell_proposer
from jobs.taking_over import take_over_for_invited, tell_firm_of_link, tell_joined_firm
from kernel.events import Fact
from kernel.inbox.events import FollowedMoved
from oversight.naming.events import NamingConsented
from oversight.runs.events import ResilienceChunkAsked, ResilienceRunStarted

RETRY_SECONDS = (1, 5, 30, 120)
"""Waits before the second to the fifth try; after that a job is dead and waits for a person."""


@dataclass(frozen=True)
class On:
    """``job`` takes the number of the event and must claim it under its own name before it acts."""

    event: type[Fact]
    queue: str
    job: Callable[[int], None]
    retry_seconds: tuple[int, ...] = RETRY_SECONDS
    timeout_seconds: int = 180

    @property
    def name(self) -> str:
        return self.job.__name__


REACTIONS: tuple[On, ...] = (
    #  event              queue        job
    On(LinesAgreed,        "evidence",  evidence_from_order),
    On(DespatchAdviceSent, "evidence",  evidence_from_despatch),
    On(ReceiptPosted,      "evidence",  evidence_from_receipt),
    On(SupplyLinkDeclared,    "notices", tell_other_end),
    On(SupplyLinkRestated,    "notices", tell_other_end),
    On(SupplyLinkConfirmed,   "notices", tell_other_end),
    On(SupplyLinkDisputed,    "notices", tell_other_end),
    On(SupplyLinkEnded,       "notices", tell_other_end),
    On(SupplyLinkProposed,    "notices", tell_proposed_to),
    On(LinkProposalAccepted,  "notices", tell_proposer),
    On(LinkProposalDeclined,  "notices", tell_proposer),
    On(LinkProposalWithdrawn, "notices", tell_proposer),
    On(LinkProposalAccepted,  "notices", tell_of_missing_terms),
    *(On(fact, "notices", tell_of_terms) for fact in (TermsProposed, TermsAccepted, TermsDeclined, TermsWithdrawn)),
    *(On(fact, "notices", tell_of_grant) for fact in (AccessGranted, AccessRevoked)),
    *(On(fact, "notices", tell_of_application) for fact in (ApplicationSubmitted, ApplicationConfirmed, ApplicationDeclined)),
    On(ApplicationConfirmed,  "notices", tell_of_waiting_proposals),
    On(GuestCodeAsked,     "notices",   mail_guest_code),
    On(ApplicationConfirmed, "notices", take_over_for_invited),
    On(ApplicationConfirmed, "notices", tell_joined_firm),
    On(GuestLinkOpened,    "notices",   tell_firm_of_link),
    *(On(fact, "notices", tell_of_disclosure) for fact in (LinksDisclosed, DisclosureRevoked)),
    On(NamingConsented,    "notices",   release_names),
    On(FollowedMoved,      "notices",   tell_of_followed),
    On(DocumentSubmitted,  "documents", check_document, timeout_seconds=900),
    On(CertificateAdded,   "documents", check_certificate, timeout_seconds=900),
    On(CertificateRenewed, "documents", check_certificate, timeout_seconds=900),
    On(CertificateVerified,  "notices", settle_by_verdict),
    On(CertificateHidden,    "notices", settle_by_verdict),
    On(CertificateWithdrawn, "notices", settle_by_withdrawal),
    On(OrderAnswered,      "notices",   score_answer),
    On(LinesAgreed,        "notices",   score_promises),
    On(ReceiptPosted,      "notices",   score_receipt),
    On(ResponseLapsed,     "notices",   tell_of_lapse),
    *(On(fact, "notices", tell_of_request) for fact in (CertificateRequested, CertificateShown, CertificateRequestRefused)),
    On(CertificateRenewed,   "notices", tell_of_renewal),
    On(CertificateVerified,  "notices", tell_of_verdict),
    On(CertificateReminded,  "notices", tell_of_end),
    *(On(fact, "notices", tell_of_proposal) for fact in (QualificationProposed, QualificationApproved, QualificationDeclined)),
    *(On(fact, "notices", tell_of_standing) for fact in (QualificationApproved, SupplierBlocked, SupplierUnblocked, QualificationLapsed, QualificationRestored)),
    *(On(fact, "notices", tell_of_contest) for fact in (ObservationContested, ContestAgreed, ContestRefused)),
    On(CategoryChanged,      "notices", settle_by_category),
    *(On(fact, "notices", tell_of_rfq) for fact in (RfqDrafted, RfqApproved, RfqIssued, RfqAmended, RfqQuestionAnswered, RfqClosed, RfqCancelled, RfqAwarded, RfqRoundOpened)),
    *(On(fact, "notices", tell_of_invitation) for fact in (
        RfqQuestionAsked, RfqDeclined, QuotationSubmitted, QuotationConfirmed, ClarificationAsked, ClarificationAnswered,
        ClarificationWithdrawn,
    )),
    *(On(fact, "notices", tell_of_pool) for fact in (PoolOpened, PoolClosed, PoolAwarded, PoolCancelled)),
    *(On(fact, "notices", tell_of_membership) for fact in (PoolJoined, PoolDeclined, PoolLeft, PoolShareOrdered)),
    *(On(fact, "notices", settle_requisitions) for fact in (RfqAwarded, RfqCancelled)),
    *(On(fact, "notices", tell_of_requisition) for fact in (RequisitionSubmitted, RequisitionApproved, RequisitionRejected)),
    *(On(fact, "notices", rematch_invoices) for fact in (ReceiptPosted, LinesAgreed, OrderChanged, OrderChangeAnswered, OrderChangeDecided, OrderCancellationRequested, OrderCancellationAnswered)),
    On(SettlementTermsSet, "notices",   rematch_under_terms),
    *(On(fact, "notices", tell_of_invoice) for fact in (InvoiceSubmitted, InvoiceAnswered, InvoiceQueryAnswered, CreditNoteIssued)),
    *(On(fact, "notices", tell_of_release) for fact in (InvoiceReleased, ReleaseApproved)),
    *(On(fact, "notices", tell_of_framework) for fact in (
        FrameworkSubmitted, FrameworkApproved, FrameworkRejected, FrameworkWithdrawn, FrameworkAccepted, FrameworkDeclined,
        FrameworkEnded, FrameworkExpired, FrameworkAmendmentProposed, FrameworkAmendmentApproved,
        FrameworkAmendmentAccepted, FrameworkAmendmentDeclined, FrameworkAmendmentWithdrawn,
    )),
    *(On(fact, "notices", tell_of_scheduling) for fact in (
        SchedulingAgreementProposed, SchedulingAgreementAccepted, SchedulingAgreementDeclined, SchedulingAgreementEnded,
        ReleasePublished, ReleaseAcknowledged, ReleaseObjected,
    )),
    *(On(fact, "notices", tell_of_statement) for fact in (StatementSent, StatementDisputed, StatementDisputesAnswered, StatementConfirmed, StatementWithdrawn)),
    *(On(fact, "notices", tell_of_cause) for fact in (CauseStated, CauseAgreed, CauseReopeningAsked, CauseReopened)),
    On(PlanExploded,       "documents", explode_asked_plan, timeout_seconds=900),
    On(PlanWorkedOut,      "documents", pass_needs_on, timeout_seconds=900),
    On(OrdersAnswered,     "documents", settle_answer_batch, timeout_seconds=1800),
    On(ResponsesDecided,   "documents", settle_answer_batch, timeout_seconds=1800),
    On(ImportPreviewed,    "documents", judge_sheet, timeout_seconds=1800),
    On(ImportRun,          "documents", run_sheet, timeout_seconds=1800),
    On(SheetExportAsked,   "documents", make_sheet, timeout_seconds=1800),
    On(ResilienceRunStarted, "documents", gather_run, timeout_seconds=1800),
    On(ResilienceChunkAsked, "network",   measure_chunk, timeout_seconds=900),
)  # fmt: skip
