"""The comparison page: what its two forms start with, and what they come down to: terms stated, shares awarded."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from kernel import clock
from web.trade.entering import Complaint, Values, complaint, day, figure, written


def offers(rfq: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for line in rfq["comparison"]:
        yield from line["offers"]


def bidder_of(rfq: Mapping[str, Any], bid: str) -> str:
    """Whose bid it is, as the buyer knows the firm; empty where it is not told."""
    named = (one["supplier"] for one in offers(rfq) if one["quotation"]["id"] == bid)
    return next((supplier["name"] for supplier in named if supplier), "")


def foreign(rfq: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """(currencies, terms of delivery) of bids that are not the request's own."""
    bids = [one["quotation"] for one in offers(rfq)]
    currencies = {bid["currency"] for bid in bids} - {rfq["currency"]}
    return sorted(currencies), sorted({bid["incoterm"] for bid in bids} - {rfq["incoterm"]})


def prefilled(rfq: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for term in rfq["comparisonTerms"]:
        name = "rate" if term["kind"] == "RATE" else "delivery"
        found[f"{name}.{term['word'].upper()}"] = term["amount"]
        if term["asOn"]:
            found[f"on.{term['word']}"] = term["asOn"]
    today = clock.today_of(clock.now()).isoformat()
    return {f"on.{code}": today for code in foreign(rfq)[0]} | found


def terms(values: Values, rfq: Mapping[str, Any], errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    rates, deliveries, names = list[dict[str, Any]](), list[dict[str, Any]](), dict[str, str]()
    currencies, incoterms = foreign(rfq)
    for code in currencies:
        if rate := figure(values, f"rate.{code}", errors):
            place = f"rates.{len(rates)}"
            names |= {
                f"{place}.rate": f"rate.{code}",
                f"{place}.asOn": f"on.{code}",
                f"{place}.currency": f"rate.{code}",
            }
            rates.append({"currency": code, "rate": rate, "asOn": day(values, f"on.{code}", errors)})
            if rates[-1]["asOn"] is None and not errors:
                errors.append(complaint(f"on.{code}", _("请填写日期，例如 2027-01-09")))
    for code in incoterms:
        if percent := figure(values, f"delivery.{code}", errors):
            names[f"deliveries.{len(deliveries)}.percent"] = f"delivery.{code}"
            deliveries.append({"incoterm": code, "percent": percent})
    return {"rates": rates, "deliveries": deliveries}, names


def awards(values: Values, rfq: Mapping[str, Any], errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    """Offers with a quantity are awarded; with none at all, nothing is."""
    shares, names = list[dict[str, Any]](), {"reason": "reason"}
    for one in offers(rfq):
        number = one["offer"]["id"]
        if quantity := figure(values, f"share.{number}", errors):
            place = f"shares.{len(shares)}"
            names |= {
                f"{place}.quantity": f"share.{number}", f"{place}.quotationLineId": f"share.{number}",
                f"{place}.reason": f"why.{number}",
            }  # fmt: skip
            shares.append({"quotationLineId": number, "quantity": quantity, "reason": values.get(f"why.{number}", "")})
    orders = list[dict[str, Any]]()
    for bid in dict.fromkeys(one["quotation"]["id"] for one in offers(rfq)):
        number, later = written(values, f"order.{bid}"), f"later.{bid}" in values
        if (number or later) and _wins(values, rfq, bid):
            names |= {f"orders.{len(orders)}.later": f"later.{bid}", f"orders.{len(orders)}.number": f"order.{bid}"}
            orders.append({"quotationId": bid, "number": number or None, "later": later})
    return {"shares": shares, "orders": orders, "reason": values.get("reason", "")}, names


def _wins(values: Values, rfq: Mapping[str, Any], bid: str) -> bool:
    return any(one["quotation"]["id"] == bid and written(values, f"share.{one['offer']['id']}") for one in offers(rfq))


def bidders(rfq: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(quotation, supplier's name) of each bid in the comparison, once."""
    names = {one["quotation"]["id"]: one["supplier"]["name"] if one["supplier"] else "" for one in offers(rfq)}
    return list(names.items())
