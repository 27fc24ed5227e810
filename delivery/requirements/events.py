"""Facts about required documents."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class DocumentsRequired(Fact):
    about = {"order_id": "Order", "requirement_ids": "DocumentRequirement"}
    order_id: int
    requirement_ids: tuple[int, ...]
