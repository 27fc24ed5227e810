"""Any thing by its id: each kind with the read that finds it for a viewer, or does not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import exchange.sight  # noqa: F401 - says who sees what: an inbox shows, and one follows, only what is seen
from api.context import Context
from chain.aliases import reads as aliases
from collaboration.merging import reads as mergers
from kernel import ids
from kernel.accounts import reads as accounts
from kernel.errors import NotFound
from kernel.inbox import reads as inbox
from kernel.progress import reads as progress
from kernel.uploads import reads as uploads

Find = Callable[[Context, int], Any]

DISCLOSED_LINK = "DisclosedLink"
"""What the id of a link says that is seen by a disclosure: it is sealed for its viewer, and opens for nobody else."""


@dataclass(frozen=True)
class _Batched:
    """Found together with others of its kind that are expected. disclosed: links seen so, or links that are one's own."""

    name: str
    disclosed: bool | None = None

    def __call__(self, context: Context, number: int) -> Any:
        found = context.batches[self.name].one(number)
        if found is None or (self.disclosed is not None and found.disclosed is not self.disclosed):
            raise NotFound("id")
        return found


def _batched(name: str) -> Find:
    return _Batched(name)


KINDS: dict[str, Find] = {
    "Firm": _batched("firm"), "Site": _batched("site"), "Application": _batched("application"),
    "Chain": _batched("chain"), "Stage": _batched("stage"), "Item": _batched("item"),
    "Order": _batched("order"), "OrderLine": _batched("line"), "Schedule": _batched("schedule"),
    "OrderResponse": _batched("response"), "OrderResponseLine": _batched("response_line"),
    "OrderChange": _batched("order_change"), "OrderCancellation": _batched("order_cancellation"),
    "Repromise": _batched("repromise"),
    "SilenceTerms": _batched("silence_terms"), "AnswerBatch": _batched("answer_batch"), "OrderHold": _batched("order_hold"),
    "Tolerance": _batched("tolerance"), "DespatchAdvice": _batched("advice"),
    "DespatchLine": _batched("despatch_line"), "ReceiptAdvice": _batched("receipt"),
    "DocumentRequirement": _batched("requirement"), "Document": _batched("document"),
    "DocumentRevision": _batched("revision"), "AcceptanceCertificate": _batched("acceptance"),
    "Certificate": _batched("supplier_certificate"), "CertificateVersion": _batched("certificate_version"),
    "CertificateShowing": _batched("certificate_showing"), "CertificateVerification": _batched("certificate_verification"),
    "ScorecardObservation": _batched("scorecard_observation"), "ScorecardContest": _batched("scorecard_contest"),
    "ScorecardTerms": _batched("scorecard_terms"),
    "CertificateRequest": _batched("certificate_request"), "QualificationCategory": _batched("qualification_category"),
    "Qualification": _batched("qualification"), "QualificationProposal": _batched("qualification_proposal"),
    "SupplyLink": _Batched("supply_link", disclosed=False), "LinkProposal": _batched("link_proposal"),
    "LinkDisclosure": _batched("link_disclosure"), "NamingConsent": _batched("naming_consent"),
    "DataRequest": _batched("data_request"), "DisruptionNotice": _batched("disruption_notice"),
    "BackupSource": _batched("backup_source"),
    "Invoice": _batched("invoice"), "InvoiceLine": _batched("invoice_line"), "CreditNote": _batched("credit_note"),
    "CauseRecord": _batched("cause_record"), "StatedCause": _batched("stated_cause"),
    "Statement": _batched("statement"), "StatementLine": _batched("statement_line"), "StatementDispute": _batched("statement_dispute"),
    "Requisition": _batched("requisition"), "Rfq": _batched("rfq"), "RfqInvitation": _batched("rfq_invitation"), "RfqQuestion": _batched("rfq_question"), "RfqClarification": _batched("rfq_clarification"),
    "SchedulingAgreement": _batched("scheduling_agreement"), "ScheduleRelease": _batched("schedule_release"),
    "Framework": _batched("framework"), "FrameworkAmendment": _batched("framework_amendment"),
    "Pool": _batched("pool"), "PoolMembership": _batched("pool_membership"),
    "Quotation": _batched("quotation"), "QuotationLine": _batched("quotation_line"),
    "IdentityReveal": lambda c, n: aliases.reveal(c.work, c.acting, n),
    "FinancialAccount": _batched("financial_account"),
    "GuestLink": _batched("guest_link"),
    "CrossReference": _batched("cross_reference"), "StockCount": _batched("stock_count"),
    "BillOfMaterial": _batched("bill"), "Explosion": _batched("explosion"),
    "ResilienceRun": _batched("resilience_run"),
    "SheetImport": _batched("sheet_import"), "SheetExport": _batched("sheet_export"),
    "SavedScenario": _batched("saved_scenario"),
    "Job": lambda c, n: progress.job(c.work, c.acting, n),
    "Terms": _batched("terms"), "AccessGrant": _batched("access_grant"), "AllocatedFigure": _batched("allocated_figure"),
    "FirmMerger": lambda c, n: mergers.merger(c.work, c.acting, n),
    "InboxEntry": lambda c, n: inbox.entry(c.work, c.acting, n),
    "Upload": lambda c, n: uploads.upload(c.work, c.acting, n),
    "Person": lambda c, n: accounts.person(c.work, c.acting, n),
}  # fmt: skip
"""Outward kind -> how to find one; every kind an event can be about stands here too."""

TAGS = {ids.tag(kind): kind for kind in KINDS}
_SUPPOSED = sorted(KINDS)
_disclosed_link = _Batched("supply_link", disclosed=True)
OPENED = TAGS | {ids.tag(DISCLOSED_LINK): DISCLOSED_LINK}
TYPES = frozenset(KINDS) - {"Person", "Upload"}
"""The kinds that are also types of the schema reachable by ``node``."""


def link_id(context: Context, link: Any) -> str:
    """What one viewer calls a link: its ends alike, and each viewer of a disclosure in its own way (decision 0023)."""
    if link.disclosed:
        return ids.seal(DISCLOSED_LINK, link.id, context.acting.party_id or 0)
    return ids.seal("SupplyLink", link.id)


def opened(outward: str, viewer: int = 0) -> tuple[str, int]:
    """(kind, row number) to look for behind an id; a made-up one is sought all the same: it takes as long as a hidden one."""
    try:
        return ids.unseal(outward, OPENED, viewer)
    except NotFound:
        kind = ids.supposed(outward, _SUPPOSED)
        return kind, ids.sought(kind, outward)


def find(context: Context, outward: str) -> tuple[str, int, Any]:
    """(kind, row number, row) behind an id. Raises NotFound alike for made-up, foreign and hidden ones."""
    kind, number = opened(outward, context.acting.party_id or 0)
    try:
        if kind == DISCLOSED_LINK:
            return "SupplyLink", number, _disclosed_link(context, number)
        return kind, number, KINDS[kind](context, number)
    except NotFound:
        raise NotFound("id") from None


def expect(context: Context, things: Iterable[tuple[str, int]]) -> None:
    """These will be asked for by ``typed``: all of a kind at once."""
    for kind, number in things:
        found = KINDS.get(kind)
        if isinstance(found, _Batched):
            context.batches[found.name].expect([number])


def typed(context: Context, kind: str, number: int) -> Any:
    """A thing ready to be told apart by type; None where it may not be known, or is no type of the schema."""
    if kind not in TYPES:
        return None
    try:
        return context.typed(kind, KINDS[kind](context, number))
    except NotFound:
        return None
