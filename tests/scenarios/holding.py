"""Acts on holds, as the stories tell them."""

from tests.scenarios.players import what


def holds(player, order, *, by="buyer", **given):
    said = {"orderId": what(order), "expectedVersion": player.version_of(order), "reason": "SPECIFICATION"}
    return player.acts("hold_order", said | given, by=by)


def lifts(player, order, *, by="buyer", **given):
    """The hold that stands, unless another is named."""
    held = player.sees(order)["hold"] if "holdId" not in given else None
    said = {"expectedVersion": player.version_of(order)} | ({"holdId": held["id"]} if held else {})
    return player.acts("lift_hold", said | given, by=by)
