"""The forms of hours and limits: what they come down to, and their own complaints."""

import re
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _

from web.trade.entering import Complaint, Values, complaint, day, needed, whole

Answer = dict[str, Any]
WEEKDAYS = range(1, 8)
_PARTED = re.compile(r"[\s,、，;；]+")
_DASH = re.compile(r"[-–—~～至]")


@dataclass
class Told:
    """The input of a mutation, the form's own complaints, and where each part of it stands in the form."""

    input: Answer
    errors: list[Complaint] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def week_of(spans: list[Answer]) -> dict[str, str]:
    """weekday's field -> 08:30-12:00 13:00-17:30."""
    found = {f"d.{weekday}": "" for weekday in WEEKDAYS}
    for span in spans:
        name = f"d.{span['weekday']}"
        found[name] = f"{found[name]} {span['opens']}-{span['closes']}".strip()
    return found


def hours(values: Values) -> Told:
    made, spans = Told({}), list[Answer]()
    for weekday in WEEKDAYS:
        name = f"d.{weekday}"
        for part in _PARTED.split(normalize("NFKC", values.get(name, "")).strip()):
            if not part:
                continue
            ends = _DASH.split(part)
            if len(ends) != 2:
                made.errors.append(complaint(name, _("请写成 08:30-12:00 13:00-17:30，休息请留空")))
                break
            place = f"spans.{len(spans)}"
            made.names |= {f"{place}.{end}": name for end in ("weekday", "opens", "closes")}
            spans.append({"weekday": weekday, "opens": ends[0].strip(), "closes": ends[1].strip()})
    made.names["spans"] = "d.1"
    made.input["spans"] = spans
    return made


def days(values: Values) -> Told:
    """One day of the form, or the one whose button takes it back."""
    if on := values.get("usual"):
        return Told({"days": [{"on": on, "standing": "USUAL"}]}, names={"days.0.on": "on"})
    made = Told({})
    on = day(values, "on", made.errors) or ""
    if not on and not made.errors:
        made.errors.append(complaint("on", _("请填写日期")))
    standing = "OPEN" if values.get("standing") == "OPEN" else "CLOSED"
    made.input["days"] = [{"on": on, "standing": standing, "note": values.get("note", "").strip()[:200]}]
    made.names = {"days.0.on": "on", "days.0.standing": "standing", "days.0.note": "note", "days": "on"}
    return made


HOURS = ("answerWithinHours", "remindBeforeHours", "escalateAfterHours")


def limits(values: Values) -> Told:
    made = Told({})
    made.input["kind"] = needed(values, "kind", made.errors)
    if seller := values.get("sellerId"):
        made.input["sellerId"] = seller
    seen = whole(values, "seenWithinHours", made.errors)
    if seen is not None:
        made.input["seenWithinHours"] = seen
    for name in HOURS:
        if needed(values, name, made.errors):
            made.input[name] = whole(values, name, made.errors)
    made.names = {name: name for name in ("kind", "sellerId", "seenWithinHours", *HOURS)}
    return made
