"""Give a request for quotation out as UBL, to its buyer and each invitee; and a quotation, once it is opened."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any

from collaboration.sourcing import reads as sourcing
from collaboration.sourcing.tables import BidKind, Quotation
from collaboration.sourcing.visibility import UNSEALED
from exchange import reads
from exchange.answers_out import plain_text
from exchange.subjects import note_export, number_behind, parties_of
from exchange.ubl.documents import PartyNamed
from exchange.ubl.quoting import PriceFrom, QuotationDocument, QuotedLine, RequestedLine, RfqDocument
from exchange.ubl.write_quoting import write_quotation, write_rfq
from kernel.access import Actor
from kernel.clock import CHINA, today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.quantities import ZERO, exact
from kernel.work import UnitOfWork

SEALED = Rule("quotation.sealed", "截止时间到达后统一开标", "the closing time, when all bids are opened together")
NOT_ISSUED = Rule("rfq.not_issued", "采购方发出询价单", "the buyer, by issuing the request")


def export_rfq(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """The request as it stands, to each invitee with its own name alone. subject: its number or id.

    Raises NotFound, Invalid where several buyers use the number, NotAllowedNow before it is issued.
    """
    rfq = rfq_of(work, actor, subject)
    if rfq.issued_at is None:
        raise NotAllowedNow(
            "this request is not issued yet; what is not asked is not sent", "询价单尚未发出，不能导出", rule=NOT_ISSUED
        )
    is_buyer = rfq.buyer_id == actor.party_id
    buyer, reader = parties_of(work, actor, rfq.buyer_id, actor.party_id or rfq.buyer_id)
    closes, issued = rfq.closes_at.astimezone(CHINA), rfq.issued_at.astimezone(CHINA)
    lines = sourcing.standing_lines(work, actor, rfq)
    note_export(work, actor, "rfq_file", owner_id=rfq.buyer_id, subject=("Rfq", rfq.id))
    return write_rfq(
        RfqDocument(
            number=plain_text(rfq.number), issued_on=issued.date(), issued_at=issued.time().replace(microsecond=0),
            closes_on=closes.date(), closes_at=closes.time().replace(microsecond=0), award_by=rfq.award_by,
            currency=rfq.currency, incoterm=rfq.incoterm.name, buyer=buyer, seller=PartyNamed("") if is_buyer else reader,
            title=plain_text(rfq.title), note=plain_text(rfq.note), amendment=rfq.amendment,
            lines=tuple(
                RequestedLine(str(line.number), plain_text(line.title), line.quantity, line.unit, line.wanted_on)
                for line in lines.values()
            ),
        )
    )  # fmt: skip


def rfq_of(work: UnitOfWork, actor: Actor, subject: str) -> Any:
    """The request of that number or id, if the actor may know of it. Raises NotFound, Invalid."""
    found = reads.rfqs_numbered(work, actor, subject.strip())
    found = found or sourcing.rfqs_by_id(work, actor, [number_behind("Rfq", subject.strip())])
    if len(found) > 1:
        raise Invalid(
            "number", f"{len(found)} buyers ask you under the number {subject}; give the request's id",
            f"有 {len(found)} 个采购方使用询价单号 {subject}；请填写询价单的标识",
        )  # fmt: skip
    if not found:
        raise NotFound("number")
    return found[0]


def export_quotation(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """A bid, to its bidder and its buyer, after the opening: until then nobody can read it, nor can we.

    subject: the quotation's id, else the request's number or id: then the bidder's own newest. Raises NotFound,
    Invalid, NotAllowedNow.
    """
    quotation = _quotation_of(work, actor, subject)
    if quotation.state not in UNSEALED or quotation.currency == "":
        raise NotAllowedNow(
            "this bid is sealed and cannot be read by anybody, not even by its bidder's system through us",
            "该报价处于密封状态，任何人（包括平台）都无法读取",
            rule=SEALED,
        )
    (rfq,) = sourcing.rfqs_by_id(work, actor, [quotation.rfq_id])
    (invitation,) = sourcing.invitations_by_id(work, actor, [quotation.invitation_id])
    buyer, seller = parties_of(work, actor, rfq.buyer_id, invitation.supplier_id)
    note_export(work, actor, "quotation_file", owner_id=invitation.supplier_id, subject=("Rfq", rfq.id))
    lines = _lines(work, actor, quotation, sourcing.standing_lines(work, actor, rfq))
    return write_quotation(
        QuotationDocument(
            number=plain_text(f"{rfq.number}-Q{quotation.number}"), issued_on=today_of(quotation.submitted_at),
            rfq_number=plain_text(rfq.number), rfq_version=str(quotation.amendment), currency=quotation.currency,
            incoterm=quotation.incoterm.name, valid_until=quotation.valid_until, seller=seller, buyer=buyer,
            note=plain_text(quotation.note), lines=tuple(lines), total=_total(lines),
        )
    )  # fmt: skip


def _quotation_of(work: UnitOfWork, actor: Actor, subject: str) -> Any:
    found = sourcing.quotations_by_id(work, actor, [number_behind("Quotation", subject.strip())])
    if found:
        return found[0]
    rfq = rfq_of(work, actor, subject)
    invitations = [i.id for i in sourcing.invitations_of(work, actor, [rfq.id]) if i.supplier_id == actor.party_id]
    mine: Sequence[Quotation] = sourcing.quotations_of(work, actor, invitations)
    if not mine:
        raise NotFound("number")
    return mine[-1]


def _lines(work: UnitOfWork, actor: Actor, quotation: Any, asked: Any) -> list[QuotedLine]:
    offers = sourcing.offers_of(work, actor, [quotation.id])
    breaks: dict[int, list[Any]] = {offer.id: [] for offer in offers}
    for one in sourcing.breaks_of(work, actor, list(breaks)):
        breaks[one.quotation_line_id].append(one)
    items = reads.items_named(work, [offer.item_id for offer in offers])
    return [_line(offer, breaks[offer.id], items[offer.item_id], asked.get(offer.line_number)) for offer in offers]


def _line(offer: Any, breaks: Sequence[Any], item: Any, asked: Any) -> QuotedLine:
    prices = sorted(breaks, key=lambda one: one.from_quantity)
    factor = _exact_ratio(offer.item_units, offer.line_units)
    said = plain_text(offer.note)
    if factor is None:
        ratio = f"{offer.line_units} {asked.unit if asked else ''} = {offer.item_units} {item.unit}"
        said = f"{said} {ratio}".strip()
    quantity = (
        asked.quantity * offer.item_units / offer.line_units if asked is not None and factor is not None else None
    )
    return QuotedLine(
        request_line=str(offer.line_number), item_name=plain_text(item.name), sellers_item_number=plain_text(item.number),
        unit=item.unit, prices=tuple(PriceFrom(one.from_quantity, one.unit_price) for one in prices),
        lead_time_days=offer.lead_time_days, factor=factor, quantity=_kept(quantity),
        minimum_quantity=offer.minimum_quantity, tooling_cost=offer.tooling_cost, freight=offer.freight,
        alternate=offer.kind is BidKind.ALTERNATE, note=said,
    )  # fmt: skip


def _exact_ratio(above: int, below: int) -> Decimal | None:
    with localcontext(prec=80):
        return _kept(Decimal(above) / Decimal(below))


def _kept(amount: Decimal | None) -> Decimal | None:
    try:
        return None if amount is None else exact(amount)
    except ValueError:
        return None


def _total(lines: Sequence[QuotedLine]) -> Decimal:
    """What the lines come to as far as they say it: at the price of the asked quantity, with their charges."""
    total = ZERO
    with localcontext(prec=80):
        for line in lines:
            if line.quantity is not None:
                steps = [p for p in line.prices if p.from_quantity <= line.quantity] or line.prices[:1]
                total += sum((step.unit_price for step in steps[-1:]), ZERO) * line.quantity
            total += line.freight + line.tooling_cost
        return round(total, 6)
