"""Facts about documents."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class DocumentSubmitted(Fact):
    about = {"order_id": "Order", "requirement_id": "DocumentRequirement", "revision_id": "DocumentRevision"}
    order_id: int
    requirement_id: int
    revision_id: int
    job_id: int
    number: str
    revision: str
    sha256: str


@dataclass(frozen=True)
class ChecksFinished(Fact):
    about = {"order_id": "Order", "revision_id": "DocumentRevision"}
    order_id: int
    revision_id: int
    verdict: str
    failed: tuple[str, ...]


@dataclass(frozen=True)
class DocumentReviewed(Fact):
    about = {"order_id": "Order", "requirement_id": "DocumentRequirement", "revision_id": "DocumentRevision"}
    order_id: int
    requirement_id: int
    revision_id: int
    verdict: str
    comments: int
