"""An order and the seller's answer to it on paper."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from exchange.printing.sheet import Column, Party, Sheet
from exchange.printing.words import Words, figure, money, price, unit_of, words_of
from exchange.ubl.documents import OrderDocument, OrderedLine, PartyNamed
from exchange.ubl.responses import LineCode, ResponseLine
from kernel.quantities import ZERO


def sheet_of(words: Words, kind: str, number: str) -> Sheet:
    return Sheet(title=words[kind], number=number, foot=words["foot"], page_of=words["page"].format)


def party_of(words: Words, role: str, named: PartyNamed) -> Party:
    return Party(words[role], named.name, [f"{words['code']} {code}" for _, code in named.codes])


def columns_of(words: Words, *names_and_shares: tuple[str, float, bool]) -> list[Column]:
    return [Column(words[name], share, figures) for name, share, figures in names_and_shares]


def print_order(order: OrderDocument, *, lang: str) -> bytes:
    """The order as a PDF, in the reader's language: the same bytes for the same order."""
    words = words_of(lang)
    sheet = sheet_of(words, "order", order.number)
    sheet.parties(party_of(words, "buyer", order.buyer), party_of(words, "seller", order.seller))
    sheet.facts([(words["ordered_on"], f"{order.issued_on}"), (words["currency"], order.currency),
                 (words["order_number"], order.number)])  # fmt: skip
    columns = columns_of(
        words, ("line", 0.06, True), ("item", 0.36, False), ("quantity", 0.13, True), ("unit_price", 0.14, True),
        ("amount", 0.15, True), ("days", 0.16, False),
    )  # fmt: skip
    sheet.table(columns, [_ordered(line, words, lang) for line in order.lines])
    sheet.sums([(words["total"], f"{money(_total(order.lines))} {order.currency}")])
    sheet.text(words["note"], order.note)
    sheet.signatures(words["signed_buyer"], words["signed_seller"])
    return sheet.finished(language="zh-CN" if lang == "zh" else "en")


def _ordered(line: OrderedLine, words: Words, lang: str) -> list[str]:
    unit_price = line.unit_price or ZERO
    return [
        line.number, _item(line.item_name, line.sellers_item_number, line.buyers_item_number, words),
        f"{figure(line.quantity)} {unit_of(line.unit, lang)}", price(unit_price), money(_worth(line.quantity, unit_price)),
        _days([(day.wanted_on, day.quantity) for day in line.schedules]),
    ]  # fmt: skip


def _item(name: str, sellers: str, buyers: str, words: Words) -> str:
    return "\n".join([name, sellers, *([f"{words['own_number']} {buyers}"] if buyers and buyers != sellers else [])])


def _days(days: Sequence[tuple[date | None, Decimal]]) -> str:
    """One day alone, several with how much comes on each."""
    if len(days) == 1:
        return f"{days[0][0] or '—'}"
    return "\n".join(f"{day or '—'}: {figure(quantity)}" for day, quantity in days)


def _worth(quantity: Decimal, unit_price: Decimal) -> Decimal:
    with localcontext(prec=60):
        return quantity * unit_price


def _total(lines: Sequence[OrderedLine]) -> Decimal:
    with localcontext(prec=60):
        return sum((line.quantity * (line.unit_price or ZERO) for line in lines), ZERO)


def print_response(
    lines: Sequence[ResponseLine], *, number: str, code: str, issued_on: date, order_number: str, currency: str,
    seller: PartyNamed, buyer: PartyNamed, reason: str, note: str, lang: str,
) -> bytes:  # fmt: skip
    """The seller's answer as a PDF, line by line, whatever its code leaves out as UBL."""
    words = words_of(lang)
    sheet = sheet_of(words, "response", number)
    sheet.parties(party_of(words, "seller", seller), party_of(words, "buyer", buyer))
    facts = [
        (words["answer"], words[code]), (words["answered_on"], f"{issued_on}"), (words["order_number"], order_number),
        (words["currency"], currency),
    ]  # fmt: skip
    sheet.facts([*facts, *([(words["reason"], words.get(reason, reason))] if reason else [])])
    columns = columns_of(
        words, ("line", 0.06, True), ("answer", 0.1, False), ("item", 0.31, False), ("quantity", 0.12, True),
        ("unit_price", 0.13, True), ("days", 0.28, False),
    )  # fmt: skip
    if lines:
        sheet.table(columns, [_answered(line, words, lang) for line in lines])
    sheet.text(words["note"], note)
    sheet.signatures(words["signed_seller"], words["signed_buyer"])
    return sheet.finished(language="zh-CN" if lang == "zh" else "en")


def _answered(line: ResponseLine, words: Words, lang: str) -> list[str]:
    item = _item(line.item_name, line.sellers_item_number, line.buyers_item_number, words)
    if line.substitute_number or line.substitute_name:
        item += f"\n{words['substitute']}: {line.substitute_number} {line.substitute_name}"
    said = [_days([(day.promised_on, day.quantity) for day in line.schedules])] if line.schedules else []
    if line.code is LineCode.NOT_ACCEPTED:
        said = [words["none"]]
    if line.maximum_backorder:
        said.append(words["backorder"].format(figure(line.maximum_backorder)))
    if line.reason:
        said.append(words.get(line.reason, line.reason))
    quantity = "" if line.quantity is None else f"{figure(line.quantity)} {unit_of(line.unit, lang)}"
    return [
        line.line_number or "+", words[line.code.value], item, quantity,
        "" if line.unit_price is None else price(line.unit_price), "\n".join(said),
    ]  # fmt: skip
