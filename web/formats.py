"""How figures, days and instants are written on pages: Jinja filters over the strings that GraphQL answers with."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_currency_precision
from flask_babel import get_locale, ngettext, pgettext
from markupsafe import Markup, escape

from kernel.clock import CHINA

NOTHING = "—"


def money(amount: str | Decimal | None, currency: str = "CNY") -> str:
    """¥9,980.46 in Chinese, CN¥9,980.46 in English; a unit price keeps the digits it was agreed with."""
    if amount is None or amount == "":
        return NOTHING
    exact = Decimal(amount)
    exponent = exact.normalize().as_tuple().exponent
    finer = isinstance(exponent, int) and -exponent > get_currency_precision(currency)
    return str(format_currency(exact, currency, locale=get_locale(), decimal_quantization=not finer))


def number(value: str | int | Decimal | None) -> str:
    """Grouped, and never rounded: 12,000.125."""
    if value is None or value == "":
        return NOTHING
    return str(format_decimal(Decimal(value), format="#,##0.######", locale=get_locale()))


def percent(share: float | str | None) -> str:
    """0.85 as 85%."""
    return NOTHING if share is None else f"{Decimal(str(share)) * 100:.0f}%"


def zip_with(keys: Iterable[Any], values: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs, so that a template can make a dict of two lists."""
    return zip(keys, values, strict=True)


def unit_words() -> dict[str, str]:
    """UNECE Recommendation 20 code -> its word, of the units people here type."""
    return {
        "C62": pgettext("unit", "个"),
        "H87": pgettext("unit", "件"),
        "EA": pgettext("unit", "只"),
        "SET": pgettext("unit", "套"),
        "PR": pgettext("unit", "双"),
        "KGM": pgettext("unit", "千克"),
        "TNE": pgettext("unit", "吨"),
        "GRM": pgettext("unit", "克"),
        "MTR": pgettext("unit", "米"),
        "MMT": pgettext("unit", "毫米"),
        "MTK": pgettext("unit", "平方米"),
        "MTQ": pgettext("unit", "立方米"),
        "LTR": pgettext("unit", "升"),
        "HUR": pgettext("unit", "小时"),
        "DAY": pgettext("unit", "天"),
        "BX": pgettext("unit", "箱"),
    }


def unit_word(code: str) -> str:
    """The word for a code; a code without a word here is shown as it is."""
    return str(unit_words().get(code, code))


def unit_typed(code: str) -> str:
    """What a unit's field shows: the word with the code that may be typed for it; anything else as it is."""
    word = unit_words().get(code)
    return code if word is None else f"{word} ({code})"


def unit_code(text: str) -> str:
    """The code a unit's field means: of ``个 (C62)``, of the word alone, or typed itself."""
    plain_text = normalize("NFKC", text).strip()
    bracketed = re.fullmatch(r".*\(([A-Za-z0-9]{2,3})\)", plain_text)
    by_word = {word: code for code, word in unit_words().items()}
    return bracketed[1].upper() if bracketed else by_word.get(plain_text, plain_text.upper())


def quantity(amount: dict[str, str] | None) -> str:
    """A GraphQL Quantity with its unit behind the figure."""
    return NOTHING if amount is None else f"{number(amount['value'])} {unit_word(amount['unit'])}"


def day(value: str | date | None) -> str:
    """yyyy-MM-dd in both languages, for tables."""
    return NOTHING if not value else str(value)[:10]


def china_day(value: str | None) -> str:
    """The calendar day in China of an instant, for tables."""
    return NOTHING if not value else datetime.fromisoformat(value).astimezone(CHINA).date().isoformat()


def long_day(value: str | date | None) -> str:
    """2026年12月1日 or December 1, 2026, for prose and print."""
    if not value:
        return NOTHING
    return str(format_date(date.fromisoformat(str(value)[:10]), "long", locale=get_locale()))


def instant(value: str | datetime | None) -> Markup | str:
    """A moment in China's time to the minute; the exact instant stays readable to programs."""
    if not value:
        return NOTHING
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    shown = moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return Markup('<time datetime="{}">{}</time>').format(moment.astimezone(UTC).isoformat(), escape(shown))


def age(days: int | None) -> str:
    """How long ago, in the largest unit that is still true."""
    if days is None:
        return NOTHING
    if days <= 0:
        return str(pgettext("age", "今天"))
    if days < 60:
        return str(ngettext("%(num)d 天前", "%(num)d 天前", days))
    if days < 730:
        return str(ngettext("%(num)d 个月前", "%(num)d 个月前", days // 30))
    return str(ngettext("%(num)d 年前", "%(num)d 年前", days // 365))


def days_after(later: str | None, earlier: str | None) -> int:
    """Days from one ISO day to another; 0 where one of them is not said."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days if later and earlier else 0


FILTERS = {
    "money": money,
    "number": number,
    "percent": percent,
    "unit_word": unit_word,
    "unit_typed": unit_typed,
    "zip_with": zip_with,
    "quantity": quantity,
    "day": day,
    "long_day": long_day,
    "instant": instant,
    "age": age,
    "china_day": china_day,
    "days_after": days_after,
}
