"""Facts about items."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class ItemAdded(Fact):
    about = {"item_id": "Item"}
    item_id: int
