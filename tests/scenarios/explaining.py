"""Acts on the causes of missed deliveries, as their stories tell them."""

from tests.scenarios.players import line, promise

DUTY = {"BUYER": "buyer", "SELLER": "sales"}


def promised(cast, *, wanted=2, agreed=2, quantity="10"):
    """An order whose day is agreed."""
    buyer, seller = cast.chain_master, cast.gearworks
    order = buyer.places_order(seller, lines=[line("RV-40E", quantity, days={wanted: quantity})])
    days = promise(**{f"d{agreed}": quantity})
    seller.responds(order, lines=[{"line": 1, "answer": "CHANGED", "reason": "CAPACITY", "schedules": days}])
    if agreed != wanted:
        buyer.decides(order, {1: "ACCEPT"})["order"]
    return order


def misses(player, side, **given):
    return player.asks("cause_records", filter={"side": side} | given)["causeRecords"]["nodes"]


def shown(player, record, *, by="buyer"):
    return player.asks("cause_page", by=by, id=record["id"])["causeRecord"]


def _on(player, record, verb, by, **given):
    found = shown(player, record)
    said = {"recordId": record["id"], "expectedVersion": found["version"] if found else 1} | given
    return player.acts(verb, said, by=by or DUTY[found["side"] if found else "BUYER"])


def states(player, record, cause, party, note="见说明", *, by=None, **given):
    return _on(player, record, "state_cause", by, cause=cause, party=party, note=note, **given)


def agrees(player, record, *, by=None, **given):
    """To what the other firm states now."""
    found = shown(player, record)
    theirs = [one["id"] for one in found["stated"] if one["side"] != found["side"]] if found else []
    return _on(
        player, record, "agree_to_cause", by, **{"statedCauseId": theirs[-1] if theirs else record["id"]} | given
    )


def reopens(player, record, *, by=None, **given):
    return _on(player, record, "reopen_cause", by, **given)
