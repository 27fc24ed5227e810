"""The buyer answers an invoice, up to its payment; the seller answers a query in words."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import col

from collaboration.settlement import decisions
from collaboration.settlement.events import InvoiceAnswered, InvoiceQueryAnswered
from collaboration.settlement.judging import PASSING
from collaboration.settlement.lifecycle import InvoiceState
from collaboration.settlement.matching import match_lines
from collaboration.settlement.moving import invoice_to_move, lines_of
from collaboration.settlement.releasing import standing_releases
from collaboration.settlement.tables import Invoice, InvoiceAction, InvoiceLine, InvoiceReason, InvoiceResponse
from collaboration.settlement.visibility import invoice_responses_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import ZERO, plain, positive
from kernel.texts import words
from kernel.work import UnitOfWork

Missing = Callable[[UnitOfWork, Actor, Collection[int]], Sequence[Any]]
"""Which required documents of orders are not released yet: known to a later layer, which hands it in."""

ALL_MATCH = Rule(
    "invoice.all_lines_match",
    "卖方冲销或重开，或采购方填写理由放行",
    "the seller by a credit note or a new invoice, or the buyer by a release",
)
HELD = Rule(
    "invoice.documents_held", "卖方交齐资料并经采购方批准", "the seller, once the missing documents are released"
)
WITHIN = Rule("invoice.payment_within_payable", "按未付金额填写", "paying no more than is left")
NEEDS_REASON = frozenset({InvoiceState.UNDER_QUERY, InvoiceState.REJECTED})


def respond_to_invoice(
    work: UnitOfWork, actor: Actor, *, invoice_id: int, expected_version: int, answer: InvoiceState, missing: Missing,
    reason: InvoiceReason | None = None, action: InvoiceAction | None = None, note: str = "", amount: Decimal | None = None,
) -> Invoice:  # fmt: skip
    """The buyer says where the invoice stands: forward only, accepted once every line matches or is released.

    amount: of PART_PAID, what was paid now; of PAID the rest is paid. Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    if answer in (InvoiceState.DRAFT, InvoiceState.SUBMITTED):
        raise Invalid("answer", "a buyer answers AB, IP, UQ, CA, RE, AP, PPD or PD", "该状态不是采购方的答复")
    invoice, after = invoice_to_move(
        work, actor, invoice_id, expected_version, verb="respond_to_invoice", outcome=answer.value
    )
    require(actor, Role.BUYER)
    decisions.check_answer(needs_reason=answer in NEEDS_REASON, reason=reason, note=note)
    lines = lines_of(work, actor, invoice_id)
    if answer is InvoiceState.ACCEPTED:
        _match_anew(work, invoice_id, lines)  # a receipt may have been posted that no job has told of yet
        _check_match(work, actor, lines)
    paid = None
    if answer in (InvoiceState.PART_PAID, InvoiceState.PAID):
        paid = _paid(work, actor, invoice, lines, answer, amount, missing)
        reason = InvoiceReason.PPD if answer is InvoiceState.PART_PAID else reason
    elif amount is not None:
        raise Invalid("amount", "an amount goes with a payment", "仅付款时填写金额")
    invoice.state, invoice.answered_at = after, invoice.answered_at or work.now
    response = work.add(
        InvoiceResponse(
            invoice_id=invoice_id, number=len(_responses(work, actor, invoice_id)) + 1, state=after, reason=reason,
            action=action, note=note.strip(), amount=paid, answered_at=work.now, by_user=actor.user_id,
        )
    )  # fmt: skip
    assert response.id is not None
    if after in (
        InvoiceState.REJECTED,
        InvoiceState.ACCEPTED,
    ):  # others of the same goods stand before or behind it now
        _match_anew(work, invoice_id, lines)
    work.record(
        InvoiceAnswered(
            invoice_id=invoice_id, response_id=response.id, state=after.value, reason=reason and reason.value
        )
    )
    return invoice


def _match_anew(work: UnitOfWork, invoice_id: int, lines: Sequence[InvoiceLine]) -> None:
    work.session.flush()
    match_lines(work, {x.order_line_id for x in lines if x.order_line_id is not None}, telling=invoice_id)


def _responses(work: UnitOfWork, actor: Actor, invoice_id: int) -> Sequence[InvoiceResponse]:
    own = invoice_responses_visible_to(actor).where(col(InvoiceResponse.invoice_id) == invoice_id)
    return work.all(own.order_by(col(InvoiceResponse.number)), lock=True)


def _check_match(work: UnitOfWork, actor: Actor, lines: Sequence[InvoiceLine]) -> None:
    """Every line passes, or is released and that release approved where it must be. Raises NotAllowedNow."""
    released = {
        r.line_id for r in standing_releases(work, actor, lines) if not r.needs_second or r.approved_at is not None
    }
    blocked = [line for line in lines if line.outcome not in PASSING and line.id not in released]
    if blocked:
        numbers = ", ".join(str(line.number) for line in blocked)
        raise NotAllowedNow(
            f"lines {numbers} do not match and are not released; release them with a reason, query or reject",
            f"第 {numbers} 行未通过匹配且未放行；请填写理由放行，或提出质疑、拒收", rule=ALL_MATCH,
        )  # fmt: skip


def open_amount(invoice: Any) -> Decimal:
    """What is still to be paid, credit notes taken off."""
    left: Decimal = invoice.payable_amount - invoice.credited_amount - invoice.paid_amount
    return left


def _paid(
    work: UnitOfWork, actor: Actor, invoice: Invoice, lines: Sequence[InvoiceLine], answer: InvoiceState,
    amount: Decimal | None, missing: Missing,
) -> Decimal:  # fmt: skip
    """What this payment comes to; what is held for documents is not paid. Raises Invalid, NotAllowedNow."""
    left = open_amount(invoice)
    if answer is InvoiceState.PART_PAID:
        if amount is None:
            raise Invalid("amount", "say how much was paid", "部分付款须填写本次付款金额")
        positive(amount, "amount")
        if amount >= left:
            raise Invalid(
                "amount", f"{plain(left)} is left: less is a part, all of it is PAID",
                f"尚未付 {plain(left)}；部分付款须少于该金额，全部付清请选择已付款", rule=WITHIN,
            )  # fmt: skip
    elif amount not in (None, left):
        raise Invalid("amount", f"{plain(left)} is left to be paid", f"尚未付 {plain(left)}", rule=WITHIN)
    paying = max(left, ZERO) if amount is None else amount  # a credit note may leave less than was paid
    owed = missing(work, actor, {line.order_id for line in lines if line.order_id is not None})
    due = invoice.payable_amount - invoice.credited_amount
    held = decisions.held_amount(due, invoice.held_percent, len(owed))
    most = max(left - held, ZERO)
    if paying > most:
        raise NotAllowedNow(
            f"{plain(held)} is held until the missing documents are released; at most {plain(most)} may be paid",
            f"资料未交齐，暂扣 {plain(held)}；目前最多可付 {plain(most)}",
            fields=("amount",), rule=HELD,
        )  # fmt: skip
    invoice.paid_amount += paying
    return paying


def answer_invoice_query(
    work: UnitOfWork, actor: Actor, *, invoice_id: int, expected_version: int, text: str
) -> Invoice:
    """The seller answers the query that is open. Raises NotFound, Stale, NotAllowedNow, Invalid("text")."""
    invoice, after = invoice_to_move(work, actor, invoice_id, expected_version, verb="answer_invoice_query")
    invoice.state = after
    require(actor, Role.SALES)
    query = _responses(work, actor, invoice_id)[-1]
    if query.reply is not None:
        raise NotAllowedNow(
            "this query is answered; the buyer decides next", "该质疑已答复，等待采购方处理",
            rule=Rule("invoice.query_answered", "采购方再次质疑或决定", "the buyer, by another query or a decision"),
        )  # fmt: skip
    query.reply = words(text, "text", decisions.LONGEST_NOTE)
    query.replied_at, query.replied_by = work.now, actor.user_id
    assert query.id is not None
    work.record(InvoiceQueryAnswered(invoice_id=invoice_id, response_id=query.id))
    return invoice
