"""Steps towards a payment that two persons of the buyer take, in the smallest firm too."""

from kernel.access import Role
from kernel.people.separation import Separation

RELEASING = Separation(
    first="release_invoice", then="approve_release", facts=("InvoiceReleased",), role=Role.LEAD,
    en="who releases does not approve the release", zh="放行人不能批准放行", strict=True,
)  # fmt: skip
PAYING = Separation(
    first="decide_on_response", then="approve_release", role=Role.LEAD,
    facts=("OrderPlaced", "ResponseDecided", "OrderChanged", "OrderChangeDecided", "RepromiseDecided"),
    en="who decides on an order does not approve a release", zh="对订单作决定的人不能批准放行", strict=True,
)  # fmt: skip
