"""The life of a requisition (features.md C1)."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class RequisitionState(StrEnum):
    """Where a requisition stands."""

    DRAFT = "draft"
    WAITING = "waiting"  # for the person the firm's rules name
    APPROVED = "approved"
    REJECTED = "rejected"  # with a reason; may be said anew
    SOURCING = "sourcing"  # it has become a request for quotation
    ORDERED = "ordered"
    DONE = "done"


class RequisitionSide(StrEnum):
    """Who moves a requisition, all of one firm."""

    REQUESTER = "requester"
    APPROVER = "approver"
    BUYER = "buyer"


REQUESTER, APPROVER, BUYER = RequisitionSide
DRAFT, WAITING, APPROVED, REJECTED, SOURCING, ORDERED, DONE = RequisitionState

REQUISITION_LIFE = Lifecycle(
    ("requisition", "请购单"),
    #    verb                   by         while in           becomes    outcome
    Move("draft_requisition",   REQUESTER, {DRAFT, REJECTED}, DRAFT),
    Move("submit_requisition",  REQUESTER, {DRAFT},           WAITING),
    Move("approve_requisition", APPROVER,  {WAITING},         APPROVED),
    Move("reject_requisition",  APPROVER,  {WAITING},         REJECTED),
    Move("source_requisition",  BUYER,     {APPROVED},        SOURCING),
    Move("order_requisition",   BUYER,     {APPROVED},        ORDERED),
    Move("settle_requisition",  Side.SYSTEM, {SOURCING},        ORDERED,   "awarded"),
    Move("settle_requisition",  Side.SYSTEM, {SOURCING},        APPROVED,  "not_awarded"),
    Move("finish_requisition",  REQUESTER, {ORDERED},         DONE),
    begins={DRAFT},
)  # fmt: skip
