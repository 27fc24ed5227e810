"""Pure rules of framework agreements: what one says, what a day's price is, what an index makes of it, what the caps leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Protocol, TypeVar

from collaboration.frameworks.forms import FrameworkDrafted, IndexClause, IndexRead, LineDrafted, Step
from kernel.codes import currency
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import FRACTION_DIGITS, WHOLE_DIGITS, ZERO, not_negative, plain, positive
from kernel.texts import words

MOST_LINES, MOST_BREAKS = 200, 10
LONGEST_NUMBER, LONGEST_NOTE, LONGEST_REASON, LONGEST_INDEX, LONGEST_SOURCE = 60, 1000, 400, 80, 200
FARTHEST_DAYS = 3660
LARGEST = Decimal(10) ** WHOLE_DIGITS

BOTH = "供需双方变更框架协议", "both firms, by an amendment of the framework agreement"
CAP = Rule("framework.cap", *BOTH)
PRICE = Rule("framework.price", *BOTH)
ITEM = Rule("framework.item", "另行下订单", "the buyer, by an order of its own")
VALIDITY = Rule("framework.validity", *BOTH)
NOT_RETROACTIVE = Rule(
    "framework.never_retroactive", "以今天或以后的日期重新提出", "whoever proposes, with a day from today on"
)
ONE_OPEN = Rule(
    "framework.one_open_amendment", "先答复或撤回未决的变更", "answering or withdrawing the one that is open"
)
BELOW_CALLED = Rule("framework.cap_below_called", "采购方先取消要货单", "the buyer, by cancelling what was called off")
MINIMUM = Rule("framework.minimum_quantity", *BOTH)
AS_AWARDED = Rule(
    "framework.as_awarded", "双方同意后以变更调整；或另行起草框架协议",
    "both firms, by an amendment once it is agreed; or the buyer, by a framework that is not of this award",
)  # fmt: skip
NO_CLAUSE = Rule("framework.no_index_clause", *BOTH)


def check_drafted(said: FrameworkDrafted, today: date) -> None:
    """Raises Invalid naming the field."""
    words(said.number, "number", LONGEST_NUMBER, one_line=True)
    words(said.note, "note", LONGEST_NOTE, least=0)
    currency(said.currency)
    if said.valid_until < max(said.valid_from, today):
        raise Invalid(
            "validUntil",
            "the last day is today or later, and not before the first",
            "终止日期应为今天或以后，且不早于起始日期",
        )
    check_until(said.valid_until, today)
    _check_cap(said.value_cap, "valueCap")
    if not 1 <= len(said.lines) <= MOST_LINES:
        raise Invalid("lines", f"a framework has 1 to {MOST_LINES} lines", f"框架协议应有 1 至 {MOST_LINES} 行")
    numbers, items = set[int](), set[int]()
    for n, line in enumerate(said.lines):
        place = f"lines.{n}"
        if not 1 <= line.number <= 999_999 or line.number in numbers:
            raise Invalid(f"{place}.number", "line numbers are 1 to 999999, each once", "行号为 1 至 999999 且不得重复")
        if line.item_id in items:
            raise Invalid(
                f"{place}.itemId", "an item stands in one line of a framework", "同一物料在框架协议中只占一行"
            )
        numbers.add(line.number)
        items.add(line.item_id)
        _check_line(line, place, capped=said.value_cap is not None)


def check_until(until: date, today: date) -> None:
    if not today <= until <= today + timedelta(days=FARTHEST_DAYS):
        raise Invalid(
            "validUntil", "the last day is today or later, within ten years", "终止日期应为今天或以后，且不超过十年"
        )


def _check_line(line: LineDrafted, place: str, *, capped: bool) -> None:
    _check_cap(line.quantity_cap, f"{place}.quantityCap")
    _check_cap(line.value_cap, f"{place}.valueCap")
    if line.quantity_cap is None and line.value_cap is None and not capped:
        raise Invalid(
            f"{place}.quantityCap", "a line has a cap of its own, in quantity or value, or the framework has one in value",
            "须为该行填写数量上限或金额上限，或为整份协议填写金额上限",
        )  # fmt: skip
    not_negative(line.minimum_quantity, f"{place}.minimumQuantity")
    if line.quantity_cap is not None and line.minimum_quantity > line.quantity_cap:
        raise Invalid(
            f"{place}.minimumQuantity", "the least of one call-off is above all that may be called off",
            "单次最小要货量高于数量上限", rule=MINIMUM,
        )  # fmt: skip
    check_breaks(line.price_breaks, f"{place}.priceBreaks", line.minimum_quantity)
    clause = line.index_clause
    if clause is None:
        return
    check_one_price(line.price_breaks, f"{place}.priceBreaks")
    _check_clause(clause, line.price_breaks[0].unit_price, f"{place}.indexClause")


def _check_clause(clause: IndexClause, base_price: Decimal, place: str) -> None:
    words(clause.name, f"{place}.name", LONGEST_INDEX, one_line=True)
    positive(clause.base_index, f"{place}.baseIndex")
    positive(base_price, f"{place}.basePrice")
    if not 0 < clause.weight_percent <= 100:
        raise Invalid(
            f"{place}.weightPercent",
            "the index's share of the price is above 0 and at most 100",
            "指数所占价格比重应大于 0 且不超过 100",
        )
    if not 0 <= clause.price_decimals <= FRACTION_DIGITS:
        raise Invalid(
            f"{place}.priceDecimals",
            f"prices have 0 to {FRACTION_DIGITS} decimals",
            f"价格小数位为 0 至 {FRACTION_DIGITS}",
        )
    for name, most in (("mostRisePercent", clause.most_rise_percent), ("mostFallPercent", clause.most_fall_percent)):
        if most is not None and not 0 <= most <= 100:
            raise Invalid(
                f"{place}.{name}", "a limit of one adjustment is 0 to 100 percent", "单次调整的限幅应为 0 至 100"
            )


def _check_cap(cap: Decimal | None, field: str) -> None:
    if cap is not None:
        positive(cap, field)


def check_breaks(breaks: Sequence[Step], place: str, least: Decimal = ZERO) -> None:
    """Prices by rising quantity, the first from 0 or from no more than is called off at least. Raises Invalid."""
    if not 1 <= len(breaks) <= MOST_BREAKS:
        raise Invalid(place, f"state 1 to {MOST_BREAKS} prices", f"请填写 1 至 {MOST_BREAKS} 档价格")
    for n, step in enumerate(breaks):
        not_negative(step.unit_price, f"{place}.{n}.unitPrice")
        not_negative(step.from_quantity, f"{place}.{n}.fromQuantity")
        if step.from_quantity > least if n == 0 else step.from_quantity <= breaks[n - 1].from_quantity:
            raise Invalid(
                f"{place}.{n}.fromQuantity",
                "prices go by rising quantity, the first from 0, or from the least of one call-off",
                "各档按数量递增填写，第一档从 0 或单次最小要货量起",
            )


def check_one_price(breaks: Sequence[Step], place: str) -> None:
    """What a price must be to follow an index. Raises Invalid."""
    if len(breaks) != 1:
        raise Invalid(
            place,
            "a price that follows an index is one price for any quantity",
            "随指数调整的价格只能是一个不分档的价格",
        )


def check_index(read: IndexRead, today: date, place: str) -> None:
    """Raises Invalid."""
    positive(read.value, f"{place}.value")
    words(read.source, f"{place}.source", LONGEST_SOURCE)
    if not today - timedelta(days=366) <= read.on <= today:
        raise Invalid(
            f"{place}.on", "the index's day is today or within the year before", "指数日期应在今天或之前一年之内"
        )


class Entry(Protocol):
    """A price that both have agreed to. ``id`` grows with each."""

    @property
    def id(self) -> int | None: ...
    @property
    def valid_from(self) -> date: ...


E = TypeVar("E", bound=Entry)


def price_entry_on(entries: Iterable[E], day: date) -> E | None:
    """What a line costs on a day: the last agreed entry that begins by then, of equals the one agreed last."""
    begun = [one for one in entries if one.valid_from <= day]
    return max(begun, key=lambda one: (one.valid_from, one.id or 0), default=None)


class Priced(Protocol):
    @property
    def from_quantity(self) -> Decimal: ...
    @property
    def unit_price(self) -> Decimal: ...


def check_as_awarded(
    said: FrameworkDrafted, seller_id: int, currency_awarded: str, items: Mapping[int, tuple[Sequence[Priced], Decimal]]
) -> None:
    """What is made of an award keeps seller, currency, items, prices and minimum quantities of the bid that won. Raises Invalid.

    items: item -> (its prices, its minimum quantity), as drafted from the award.
    """
    if said.seller_id != seller_id or said.currency != currency_awarded:
        name = "currency" if said.seller_id == seller_id else "sellerId"
        raise Invalid(
            name, "it is made of an award: seller and currency are those of the bid", "由中标转成的框架协议，供应商与币种以报价为准",
            rule=AS_AWARDED,
        )  # fmt: skip
    for n, line in enumerate(said.lines):
        if line.item_id not in items:
            raise Invalid(
                f"lines.{n}.itemId", "it is made of an award: this item was not awarded", "由中标转成的框架协议，不得加入未中标的物料",
                rule=AS_AWARDED,
            )  # fmt: skip
        breaks, least = items[line.item_id]
        same = [(b.from_quantity, b.unit_price) for b in breaks] == [
            (b.from_quantity, b.unit_price) for b in line.price_breaks
        ]
        if not same or line.minimum_quantity != least:
            raise Invalid(
                f"lines.{n}.priceBreaks" if not same else f"lines.{n}.minimumQuantity",
                "it is made of an award: prices and minimum quantity are those of the bid until both amend it",
                "由中标转成的框架协议，价格与最小要货量以报价为准，双方同意后方可变更", rule=AS_AWARDED,
            )  # fmt: skip


def check_least(quantity: Decimal, least: Decimal, field: str) -> None:
    """No less of a line is called off at once. Raises Invalid."""
    if quantity < least:
        raise Invalid(
            field, f"no less than {plain(least)} is called off of this line at once", f"该行单次要货不少于 {plain(least)}",
            rule=MINIMUM,
        )  # fmt: skip


def price_at(breaks: Iterable[Priced], quantity: Decimal) -> Decimal:
    """The price of the highest break a quantity reaches; the first begins at 0."""
    return max((b for b in breaks if b.from_quantity <= quantity), key=lambda b: b.from_quantity).unit_price


@dataclass(frozen=True)
class Computation:
    """How an index makes a price. ``factor``, ``reckoned``: rounded to 6 decimals to be shown; ``price`` is exact.

    ``limited_by``: "rise" or "fall" where the limit of one adjustment held it back, at ``limit``.
    """

    factor: Decimal
    reckoned: Decimal
    limited_by: str | None
    limit: Decimal | None
    price: Decimal


def index_price(clause: IndexClause, *, base_price: Decimal, index: Decimal, price_before: Decimal) -> Computation:
    """P = P0 × [(1 − w) + w × I / I0], at most so much above and below the price before, rounded half up.

    The price revision formula of the UNECE general conditions (ECE 188, annex: P1 = P0/100 × (a + b × M1/M0)), with one
    index. A limit is never crossed by rounding.
    """
    weight = Fraction(clause.weight_percent) / 100
    factor = 1 - weight + weight * Fraction(index) / Fraction(clause.base_index)
    reckoned = Fraction(base_price) * factor
    most = least = None
    if clause.most_rise_percent is not None:
        most = Fraction(price_before) * (1 + Fraction(clause.most_rise_percent) / 100)
    if clause.most_fall_percent is not None:
        least = Fraction(price_before) * (1 - Fraction(clause.most_fall_percent) / 100)
    price = _rounded(reckoned, clause.price_decimals, ROUND_HALF_UP)
    limited_by, limit = None, None
    if most is not None and Fraction(price) > most:
        price, limited_by, limit = _rounded(most, clause.price_decimals, ROUND_FLOOR), "rise", most
    elif least is not None and Fraction(price) < least:
        price, limited_by, limit = _rounded(least, clause.price_decimals, ROUND_CEILING), "fall", least
    return Computation(
        _rounded(factor, FRACTION_DIGITS, ROUND_HALF_UP), _rounded(reckoned, FRACTION_DIGITS, ROUND_HALF_UP), limited_by,
        None if limit is None else _rounded(limit, FRACTION_DIGITS, ROUND_HALF_UP), price,
    )  # fmt: skip


def _rounded(amount: Fraction, decimals: int, how: str) -> Decimal:
    with localcontext(prec=80):
        exactly = Decimal(amount.numerator) / Decimal(amount.denominator)
        return exactly.quantize(Decimal(1).scaleb(-decimals), rounding=how)


@dataclass(frozen=True)
class Capped:
    """A line's own caps, and the highest price that is agreed or proposed for it."""

    quantity_cap: Decimal | None
    value_cap: Decimal | None
    highest_price: Decimal


def worth(value_cap: Decimal | None, lines: Iterable[Capped]) -> Decimal:
    """The most that may be spent under a framework: what its caps let through at the highest price. Raises Invalid."""
    own = [_line_worth(line) for line in lines]
    known = [amount for amount in own if amount is not None]
    bounds = [value_cap] if value_cap is not None else []
    if len(known) == len(own):
        bounds.append(sum(known, ZERO))
    most = min(bounds)
    if most >= LARGEST:
        raise Invalid("lines", "it is worth more than any amount can say", "框架协议金额超出可表示范围")
    return most


def _line_worth(line: Capped) -> Decimal | None:
    with localcontext(prec=80):
        by_quantity = None if line.quantity_cap is None else round(line.quantity_cap * line.highest_price, 6)
    known = [amount for amount in (by_quantity, line.value_cap) if amount is not None]
    return min(known, default=None)


@dataclass(frozen=True)
class Called:
    """What was called off: a quantity in the line's unit, and its value in the framework's currency."""

    quantity: Decimal = ZERO
    value: Decimal = ZERO

    def __add__(self, other: "Called") -> "Called":
        return Called(self.quantity + other.quantity, self.value + other.value)


@dataclass(frozen=True)
class Over:
    """A cap that an act would break. ``line_id``: None for the framework's own; ``left``: what others leave of it."""

    line_id: int | None
    kind: str
    cap: Decimal
    left: Decimal
    asked: Decimal


def over_caps(
    value_cap: Decimal | None, caps: Mapping[int, tuple[Decimal | None, Decimal | None]],
    others: Mapping[int, Called], own: Mapping[int, Called],
) -> Over | None:  # fmt: skip
    """The first cap that ``own`` breaks beside ``others``, line by line, then the framework's; None where all hold.

    caps: line -> (in quantity, in value); others, own: line -> what other orders and this one call off.
    """
    for line_id, mine in own.items():
        theirs = others.get(line_id, Called())
        most, worth_most = caps[line_id]
        if most is not None and theirs.quantity + mine.quantity > most:
            return Over(line_id, "quantity", most, most - theirs.quantity, mine.quantity)
        if worth_most is not None and theirs.value + mine.value > worth_most:
            return Over(line_id, "value", worth_most, worth_most - theirs.value, mine.value)
    if value_cap is None:
        return None
    spent, asked = (sum((c.value for c in some.values()), ZERO) for some in (others, own))
    return Over(None, "value", value_cap, value_cap - spent, asked) if spent + asked > value_cap else None


def check_not_below_called(cap: Decimal | None, called: Decimal, field: str) -> None:
    """Raises Invalid where a cap is to become less than what was called off already."""
    if cap is not None and cap < called:
        raise Invalid(
            field, f"{plain(called)} was called off already; a cap goes no lower", f"已要货 {plain(called)}，上限不得低于该数",
            rule=BELOW_CALLED,
        )  # fmt: skip


def check_not_retroactive(price_from: date, today: date, field: str = "") -> None:
    """Prices begin on the day both agree or later. Raises Invalid naming the field, or NotAllowedNow."""
    if price_from >= today:
        return
    said = (
        f"a price begins on the day both agree or later; {price_from} is past",
        f"价格自双方同意之日起或以后生效，{price_from} 已过",
    )
    if field:
        raise Invalid(field, *said, rule=NOT_RETROACTIVE)
    raise NotAllowedNow(*said, rule=NOT_RETROACTIVE)
