"""Acts on invoices, as the stories of settlement tell them."""

from tests.scenarios.players import day, fresh, line, what


def received(cast, *lines, price="100"):
    """An agreed order whose lines came: (item, ordered, accepted)."""
    order = cast.chain_master.places_order(
        to=cast.gearworks, lines=[line(item, quantity, price=price) for item, quantity, _ in lines]
    )
    cast.gearworks.accepts_all(order)
    comes(cast, order, *((n, accepted) for n, (_, _, accepted) in enumerate(lines, 1) if accepted != "0"))
    return order


def comes(cast, order, *parts):
    """parts: (line number, how much comes and is accepted)."""
    if parts:
        advice = cast.gearworks.ships(*((order, n, quantity) for n, quantity in parts))
        return cast.chain_master.receives(advice)["receiptAdvice"]
    return None


def billed(player, order, *lines, **given):
    """What a seller says of an order. lines: (line number, quantity[, price[, tax rate]])."""
    own = player.lines_of(order)
    said = []
    for n, (number, quantity, *rest) in enumerate(lines, 1):
        price, tax = [*rest, *("100", "13")[len(rest) :]]
        said.append(
            {"number": n, "orderLineId": own[number]["id"], "quantity": quantity, "unitPrice": price, "taxPercent": tax}
        )
    buyer = player.sees(order)["buyer"]["id"]
    return {
        "number": fresh("INV"), "buyerId": buyer, "issuedOn": day(0), "dueOn": day(30), "currency": "CNY", "lines": said,
    } | given  # fmt: skip


def invoices(player, order, *lines, verb="submit_invoice", by="sales", **given):
    return player.acts(verb, billed(player, order, *lines, **given), by=by)


def seen(player, invoice, *, by="buyer"):
    return player.asks("invoice_page", by=by, id=what(invoice))["invoice"]


def on(player, invoice, verb, *, by, **given):
    """An act on an invoice in the version this firm sees."""
    found = seen(player, invoice)
    said = {"invoiceId": what(invoice), "expectedVersion": found["version"] if found else 1}
    return player.acts(verb, said | given, by=by)


def responds(player, invoice, answer, *, by="buyer", **given):
    return on(player, invoice, "respond_to_invoice", by=by, answer=answer, **given)


def credits(player, invoice, *lines, by="sales", **given):
    """lines: (line number of the invoice, how much is taken back)."""
    own = {line["number"]: line["id"] for line in (seen(player, invoice) or {"lines": []})["lines"]}
    said = {"number": fresh("CN"), "issuedOn": day(0), "reason": "数量开错"} | given
    said["lines"] = [{"invoiceLineId": own[number], "quantity": quantity} for number, quantity in lines]
    return on(player, invoice, "issue_credit_note", by=by, **said)


def releases(player, invoice, *lines, by="buyer", reason="已线下核对", **given):
    own = {line["number"]: line["id"] for line in seen(player, invoice)["lines"]}
    return on(player, invoice, "release_invoice", by=by, invoiceLineIds=[own[n] for n in lines], reason=reason, **given)


def outcomes(player, invoice):
    return [line["match"]["outcome"] for line in seen(player, invoice)["lines"]]


def matches_by(player, *, seller=None, by="lead", **given):
    said = {"currency": "CNY"} | ({"sellerId": seller.firm_id} if seller else {})
    return player.acts("set_settlement_terms", said | given, by=by)


def uninvoiced(player, side, **given):
    return [
        (x["orderLine"]["number"], x["quantity"]) for x in player.asks("uninvoiced", side=side, **given)["uninvoiced"]
    ]
