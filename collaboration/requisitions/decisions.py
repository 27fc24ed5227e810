"""The bounds of a requisition, and whom a firm's rules name for it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from kernel.codes import currency, unit
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import WHOLE_DIGITS, ZERO, not_negative, plain, positive
from kernel.texts import words

MOST_LINES, MOST_RULES = 100, 200
LONGEST_NUMBER, LONGEST_TITLE, LONGEST_LINE_TITLE, LONGEST_NOTE, LONGEST_REASON = 60, 120, 200, 1000, 400
FARTHEST_DAYS = 3650
LARGEST = Decimal(10) ** WHOLE_DIGITS

NEVER_OWN = Rule("requisition.never_own", "本单位另一位有权审批的人员", "another person of your firm who may approve")
OWN = Rule("requisition.requester", "请购人", "whoever asked for it")
NAMED = Rule("requisition.named_approver", "审批规则指定的人员", "the person your firm's approval rules name")
RULED = Rule("requisition.currency", "本单位主管增加该币种的审批规则", "your lead, by approval rules in this currency")
WITHIN = Rule("requisition.within_approved", "按新金额重新请购并审批", "a new requisition of the higher amount")


@dataclass(frozen=True)
class LineNeeded:
    number: int
    title: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    wanted_on: date


@dataclass(frozen=True)
class Needed:
    """A requisition as it is filled in."""

    number: str
    title: str
    currency: str
    lines: Sequence[LineNeeded]
    note: str = ""
    category_id: int | None = None
    supplier_id: int | None = None


@dataclass(frozen=True)
class Approval:
    """A rule: from this amount on this person; category and supplier narrow it down."""

    from_amount: Decimal
    approver_id: int
    currency: str
    category_id: int | None = None
    supplier_id: int | None = None


def check_needed(needed: Needed, today: date) -> None:
    """Raises Invalid naming the field."""
    words(needed.number, "number", LONGEST_NUMBER)
    words(needed.title, "title", LONGEST_TITLE)
    words(needed.note, "note", LONGEST_NOTE, least=0)
    currency(needed.currency)
    if not 1 <= len(needed.lines) <= MOST_LINES:
        raise Invalid("lines", f"ask for 1 to {MOST_LINES} lines", f"请购单应有 1 至 {MOST_LINES} 行")
    seen: set[int] = set()
    for n, line in enumerate(needed.lines):
        if not 1 <= line.number <= 999_999 or line.number in seen:
            raise Invalid(
                f"lines.{n}.number", "line numbers are 1 to 999999, each once", "行号为 1 至 999999 且不得重复"
            )
        seen.add(line.number)
        words(line.title, f"lines.{n}.title", LONGEST_LINE_TITLE)
        positive(line.quantity, f"lines.{n}.quantity")
        unit(line.unit, f"lines.{n}.unit")
        positive(line.unit_price, f"lines.{n}.unitPrice")
        if not today <= line.wanted_on <= today + timedelta(days=FARTHEST_DAYS):
            raise Invalid(
                f"lines.{n}.wantedOn",
                "want it today or later, within ten years",
                "需求日期应为今天或以后，且不超过十年",
            )
    if worth(needed.lines) >= LARGEST:
        raise Invalid("lines", "it is worth more than any amount can say", "请购总金额超出可表示范围")


def worth(lines: Iterable[object]) -> Decimal:
    """Quantity times estimated price, over all lines."""
    with localcontext(prec=80):
        total = sum((line.quantity * line.unit_price for line in lines), ZERO)  # type: ignore[attr-defined]
        return round(total, 6) if total else ZERO


def check_rules(rules: Sequence[Approval]) -> None:
    """Raises Invalid naming the field."""
    if len(rules) > MOST_RULES:
        raise Invalid("rules", f"a firm has at most {MOST_RULES} rules", f"审批规则最多 {MOST_RULES} 条")
    seen = set()
    for n, rule in enumerate(rules):
        currency(rule.currency, f"rules.{n}.currency")
        not_negative(rule.from_amount, f"rules.{n}.fromAmount")
        same = (rule.currency, rule.from_amount, rule.category_id, rule.supplier_id)
        if same in seen:
            raise Invalid(
                f"rules.{n}.fromAmount",
                "one rule for one amount, category and supplier",
                "同一金额、类别与供应商只能有一条规则",
            )
        seen.add(same)


def approver_of(
    rules: Iterable[Approval], *, amount: Decimal, money: str, category_id: int | None, supplier_id: int | None,
    requested_by: int,
) -> int | None:  # fmt: skip
    """Whom the rules name; None where any lead decides.

    Of the rules that fit, the one that says most decides (supplier and category before either, either before none, a category
    before a supplier), and of those the one of the highest amount. Nobody is named for what he asks himself: the next one is.
    Raises Invalid("currency") where a firm has rules and none in this currency, for no currency leads around them.
    """
    known = list(rules)
    if known and all(rule.currency != money for rule in known):
        raise Invalid(
            "currency", f"your firm's approval rules are in {', '.join(sorted({r.currency for r in known}))}",
            f"本单位审批规则的币种为 {'、'.join(sorted({r.currency for r in known}))}", rule=RULED,
        )  # fmt: skip
    fit = [
        rule for rule in known
        if rule.currency == money and rule.from_amount <= amount and rule.approver_id != requested_by
        and rule.category_id in (None, category_id) and rule.supplier_id in (None, supplier_id)
    ]  # fmt: skip
    best = max(
        fit, default=None,
        key=lambda r: (2 * (r.category_id is not None) + (r.supplier_id is not None), r.from_amount),
    )  # fmt: skip
    return best.approver_id if best else None


def check_within(ordered: Decimal, approved: Decimal) -> None:
    if ordered > approved:
        raise NotAllowedNow(
            f"the order comes to {plain(ordered)}, approved were {plain(approved)}",
            f"订单金额 {plain(ordered)} 超出已批准的 {plain(approved)}", rule=WITHIN,
        )  # fmt: skip
