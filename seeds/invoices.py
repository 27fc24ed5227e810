"""What the cast's sellers invoice of accepted goods, and how their buyers answer and pay: at fixed hours, without chance."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial

from collaboration.orders.decisions import DEAD
from collaboration.settlement.forms import InvoicedLine, InvoiceGiven, TermsGiven
from collaboration.settlement.lifecycle import InvoiceState
from collaboration.settlement.tables import FapiaoType
from collaboration.settlement.verbs import respond_to_invoice, set_settlement_terms, submit_invoice
from delivery.holding import missing_documents
from kernel import clock
from kernel.access import Actor
from kernel.quantities import ZERO
from kernel.work import UnitOfWork, unit_of_work
from seeds import looks
from seeds.agenda import Act, Agenda
from seeds.deals import Deal

TAX, DUE_DAYS, ANSWER_DAYS = Decimal(13), 30, 2


def agree_on_matching(work: UnitOfWork, lead: Actor) -> None:
    """The chain master tolerates a percent of the price, lets two persons release more than 50,000, and holds a twentieth."""
    given = TermsGiven(
        "CNY", price_percent=Decimal(1), tax_percent=TAX, release_limit=Decimal(50_000), held_percent=Decimal(5)
    )
    set_settlement_terms(work, lead, given)


def bill(agenda: Agenda, deal: Deal, now: datetime) -> None:
    """Invoiced on the day after acceptance, accepted two days later, paid when it is due."""
    _then(agenda, now, 1, time(10, 30), lambda at: _billed(agenda, deal, at))


def _billed(agenda: Agenda, deal: Deal, now: datetime) -> None:
    invoice_id = invoice(deal, now)
    if invoice_id is not None:
        _then(agenda, now, ANSWER_DAYS, time(15), partial(_answer, deal, invoice_id, InvoiceState.ACCEPTED))
        _then(agenda, now, DUE_DAYS, time(11), partial(_answer, deal, invoice_id, InvoiceState.PAID))


def invoice(deal: Deal, now: datetime, *, more: Decimal = ZERO) -> int | None:
    """All of an order that was accepted, and ``more`` of its first line than that; None where nothing was."""
    with unit_of_work(deal.seller) as work:
        order, accepted = looks.order(work, deal.order_id), dict[int, Decimal]()
        days = looks.schedules(work, deal.order_id)
        lines = {line.id or 0: line for line, _ in days if line.state not in DEAD}
        for line, schedule in days:
            accepted[line.id or 0] = accepted.get(line.id or 0, ZERO) + schedule.accepted
        said = [
            InvoicedLine(n, accepted[i] + (more if n == 1 else ZERO), lines[i].unit_price, TAX, order_line_id=i)
            for n, i in enumerate((i for i in lines if accepted[i]), start=1)
        ]
        if not said:
            return None
        today = clock.today_of(now)
        made = submit_invoice(
            work, deal.seller,
            InvoiceGiven(
                f"FP-{deal.number}", order.buyer_id, today, today + timedelta(days=DUE_DAYS), order.currency, said,
                payment_terms="月结 30 天", fapiao_number=f"26322000{deal.order_id:012d}",
                fapiao_type=FapiaoType.DIGITAL_SPECIAL,
            ),
        )  # fmt: skip
        return made.id


def _answer(deal: Deal, invoice_id: int, answer: InvoiceState, now: datetime) -> None:
    with unit_of_work(deal.buyer.buys) as work:
        version = looks.invoice(work, invoice_id).version
        respond_to_invoice(
            work, deal.buyer.buys, invoice_id=invoice_id, expected_version=version, answer=answer,
            missing=missing_documents,
        )  # fmt: skip


def _then(agenda: Agenda, now: datetime, days: int, hour: time, act: Act) -> None:
    day = clock.today_of(now) + timedelta(days=days)
    agenda.at(datetime.combine(day, hour, clock.CHINA), act)
