"""What an invoice comes to, and what a credit note takes back: amounts to two places, tax per rate (EN 16931). Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from collaboration.settlement.forms import CreditedLine, InvoicedLine, InvoiceGiven, TermsGiven, TotalsSaid
from collaboration.settlement.tables import FapiaoType, InvoiceReason, TaxCategory
from kernel.codes import currency, unit
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import WHOLE_DIGITS, ZERO, not_negative, plain, positive
from kernel.texts import words

MOST_LINES, LONGEST_NUMBER, LONGEST_NOTE, LONGEST_TERMS, LONGEST_REASON, LONGEST_LINE = 200, 60, 1000, 400, 400, 200
ANSWER_WORKING_DAYS, LONGEST_CLOSED_DAYS, FARTHEST_DAYS = 3, 60, 730
CENT, HUNDRED, LARGEST = Decimal("0.01"), Decimal(100), Decimal(10) ** WHOLE_DIGITS
DIGITAL = frozenset({FapiaoType.DIGITAL_SPECIAL, FapiaoType.DIGITAL_ORDINARY})
TOTALS = Rule("invoice.totals", "按各行金额更正合计", "totals that follow from the lines")
CREDITED = Rule("credit_note.within_invoiced", "按尚未冲销的数量填写", "taking back no more than is left of the line")


def rounded(amount: Decimal) -> Decimal:
    """To two places, halves away from zero (EN 16931-1, 7.5)."""
    with localcontext(prec=80):
        return amount.quantize(CENT, ROUND_HALF_UP)


def amount_of(quantity: Decimal, unit_price: Decimal) -> Decimal:
    """BT-131: quantity times net price."""
    with localcontext(prec=80):
        return rounded(quantity * unit_price)


@dataclass(frozen=True)
class TaxPart:
    """BG-23: what is taxed alike, and the tax on all of it together."""

    category: TaxCategory
    percent: Decimal
    taxable: Decimal
    tax: Decimal


def tax_parts(lines: Iterable[Any]) -> list[TaxPart]:
    """By category and rate. ``lines`` have tax_category, tax_percent and line_amount."""
    taxable: dict[tuple[TaxCategory, Decimal], Decimal] = {}
    for line in lines:
        kind = (line.tax_category, line.tax_percent)
        taxable[kind] = taxable.get(kind, ZERO) + line.line_amount
    return [
        TaxPart(category, percent, amount, _percent_of(percent, amount))
        for (category, percent), amount in sorted(taxable.items())
    ]


def _percent_of(percent: Decimal, amount: Decimal) -> Decimal:
    with localcontext(prec=80):
        return rounded(percent * amount / HUNDRED)


@dataclass(frozen=True)
class Totals:
    """BG-22, without charges, allowances and prepayments: payable is what is due with tax."""

    line_extension_amount: Decimal
    tax_exclusive_amount: Decimal
    tax_amount: Decimal
    tax_inclusive_amount: Decimal
    payable_amount: Decimal


def totals_of(lines: Iterable[Any]) -> Totals:
    known = list(lines)
    net = sum((line.line_amount for line in known), ZERO)
    tax = sum((part.tax for part in tax_parts(known)), ZERO)
    return Totals(net, net, tax, net + tax, net + tax)


@dataclass(frozen=True)
class LineReckoned:
    """A line with its amount and category, whether said or following."""

    tax_category: TaxCategory
    tax_percent: Decimal
    line_amount: Decimal


def reckoned(line: InvoicedLine, place: str) -> LineReckoned:
    """Raises Invalid naming the field, with the right figure."""
    right = amount_of(line.quantity, line.unit_price)
    if line.line_amount is not None and line.line_amount != right:
        raise Invalid(
            f"{place}.lineAmount", f"{plain(line.quantity)} times {plain(line.unit_price)} is {plain(right)}",
            f"{plain(line.quantity)} × {plain(line.unit_price)} 应为 {plain(right)}", rule=TOTALS,
        )  # fmt: skip
    category = line.tax_category or (TaxCategory.STANDARD if line.tax_percent else TaxCategory.ZERO)
    if (category is TaxCategory.STANDARD) != bool(line.tax_percent):
        raise Invalid(
            f"{place}.taxPercent", "the category STANDARD has a rate above 0, every other one 0",
            "标准税率类别的税率须大于 0，其他类别须为 0",
        )  # fmt: skip
    return LineReckoned(category, line.tax_percent, right)


FIELDS = {
    "line_extension_amount": ("lineExtensionAmount", "各行金额合计"), "tax_exclusive_amount": ("taxExclusiveAmount", "不含税金额"),
    "tax_amount": ("taxAmount", "税额"), "tax_inclusive_amount": ("taxInclusiveAmount", "价税合计"), "payable_amount": ("payableAmount", "应付金额"),
}  # fmt: skip


def check_totals(said: TotalsSaid, right: Totals) -> None:
    """Raises Invalid naming the first total that does not follow, with the right figure."""
    for name, (field, zh) in FIELDS.items():
        given, correct = getattr(said, name), getattr(right, name)
        if given is not None and given != correct:
            raise Invalid(
                f"totals.{field}", f"from the lines follows {plain(correct)}, not {plain(given)}",
                f"按各行计算，{zh}应为 {plain(correct)}，填写的是 {plain(given)}", rule=TOTALS,
            )  # fmt: skip


def check_given(given: InvoiceGiven, today: date) -> list[LineReckoned]:
    """The bounds of an invoice, and its lines reckoned. Raises Invalid naming the field."""
    words(given.number, "number", LONGEST_NUMBER, one_line=True)
    currency(given.currency, "currency")
    if abs((given.issued_on - today).days) > FARTHEST_DAYS or given.issued_on > today:
        raise Invalid(
            "issuedOn", "an invoice is dated today or within the last two years", "开票日期应为今天或两年以内"
        )
    if not given.issued_on <= given.due_on <= given.issued_on + timedelta(days=FARTHEST_DAYS):
        raise Invalid("dueOn", "it is due on the day it is dated or within two years", "到期日应为开票日当天至两年以内")
    words(given.payment_terms, "paymentTerms", LONGEST_TERMS, least=0)
    words(given.note, "note", LONGEST_NOTE, least=0)
    _check_fapiao(given.fapiao_number, given.fapiao_type)
    if not 1 <= len(given.lines) <= MOST_LINES:
        raise Invalid("lines", f"an invoice has 1 to {MOST_LINES} lines", f"发票须有 1 至 {MOST_LINES} 行")
    seen: set[int] = set()
    found = []
    for n, line in enumerate(given.lines):
        if line.number in seen or not 1 <= line.number <= 999_999:
            raise Invalid(
                f"lines.{n}.number", "line numbers are 1 to 999999, each once", "行号为 1 至 999999 且不得重复"
            )
        seen.add(line.number)
        found.append(_check_line(line, f"lines.{n}"))
    totals = totals_of(found)
    if totals.payable_amount >= LARGEST:
        raise Invalid("lines", "it comes to more than any amount can say", "发票金额超出可表示范围")
    check_totals(given.totals, totals)
    return found


def _check_line(line: InvoicedLine, place: str) -> LineReckoned:
    positive(line.quantity, f"{place}.quantity")
    not_negative(line.unit_price, f"{place}.unitPrice")
    if not ZERO <= line.tax_percent <= HUNDRED:
        raise Invalid(f"{place}.taxPercent", "a tax rate is 0 to 100 percent", "税率应在 0 至 100 之间")
    words(line.description, f"{place}.description", LONGEST_LINE, least=0 if line.order_line_id else 1, one_line=True)
    if line.order_line_id is None and line.unit is None:
        raise Invalid(f"{place}.unit", "say the unit of what no order line names", "不对应订单行的内容须填写单位")
    if line.unit is not None:
        unit(line.unit, f"{place}.unit")
    return reckoned(line, place)


def _check_fapiao(number: str | None, kind: FapiaoType | None) -> None:
    """A fully digital one has 20 digits; one on paper 8, or with its code of 10 or 12 before them."""
    if (number is None) != (kind is None):
        missing = "fapiaoType" if kind is None else "fapiaoNumber"
        raise Invalid(missing, "number and type of a fapiao go together", "发票号码与发票类型须一并填写")
    lengths = (20,) if kind in DIGITAL else (8, 18, 20)
    if number is not None and not (number.isascii() and number.isdigit() and len(number) in lengths):
        raise Invalid(
            "fapiaoNumber", f"a fapiao number of this type has {' or '.join(map(str, lengths))} digits",
            f"该类型的发票号码为 {'或'.join(map(str, lengths))} 位数字",
        )  # fmt: skip


def first_answer_due(submitted_on: date, is_working_day: Callable[[date], bool]) -> date:
    """The third working day of the buyer after an invoice came (Peppol Invoice Response: it answers within three).

    Whoever closes for longer than any holiday is asked after so many days all the same.
    """
    day, left = submitted_on, ANSWER_WORKING_DAYS
    while left and (day - submitted_on).days < LONGEST_CLOSED_DAYS:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def check_terms(given: TermsGiven) -> None:
    """Raises Invalid naming the field."""
    currency(given.currency, "currency")
    percents = ("quantity_percent", "price_percent", "tax_percent", "held_percent")
    for name in percents:
        value = getattr(given, name)
        if value is not None and not ZERO <= value <= HUNDRED:
            raise Invalid(_camel(name), "a percentage is 0 to 100", "百分比应在 0 至 100 之间")
    for name in ("quantity_absolute", "price_absolute", "release_limit"):
        value = getattr(given, name)
        if value is not None:
            not_negative(value, _camel(name))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


NEEDS_REASON = Rule("invoice.reason", "填写原因", "saying why")


def check_answer(*, needs_reason: bool, reason: InvoiceReason | None, note: str) -> None:
    """A query and a rejection say why; the reason OTH says it in words. Raises Invalid."""
    if needs_reason and reason is None:
        raise Invalid("reason", "a query or a rejection says why", "质疑或拒收须选择原因", rule=NEEDS_REASON)
    words(note, "note", LONGEST_NOTE, least=1 if reason is InvoiceReason.OTH else 0)


def held_amount(payable: Decimal, percent: Decimal, missing: int) -> Decimal:
    """What of an amount is held while so many documents are missing."""
    return _percent_of(percent, payable) if missing else ZERO


@dataclass(frozen=True)
class Credit:
    """What one credit note takes back of each line, and in all."""

    lines: Sequence[tuple[int, Decimal, Decimal]]
    net: Decimal
    tax: Decimal


def credit(lines: Sequence[Any], asked: Sequence[CreditedLine], *, tax_left: Decimal) -> Credit:
    """Take back quantities of invoice lines at their own price and tax.

    lines: all of the invoice's. tax_left: what of its tax earlier credit notes left. What is left of a line is taken back
    to the cent, so that everything taken back is everything invoiced. Raises Invalid naming the line.
    """
    if not asked:
        raise Invalid("lines", "say what is taken back", "请填写要冲销的内容")
    own = {line.id: line for line in lines}
    taken: dict[int, tuple[Decimal, Decimal]] = {}
    for n, one in enumerate(asked):
        positive(one.quantity, f"lines.{n}.quantity")
        if one.invoice_line_id in taken or one.invoice_line_id not in own:
            raise Invalid(
                f"lines.{n}.invoiceLineId", "name each line of the invoice at most once", "每个发票行最多填写一次"
            )
        line = own[one.invoice_line_id]
        left, money_left = line.quantity - line.credited_quantity, line.line_amount - line.credited_amount
        if one.quantity > left:
            raise Invalid(
                f"lines.{n}.quantity", f"of line {line.number} {plain(left)} is left to be taken back",
                f"第 {line.number} 行尚可冲销 {plain(left)}，填写的是 {plain(one.quantity)}", rule=CREDITED,
            )  # fmt: skip
        whole = one.quantity == left
        taken[line.id] = (
            one.quantity,
            money_left if whole else min(money_left, amount_of(one.quantity, line.unit_price)),
        )
    net = sum((money for _, money in taken.values()), ZERO)
    return Credit([(i, q, m) for i, (q, m) in taken.items()], net, _credited_tax(lines, taken, tax_left))


def _credited_tax(lines: Sequence[Any], taken: dict[int, tuple[Decimal, Decimal]], tax_left: Decimal) -> Decimal:
    """Per rate the tax on what stays is reckoned, and the rest of the tax is taken back."""
    stays = [
        LineReckoned(
            line.tax_category, line.tax_percent,
            line.line_amount - line.credited_amount - taken.get(line.id, (ZERO, ZERO))[1],
        )
        for line in lines
    ]  # fmt: skip
    return tax_left - sum((part.tax for part in tax_parts(stays)), ZERO)


SEPARATED = Rule(
    "invoice.second_person", "本单位另一位未参与该订单与放行的人员", "another person of your firm with no part in it"
)


def refuse_second(en: str, zh: str) -> NotAllowedNow:
    return NotAllowedNow(en, zh, rule=SEPARATED)
