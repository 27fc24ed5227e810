"""Children of all rows of a list in one statement: the first question about any of them loads them all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from chain.backups import reads as backups
from chain.bills import reads as bills
from chain.certificates import reads as certificates
from chain.essentiality import reads as essentiality
from chain.financial_accounts import reads as financial_accounts
from chain.firms import reads as firms
from chain.items import reads as items
from chain.links import reads as links
from chain.qualification import reads as qualification
from chain.recovery import reads as recovery
from chain.registration import reads as registration
from chain.requests import reads as data_requests
from chain.sharing import reads as sharing
from collaboration.answer_batches import reads as answer_batches
from collaboration.answer_clocks import reads as answer_clocks
from collaboration.causes import reads as causes
from collaboration.changes import reads as order_changes
from collaboration.frameworks import reads as frameworks
from collaboration.guests import reads as guests
from collaboration.holds import reads as holds
from collaboration.logistics import reads as logistics
from collaboration.notices import reads as notices
from collaboration.orders import reads as orders
from collaboration.orders import warnings as order_warnings
from collaboration.planning import reads as plans
from collaboration.pooling import reads as pooling
from collaboration.requisitions import reads as requisitions
from collaboration.scheduling_agreements import reads as scheduling_agreements
from collaboration.scorecards import reads as scorecards
from collaboration.settlement import reads as settlement
from collaboration.sourcing import reads as sourcing
from collaboration.statements import reads as statements
from delivery.documents import reads as documents
from delivery.packages import reads as packages
from delivery.requirements import reads as requirements
from exchange.sheets import reads as sheets
from kernel.access import Actor
from kernel.accounts import reads as accounts
from kernel.progress import reads as progress
from kernel.work import UnitOfWork
from oversight.naming import reads as naming
from oversight.runs import listing as runs
from oversight.scenarios import reads as scenarios

Load = Callable[[UnitOfWork, Actor, Iterable[int]], Sequence[Any]]


class Batch:
    """Rows found under a number: by their own (``one``) or by their parent's (``many``)."""

    def __init__(
        self, load: Callable[[list[int]], Sequence[Any]], by: str, listed: Callable[[Sequence[Any]], object]
    ) -> None:
        self._load, self._by, self._listed = load, by, listed
        self._waiting: set[int] = set()
        self._known: dict[int, list[Any]] = {}

    def expect(self, numbers: Iterable[int | None]) -> None:
        self._waiting.update(n for n in numbers if n is not None and n not in self._known)

    def many(self, number: int) -> list[Any]:
        if number not in self._known:
            self._waiting.add(number)
            asked, self._waiting = sorted(self._waiting), set()
            rows = self._load(asked)
            self._known.update({n: [] for n in asked})
            for row in rows:
                self._known[getattr(row, self._by)].append(row)
            self._listed(rows)
        return self._known[number]

    def one(self, number: int | None) -> Any:
        if number is None:
            return None
        found = self.many(number)
        return found[0] if found else None


#        batch               load                                 by                    what its rows will be asked for: batch -> column
_BATCHES: dict[str, tuple[Any, str, dict[str, str]]] = {
    "firm": (firms.firms_by_id, "asked", {"merged": "id", "workplaces": "id"}),
    "merged": (firms.merged_into, "merged_into_id", {}),
    "workplaces": (firms.workplaces, "firm_id", {"stage": "stage_id"}),
    "application": (
        registration.applications_by_id, "id",
        {"firm": "firm_id", "firm ": "inviter_id", "not_let_in": "applicant_id", "application_colleagues": "id", "application_papers": "id", "application_checks": "id", "application_reviews": "id"},
    ),
    "application_colleagues": (registration.colleagues_of, "application_id", {"not_let_in": "person_id"}),
    "application_papers": (registration.papers_of, "application_id", {}),
    "application_checks": (registration.checks_of, "application_id", {"person": "by_user"}),
    "application_reviews": (registration.reviews_of, "application_id", {}),
    "site": (firms.sites_by_id, "id", {"firm": "firm_id"}),
    "chain": (firms.chains_by_id, "id", {"stages": "id", "stage_essentiality": "id"}),
    "stage_essentiality": (essentiality.stage_essentiality_of, "chain_id", {"stage": "supplier_stage_id", "stage ": "buyer_stage_id"}),
    "link_essentiality": (essentiality.link_essentiality_of, "link_id", {}),
    "link_recovery": (recovery.link_recovery_of, "link_id", {}),
    "backup_source": (backups.backup_sources_by_id, "id", {"firm": "firm_id", "supply_link": "link_id"}),
    "stage": (firms.stages_by_id, "id", {}),
    "stages": (firms.stages_of, "chain_id", {}),
    "item": (items.items_by_id, "id", {"stage": "stage_id", "firm": "firm_id"}),
    "order": (
        orders.orders_by_id, "id",
        {"lines": "id", "responses": "id", "firm": "buyer_id", "firm ": "seller_id", "requirements": "id", "certificate": "id", "order_warnings": "seller_id", "framework": "framework_id", "answer_clocks": "id", "order_holds": "id"},
    ),
    "order_warnings": (order_warnings.warnings_of_sellers, "seller_id", {}),
    "line": (orders.lines_by_id, "id", {"schedules": "id", "item": "item_id", "order": "order_id", "calling": "item_id"}),
    "lines": (orders.lines_of_orders, "order_id", {"schedules": "id", "item": "item_id", "order": "order_id", "calling": "item_id"}),
    "schedules": (orders.schedules_of_lines, "line_id", {"line": "line_id"}),
    "schedule": (orders.schedules_by_id, "id", {"line": "line_id"}),
    "order_change": (order_changes.changes_by_id, "id", {"order_change_lines": "id", "order": "order_id"}),
    "order_changes": (order_changes.changes_of_orders, "order_id", {"order_change_lines": "id", "order": "order_id"}),
    "order_change_lines": (order_changes.lines_of_changes, "change_id", {"order_change_schedules": "id", "line": "line_id", "item": "item_id"}),
    "order_change_schedules": (order_changes.days_of_change_lines, "change_line_id", {"schedule": "schedule_id"}),
    "order_cancellation": (order_changes.cancellations_by_id, "id", {"order": "order_id"}),
    "order_cancellations": (order_changes.cancellations_of_orders, "order_id", {"order": "order_id"}),
    "repromise": (order_changes.repromises_by_id, "id", {"repromised_days": "id", "order": "order_id"}),
    "repromises": (order_changes.repromises_of_orders, "order_id", {"repromised_days": "id", "order": "order_id"}),
    "repromised_days": (order_changes.days_of_repromises, "repromise_id", {"schedule": "schedule_id", "line": "line_id"}),
    "response": (orders.responses_by_id, "id", {"response_lines": "id", "order": "order_id"}),
    "responses": (orders.responses_of_orders, "order_id", {"response_lines": "id"}),
    "response_line": (orders.response_lines_by_id, "id", {"response_schedules": "id", "line": "line_id", "item": "item_id"}),
    "answer_clocks": (answer_clocks.clocks_of_orders, "order_id", {}),
    "order_hold": (holds.holds_by_id, "id", {"order": "order_id"}),
    "order_holds": (holds.holds_of_orders, "order_id", {}),
    "silence_terms": (answer_clocks.silence_terms_by_id, "id", {"firm": "buyer_id", "firm ": "seller_id"}),
    "answer_batch": (answer_batches.batches_by_id, "id", {"job": "job_id", "batched_answers": "id"}),
    "batched_answers": (answer_batches.answers_of_batches, "batch_id", {}),
    "tolerance": (orders.tolerances_by_id, "id", {}),
    "tolerances": (orders.tolerances_of_sellers, "seller_id", {}),
    "response_lines": (orders.response_lines_of, "response_id", {"response_schedules": "id", "line": "line_id", "item": "item_id"}),
    "response_schedules": (orders.response_schedules_of, "response_line_id", {}),
    "advice": (logistics.advices_by_id, "id", {"despatch_lines": "id", "receipts": "id", "firm": "buyer_id", "firm ": "seller_id"}),
    "despatch_lines": (logistics.despatch_lines_of, "advice_id", {"schedule": "schedule_id", "line": "line_id", "order": "order_id"}),
    "despatch_line": (logistics.despatch_lines_by_id, "id", {"schedule": "schedule_id", "line": "line_id"}),
    "receipts": (logistics.receipts_of, "advice_id", {"receipt_lines": "id"}),
    "receipt": (logistics.receipts_by_id, "id", {"receipt_lines": "id", "advice": "advice_id"}),
    "receipt_lines": (logistics.receipt_lines_of, "receipt_id", {"despatch_line": "despatch_line_id"}),
    "requirement": (requirements.requirements_by_id, "id", {"revisions": "id", "line": "line_id", "order": "order_id", "person": "reviewer_id"}),
    "requirements": (requirements.requirements_of_orders, "order_id", {"revisions": "id", "line": "line_id", "order": "order_id"}),
    "document": (documents.documents_by_id, "id", {"document_revisions": "id"}),
    "revision": (documents.revisions_by_id, "id", {"job": "job_id", "document": "document_id", "findings": "id", "review": "id", "requirement": "requirement_id", "order": "order_id"}),
    "revisions": (documents.revisions_of_requirements, "requirement_id", {"job": "job_id", "document": "document_id", "findings": "id", "review": "id", "requirement": "requirement_id", "order": "order_id"}),
    "document_revisions": (documents.revisions_of_documents, "document_id", {"job": "job_id", "findings": "id", "review": "id", "requirement": "requirement_id", "order": "order_id"}),
    "findings": (documents.findings_of, "revision_id", {}),
    "review": (documents.reviews_of, "revision_id", {"comments": "id", "person": "by_user"}),
    "comments": (documents.comments_of, "review_id", {}),
    "certificate": (packages.certificates_of_orders, "order_id", {}),
    "guest_link": (guests.guest_links_by_id, "id", {"firm": "firm_id", "firm ": "inviter_id"}),
    "calling": (items.names_of_items, "item_id", {}),
    "cross_reference": (
        items.cross_references_by_id, "id", {"item": "item_id", "firm": "supplier_id", "firm ": "buyer_id", "tolerances": "supplier_id"},
    ),
    "stock_count": (items.stock_counts_by_id, "id", {"item": "item_id", "site": "site_id"}),
    "bill": (bills.bills_by_id, "id", {"item": "item_id"}),
    "explosion": (plans.explosions_by_id, "id", {"job": "job_id", "planned": "id"}),
    "planned": (plans.planned_of, "explosion_id", {"item": "item_id"}),
    "terms": (sharing.terms_by_id, "id", {"terms_acceptances": "id", "terms_text": "sha256", "firm": "proposer_id"}),
    "terms_acceptances": (sharing.acceptances_of, "version_id", {"firm": "firm_id", "person": "by_user"}),
    "terms_text": (sharing.texts, "sha256", {}),
    "access_grant": (sharing.grants_by_id, "id", {"firm": "owner_id", "firm ": "viewer_id", "item": "item_id", "chain": "chain_id"}),
    "allocated_figure": (sharing.allocated_by_id, "id", {"firm": "owner_id", "firm ": "partner_id", "item": "item_id"}),
    "financial_account": (financial_accounts.accounts_by_id, "id", {"firm": "firm_id", "person": "proposed_by", "person ": "decided_by"}),
    "supply_link": (
        links.links_by_id, "id", {"firm": "supplier_id", "firm ": "buyer_id", "item": "item_id", "link_essentiality": "id", "link_recovery": "id"},
    ),
    "link_proposal": (links.proposals_by_id, "id", {}),
    "link_disclosure": (links.disclosures_by_id, "id", {"firm": "owner_id", "firm ": "viewer_id"}),
    "naming_consent": (naming.consents_by_id, "id", {"stage": "stage_id"}),
    "person": (accounts.people_by_id, "id", {}),
    "not_let_in": (accounts.not_let_in, "id", {}),
    "job": (progress.jobs_by_id, "id", {}),
    "resilience_run": (runs.runs_by_id, "id", {"chain": "chain_id"}),
    "sheet_import": (sheets.imports_by_id, "id", {"job": "job_id", "job ": "run_job_id"}),
    "sheet_export": (sheets.exports_by_id, "id", {"job": "job_id"}),
    "disruption_notice": (
        notices.notices_by_id, "id",
        {"firm": "sender_id", "notice_sites": "id", "notice_items": "id", "notice_addressees": "id", "notice_assessment": "id", "notice_forwarding": "id"},
    ),
    "invoice": (
        settlement.invoices_by_id, "id",
        {"firm": "buyer_id", "firm ": "seller_id", "invoice_lines": "id", "invoice_responses": "id", "invoice_releases": "id", "credit_notes": "id"},
    ),
    "invoice_lines": (settlement.lines_of_invoices, "invoice_id", {"order": "order_id", "line": "order_line_id", "requirements": "order_id"}),
    "invoice_line": (settlement.lines_by_id, "id", {"order": "order_id", "line": "order_line_id"}),
    "invoice_responses": (settlement.responses_of, "invoice_id", {"person": "by_user"}),
    "invoice_releases": (
        settlement.releases_of, "invoice_id",
        {"invoice_line": "line_id", "person": "released_by", "person ": "approved_by"},
    ),
    "credit_note": (settlement.credit_notes_by_id, "id", {"credit_note_lines": "id"}),
    "credit_notes": (settlement.credit_notes_of, "invoice_id", {"credit_note_lines": "id"}),
    "credit_note_lines": (settlement.credit_note_lines_of, "credit_note_id", {"invoice_line": "invoice_line_id"}),
    "uninvoiced": (
        settlement.terms_by_id, "id",
        {"order": "order_id", "line": "order_line_id", "item": "item_id", "firm": "buyer_id", "firm ": "seller_id"},
    ),
    "cause_record": (
        causes.cause_records_by_id, "id",
        {"firm": "buyer_id", "firm ": "seller_id", "order": "order_id", "line": "order_line_id", "schedule": "schedule_id", "stated_causes": "id"},
    ),
    "stated_causes": (causes.stated_of, "record_id", {"cause_record": "record_id"}),
    "stated_cause": (causes.stated_by_id, "id", {"cause_record": "record_id"}),
    "statement": (
        statements.statements_by_id, "id",
        {"firm": "buyer_id", "firm ": "seller_id", "statement_lines": "id", "statement_disputes": "id", "statement_editions": "id"},
    ),
    "statement_lines": (statements.lines_of_statements, "statement_id", {"order": "order_id", "line": "order_line_id", "item": "item_id"}),
    "statement_line": (statements.lines_by_id, "id", {"order": "order_id", "line": "order_line_id", "item": "item_id", "statement_disputes": "statement_id"}),
    "statement_disputes": (statements.disputes_of, "statement_id", {}),
    "statement_dispute": (statements.disputes_by_id, "id", {}),
    "statement_editions": (statements.editions_of, "statement_id", {}),
    "settlement_terms": (settlement.terms_by_id, "id", {"firm": "seller_id"}),
    "pool": (pooling.pools_by_id, "id", {"firm": "organiser_id", "pool_tiers": "id", "pool_invitations": "id", "pool_memberships": "id", "rfq": "rfq_id"}),
    "pool_tiers": (pooling.tiers_of, "pool_id", {}),
    "pool_invitations": (pooling.invitations_of, "pool_id", {"firm": "firm_id"}),
    "pool_memberships": (pooling.memberships_of, "pool_id", {"firm": "seller_id", "item": "item_id", "order": "order_id"}),
    "pool_membership": (pooling.memberships_by_id, "id", {"firm": "seller_id", "item": "item_id", "order": "order_id"}),
    "requisition": (
        requisitions.requisitions_by_id, "id",
        {"requisition_lines": "id", "qualification_category": "category_id", "firm": "supplier_id", "person": "requested_by", "person ": "approver_id", "person  ": "decided_by", "rfq": "rfq_id", "order": "order_id"},
    ),
    "requisition_lines": (requisitions.lines_of, "requisition_id", {}),
    "approval_rules": (
        requisitions.rules_by_id, "id",
        {"qualification_category": "category_id", "firm": "supplier_id", "person": "approver_id"},
    ),
    "framework": (
        frameworks.frameworks_by_id, "id",
        {"firm": "buyer_id", "firm ": "seller_id", "framework_lines": "id", "framework_amendments": "id", "framework_approvals": "id", "framework_orders": "id", "quotation": "quotation_id"},
    ),
    "framework_lines": (frameworks.lines_of_frameworks, "framework_id", {"item": "item_id", "framework_prices": "id", "framework_usage": "id", "framework_line": "id"}),
    "framework_line": (frameworks.lines_by_id, "id", {"item": "item_id", "framework_prices": "id", "framework_usage": "id"}),
    "framework_usage": (frameworks.usage_of_lines, "line_id", {}),
    "framework_prices": (frameworks.prices_of_lines, "line_id", {"framework_price_breaks": "id", "framework_line": "line_id"}),
    "framework_price_breaks": (frameworks.breaks_of_prices, "price_id", {}),
    "framework_amendments": (frameworks.amendments_of, "framework_id", {"framework_amendment_lines": "id", "framework_amendment_prices": "id", "framework": "framework_id"}),
    "framework_amendment": (frameworks.amendments_by_id, "id", {"framework_amendment_lines": "id", "framework_amendment_prices": "id", "framework": "framework_id"}),
    "framework_amendment_lines": (frameworks.amendment_lines_of, "amendment_id", {"framework_line": "line_id"}),
    "framework_amendment_prices": (frameworks.prices_of_amendments, "amendment_id", {"framework_price_breaks": "id", "framework_line": "line_id"}),
    "framework_approvals": (frameworks.approvals_of, "framework_id", {"framework_amendment": "amendment_id", "person": "asked_by", "person ": "approver_id", "person  ": "decided_by"}),
    "framework_orders": (frameworks.call_offs_of, "framework_id", {"lines": "id", "order": "id", "firm": "seller_id"}),
    "scheduling_agreement": (
        scheduling_agreements.agreements_by_id, "id",
        {"firm": "buyer_id", "firm ": "seller_id", "item": "item_id", "framework": "framework_id", "framework_line": "framework_line_id", "schedule_releases": "id", "scheduling_agreement": "id"},
    ),
    "schedule_releases": (scheduling_agreements.releases_of, "agreement_id", {"release_buckets": "id", "order": "order_id", "scheduling_agreement": "agreement_id"}),
    "schedule_release": (scheduling_agreements.releases_by_id, "id", {"release_buckets": "id", "order": "order_id", "scheduling_agreement": "agreement_id"}),
    "release_buckets": (scheduling_agreements.buckets_of, "release_id", {}),
    "rfq": (
        sourcing.rfqs_by_id, "id",
        {"firm": "buyer_id", "rfq_lines": "id", "rfq_amendments": "id", "rfq_invitations": "id", "rfq_questions": "id", "rfq_clarifications": "id", "rfq_terms": "id", "rfq_awards": "id", "rfq_rounds": "id"},
    ),
    "rfq_rounds": (sourcing.rounds_of, "rfq_id", {}),
    "rfq_terms": (sourcing.terms_of_rfqs, "rfq_id", {}),
    "rfq_awards": (sourcing.awards_of, "rfq_id", {"order": "order_id", "framework": "framework_id", "quotation_line": "quotation_line_id"}),
    "rfq_lines": (sourcing.lines_of, "rfq_id", {}),
    "rfq_amendments": (sourcing.amendments_of, "rfq_id", {}),
    "rfq_invitations": (sourcing.invitations_of, "rfq_id", {"firm": "supplier_id", "quotations": "id"}),
    "rfq_invitation": (sourcing.invitations_by_id, "id", {"firm": "supplier_id", "quotations": "id"}),
    "rfq_questions": (sourcing.questions_of, "rfq_id", {"rfq_invitation": "invitation_id"}),
    "rfq_question": (sourcing.questions_by_id, "id", {"rfq_invitation": "invitation_id"}),
    "rfq_clarifications": (sourcing.clarifications_of, "rfq_id", {"rfq_invitation": "invitation_id", "rfq": "rfq_id"}),
    "rfq_clarification": (sourcing.clarifications_by_id, "id", {"rfq_invitation": "invitation_id", "rfq": "rfq_id"}),
    "quotations": (sourcing.quotations_of, "invitation_id", {"quotation_lines": "id"}),
    "quotation": (sourcing.quotations_by_id, "id", {"quotation_lines": "id", "rfq": "rfq_id"}),
    "quotation_lines": (sourcing.offers_of, "quotation_id", {"item": "item_id", "price_breaks": "id"}),
    "quotation_line": (sourcing.offers_by_id, "id", {"quotation": "quotation_id", "item": "item_id", "price_breaks": "id"}),
    "price_breaks": (sourcing.breaks_of, "quotation_line_id", {}),
    "notice_sites": (notices.sites_of, "notice_id", {"site": "site_id"}),
    "notice_items": (notices.items_of, "notice_id", {"item": "item_id", "calling": "item_id"}),
    "notice_addressees": (notices.addressees_of, "notice_id", {"firm": "addressee_id"}),
    "notice_assessment": (notices.assessments_of, "notice_id", {}),
    "notice_forwarding": (notices.forwardings_of, "notice_id", {}),
    "notice_of_request": (notices.notices_of_requests, "request_id", {}),
    "saved_scenario": (scenarios.scenarios_by_id, "id", {"chain": "chain_id", "person": "by_user"}),
    "data_answers": (data_requests.answers_of, "request_id", {}),
    "data_request": (data_requests.requests_by_id, "id", {"data_answers": "id", "notice_of_request": "id"}),
    "acceptance": (packages.certificates_by_id, "id", {}),
    "supplier_certificate": (certificates.certificates_by_id, "id", {"certificate_versions": "id", "certificate_showings": "id", "certificate_reminders": "id", "firm": "owner_id"}),
    "certificate_versions": (certificates.versions_of, "certificate_id", {"certificate_verifications": "id", "supplier_certificate": "certificate_id", "certificate_showings": "certificate_id"}),
    "certificate_version": (certificates.versions_by_id, "id", {"certificate_verifications": "id", "supplier_certificate": "certificate_id"}),
    "certificate_showings": (certificates.showings_of, "certificate_id", {"firm": "buyer_id"}),
    "certificate_showing": (certificates.showings_by_id, "id", {"firm": "buyer_id"}),
    "certificate_verifications": (certificates.verifications_of, "version_id", {"firm": "buyer_id"}),
    "certificate_verification": (certificates.verifications_by_id, "id", {"firm": "buyer_id"}),
    "certificate_reminders": (certificates.reminders_of, "certificate_id", {}),
    "certificate_request": (certificates.requests_by_id, "id", {"firm": "buyer_id", "firm ": "supplier_id"}),
    "qualification_category": (qualification.categories_by_id, "id", {}),
    "qualification": (
        qualification.qualifications_by_id, "id",
        {"firm": "buyer_id", "firm ": "supplier_id", "qualification_category": "category_id", "qualification_evidence": "id", "qualification_proposals": "id", "qualification_notes": "id"},
    ),
    "qualification_standings": (
        qualification.standings_of, "supplier_id",
        {"firm": "buyer_id", "firm ": "supplier_id", "qualification_category": "category_id", "qualification_evidence": "id", "qualification_proposals": "id", "qualification_notes": "id"},
    ),
    "scorecard_observation": (scorecards.observations_by_id, "id", {"order": "order_id", "scorecard_contests": "id"}),
    "scorecard_contests": (scorecards.contests_of, "observation_id", {}),
    "scorecard_contest": (scorecards.contests_by_id, "id", {}),
    "scorecard_terms": (scorecards.terms_by_id, "id", {}),
    "qualification_evidence": (qualification.evidence_of, "id", {}),
    "qualification_proposals": (qualification.open_proposals_of, "qualification_id", {"person": "by_user"}),
    "qualification_proposal": (qualification.proposals_by_id, "id", {"person": "by_user"}),
    "qualification_notes": (qualification.notes_of, "qualification_id", {"person": "by_user"}),
}  # fmt: skip


class Batches:
    """All batches of one request, under one viewer. A list a resolver answers with is announced by ``listed``."""

    def __init__(self, work: UnitOfWork, actor: Actor) -> None:
        self._work, self._actor = work, actor
        self._made: dict[str, Batch] = {}

    def __getitem__(self, name: str) -> Batch:
        made = self._made.get(name)
        if made is None:
            load, by, _ = _BATCHES[name]
            made = self._made[name] = Batch(
                lambda numbers: load(self._work, self._actor, numbers), by, lambda rows: self.listed(name, rows)
            )
        return made

    def listed(self, name: str, rows: Sequence[Any]) -> Sequence[Any]:
        """These rows were just listed together: what hangs on them may be asked for next, for all at once."""
        for child, column in _BATCHES[name][2].items():
            self[child.strip()].expect(getattr(row, column) for row in rows)
        return rows
