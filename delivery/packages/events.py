"""Facts about acceptance."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class DeliveryAccepted(Fact):
    about = {"order_id": "Order", "certificate_id": "AcceptanceCertificate"}
    order_id: int
    certificate_id: int
    documents: int
    snapshot_hash: str
