"""Every kind of thing a fact can be about or a person be told of, with the rule that says who sees it."""

from sqlalchemy import Select
from sqlmodel import col

from chain.aliases.tables import IdentityReveal
from chain.aliases.visibility import reveals_visible_to
from chain.backups.tables import BackupSource
from chain.backups.visibility import backup_sources_visible_to
from chain.bills.tables import BillOfMaterial
from chain.bills.visibility import bills_visible_to
from chain.certificates import tables as certificates
from chain.certificates import visibility as certifying
from chain.financial_accounts.tables import FinancialAccount
from chain.financial_accounts.visibility import accounts_visible_to
from chain.firms.tables import Chain, Firm, Site, Stage
from chain.firms.visibility import chains_visible_to, firms_visible_to, sites_visible_to, stages_visible_to
from chain.items.tables import CrossReference, Item, StockCount
from chain.items.visibility import cross_references_visible_to, items_visible_to, stock_visible_to
from chain.links.tables import LinkDisclosure, LinkProposal, SupplyLink
from chain.links.visibility import disclosures_visible_to, supply_links_visible_to
from chain.links.visibility import proposals_visible_to as link_proposals_visible_to
from chain.qualification import tables as qualification
from chain.qualification import visibility as qualifying
from chain.registration.tables import Application
from chain.registration.visibility import applications_visible_to
from chain.requests.tables import DataRequest
from chain.requests.visibility import data_requests_visible_to
from chain.sharing import tables as sharing
from chain.sharing import visibility as shared
from collaboration.answer_batches.tables import AnswerBatch
from collaboration.answer_batches.visibility import answer_batches_visible_to
from collaboration.answer_clocks.tables import SilenceTerms
from collaboration.answer_clocks.visibility import silence_terms_visible_to
from collaboration.causes import tables as causes
from collaboration.causes import visibility as causing
from collaboration.changes import tables as changes
from collaboration.changes import visibility as changing
from collaboration.frameworks.tables import Framework, FrameworkAmendment
from collaboration.frameworks.visibility import framework_amendments_visible_to, frameworks_visible_to
from collaboration.guests.tables import GuestLink
from collaboration.guests.visibility import guest_links_visible_to
from collaboration.holds.tables import OrderHold
from collaboration.holds.visibility import order_holds_visible_to
from collaboration.logistics.tables import DespatchAdvice, DespatchLine, ReceiptAdvice
from collaboration.logistics.visibility import (
    despatch_advices_visible_to,
    despatch_lines_visible_to,
    receipts_visible_to,
)
from collaboration.merging.tables import FirmMerger
from collaboration.merging.visibility import mergers_visible_to
from collaboration.notices.tables import DisruptionNotice
from collaboration.notices.visibility import notices_visible_to
from collaboration.orders import tables as orders
from collaboration.orders import visibility as ordering
from collaboration.planning.tables import Explosion, MaterialNeed
from collaboration.planning.visibility import explosions_visible_to, needs_visible_to
from collaboration.pooling.tables import Pool, PoolMembership
from collaboration.pooling.visibility import pool_memberships_visible_to, pools_visible_to
from collaboration.requisitions.tables import Requisition
from collaboration.requisitions.visibility import requisitions_visible_to
from collaboration.scheduling_agreements import tables as scheduling
from collaboration.scheduling_agreements import visibility as releasing
from collaboration.scorecards import tables as scorecards
from collaboration.scorecards import visibility as scoring
from collaboration.settlement import tables as settlement
from collaboration.settlement import visibility as invoicing
from collaboration.sourcing import tables as sourcing
from collaboration.sourcing import visibility as bidding
from collaboration.statements import tables as statements
from collaboration.statements import visibility as stating
from delivery.documents.tables import Document, DocumentRevision
from delivery.documents.visibility import documents_visible_to, revisions_visible_to
from delivery.packages.tables import AcceptanceCertificate
from delivery.packages.visibility import certificates_visible_to
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from exchange.sheets.tables import SheetExport, SheetImport
from exchange.sheets.visibility import exports_visible_to, imports_visible_to
from kernel.access import Actor
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.progress.tables import Job
from kernel.progress.visibility import jobs_visible_to
from kernel.sight import Sight, can_be_seen
from kernel.uploads.tables import Upload
from kernel.uploads.visibility import uploads_visible_to
from oversight.naming.tables import NamingConsent
from oversight.naming.visibility import consents_visible_to
from oversight.runs.tables import ResilienceRun
from oversight.runs.visibility import runs_visible_to
from oversight.scenarios.tables import SavedScenario
from oversight.scenarios.visibility import saved_scenarios_visible_to


def _unveiled(actor: Actor) -> Select[DataRequest]:
    """Who did what to a request sent to an alias would tell who hides behind it."""
    return data_requests_visible_to(actor).where(col(DataRequest.alias).is_(None))


SIGHTS: dict[str, Sight] = {
    "AcceptanceCertificate": Sight(certificates_visible_to, col(AcceptanceCertificate.id)),
    "AccessGrant": Sight(shared.grants_visible_to, col(sharing.AccessGrant.id)),
    "AllocatedFigure": Sight(shared.allocated_figures_visible_to, col(sharing.AllocatedFigure.id)),
    "Application": Sight(applications_visible_to, col(Application.id)),
    "BackupSource": Sight(backup_sources_visible_to, col(BackupSource.id)),
    "BillOfMaterial": Sight(bills_visible_to, col(BillOfMaterial.id)),
    "Certificate": Sight(certifying.certificates_visible_to, col(certificates.Certificate.id)),
    "CertificateRequest": Sight(certifying.requests_visible_to, col(certificates.CertificateRequest.id)),
    "CertificateShowing": Sight(certifying.showings_visible_to, col(certificates.CertificateShowing.id)),
    "CertificateVerification": Sight(certifying.verifications_visible_to, col(certificates.CertificateVerification.id)),
    "CertificateVersion": Sight(certifying.versions_visible_to, col(certificates.CertificateVersion.id)),
    "Chain": Sight(chains_visible_to, col(Chain.id)),
    "CrossReference": Sight(cross_references_visible_to, col(CrossReference.id)),
    "DataRequest": Sight(data_requests_visible_to, col(DataRequest.id), told=_unveiled),
    "DespatchAdvice": Sight(despatch_advices_visible_to, col(DespatchAdvice.id)),
    "DespatchLine": Sight(despatch_lines_visible_to, col(DespatchLine.id)),
    "DisruptionNotice": Sight(notices_visible_to, col(DisruptionNotice.id)),
    "Document": Sight(documents_visible_to, col(Document.id)),
    "DocumentRequirement": Sight(requirements_visible_to, col(DocumentRequirement.id)),
    "DocumentRevision": Sight(revisions_visible_to, col(DocumentRevision.id)),
    "Explosion": Sight(explosions_visible_to, col(Explosion.id)),
    "FinancialAccount": Sight(accounts_visible_to, col(FinancialAccount.id)),
    "Firm": Sight(firms_visible_to, col(Firm.id)),
    "FirmMerger": Sight(mergers_visible_to, col(FirmMerger.id)),
    "Framework": Sight(frameworks_visible_to, col(Framework.id)),
    "FrameworkAmendment": Sight(framework_amendments_visible_to, col(FrameworkAmendment.id)),
    "GuestLink": Sight(guest_links_visible_to, col(GuestLink.id)),
    "IdentityReveal": Sight(reveals_visible_to, col(IdentityReveal.id)),
    "Item": Sight(items_visible_to, col(Item.id)),
    "Job": Sight(jobs_visible_to, col(Job.id)),
    "LinkDisclosure": Sight(disclosures_visible_to, col(LinkDisclosure.id)),
    "LinkProposal": Sight(link_proposals_visible_to, col(LinkProposal.id)),
    "MaterialNeed": Sight(needs_visible_to, col(MaterialNeed.id)),
    "NamingConsent": Sight(consents_visible_to, col(NamingConsent.id)),
    "Order": Sight(ordering.orders_visible_to, col(orders.Order.id)),
    "OrderCancellation": Sight(changing.order_cancellations_visible_to, col(changes.OrderCancellation.id)),
    "OrderChange": Sight(changing.order_changes_visible_to, col(changes.OrderChange.id)),
    "OrderLine": Sight(ordering.lines_visible_to, col(orders.OrderLine.id)),
    "OrderResponse": Sight(ordering.responses_visible_to, col(orders.OrderResponse.id)),
    "OrderResponseLine": Sight(ordering.response_lines_visible_to, col(orders.ResponseLine.id)),
    "Person": Sight(people_visible_to, col(Person.id)),
    "Pool": Sight(pools_visible_to, col(Pool.id)),
    "PoolMembership": Sight(pool_memberships_visible_to, col(PoolMembership.id)),
    "Quotation": Sight(bidding.quotations_visible_to, col(sourcing.Quotation.id)),
    "QuotationLine": Sight(bidding.quotation_lines_visible_to, col(sourcing.QuotationLine.id)),
    "Invoice": Sight(invoicing.invoices_visible_to, col(settlement.Invoice.id)),
    "InvoiceLine": Sight(invoicing.invoice_lines_visible_to, col(settlement.InvoiceLine.id)),
    "InvoiceRelease": Sight(invoicing.invoice_releases_visible_to, col(settlement.InvoiceRelease.id)),
    "CreditNote": Sight(invoicing.credit_notes_visible_to, col(settlement.CreditNote.id)),
    "CauseRecord": Sight(causing.cause_records_visible_to, col(causes.CauseRecord.id)),
    "StatedCause": Sight(causing.stated_causes_visible_to, col(causes.StatedCause.id)),
    "Statement": Sight(stating.statements_visible_to, col(statements.Statement.id)),
    "StatementLine": Sight(stating.statement_lines_visible_to, col(statements.StatementLine.id)),
    "StatementDispute": Sight(stating.statement_disputes_visible_to, col(statements.StatementDispute.id)),
    "Requisition": Sight(requisitions_visible_to, col(Requisition.id)),
    "Rfq": Sight(bidding.rfqs_visible_to, col(sourcing.Rfq.id)),
    "RfqInvitation": Sight(bidding.invitations_visible_to, col(sourcing.RfqInvitation.id)),
    "RfqClarification": Sight(bidding.clarifications_visible_to, col(sourcing.RfqClarification.id)),
    "RfqQuestion": Sight(bidding.rfq_questions_visible_to, col(sourcing.RfqQuestion.id)),
    "Qualification": Sight(qualifying.qualifications_visible_to, col(qualification.Qualification.id)),
    "QualificationCategory": Sight(qualifying.categories_visible_to, col(qualification.QualificationCategory.id)),
    "QualificationProposal": Sight(qualifying.proposals_visible_to, col(qualification.QualificationProposal.id)),
    "ReceiptAdvice": Sight(receipts_visible_to, col(ReceiptAdvice.id)),
    "Repromise": Sight(changing.repromises_visible_to, col(changes.Repromise.id)),
    "ResilienceRun": Sight(runs_visible_to, col(ResilienceRun.id)),
    "SavedScenario": Sight(saved_scenarios_visible_to, col(SavedScenario.id)),
    "ScorecardContest": Sight(scoring.contests_visible_to, col(scorecards.ScorecardContest.id)),
    "ScorecardObservation": Sight(scoring.observations_visible_to, col(scorecards.ScorecardObservation.id)),
    "ScorecardTerms": Sight(scoring.terms_visible_to, col(scorecards.ScorecardTerms.id)),
    "SchedulingAgreement": Sight(releasing.scheduling_agreements_visible_to, col(scheduling.SchedulingAgreement.id)),
    "ScheduleRelease": Sight(releasing.releases_visible_to, col(scheduling.ScheduleRelease.id)),
    "Schedule": Sight(ordering.schedules_visible_to, col(orders.Schedule.id)),
    "OrderHold": Sight(order_holds_visible_to, col(OrderHold.id)),
    "AnswerBatch": Sight(answer_batches_visible_to, col(AnswerBatch.id)),
    "SilenceTerms": Sight(silence_terms_visible_to, col(SilenceTerms.id)),
    "SheetExport": Sight(exports_visible_to, col(SheetExport.id)),
    "SheetImport": Sight(imports_visible_to, col(SheetImport.id)),
    "Site": Sight(sites_visible_to, col(Site.id)),
    "Stage": Sight(stages_visible_to, col(Stage.id)),
    "StockCount": Sight(stock_visible_to, col(StockCount.id)),
    # What is disclosed of a link is its state, not what happens to it.
    "SupplyLink": Sight(supply_links_visible_to, col(SupplyLink.id)),
    "Terms": Sight(shared.terms_visible_to, col(sharing.TermsVersion.id)),
    "Tolerance": Sight(ordering.tolerances_visible_to, col(orders.Tolerance.id)),
    "Upload": Sight(uploads_visible_to, col(Upload.id)),
}

can_be_seen(SIGHTS)
