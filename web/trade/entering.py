"""Figures and days as people type them, and complaints beside their fields: pure, no request."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _

from kernel.quantities import exact, plain

Complaint = dict[str, Any]
Values = Mapping[str, str]

STATUS = {"NOT_FOUND": 404, "NOT_ALLOWED_NOW": 403, "STALE": 409, "LIMIT": 429}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Entered:
    """A form as it came: ``values`` by field name, ``errors`` naming the same fields."""

    values: Values = field(default_factory=dict)
    errors: Sequence[Complaint] = ()

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows these errors."""
        return STATUS.get(self.errors[0]["code"], 422) if self.errors else 200

    @property
    def is_stale(self) -> bool:
        return any(error["code"] == "STALE" for error in self.errors)


def complaint(name: str, message: str) -> Complaint:
    return {"code": "INVALID", "message": message, "fields": [name], "rule": None}


def renamed(errors: Iterable[Complaint], names: Mapping[str, str]) -> list[Complaint]:
    """The API's refusals under the names of a page's fields; an unknown field is told on top of the page."""
    return [error | {"fields": [names[f] for f in error["fields"] if f in names]} for error in errors]


def written(values: Values, name: str) -> str:
    """What stands in a field, full-width signs made plain."""
    return normalize("NFKC", values.get(name, "")).strip()


def figure(values: Values, name: str, errors: list[Complaint]) -> str | None:
    """A plain decimal, thousands marks taken out; None for an empty field or one that is complained of."""
    text = re.sub(r"[,\s]", "", written(values, name))
    if not text:
        return None
    try:
        return plain(exact(text))
    except ValueError:
        errors.append(complaint(name, _("请填写数字，例如 120 或 12.5")))
        return None


def whole(values: Values, name: str, errors: list[Complaint]) -> int | None:
    text = written(values, name)
    if not text:
        return None
    if text.isascii() and text.lstrip("-").isdigit() and len(text) < 8:
        return int(text)
    errors.append(complaint(name, _("请填写整数")))
    return None


def day(values: Values, name: str, errors: list[Complaint]) -> str | None:
    """An ISO day from 2027-01-09, 2027/1/9, 2027.1.9, 2027年1月9日 or 20270109."""
    text = written(values, name)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        year, month, number = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        return date(year, month, number).isoformat()
    except ValueError:
        errors.append(complaint(name, _("请填写日期，例如 2027-01-09")))
        return None


def needed(values: Values, name: str, errors: list[Complaint]) -> str:
    """The text of a field that must not stay empty."""
    text = values.get(name, "").strip()
    if not text:
        errors.append(complaint(name, _("请填写此项")))
    return text


def version_of(values: Values, name: str = "version") -> int:
    """The version of what a form was opened on; 0, which nothing ever has, where the form lost it."""
    return version_in(values.get(name, ""))


def version_in(text: str) -> int:
    """The same where one field carries more than a version."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def rows_of(values: Values, name: str, *, least: int, most: int) -> int:
    """How many rows a form was sent with."""
    text = values.get(name, "")
    return min(most, max(least, int(text))) if text.isascii() and text.isdigit() and len(text) < 5 else least
