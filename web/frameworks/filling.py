"""The forms of framework agreements: drafting one, amending it, calling off; what they hold and what they send."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from kernel.quantities import plain
from web.trade.entering import Complaint, Values, complaint, day, figure, needed, rows_of, whole, written

LEAST_ROWS, MOST_ROWS, MOST_BUCKETS, STEPS, DAYS = 3, 60, 400, 3, 3
CLAUSE = ("name", "baseIndex", "weightPercent", "mostRisePercent", "mostFallPercent", "priceDecimals")


def shown(values: Values) -> int:
    return rows_of(values, "rows", least=LEAST_ROWS, most=MOST_ROWS)


def blank(day_from: str) -> dict[str, str]:
    return {"rows": str(LEAST_ROWS), "currency": "CNY", "validFrom": day_from}


def of_framework(found: Mapping[str, Any]) -> dict[str, str]:
    """A draft as its form holds it."""
    values = {
        name: str(found[name] or "") for name in ("number", "currency", "validFrom", "validUntil", "valueCap", "note")
    }
    values |= {"rows": str(len(found["lines"]) + 2), "sellerId": found["seller"]["id"]}
    for n, line in enumerate(found["lines"]):
        p = f"l.{n}."
        values |= {p + "itemId": line["item"]["id"]} | {
            p + cap: str(line[cap] or "") for cap in ("quantityCap", "valueCap")
        }
        if line["minimumQuantity"] != "0":
            values[p + "minimumQuantity"] = line["minimumQuantity"]
        for k, step in enumerate(line["prices"][-1]["priceBreaks"]):
            values |= {f"{p}from.{k}": step["fromQuantity"], f"{p}price.{k}": step["unitPrice"]}
        clause = line["indexClause"] or {}
        values |= {f"{p}index.{part}": "" if clause.get(part) is None else str(clause[part]) for part in CLAUSE}
    return values


def steps_shown(values: Values) -> int:
    """How many prices a row has room for: three, or as many as there are."""
    given = [int(name.rsplit(".", 1)[1]) for name in values if ".price." in name and name.rsplit(".", 1)[1].isdigit()]
    return max([STEPS, *(n + 1 for n in given if n < 10)])


def _breaks(values: Values, p: str, errors: list[Complaint], names: dict[str, str], place: str) -> list[dict[str, Any]]:
    found = list[dict[str, Any]]()
    for k in range(steps_shown(values)):
        price = figure(values, f"{p}price.{k}", errors)
        if price is None:
            continue
        names |= {
            f"{place}.priceBreaks.{len(found)}.unitPrice": f"{p}price.{k}",
            f"{place}.priceBreaks.{len(found)}.fromQuantity": f"{p}from.{k}" if k else f"{p}price.{k}",
        }
        found.append({"fromQuantity": figure(values, f"{p}from.{k}", errors) or "0", "unitPrice": price})
    return found


def drafted(values: Values, errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    """(input of draftFramework, where each part of it stands in the form)."""
    names = {
        name: name
        for name in ("number", "currency", "validFrom", "validUntil", "valueCap", "note", "sellerId", "lines")
    }
    lines = list[dict[str, Any]]()
    for n in range(shown(values)):
        p, place = f"l.{n}.", f"lines.{len(lines)}"
        if not values.get(p + "itemId"):
            continue
        names |= {f"{place}.{part}": p + part for part in ("itemId", "quantityCap", "valueCap", "minimumQuantity")}
        names |= {f"{place}.number": p + "itemId", f"{place}.priceBreaks": f"{p}price.0"}
        names |= {f"{place}.indexClause.{part}": f"{p}index.{part}" for part in CLAUSE}
        line = {
            "number": n + 1, "itemId": values[p + "itemId"], "quantityCap": figure(values, p + "quantityCap", errors),
            "valueCap": figure(values, p + "valueCap", errors), "priceBreaks": _breaks(values, p, errors, names, place),
            "minimumQuantity": figure(values, p + "minimumQuantity", errors) or "0",
        }  # fmt: skip
        if not line["priceBreaks"]:
            errors.append(complaint(f"{p}price.0", _("请填写单价")))
        if written(values, p + "index.name"):
            line["indexClause"] = _clause(values, p + "index.", errors)
        lines.append(line)
    if not lines:
        errors.append(complaint("lines", _("请至少填写一行")))
    given: dict[str, Any] = {name: needed(values, name, errors) for name in ("number", "currency", "sellerId")}
    for name in ("validFrom", "validUntil"):
        given[name] = needed(values, name, errors) and day(values, name, errors)
    return given | {
        "valueCap": figure(values, "valueCap", errors),
        "note": values.get("note", ""),
        "lines": lines,
    }, names


def _clause(values: Values, p: str, errors: list[Complaint]) -> dict[str, Any]:
    for part in ("baseIndex", "weightPercent"):
        needed(values, p + part, errors)
    decimals = whole(values, p + "priceDecimals", errors)
    return {
        "name": written(values, p + "name"), "priceDecimals": 2 if decimals is None else decimals,
        **{part: figure(values, p + part, errors) for part in CLAUSE[1:5]},
    }  # fmt: skip


def amended(values: Values, found: Mapping[str, Any], errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    """(input of proposeFrameworkAmendment, where each part of it stands in the form); a line left empty stays."""
    names = {name: name for name in ("validUntil", "valueCap", "note")} | {"lines": "note"}
    lines = list[dict[str, Any]]()
    for n, line in enumerate(found["lines"]):
        p, place = f"l.{n}.", f"lines.{len(lines)}"
        parts = ("quantityCap", "valueCap", "priceFrom")
        more = dict[str, str]({f"{place}.{part}": p + part for part in parts})
        said: dict[str, Any] = {cap: figure(values, p + cap, errors) for cap in ("quantityCap", "valueCap")}
        said |= {
            "priceFrom": day(values, p + "priceFrom", errors),
            "priceBreaks": _breaks(values, p, errors, more, place),
        }
        if written(values, p + "index.value"):
            needed(values, p + "index.on", errors)
            said["index"] = {
                "value": figure(values, p + "index.value", errors), "on": day(values, p + "index.on", errors),
                "source": needed(values, p + "index.source", errors),
            }  # fmt: skip
            more |= {f"{place}.index.{part}": f"{p}index.{part}" for part in ("value", "on", "source")}
        said = {name: value for name, value in said.items() if value}
        if said:
            names |= more | {f"{place}.lineId": p + "quantityCap", f"{place}.priceBreaks": f"{p}price.0"}
            lines.append(said | {"lineId": line["id"]})
    given = {
        "validUntil": day(values, "validUntil", errors), "valueCap": figure(values, "valueCap", errors),
        "note": values.get("note", ""), "lines": lines,
    }  # fmt: skip
    return given, names


def called_off(
    values: Values, found: Mapping[str, Any], errors: list[Complaint]
) -> tuple[dict[str, Any], dict[str, str]]:
    """(input of callOff, where each part of it stands in the form); a line without quantities is not called off."""
    names = {name: name for name in ("number", "note", "conditionalReason")} | {"lines": "number"}
    lines = list[dict[str, Any]]()
    for n, line in enumerate(found["lines"]):
        p, place, wanted = f"l.{n}.", f"lines.{len(lines)}", list[dict[str, Any]]()
        for k in range(DAYS):
            quantity = figure(values, f"{p}quantity.{k}", errors)
            if quantity is None:
                continue
            at = needed(values, f"{p}on.{k}", errors) and day(values, f"{p}on.{k}", errors)
            names |= {
                f"{place}.schedules.{len(wanted)}.quantity": f"{p}quantity.{k}",
                f"{place}.schedules.{len(wanted)}.wantedOn": f"{p}on.{k}",
            }
            wanted.append({"wantedOn": at, "quantity": quantity})
        if wanted:
            names |= {f"{place}.{part}": f"{p}quantity.0" for part in ("quantity", "lineId", "schedules")}
            total = plain(sum((Decimal(one["quantity"]) for one in wanted), Decimal(0)))
            lines.append({"lineId": line["id"], "quantity": total, "schedules": wanted})
    if not lines and not errors:
        errors.append(complaint("l.0.quantity.0", _("请至少填写一行")))
    given = {"number": needed(values, "number", errors), "note": values.get("note", ""), "lines": lines}
    return given | {"conditionalReason": values.get("conditionalReason") or None}, names


def buckets_shown(values: Values) -> int:
    return rows_of(values, "rows", least=LEAST_ROWS, most=MOST_BUCKETS)


def buckets(values: Values, errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    """(input of publishRelease, where each part of it stands in the form); an empty row is none."""
    names, found = {name: name for name in ("number", "note", "conditionalReason", "buckets")}, list[dict[str, Any]]()
    for n in range(buckets_shown(values)):
        p = f"b.{n}."
        if not written(values, p + "quantity"):
            continue
        names |= {f"buckets.{len(found)}.{part}": p + part for part in ("startsOn", "period", "zone", "quantity")}
        found.append(
            {
                "startsOn": needed(values, p + "startsOn", errors) and day(values, p + "startsOn", errors),
                "period": values.get(p + "period") or "DAY", "zone": values.get(p + "zone") or "FIRM",
                "quantity": figure(values, p + "quantity", errors),
            }
        )  # fmt: skip
    needed(values, "number", errors)
    given = {"number": whole(values, "number", errors), "note": values.get("note", ""), "buckets": found}
    return given | {"conditionalReason": values.get("conditionalReason") or None}, names


def of_release(found: Mapping[str, Any] | None, today: str) -> dict[str, str]:
    """The newest release as the form of the next: its buckets from today on, and room for more."""
    kept = [b for b in (found["buckets"] if found else []) if b["startsOn"] >= today or b["period"] == "WEEK"]
    values = {"number": str(found["number"] + 1 if found else 1), "rows": str(len(kept) + 4)}
    for n, bucket in enumerate(kept):
        values |= {f"b.{n}.{part}": bucket[part] for part in ("startsOn", "period", "zone", "quantity")}
    return values
