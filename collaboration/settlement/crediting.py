"""The seller takes back part or all of an invoice it submitted."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col

from collaboration.settlement import decisions
from collaboration.settlement.events import CreditNoteIssued
from collaboration.settlement.forms import CreditedLine
from collaboration.settlement.matching import match_lines
from collaboration.settlement.moving import invoice_to_move, lines_of
from collaboration.settlement.tables import CreditNote, CreditNoteLine, Invoice
from collaboration.settlement.visibility import credit_notes_visible_to
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.quantities import ZERO
from kernel.texts import words
from kernel.work import UnitOfWork


def issue_credit_note(
    work: UnitOfWork, actor: Actor, *, invoice_id: int, expected_version: int, number: str, issued_on: date, reason: str,
    lines: Sequence[CreditedLine],
) -> CreditNote:  # fmt: skip
    """Never more than was invoiced; what is taken back may be invoiced again. Raises NotFound, Stale, NotAllowedNow, Invalid."""
    invoice, after = invoice_to_move(work, actor, invoice_id, expected_version, verb="issue_credit_note")
    invoice.state = after
    require(actor, Role.SALES)
    own = lines_of(work, actor, invoice_id)
    said = words(number, "number", decisions.LONGEST_NUMBER, one_line=True)
    why = words(reason, "reason", decisions.LONGEST_REASON)
    if not invoice.issued_on <= issued_on <= today_of(work.now):
        raise Invalid(
            "issuedOn", "a credit note is dated from the day of its invoice to today", "冲销日期应在发票日期至今天之间"
        )
    before = _earlier(work, actor, invoice, said)
    tax_left = invoice.tax_amount - sum((note.tax_amount for note in before), ZERO)
    credit = decisions.credit(own, lines, tax_left=tax_left)
    note = work.add(
        CreditNote(
            number=said, invoice_id=invoice_id, seller_id=invoice.seller_id, buyer_id=invoice.buyer_id, issued_on=issued_on,
            reason=why, line_extension_amount=credit.net, tax_amount=credit.tax, payable_amount=credit.net + credit.tax,
            issued_at=work.now,
        )
    )  # fmt: skip
    assert note.id is not None
    kept = {line.id: line for line in own}
    for line_id, quantity, amount in credit.lines:
        line = kept[line_id]
        line.credited_quantity += quantity
        line.credited_amount += amount
        work.session.add(
            CreditNoteLine(credit_note_id=note.id, invoice_line_id=line_id, quantity=quantity, line_amount=amount)
        )
    invoice.credited_amount += note.payable_amount
    work.session.flush()
    match_lines(work, {x.order_line_id for x in own if x.order_line_id is not None}, telling=invoice_id)
    work.record(CreditNoteIssued(invoice_id=invoice_id, credit_note_id=note.id, number=said))
    return note


def _earlier(work: UnitOfWork, actor: Actor, invoice: Invoice, number: str) -> Sequence[CreditNote]:
    """Earlier credit notes of this invoice. Raises Invalid where the number is taken."""
    taken = credit_notes_visible_to(actor).where(
        col(CreditNote.seller_id) == invoice.seller_id, col(CreditNote.buyer_id) == invoice.buyer_id,
        col(CreditNote.number) == number,
    )  # fmt: skip
    if work.maybe(taken) is not None:
        raise Invalid(
            "number",
            f"you have a credit note numbered {number} to this buyer already",
            f"对该采购方已有冲销单号 {number}",
        )
    return work.all(credit_notes_visible_to(actor).where(col(CreditNote.invoice_id) == invoice.id), lock=True)
