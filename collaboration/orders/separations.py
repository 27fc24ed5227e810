"""Steps of one order that two persons of the buyer take, where its firm has two."""

from kernel.access import Role
from kernel.people.separation import Separation

RECEIVING = Separation(
    first="place_order", then="post_receipt", facts=("OrderPlaced", "OrderChanged", "OrderChangeDecided"), role=Role.PLANNER,
    en="who orders does not receive", zh="下单人不能收货",
)  # fmt: skip
ACCEPTING = Separation(
    first="post_receipt", then="accept_delivery", facts=("ReceiptPosted",), role=Role.BUYER,
    en="who receives does not accept", zh="收货人不能验收",
)  # fmt: skip
