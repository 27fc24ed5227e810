"""Trade between two firms is evidence for the supply link between them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chain.links.tables import EvidenceKind
from chain.links.verbs import add_evidence, links_of
from collaboration.logistics.reads import despatch_lines_of, receipt_lines_of
from collaboration.orders.reads import lines_by_id, orders_by_id
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.work import UnitOfWork, unit_of_work


def evidence_from_order(event_id: int) -> None:
    """Agreed order lines. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="evidence_from_order")
        if event:
            lines = lines_by_id(work, SYSTEM, event.facts["line_ids"])
            _add(work, EvidenceKind.ORDER, lines, today_of(event.at), "OrderLine")


def evidence_from_despatch(event_id: int) -> None:
    """Goods despatched. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="evidence_from_despatch")
        if event:
            sent = despatch_lines_of(work, SYSTEM, [event.facts["advice_id"]])
            lines = lines_by_id(work, SYSTEM, {x.line_id for x in sent})
            day = date.fromisoformat(event.facts["shipped_on"])
            _add(
                work,
                EvidenceKind.DESPATCH,
                lines,
                min(day, today_of(event.at)),
                "DespatchAdvice",
                event.facts["advice_id"],
            )


def evidence_from_receipt(event_id: int) -> None:
    """Goods received. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="evidence_from_receipt")
        if event:
            counted = receipt_lines_of(work, SYSTEM, [event.facts["receipt_id"]])
            kept = {x.despatch_line_id for x in counted if x.accepted}
            sent = despatch_lines_of(work, SYSTEM, [event.facts["advice_id"]])
            lines = lines_by_id(work, SYSTEM, {x.line_id for x in sent if x.id in kept})
            _add(work, EvidenceKind.RECEIPT, lines, today_of(event.at), "ReceiptAdvice", event.facts["receipt_id"])


def _add(
    work: UnitOfWork, kind: EvidenceKind, lines: Iterable[Any], on: date, source: str, source_id: int | None = None
) -> None:
    """One observation per line's own source, or per document and item where a document is the source."""
    lines = list(lines)
    orders = {o.id: o for o in orders_by_id(work, SYSTEM, {line.order_id for line in lines})}
    known: dict[tuple[int, int, int], Sequence[Any]] = {}
    for line in lines:
        order = orders[line.order_id]
        ends = (order.seller_id, order.buyer_id, line.item_id)
        if ends not in known:
            known[ends] = links_of(work, supplier_id=ends[0], buyer_id=ends[1], item_id=ends[2])
        links = known[ends]
        for link in links:
            seen = (source, source_id or line.id)
            add_evidence(work, link=link, kind=kind, on=on, source=seen, alone=len(links) == 1)
