"""The opened offers of a request beside one another, as its buyer compares them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import col

from collaboration.sourcing.costs import Cost, Offered, Terms, cost_of, missing, ranks
from collaboration.sourcing.forms import Break
from collaboration.sourcing.lifecycle import QuotationState
from collaboration.sourcing.reads import (
    auction_among,
    breaks_of,
    invitations_of,
    offers_of,
    quotations_of,
    rounds_of,
    standing_lines,
)
from collaboration.sourcing.tables import ComparisonTerm, Incoterm, TermKind
from collaboration.sourcing.visibility import comparison_terms_visible_to
from kernel.access import Actor
from kernel.work import UnitOfWork

COMPARED = (
    QuotationState.OPENED, QuotationState.AWARDED, QuotationState.PARTLY_AWARDED, QuotationState.NOT_AWARDED,
)  # fmt: skip


@dataclass(frozen=True)
class ComparedOffer:
    """One offer of a line. ``cost``: of the whole line; None where it cannot be compared, and ``missing`` says why."""

    invitation: Any
    quotation: Any
    offer: Any
    breaks: Sequence[Break]
    cost: Cost | None
    missing: Sequence[str]
    rank: int | None


@dataclass(frozen=True)
class ComparedLine:
    line: Any
    offers: Sequence[ComparedOffer]


def terms_of(work: UnitOfWork, actor: Actor, rfq: Any) -> Terms:
    stated = work.rows(comparison_terms_visible_to(actor).where(col(ComparisonTerm.rfq_id) == rfq.id))
    return Terms(
        rfq.currency, rfq.incoterm, {t.word: t.amount for t in stated if t.kind is TermKind.RATE},
        {Incoterm(t.word): t.amount for t in stated if t.kind is TermKind.DELIVERY},
    )  # fmt: skip


def compared(work: UnitOfWork, actor: Actor, rfq: Any) -> list[ComparedLine]:
    """By line, its offers by rising total cost, those that cannot be compared last."""
    terms = terms_of(work, actor, rfq)
    invitations = {row.id: row for row in invitations_of(work, actor, [rfq.id])}
    quotations = {q.id: q for q in quotations_of(work, actor, list(invitations)) if q.state in COMPARED}
    offers = offers_of(work, actor, list(quotations))
    breaks = breaks_by_offer(work, actor, offers)
    auctioned = auction_among(rfq, rounds_of(work, actor, [rfq.id])) is not None
    found = []
    for number, line in standing_lines(work, actor, rfq).items():
        found.append(
            ComparedLine(
                line,
                _ranked(auctioned, [
                    _compared(line, quotations[offer.quotation_id], invitations, offer, breaks[offer.id], terms)
                    for offer in offers if offer.line_number == number
                ]),
            )
        )  # fmt: skip
    return found


def breaks_by_offer(work: UnitOfWork, actor: Actor, offers: Sequence[Any]) -> dict[int, list[Break]]:
    found: dict[int, list[Break]] = {}
    for step in breaks_of(work, actor, [offer.id for offer in offers]):
        found.setdefault(step.quotation_line_id, []).append(Break(step.from_quantity, step.unit_price))
    return found


def offered_of(quotation: Any, offer: Any, breaks: Sequence[Break]) -> Offered:
    return Offered(
        currency=quotation.currency, incoterm=quotation.incoterm, line_units=offer.line_units,
        item_units=offer.item_units, breaks=breaks, minimum_quantity=offer.minimum_quantity,
        tooling_cost=offer.tooling_cost, freight=offer.freight,
    )  # fmt: skip


def _compared(
    line: Any, quotation: Any, invitations: Any, offer: Any, breaks: Sequence[Break], terms: Terms
) -> ComparedOffer:
    offered = offered_of(quotation, offer, breaks)
    return ComparedOffer(
        invitations[quotation.invitation_id], quotation, offer, breaks, cost_of(line.quantity, offered, terms),
        missing(offered, terms), None,
    )  # fmt: skip


def _ranked(auctioned: bool, offers: Sequence[ComparedOffer]) -> list[ComparedOffer]:
    """auctioned: of equal bids the earlier goes first, as all who took part were told."""
    came = {one.offer.id: one.quotation.submitted_at for one in offers} if auctioned else None
    places = ranks(((one.offer.id, one.cost.total if one.cost else None) for one in offers), came)
    placed = [replace(one, rank=places.get(one.offer.id)) for one in offers]
    return sorted(placed, key=lambda one: (one.rank is None, one.rank or 0, one.offer.id))
