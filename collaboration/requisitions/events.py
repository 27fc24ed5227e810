"""Facts about requisitions, all of one firm."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class RequisitionDrafted(Fact):
    about = {"requisition_id": "Requisition"}
    requisition_id: int


@dataclass(frozen=True)
class RequisitionSubmitted(Fact):
    about = {"requisition_id": "Requisition"}
    requisition_id: int


@dataclass(frozen=True)
class RequisitionApproved(Fact):
    about = {"requisition_id": "Requisition"}
    requisition_id: int


@dataclass(frozen=True)
class RequisitionRejected(Fact):
    about = {"requisition_id": "Requisition"}
    requisition_id: int


@dataclass(frozen=True)
class RequisitionSourced(Fact):
    """It has become a request for quotation, in whose own history nothing of it stands."""

    about = {"requisition_id": "Requisition"}
    requisition_id: int
    rfq_id: int


@dataclass(frozen=True)
class RequisitionOrdered(Fact):
    about = {"requisition_id": "Requisition"}
    requisition_id: int


@dataclass(frozen=True)
class RequisitionSettled(Fact):
    """Its request for quotation was decided or given up."""

    about = {"requisition_id": "Requisition"}
    requisition_id: int
    state: str


@dataclass(frozen=True)
class RequisitionFinished(Fact):
    about = {"requisition_id": "Requisition"}
    requisition_id: int


@dataclass(frozen=True)
class ApprovalRulesSet(Fact):
    """The rules of a firm as they stand from now on."""

    rules: int
