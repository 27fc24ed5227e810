"""Who may do what: each act with the roles that may, as the verbs require it (``tests/house/test_duties.py`` compares them).

It decides nothing: it is what the page of duties shows. A verb says in its own lines who may.
"""

from dataclasses import dataclass

from collaboration.orders.separations import ACCEPTING, RECEIVING
from collaboration.settlement.separations import PAYING, RELEASING
from kernel.access import Role
from kernel.people.decisions import CONFLICTS, FIRM_ROLES, Conflict
from kernel.people.separation import Separation

__all__ = ["ACTS", "CONFLICTS", "FIRM_ROLES", "SEPARATIONS", "Act", "Conflict", "Separation", "act_matrix"]

B, P, Q, L, S = Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD, Role.SALES
OPERATOR, APPLICANT, GUEST = Role.OPERATOR, Role.APPLICANT, Role.GUEST


@dataclass(frozen=True)
class Act:
    """``roles``: any of them may; none where every person may. ``manager``: only whoever manages the firm's people."""

    subject: str
    verb: str
    roles: frozenset[Role]
    manager: bool = False


_ROLES: dict[str, dict[tuple[str, ...], tuple[Role, ...]]] = {
    "orders": {
        ("place_order", "decide_on_response", "decide_on_responses", "close_short", "set_tolerance", "accept_delivery"): (B,),
        ("change_order", "decide_on_order_change", "withdraw_order_change", "decide_on_repromise"): (B,),
        ("hold_order", "lift_hold"): (B,), ("set_answer_limits",): (B,), ("answer_orders",): (S,),
        ("propose_silence_terms", "accept_silence_terms", "decline_silence_terms", "withdraw_silence_terms", "revoke_silence_terms"): (B, S),
        ("set_working_hours", "set_calendar_days"): (L, S, B),
        ("request_order_cancellation", "withdraw_order_cancellation"): (B, S),
        ("answer_order_cancellation",): (B, S, GUEST),
        ("respond_to_order", "respond_to_order_change", "repromise_order"): (S, GUEST), ("send_despatch_advice",): (S,), ("post_receipt",): (P,),
        ("open_guest_link", "read_out_code"): (B,), ("revoke_guest_link",): (B, S), ("take_over_orders",): (L, S),
    },
    "documents": {
        ("require_documents",): (B, Q), ("submit_document",): (S, GUEST), ("review_document",): (Q,),
        ("open_upload",): (B, P, Q, L, S, APPLICANT, GUEST, OPERATOR),
    },
    "items": {
        ("describe_item",): (B,), ("add_item", "change_item", "retire_item"): (S, P), ("count_stock", "state_bill", "end_bill"): (P,),
        ("state_cross_reference", "end_cross_reference"): (S, B), ("explode_plan", "withdraw_plan"): (P,),
    },
    "links": {
        ("declare_supply_link", "confirm_supply_link", "dispute_supply_link", "restate_supply_link", "end_supply_link"): (S, B),
        ("propose_supply_link", "accept_link_proposal", "decline_link_proposal", "withdraw_link_proposal"): (S, B),
        ("record_backup_source", "change_backup_source", "begin_backup_trial", "confirm_backup_ready", "drop_backup_source"): (B, P, Q, L),
        ("qualify_backup_source",): (Q, L), ("set_stage_essentiality",): (OPERATOR,),
        ("state_link_essentiality", "withdraw_link_essentiality"): (B, P, Q, L),
        ("state_link_recovery", "withdraw_link_recovery"): (B, P, Q, L),
        ("state_share_band",): (B,), ("disclose_links", "revoke_disclosure"): (S, L),
        ("consent_to_naming", "revoke_naming"): (S, L),
        ("start_resilience_run", "cancel_resilience_run", "resume_resilience_run"): (B, P, L, S),
    },
    "scenarios": {("save_scenario", "rename_scenario", "restate_scenario", "drop_scenario"): (B, P, L, S)},
    "sharing": {
        ("propose_terms", "accept_terms", "decline_terms", "withdraw_terms"): (L, S),
        ("grant_access", "revoke_access", "state_figure"): (S, L), ("allocate_figure", "withdraw_allocation"): (P, S),
        ("send_data_request",): (B, P, L), ("approve_data_request", "refuse_data_request"): (S, L),
        ("terminate_data_request",): (B, P, L, S), ("reveal_identity", "conceal_identity"): (S, L),
    },
    "notices": {
        ("write_disruption_notice", "open_disruption_notice", "update_disruption_notice"): (B, P, S, L),
        ("resolve_disruption_notice", "forward_disruption_notice"): (B, P, S, L),
        ("read_disruption_notice", "assess_disruption_notice"): (B, P, Q, S, L),
    },
    "sourcing": {
        ("draft_rfq", "issue_rfq", "amend_rfq", "answer_rfq_question", "close_rfq", "cancel_rfq", "open_rfq_round"): (B,),
        ("state_comparison_terms", "award_rfq", "order_award", "draft_framework_from_award"): (B,),
        ("ask_clarification", "withdraw_clarification"): (B,), ("answer_clarification",): (S,),
        ("approve_rfq",): (B, L),
        ("draft_requisition", "submit_requisition", "finish_requisition"): (B, P, Q, L),
        ("approve_requisition", "reject_requisition"): (B, P, Q, L),
        ("source_requisition", "order_requisition"): (B,), ("set_approval_rules",): (L,),
        ("draft_framework", "submit_framework", "withdraw_framework", "end_framework", "call_off"): (B,),
        ("approve_framework", "reject_framework", "approve_framework_amendment"): (B, P, Q, L),
        ("propose_scheduling_agreement", "end_scheduling_agreement", "publish_release"): (B,),
        ("accept_scheduling_agreement", "decline_scheduling_agreement", "acknowledge_release", "object_to_release"): (S,),
        ("accept_framework", "decline_framework"): (S,), ("propose_framework_amendment",): (B, S),
        ("accept_framework_amendment",): (B, P, Q, L, S),
        ("decline_framework_amendment", "withdraw_framework_amendment"): (B, L, S),
        ("view_rfq", "intend_to_quote", "decline_rfq", "ask_rfq_question"): (S,),
        ("submit_quotation", "confirm_quotation", "withdraw_quotation"): (S,),
    },
    "settlement": {
        ("draft_invoice", "discard_invoice", "submit_invoice", "answer_invoice_query", "issue_credit_note"): (S,),
        ("respond_to_invoice", "release_invoice"): (B,), ("approve_release", "set_settlement_terms"): (L,),
        ("invoice_statement",): (S,), ("state_cause", "agree_to_cause", "reopen_cause"): (B, S, Q),
        ("draft_statement", "send_statement", "withdraw_statement", "dispute_statement", "answer_statement_disputes", "confirm_statement"): (B, S),
    },
    "pooling": {
        ("open_pool", "source_pool", "award_pool", "cancel_pool"): (B,),
        ("join_pool", "decline_pool", "leave_pool", "order_pool_share"): (B,),
    },
    "qualification": {
        ("propose_qualification",): (Q,), ("assign_items",): (Q, L),
        ("approve_qualification", "decline_qualification", "block_supplier", "unblock_supplier"): (L,),
        ("add_category", "change_category", "set_scorecard_terms"): (L,), ("contest_observation",): (S, Q),
        ("agree_to_contest", "refuse_contest"): (Q, B), ("request_certificate", "verify_certificate"): (Q,),
        ("add_certificate", "renew_certificate", "withdraw_certificate", "show_certificate", "hide_certificate"): (S, Q),
        ("refuse_certificate_request",): (S, Q),
    },
    "firms": {
        ("reach_firm",): (B,), ("change_firm", "add_site", "change_site", "close_site"): (L, S, OPERATOR), ("invite_firm",): (L, OPERATOR),
        ("begin_application", "describe_company", "invite_users", "select_company_role"): (APPLICANT,),
        ("upload_documents", "submit_application"): (APPLICANT,),
        ("record_check", "confirm_application", "decline_application"): (OPERATOR,),
        ("propose_merger", "withdraw_merger"): (OPERATOR,), ("agree_to_merger", "refuse_merger"): (OPERATOR, L),
    },
    "money": {
        ("propose_financial_account", "withdraw_financial_account"): (S, L),
        ("confirm_financial_account", "refuse_financial_account"): (S, L, OPERATOR),
    },
    "exchange": {
        ("preview_import", "run_import"): (B, P, S, L, OPERATOR),
        ("export_sheet",): (B, P, Q, L, S, OPERATOR), ("import_ubl",): (B, S),
    },
    "own": {("follow", "unfollow", "mark_read", "mark_done"): ()},
}  # fmt: skip
_MANAGER = {
    "people": ("invite_person", "renew_invitation", "give_role", "withdraw_role", "close_person"),
    "money": ("record_callback",),
}
ACTS: tuple[Act, ...] = (
    *(Act(subject, verb, frozenset(), manager=True) for subject, verbs in _MANAGER.items() for verb in verbs),
    *(
        Act(subject, verb, frozenset(roles))
        for subject, rows in _ROLES.items() for verbs, roles in rows.items() for verb in verbs
    ),
)  # fmt: skip

_TWO = {"en": "who proposes does not decide", "zh": "提议人不能审批", "strict": True}
SEPARATIONS: tuple[Separation, ...] = (
    RECEIVING, ACCEPTING, RELEASING, PAYING,
    Separation("propose_financial_account", "confirm_financial_account", "FinancialAccountProposed", S, **_TWO),  # type: ignore[arg-type]
    Separation("propose_qualification", "approve_qualification", "QualificationProposed", L, **_TWO),  # type: ignore[arg-type]
    Separation("propose_merger", "agree_to_merger", "MergerProposed", L, **_TWO),  # type: ignore[arg-type]
)  # fmt: skip
"""The strict ones are refused by their own verbs, which say more about it."""


def act_matrix() -> tuple[Act, ...]:
    return ACTS
