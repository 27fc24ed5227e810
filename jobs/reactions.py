"""What happens because something happened: one row per event and job. The relay reads nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from collaboration.logistics.events import DespatchAdviceSent, ReceiptPosted
from collaboration.orders.events import LinesAgreed
from delivery.documents.events import DocumentSubmitted
from jobs.document_checks import check_document
from jobs.link_evidence import evidence_from_despatch, evidence_from_order, evidence_from_receipt
from kernel.events import Fact

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
    On(DocumentSubmitted,  "documents", check_document, timeout_seconds=900),
)  # fmt: skip
