"""Facts about items, what buyers call them, and stock."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class ItemAdded(Fact):
    about = {"item_id": "Item"}
    item_id: int


@dataclass(frozen=True)
class ItemDescribed(Fact):
    """A buyer said what it orders of a firm that has not joined."""

    about = {"item_id": "Item"}
    item_id: int


@dataclass(frozen=True)
class ItemChanged(Fact):
    about = {"item_id": "Item"}
    item_id: int
    changed: tuple[str, ...]


@dataclass(frozen=True)
class ItemRetired(Fact):
    about = {"item_id": "Item"}
    item_id: int
    retired_on: date


@dataclass(frozen=True)
class CrossReferenceStated(Fact):
    about = {"reference_id": "CrossReference"}
    reference_id: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class CrossReferenceEnded(Fact):
    about = {"reference_id": "CrossReference"}
    reference_id: int
    valid_to: date


@dataclass(frozen=True)
class StockCounted(Fact):
    about = {"count_id": "StockCount"}
    count_id: int
    counted_on: date
