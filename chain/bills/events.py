"""Facts about bills of material."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class BillStated(Fact):
    about = {"bill_id": "BillOfMaterial"}
    bill_id: int
    number: int
    lines: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class BillEnded(Fact):
    about = {"bill_id": "BillOfMaterial"}
    bill_id: int
    valid_to: date
