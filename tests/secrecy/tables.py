"""The access table of the database: each table with its visibility function and, said once more, who may know its rows."""

from typing import Any

from chain.firms import visibility as firms
from chain.items import visibility as items
from chain.links import visibility as links
from collaboration.logistics import visibility as logistics
from collaboration.orders import visibility as orders
from delivery.documents import visibility as documents
from delivery.packages import visibility as packages
from delivery.requirements import visibility as requirements
from kernel.access import Actor, Role
from kernel.accounts import visibility as accounts
from kernel.progress import visibility as progress
from kernel.uploads import visibility as uploads
from tests.secrecy.concepts import merged
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, signed_in, today, under


def _knows_firm(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    if row.known_to_id is not None:
        return row.known_to_id == party_of(actor)
    if actor is not None and actor.has(Role.OPERATOR):
        return True
    ends = [{link.supplier_id, link.buyer_id} for link in ledger.of("supply_link")]
    before = {(known.firm_id, known.partner_id) for known in ledger.of("former_partner")}
    me = party_of(actor)
    return row.id == me or {row.id, me} in ends or (row.id, me) in before


def _knows_item(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    bought = {(link.item_id, link.buyer_id) for link in ledger.of("supply_link")}
    maker = ledger.row("firm", row.firm_id)
    note = maker is not None and maker.standing == "reached" and maker.known_to_id == party_of(actor)
    return note or row.firm_id == party_of(actor) or (row.id, party_of(actor)) in bought


def _knows_link(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    shown = any(
        (given.viewer_id, given.owner_id, given.chain_id) == (party_of(actor), row.buyer_id, row.chain_id)
        and given.revoked_at is None and given.until >= today()
        for given in ledger.of("link_disclosure")
    )  # fmt: skip
    return party_of(actor) in (row.supplier_id, row.buyer_id) or shown


def _knows_person(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    if actor is None:
        return False
    return actor.has(Role.OPERATOR) or actor.user_id == row.id or row.party_id == actor.party_id is not None


def _own(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return actor is not None and row.person_id == actor.user_id


_ORDER, _REVISION = under("order_id", "purchase_order"), under("revision_id", "document_revision")

TABLES = {table.name: table for table in (
    #     table                      outside                   every read starts from                   who may know a row
    Table("person",                  "Person",                 accounts.people_visible_to,              _knows_person),
    Table("api_token",               None,                     accounts.tokens_of,                      _own),
    Table("upload",                  "Upload",                 uploads.uploads_visible_to,              one_of("party_id")),
    Table("job",                     "Job",                    progress.jobs_visible_to,                one_of("party_id")),
    Table("firm",                    "Firm",                   firms.firms_visible_to,                  _knows_firm),
    Table("chain",                   "Chain",                  firms.chains_visible_to,                 signed_in),
    Table("stage",                   "Stage",                  firms.stages_visible_to,                 signed_in),
    Table("stage_member",            None,                     firms.members_visible_to,                under("firm_id", "firm")),
    Table("item",                    "Item",                   items.items_visible_to,                  _knows_item),
    Table("supply_link",             "SupplyLink",             lambda a: links.supply_links_visible_to(a, today()), _knows_link),
    Table("link_evidence",           None,                     lambda a: links.evidence_visible_to(a, today()), under("link_id", "supply_link")),
    Table("link_disclosure",         "LinkDisclosure",         links.disclosures_visible_to,            one_of("owner_id", "viewer_id")),
    Table("purchase_order",          "Order",                  orders.orders_visible_to,                one_of("buyer_id", "seller_id")),
    Table("order_line",              "OrderLine",              orders.lines_visible_to,                 _ORDER),
    Table("schedule",                "Schedule",               orders.schedules_visible_to,             under("line_id", "order_line")),
    Table("order_response",          "OrderResponse",          orders.responses_visible_to,             _ORDER),
    Table("order_response_line",     "OrderResponseLine",      orders.response_lines_visible_to,        under("response_id", "order_response")),
    Table("order_response_schedule", None,                     orders.response_schedules_visible_to,    under("response_line_id", "order_response_line")),
    Table("tolerance",               "Tolerance",              orders.tolerances_visible_to,            one_of("buyer_id", "seller_id")),
    Table("despatch_advice",         "DespatchAdvice",         logistics.despatch_advices_visible_to,   one_of("buyer_id", "seller_id")),
    Table("despatch_line",           "DespatchLine",           logistics.despatch_lines_visible_to,     under("advice_id", "despatch_advice")),
    Table("receipt_advice",          "ReceiptAdvice",          logistics.receipts_visible_to,           one_of("buyer_id", "seller_id")),
    Table("receipt_line",            None,                     logistics.receipt_lines_visible_to,      under("receipt_id", "receipt_advice")),
    Table("document_requirement",    "DocumentRequirement",    requirements.requirements_visible_to,    _ORDER),
    Table("document",                "Document",               documents.documents_visible_to,          _ORDER),
    Table("document_revision",       "DocumentRevision",       documents.revisions_visible_to,          _ORDER),
    Table("check_finding",           None,                     documents.findings_visible_to,           _REVISION),
    Table("review",                  None,                     documents.reviews_visible_to,            _REVISION),
    Table("review_comment",          None,                     documents.comments_visible_to,           under("review_id", "review")),
    Table("acceptance_certificate",  "AcceptanceCertificate",  packages.certificates_visible_to,        _ORDER),
)} | merged("TABLES")  # fmt: skip

WITHOUT = {
    "sign_in_session": "found by the cookie that names it (kernel.accounts.verbs.resume), listed by nobody",
    "sign_in_failure": "counts wrong passwords by address and account; no read answers with it",
    "event": "read below a thing that was found visible (kernel.visibility.events_about), and by the relay",
    "event_subject": "an index into event; read together with it",
    "event_claim": "tells the worker that an effect was had; no read answers with it",
    "audit_entry": "read by `chainmaster audit verify` on the machine; no read answers with it",
    "audit_head": "where a firm's audit chain ends; as audit_entry",
    "idempotency_key": "a caller's own keys, found by caller and key (kernel.idempotency)",
} | merged("WITHOUT")
"""Tables no visibility function is for, and why none is needed."""

TABLE_OF = {table.kind: table.name for table in TABLES.values() if table.kind is not None}
