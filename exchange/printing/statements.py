"""A statement of account on paper, for both firms to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exchange.printing.orders import columns_of, party_of, sheet_of
from exchange.printing.words import Words, figure, money, price, unit_of, words_of
from exchange.ubl.documents import PartyNamed


@dataclass(frozen=True)
class StatedRow:
    """One line of a statement. ``source``: receipt, delivered or credit_note; what is set aside counts in no sum."""

    number: int
    happened_on: date
    source: str
    reference: str
    order_number: str
    item: str
    unit: str
    accepted: Decimal
    rejected: Decimal
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    is_set_aside: bool


@dataclass(frozen=True)
class StatementOnPaper:
    """A statement as it stands: ``edition`` and the SHA-256 of its content tell two of them apart."""

    period: tuple[date, date]
    edition: int
    content_hash: str
    state: str
    currency: str
    total: Decimal
    cut_on: date
    buyer: PartyNamed
    seller: PartyNamed
    rows: Sequence[StatedRow]


def print_statement(statement: StatementOnPaper, *, lang: str) -> bytes:
    """The statement as a PDF, in the reader's language: the same bytes for the same statement."""
    words = words_of(lang)
    since, until = statement.period
    sheet = sheet_of(words, "statement", f"{since} – {until}")
    sheet.parties(party_of(words, "seller", statement.seller), party_of(words, "buyer", statement.buyer))
    sheet.facts([
        (words["edition"], f"{statement.edition}"), (words["state"], words[f"statement {statement.state}"]), (words["currency"], statement.currency),
        (words["cut_on"], f"{statement.cut_on}"), ("SHA-256", statement.content_hash),
    ])  # fmt: skip
    columns = columns_of(
        words, ("line", 0.05, True), ("day", 0.13, False), ("paper", 0.17, False), ("item", 0.2, False),
        ("accepted", 0.12, True), ("stated", 0.1, True), ("unit_price", 0.11, True), ("amount", 0.12, True),
    )  # fmt: skip
    sheet.table(columns, [_row(row, words, lang) for row in statement.rows])
    sheet.sums([(words["total_untaxed"], f"{money(statement.total)} {statement.currency}")])
    sheet.signatures(words["signed_seller"], words["signed_buyer"])
    return sheet.finished(language="zh-CN" if lang == "zh" else "en")


def _row(row: StatedRow, words: Words, lang: str) -> list[str]:
    counted = f"{figure(row.accepted)} {unit_of(row.unit, lang)}"
    if row.rejected:
        counted += f"\n{words['rejected'].format(figure(row.rejected))}"
    return [
        f"{row.number}", f"{row.happened_on}", f"{words[row.source]} {row.reference}\n{row.order_number}", row.item, counted,
        figure(row.quantity), price(row.unit_price), words["set_aside"] if row.is_set_aside else money(row.amount),
    ]  # fmt: skip
