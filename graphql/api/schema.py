"""The schema: the promise we make to every program. Printed to graphql/schema.graphql and diffed in CI."""

import graphene

from api.mutations import documents, links, logistics, orders
from api.mutations.answer_batches import AnswerBatchActs
from api.mutations.answer_clocks import AnswerClockActs
from api.mutations.awards import AwardActs
from api.mutations.backups import BackupActs
from api.mutations.bidding import BiddingActs
from api.mutations.causes import CauseActs
from api.mutations.certificates import CertificateActs
from api.mutations.clarifications import ClarificationActs
from api.mutations.essentiality import EssentialityActs
from api.mutations.financial_accounts import FinancialAccountActs
from api.mutations.firms import FirmActs
from api.mutations.framework_amendments import FrameworkAmendmentActs
from api.mutations.frameworks import FrameworkActs
from api.mutations.guests import GuestActs
from api.mutations.holds import OrderHoldActs
from api.mutations.inbox import InboxActs
from api.mutations.items import ItemActs
from api.mutations.naming import NamingActs
from api.mutations.notices import NoticeActs
from api.mutations.order_changes import OrderChangeActs
from api.mutations.people import PeopleActs
from api.mutations.planning import PlanningActs
from api.mutations.pooling import PoolActs
from api.mutations.qualification import QualificationActs
from api.mutations.recovery import RecoveryActs
from api.mutations.registration import RegistrationActs
from api.mutations.requests import RequestActs
from api.mutations.requisitions import RequisitionActs
from api.mutations.rounds import RoundActs
from api.mutations.runs import RunActs
from api.mutations.scenarios import ScenarioActs
from api.mutations.scheduling_agreements import SchedulingAgreementActs
from api.mutations.scorecards import ScorecardActs
from api.mutations.settlement import SettlementActs
from api.mutations.sharing import SharingActs
from api.mutations.sheets import SheetActs
from api.mutations.sourcing import SourcingActs
from api.mutations.statements import StatementActs
from api.mutations.ubl import UblActs
from api.query import Query
from api.types import (
    answer_clocks,
    backups,
    bills,
    changes,
    colleagues,
    figures,
    financial_accounts,
    firms,
    frameworks,
    guests,
    items,
    jobs,
    marks,
    mergers,
    order_changes,
    planning,
    registration,
    resilience,
    runs,
    scenarios,
    scheduling_agreements,
    sheets,
    side_by_side,
    simulation,
    ubl,
    workbench,
)  # fmt: skip
from api.types import causes as cause_types
from api.types import certificates as certificate_types
from api.types import documents as document_types
from api.types import links as link_types
from api.types import logistics as logistics_types
from api.types import notices as notice_types
from api.types import orders as order_types
from api.types import pooling as pool_types
from api.types import qualification as qualification_types
from api.types import requests as request_types
from api.types import requisitions as requisition_types
from api.types import scorecards as scorecard_types
from api.types import settlement as settlement_types
from api.types import sharing as sharing_types
from api.types import sourcing as sourcing_types
from api.types import statements as statement_types
from api.types.links import SupplyLink
from api.types.sheets import SheetExport, SheetImport


class Mutations(
    InboxActs,
    PeopleActs,
    FinancialAccountActs,
    SheetActs,
    UblActs,
    SharingActs,
    RequestActs,
    NoticeActs,
    SourcingActs,
    BiddingActs,
    RoundActs,
    AwardActs,
    ClarificationActs,
    RequisitionActs,
    SettlementActs,
    FrameworkActs,
    FrameworkAmendmentActs,
    SchedulingAgreementActs,
    PoolActs,
    StatementActs,
    CauseActs,
    ScenarioActs,
    NamingActs,
    links.LinkActs,
    BackupActs,
    EssentialityActs,
    RecoveryActs,
    CertificateActs,
    QualificationActs,
    RunActs,
    ScorecardActs,
    ItemActs,
    PlanningActs,
    GuestActs,
    FirmActs,
    RegistrationActs,
    OrderChangeActs,
    AnswerClockActs,
    AnswerBatchActs,
    OrderHoldActs,
    graphene.ObjectType,
):
    """Everything that can be done. Each answers with the object and `userErrors`."""

    class Meta:
        name = "Mutation"

    place_order = orders.PlaceOrder.Field(description=orders.PlaceOrder.__doc__)
    respond_to_order = orders.RespondToOrder.Field(description=orders.RespondToOrder.__doc__)
    decide_on_response = orders.DecideOnResponse.Field(description=orders.DecideOnResponse.__doc__)
    close_short = orders.CloseShort.Field(description=orders.CloseShort.__doc__)
    set_tolerance = orders.SetTolerance.Field(description=orders.SetTolerance.__doc__)
    send_despatch_advice = logistics.SendDespatchAdvice.Field(description=logistics.SendDespatchAdvice.__doc__)
    post_receipt = logistics.PostReceipt.Field(description=logistics.PostReceipt.__doc__)
    require_documents = documents.RequireDocuments.Field(description=documents.RequireDocuments.__doc__)
    open_upload = documents.OpenUpload.Field(description=documents.OpenUpload.__doc__)
    submit_document = documents.SubmitDocument.Field(description=documents.SubmitDocument.__doc__)
    review_document = documents.ReviewDocument.Field(description=documents.ReviewDocument.__doc__)
    accept_delivery = documents.AcceptDelivery.Field(description=documents.AcceptDelivery.__doc__)
    declare_supply_link = links.DeclareSupplyLink.Field(description=links.DeclareSupplyLink.__doc__)
    end_supply_link = links.EndSupplyLink.Field(description=links.EndSupplyLink.__doc__)
    disclose_links = links.DiscloseLinks.Field(description=links.DiscloseLinks.__doc__)
    revoke_disclosure = links.RevokeDisclosure.Field(description=links.RevokeDisclosure.__doc__)


TYPES = [
    SupplyLink,
    order_types.OrderResponseLine,
    order_types.Schedule,
    logistics_types.DespatchLine,
    logistics_types.ReceiptAdvice,
    document_types.DocumentRevision,
    document_types.AcceptanceCertificate,
    firms.Stage,
    items.CrossReference,
    items.StockCount,
    bills.BillOfMaterial,
    planning.Explosion,
    firms.Site,
    registration.Application,
    mergers.FirmMerger,
    sharing_types.ExactFigure,
    sharing_types.BandFigure,
    jobs.Job,
    SheetImport,
    SheetExport,
    *runs.NODES,
    *certificate_types.NODES,
    *qualification_types.NODES,
    *scorecard_types.NODES,
    *notice_types.NODES,
    *order_changes.NODES,
    *sourcing_types.NODES,
    *requisition_types.NODES,
    *settlement_types.NODES,
    *frameworks.NODES,
    *scheduling_agreements.NODES,
    *answer_clocks.NODES,
    *workbench.NODES,
    *pool_types.NODES,
    *statement_types.NODES,
    *cause_types.NODES,
]  # fmt: skip
"""Types no field names, for they are met behind an interface only."""

schema = graphene.Schema(query=Query, mutation=Mutations, types=TYPES)

schema.graphql_schema.extensions["usual_lengths"] = {
    "Order.lines": 20, "Order.responses": 3, "OrderLine.schedules": 3, "OrderResponse.lines": 20,
    "OrderResponseLine.schedules": 3, "Chain.stages": 10, "Chain.stageEssentiality": 20, "DespatchAdvice.lines": 20, "DespatchAdvice.receipts": 2,
    "ReceiptAdvice.lines": 20, "DocumentRequirement.revisions": 3, "DocumentRevision.findings": 15,
    "Document.revisions": 3, "Review.comments": 5, "Viewer.roles": 5, "Order.openVerbs": 5, "Order.reservedVerbs": 5, "Order.warnings": 1, "Order.holds": 1, "PlaceOrder.warnings": 1, "ReservedVerb.roles": 2,
    "DespatchAdvice.openVerbs": 1, "DespatchAdvice.reservedVerbs": 1, "Query.todoCounts": 7, "Query.orderCounts": 9,
    "DespatchLine.serials": 5, "OrderLine.openVerbs": 2, "OrderResponseLine.differences": 3,
    "DocumentRequirement.openVerbs": 2, "DocumentRevision.openVerbs": 1, 
    "Query.acceptanceWaitsFor": 20, "Query.documentRequirements": 20, "Query.documentClasses": 12,
} | {name: usual for module in (
    backups, bills, certificate_types, changes, colleagues, figures, financial_accounts, firms, guests, items, link_types, marks, mergers, notice_types, order_changes, sourcing_types, requisition_types, settlement_types, planning, qualification_types, registration, request_types, resilience, runs, scenarios, scorecard_types, side_by_side, simulation, sharing_types, sheets, ubl, frameworks, scheduling_agreements, answer_clocks, workbench, pool_types, statement_types, cause_types,
) for name, usual in module.USUAL_LENGTHS.items()} | {"MarkRead.entries": 20, "MarkDone.entries": 20, "Query.followed": 20, "ToleranceReplay.priceRises": 2, "ToleranceReplay.risks": 100}  # fmt: skip
"""How long the short unpaged lists usually are: what the cost limit counts for them; each module says its own."""
schema.graphql_schema.extensions["measures"] = frozenset({
    "backupCoverage", "chainChanges", "chainsSideBySide", "compareScenarios", "firmReasons", "replayTolerance", "resilience",
    "secondSource", "simulate", "supplyMarks",
})  # fmt: skip
"""What computes for seconds where a firm sees much: the cost limit lets three of them into one operation."""
