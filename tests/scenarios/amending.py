"""Acts on placed orders, as the stories of changing, cancelling and promising anew tell them."""

from tests.scenarios.players import what


def changes(player, order, *lines, by="buyer", **given):
    """``lines`` name theirs by number, schedules theirs by position."""
    said = {"orderId": what(order), "expectedVersion": player.version_of(order), "lines": told(player, order, lines)}
    return player.acts("change_order", said | given, by=by)


def told(player, order, lines):
    own = player.lines_of(order)
    return [one if one.get("action") == "ADD" else _spelled(own, one) for one in lines]


def _spelled(own, one):
    if one["line"] not in own:
        return {k: v for k, v in one.items() if k != "line"} | {"number": one["line"]}
    line_of = own[one["line"]]
    days = [
        {k: v for k, v in s.items() if k != "of"}
        | ({"scheduleId": line_of["schedules"][s["of"]]["id"]} if "of" in s else {})
        for s in one.get("schedules", [])
    ]
    rest = {k: v for k, v in one.items() if k not in ("line", "schedules")}
    return {"action": "CHANGE", "lineId": line_of["id"]} | rest | ({"schedules": days} if days else {})


def answers(player, order, change, answer, *lines, by="sales", **given):
    said = {"changeId": change["change"]["id"], "expectedVersion": player.version_of(order), "answer": answer}
    spelled = {"lines": told(player, order, lines)} if lines else {}
    return player.acts("respond_to_order_change", said | spelled | given, by=by)


def on_change(player, order, change, verb, *, by="buyer", **given):
    said = {"changeId": change["change"]["id"], "expectedVersion": player.version_of(order)}
    return player.acts(verb, said | given, by=by)


def cancels(player, order, *, by="buyer", **given):
    said = {"orderId": what(order), "expectedVersion": player.version_of(order), "reason": "OTHER"}
    return player.acts("request_order_cancellation", said | given, by=by)


def on_cancellation(player, order, cancellation, verb, *, by, **given):
    said = {"cancellationId": cancellation["cancellation"]["id"], "expectedVersion": player.version_of(order)}
    return player.acts(verb, said | given, by=by)


def repromises(player, order, days, *, line=1, by="sales", **given):
    """days: position of a schedule -> the day instead."""
    own = player.schedules_of(order, line)
    said = {
        "orderId": what(order), "expectedVersion": player.version_of(order), "reason": "MATERIAL",
        "days": [{"scheduleId": own[n]["id"], "promisedOn": on} for n, on in days.items()],
    }  # fmt: skip
    return player.acts("repromise_order", said | given, by=by)


def decides(player, order, repromise, decision, *, by="buyer"):
    said = {
        "repromiseId": repromise["repromise"]["id"],
        "expectedVersion": player.version_of(order),
        "decision": decision,
    }
    return player.acts("decide_on_repromise", said, by=by)


def terms(player, order, number=1):
    one = player.lines_of(order)[number]
    days = [(s["wantedOn"], s["promisedOn"], s["quantity"]) for s in one["schedules"]]
    return one["state"], one["quantity"]["value"], one["unitPrice"], days


def open_of(player, order):
    return player.sees(order)["openAmendment"]
