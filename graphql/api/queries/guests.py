"""What is asked about links for guests."""

from typing import Any

from api.queries.parts import by_id
from api.types.fields import paged, paging, said
from api.types.guests import GuestActConnection, GuestLinkConnection, ReachConnection
from collaboration.guests import reads
from kernel import ids


class GuestQuestions:
    """Links to an order for people without an account."""

    guest_links = said(
        GuestLinkConnection, "The links opened to an order, newest first.", order_id=by_id("The order."), **paging()
    )
    guest_acts = said(
        GuestActConnection, "What was done by a link, newest first.", link_id=by_id("The link."), **paging()
    )

    orders_to_take_over = said(
        ReachConnection,
        "Orders buyers sent to your firm by link, under its credit code, before they knew it; for its lead and sales.",
        **paging(),
    )

    @staticmethod
    def resolve_orders_to_take_over(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        return paged(reads.orders_to_take_over(c.work, c.acting, first=first, after=after))

    @staticmethod
    def resolve_guest_links(
        root: Any, info: Any, order_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        number = ids.sought("Order", order_id)
        found = reads.guest_links(c.work, c.acting, order_id=number, first=first, after=after)
        c.batches["firm"].expect(i for row in found.rows for i in (row.firm_id, row.inviter_id))
        return paged(found)

    @staticmethod
    def resolve_guest_acts(
        root: Any, info: Any, link_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        number = ids.sought("GuestLink", link_id)
        return paged(reads.guest_acts(c.work, c.acting, link_id=number, first=first, after=after))
