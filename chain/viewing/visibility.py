"""Which rows a firm is shown when it looks at itself through another's eyes: its own, by the other's own rules.

They are joined by "and" to every visibility rule, in ``kernel.access.seen_by``. A table that is not named here is shown
to nobody who looks through another's eyes, so that no new table becomes a window into a partner's other dealings.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlmodel import col

from chain.links.tables import SupplyLink
from kernel.access import OfFirm, shows_of_firm


def _of(column: str) -> OfFirm:
    """The rows whose column names the firm."""
    return lambda c, firm, viewer: c[column] == firm


def _between(one: str, other: str) -> OfFirm:
    """What the firm has with whom it looks as."""
    return lambda c, firm, viewer: or_(
        and_(c[one] == firm, c[other] == viewer), and_(c[one] == viewer, c[other] == firm)
    )


def _below(c: Any, firm: int, viewer: int) -> ColumnElement[bool]:
    """No more is asked: its visibility rule goes by the row above it, which is asked."""
    return true()


def _links(c: Any, firm: int, viewer: int) -> ColumnElement[bool]:
    """Those between the two, and the firm's upstream as it discloses it; never one where it is itself the hidden end."""
    return or_(c.buyer_id == firm, and_(c.supplier_id == firm, c.buyer_id == viewer))


def _known_item(c: Any, firm: int, viewer: int) -> ColumnElement[bool]:
    """One's own, and those the other supplies one with: one knows them as their buyer."""
    bought = select(col(SupplyLink.item_id)).where(
        col(SupplyLink.supplier_id) == viewer, col(SupplyLink.buyer_id) == firm
    )
    return or_(c["firm_id"] == firm, c["id"].in_(bought))


def _both(c: Any, firm: int, viewer: int) -> ColumnElement[bool]:
    """The two firms themselves, for what they have with each other names both."""
    own: ColumnElement[bool] = c.id.in_((firm, viewer))
    return own


SHOWN: dict[str, OfFirm] = {
    "firm": _both,
    "site": _of("firm_id"),
    "stage_member": _of("firm_id"),
    "item": _known_item,
    "cross_reference": _between("supplier_id", "buyer_id"),
    "supply_link": _links,
    "link_evidence": _below,
    "link_disclosure": _of("owner_id"),
    "purchase_order": _between("buyer_id", "seller_id"),
    "order_line": _below,
    "schedule": _below,
    "order_hold": _below,
    "order_response": _below,
    "order_response_line": _below,
    "order_response_schedule": _below,
    "tolerance": _between("buyer_id", "seller_id"),
    "despatch_advice": _between("buyer_id", "seller_id"),
    "despatch_line": _below,
    "receipt_advice": _between("buyer_id", "seller_id"),
    "receipt_line": _below,
    "document_requirement": _below,
    "document": _below,
    "document_revision": _below,
    "check_finding": _below,
    "review": _below,
    "review_comment": _below,
    "acceptance_certificate": _below,
    "certificate": _of("owner_id"),
    "certificate_version": _below,
    "certificate_showing": _of("owner_id"),
    "terms_version": _between("first_id", "second_id"),
    "terms_acceptance": _below,
    "terms_text": _below,
    "access_grant": _of("owner_id"),
    "stated_figure": _of("owner_id"),
    "allocated_figure": _of("owner_id"),
    "financial_account": _of("firm_id"),
    "account_callback": _between("owner_id", "buyer_id"),
    "published_table": _below,
    "published_figure": _below,
}
"""Published figures name no firm; what of them is about the firm, the map says (``oversight.maps``)."""

shows_of_firm(SHOWN)
