"""One OrderLine of a UBL Order: what, how much, at what price, wanted when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from exchange.ubl.documents import OrderedLine, WantedSchedule
from exchange.ubl.reading import Node, shown
from kernel import codes
from kernel.errors import Invalid
from kernel.quantities import exact, plain

DIGITS_TO_DIVIDE = 80


@dataclass(frozen=True)
class Wanted:
    """A day and the path it was taken from; no day, empty path.

    unclear: something is said, but no single day follows from it.
    """

    on: date | None = None
    taken_from: str = ""
    unclear: bool = False


@dataclass(frozen=True)
class Header:
    """What the lines need of the header. currency is empty when it was complained of."""

    currency: str
    wanted: Wanted


def header_day(order: Node) -> Wanted:
    """The day the header wants everything on, for lines that do not say."""
    days = [wanted for delivery in order.parts("Delivery") if (wanted := _day_of(delivery)).on]
    if len({wanted.on for wanted in days}) > 1:
        return Wanted(unclear=True)
    return days[0] if days else Wanted()


def line_of(line: Node, number: str, header: Header) -> OrderedLine | None:
    """The line, or None when it was complained of."""
    told = line.findings.told_so_far
    item = line.part("LineItem")
    if not number:
        en = "the line has no number; give it one in LineItem/ID"
        line.complain("LineItem/ID", en, "该行没有行号；请在 LineItem/ID 中填写")
    quantity, unit = quantity_of(item)
    price, base = price_of(item.part("Price"), unit, header.currency)
    schedules = schedules_of(item, quantity, unit, header.wanted)
    note = note_of(line, item)
    names = names_of(item.part("Item"))
    if quantity is None or told != line.findings.told_so_far:
        return None
    return OrderedLine(number, *names, quantity, unit, price, base, header.currency, tuple(schedules), note)


def note_of(line: Node, item: Node) -> str:
    """What an order line and its LineItem note, one under the other."""
    return "\n".join(text for text in (line.texts("Note"), item.texts("Note")) if text)


def names_of(item: Node, *, needed: bool = True) -> tuple[str, str, str, str]:
    """(name, buyer's number, seller's number, standard number); needed: complain where nothing says what is meant."""
    described = item.leaves("Description")
    name = item.text("Name") or next((text for leaf in described if (text := leaf.value())), "")
    buyers, sellers, standard = (
        item.part(f"{whose}ItemIdentification").text("ID") for whose in ("Buyers", "Sellers", "Standard")
    )
    if needed and not (name or buyers or sellers or standard):
        en = "nothing says what is ordered: give Name or one of Buyers-, Sellers- or StandardItemIdentification/ID"
        zh = "没有说明订购的物料：请填写 Name，或 Buyers/Sellers/StandardItemIdentification/ID 之一"
        item.complain("", en, zh)
    return name, buyers, sellers, standard


def quantity_of(item: Node, name: str = "Quantity") -> tuple[Decimal | None, str]:
    """How much, and its unit; complains where it is not said."""
    leaf = item.leaf(name)
    if not leaf.present:
        en = f'the line has no {name}; write it as <cbc:{name} unitCode="C62">10</cbc:{name}>'
        item.complain(name, en, f"该行没有 {name}；请填写数量及 unitCode")
        return None, ""
    unit = leaf.attribute("unitCode")
    try:
        codes.unit(unit)
    except Invalid:
        en = f"{shown(unit)} is not a UNECE Recommendation 20 unit code such as C62, EA, KGM or MTR"
        zh = f"{shown(unit)} 不是 UNECE 第 20 号建议的计量单位代码，例如 C62、EA、KGM、MTR"
        leaf.complain("@unitCode", en, zh)
        unit = ""
    return _above_zero(leaf), unit


def _above_zero(leaf: Node) -> Decimal | None:
    number = leaf.number()
    if number is not None and number <= 0:
        leaf.complain("", f"{plain(number)} must be more than 0", f"{plain(number)} 必须大于 0")
        return None
    return number


def _same_unit(leaf: Node, unit: str) -> None:
    own = leaf.attribute("unitCode")
    if own and unit and own != unit:
        en = f"{shown(own)} is not the unit the line is ordered in, {shown(unit)}; state it in {shown(unit)}"
        zh = f"单位 {shown(own)} 与该行订购单位 {shown(unit)} 不同；请换算成 {shown(unit)}"
        leaf.complain("@unitCode", en, zh)


def price_of(price: Node, unit: str, currency: str, *, any_factor: bool = False) -> tuple[Decimal | None, Decimal]:
    """The price of one unit and the quantity it was stated for; (None, 1) without a price.

    any_factor: the unit priced may be another than the one ordered; else that is complained of.
    """
    one = Decimal(1)
    amount, base, factor = price.leaf("PriceAmount"), price.leaf("BaseQuantity"), price.leaf("OrderableUnitFactorRate")
    if not price.present:
        return None, one
    if not amount.present:
        price.complain(
            "PriceAmount",
            "Price has no PriceAmount; give it or leave Price out",
            "Price 缺少 PriceAmount；请填写或删除 Price",
        )
    _check_currency(amount, currency)
    stated = amount.number()
    if stated is not None and stated < 0:
        amount.complain("", f"{plain(stated)}: a price is not negative", f"{plain(stated)}：价格不能为负数")
    _same_unit(base, unit)
    per = _above_zero(base) if base.present else one
    rate = factor.number() if factor.present else one
    if rate is not None and rate != one and not any_factor:
        en = f"the price is per another unit than ordered (factor {plain(rate)}); state it per ordered unit"
        factor.complain("", en, f"价格单位与订购单位不同（换算系数 {plain(rate)}）；请按订购单位报价")
    if stated is None or per is None:
        return None, one
    return _per_unit(amount, stated, per), per


def _per_unit(amount: Node, stated: Decimal, per: Decimal) -> Decimal | None:
    with localcontext(prec=DIGITS_TO_DIVIDE):
        quotient = stated / per
    try:
        return exact(quotient)
    except ValueError:
        en = (
            f"{plain(stated)} per {plain(per)} is no exact price per unit (6 decimals, 18 digits before the point); "
            "state a price that divides evenly"
        )
        zh = f"{plain(stated)} ÷ {plain(per)} 得不到精确单价（最多 6 位小数、18 位整数）；请给出可整除的价格"
        amount.complain("", en, zh)
        return None


def _check_currency(amount: Node, currency: str) -> None:
    own = amount.attribute("currencyID")
    if not amount.present or not currency or own == currency:
        return
    if not own:
        en = f"the price names no currency; write currencyID={shown(currency)}"
        amount.complain("@currencyID", en, f"价格没有注明货币；请写 currencyID={shown(currency)}")
        return
    en = f"the price is in {shown(own)}, the order in {shown(currency)}; one order has one currency"
    zh = f"价格货币为 {shown(own)}，订单货币为 {shown(currency)}；一张订单只能使用一种货币"
    amount.complain("@currencyID", en, zh)


def schedules_of(item: Node, whole: Decimal | None, unit: str, header: Wanted) -> list[WantedSchedule]:
    deliveries = item.parts("Delivery")
    days = [day_or_header(delivery, header) for delivery in deliveries]
    leaves = [delivery.leaf("Quantity") for delivery in deliveries]
    for leaf in leaves:
        _same_unit(leaf, unit)
    amounts = [_above_zero(leaf) for leaf in leaves]
    if not deliveries:
        days, amounts = [day_or_header(item.part("Delivery"), header)], [whole]
    if len(deliveries) == 1 and not leaves[0].present:
        amounts = [whole]
    elif missing := [place for place, leaf in enumerate(leaves, start=1) if not leaf.present]:
        en = f"{len(deliveries)} deliveries, but some have no Quantity ({_listed(missing)}); say how much comes in each"
        zh = f"共 {len(deliveries)} 次交付，其中第 {_listed(missing)} 次没有 Quantity；请写明每次交付的数量"
        item.complain("Delivery/Quantity", en, zh)
        return []
    stated = [amount for amount in amounts if amount is not None]
    if whole is None or len(stated) < len(amounts):
        return []
    if sum(stated) != whole:
        en = f"the deliveries come to {plain(sum(stated, Decimal(0)))}, the line orders {plain(whole)}; make them equal"
        zh = f"各次交付合计 {plain(sum(stated, Decimal(0)))}，该行订购 {plain(whole)}；两者必须相等"
        item.complain("Delivery/Quantity", en, zh)
        return []
    return [WantedSchedule(wanted.on, amount, wanted.taken_from) for wanted, amount in zip(days, stated, strict=True)]


def _listed(places: list[int]) -> str:
    return ", ".join(str(place) for place in places[:10])


def day_or_header(delivery: Node, header: Wanted) -> Wanted:
    """The day a delivery is wanted on, else the header's."""
    own = _day_of(delivery)
    if own.on or own.unclear:
        return own
    if header.unclear:
        en = "the document's header wants several days, and this line does not say which; give it a day of its own"
        zh = "单据头有多个不同的交付日期，而该行没有写明；请为该行填写日期"
        delivery.complain("RequestedDeliveryPeriod", en, zh)
    return header


def _day_of(delivery: Node) -> Wanted:
    """The last day of the requested period, else its first, else LatestDeliveryDate."""
    period = delivery.part("RequestedDeliveryPeriod")
    ends, starts = period.leaf("EndDate").present, period.leaf("StartDate").present
    start, end = period.day("StartDate"), period.day("EndDate")
    if (ends and not end) or (starts and not start):
        return Wanted(unclear=True)
    if start and end and start > end:
        en = f"the period ends on {end} before it starts on {start}; exchange the days"
        period.complain("EndDate", en, f"期间结束日 {end} 早于开始日 {start}；请更正")
        return Wanted(unclear=True)
    for name, day in (("EndDate", end), ("StartDate", start)):
        if day:
            return Wanted(day, f"{period.path}/{name}")
    return _latest_of(delivery, period)


def _latest_of(delivery: Node, period: Node) -> Wanted:
    latest = delivery.day("LatestDeliveryDate")
    if latest:
        return Wanted(latest, f"{delivery.path}/LatestDeliveryDate")
    if period.present and not delivery.leaf("LatestDeliveryDate").present:
        en = "the requested period has neither StartDate nor EndDate; give a day or leave the period out"
        period.complain("", en, "交付期间既没有 StartDate 也没有 EndDate；请填写日期或删除该期间")
    return Wanted(unclear=period.present or delivery.leaf("LatestDeliveryDate").present)
