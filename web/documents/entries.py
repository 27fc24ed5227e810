"""What somebody typed into a form of a document page, and what was wrong with it: pure, no request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from web.documents.choices import VERDICTS

Complaint = dict[str, Any]
ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 60


@dataclass(frozen=True)
class Entered:
    """One form as it came: ``form`` names it, ``values`` by field, ``errors`` by the same fields, ``rows`` shown."""

    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[Complaint] = ()
    rows: int = ROWS

    def of(self, form: str) -> "Entered":
        """This entry where it belongs to that form, else an untouched one."""
        return self if self.form == form else Entered(form)


def complaint(field: str, message: str) -> Complaint:
    return {"code": "INVALID", "message": message, "fields": [field], "rule": None}


def renamed(errors: Sequence[Complaint], form: str, names: Mapping[str, str]) -> list[Complaint]:
    """The API's refusals with the fields of a page's form; a field the form does not have is told on top."""
    return [error | {"fields": [f"{form}.{names[f]}" for f in error["fields"] if f in names]} for error in errors]


def rows_shown(values: Mapping[str, str], form: str) -> int:
    """How many rows a form was sent with, at most MOST_ROWS."""
    given = values.get(f"{form}.rows", "")
    return min(MOST_ROWS, max(ROWS, int(given) if given.isascii() and given.isdigit() and len(given) < 4 else ROWS))


@dataclass(frozen=True)
class Remarks:
    """Comments of a review with the row each was written in."""

    comments: list[dict[str, Any]]
    places: list[int]
    errors: list[Complaint]


def remarks(values: Mapping[str, str], form: str) -> Remarks:
    """Rows without any text and page are left out; a page that is no number, or has no text, is complained of."""
    found = Remarks([], [], [])
    for row in range(rows_shown(values, form)):
        text, page = values.get(f"{form}.text.{row}", "").strip(), values.get(f"{form}.page.{row}", "").strip()
        if page and not (page.isascii() and page.isdigit() and 0 < len(page) < 7):
            found.errors.append(complaint(f"{form}.page.{row}", _("页码应为整数")))
        elif page and not text:
            found.errors.append(complaint(f"{form}.text.{row}", _("请写明该页的意见")))
        elif text:
            found.comments.append({"text": text} | ({"page": int(page)} if page else {}))
            found.places.append(row)
    if values.get(f"{form}.verdict") not in VERDICTS:
        found.errors.append(complaint(f"{form}.verdict", _("请选择审核结论")))
    return found


def remark_fields(places: Sequence[int]) -> dict[str, str]:
    """comments.0.text -> text.2, where the first comment stood in the third row; a want of any -> the first row."""
    named = {f"comments.{n}.{part}": f"{part}.{row}" for n, row in enumerate(places) for part in ("text", "page")}
    return named | {"comments": "text.0"}


ASKED = ("documentType", "title", "language", "format", "due", "reviewer", "orderLineId")


def asked_rows(values: Mapping[str, str], form: str) -> tuple[list[dict[str, str]], list[int], list[Complaint]]:
    """(requirements, the row of each, complaints): a row counts once a class, a title or a day stands in it."""
    found: list[dict[str, str]] = []
    places: list[int] = []
    errors: list[Complaint] = []
    for row in range(rows_shown(values, form)):
        given = {name: values.get(f"{form}.{name}.{row}", "").strip() for name in ASKED}
        if not (given["documentType"] or given["title"] or given["due"]):
            continue
        missing = [name for name in ("documentType", "title", "due") if not given[name]]
        errors += [complaint(f"{form}.{name}.{row}", _("请填写此项")) for name in missing]
        found.append({name: value for name, value in given.items() if value})
        places.append(row)
    if not found and not errors:
        errors.append(complaint(f"{form}.documentType.0", _("请至少填写一项资料要求")))
    return found, places, errors


def asked_fields(places: Sequence[int]) -> dict[str, str]:
    return {f"requirements.{n}.{name}": f"{name}.{row}" for n, row in enumerate(places) for name in ASKED}
