"""Invoices, and what changes of orders, through every fact anything reacts to."""

from tests.scenarios.amending import answers, cancels, changes, on_cancellation, on_change
from tests.scenarios.players import Cast
from tests.scenarios.settling import credits, invoices, matches_by, on, received, releases, responds


def settles(cast: Cast) -> None:
    """One invoice queried, credited and released by two persons."""
    master, gearworks = cast.chain_master, cast.gearworks
    matches_by(master, releaseLimit="1")["settlementTerms"]
    order = received(cast, ("RV-40E", "10", "4"))
    sent = invoices(gearworks, order, (1, "6"))
    responds(master, sent, "UNDER_QUERY", reason="QTY")["invoice"]
    on(gearworks, sent, "answer_invoice_query", by="sales", text="已补发")["invoice"]
    credits(gearworks, sent, (1, "1"))["creditNote"]
    releases(master, sent, 1)["invoice"]
    on(master, sent, "approve_release", by="lead")["invoice"]
    responds(master, sent, "ACCEPTED")["invoice"]


def amends(cast: Cast) -> None:
    """An order changed with and without a counter-offer, and cancelled."""
    master, gearworks = cast.chain_master, cast.gearworks
    order = received(cast, ("RV-40E", "10", "4"))
    asked = changes(master, order, {"line": 1, "unitPrice": "95"})
    answers(gearworks, order, asked, "CHANGED", {"line": 1, "unitPrice": "97"})["change"]
    on_change(master, order, asked, "decide_on_order_change", decision="ACCEPT")["change"]
    asked = cancels(master, order)
    on_cancellation(gearworks, order, asked, "answer_order_cancellation", by="sales", decision="ACCEPT")["cancellation"]
