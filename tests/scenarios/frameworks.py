"""What stories of framework agreements are made of: a buyer drafts, its lead approves, the seller agrees; orders are called off."""

from collections.abc import Mapping
from typing import Any

from tests.scenarios.api import Outcome
from tests.scenarios.players import Player, day, fresh


def agreed_line(
    player: Player, item: str = "RV-40E", *, number: int = 1, price: str = "100", **given: Any
) -> dict[str, Any]:
    """100 pieces at one price, unless said otherwise."""
    usual = {
        "number": number, "itemId": player.item(item), "quantityCap": "100",
        "priceBreaks": [{"fromQuantity": "0", "unitPrice": price}],
    }  # fmt: skip
    return usual | given


def said(buyer: Player, seller: Player, *lines: dict[str, Any], **given: Any) -> dict[str, Any]:
    usual = {
        "number": fresh("FA"), "sellerId": seller.firm_id, "currency": "CNY", "validFrom": day(0), "validUntil": day(365),
        "lines": list(lines) or [agreed_line(buyer)],
    }  # fmt: skip
    return usual | given


def drafts(buyer: Player, seller: Player, *lines: dict[str, Any], by: str = "buyer", **given: Any) -> Outcome:
    return buyer.acts("draft_framework", said(buyer, seller, *lines, **given), by=by)


def of(framework: Mapping[str, Any]) -> dict[str, Any]:
    return {"frameworkId": framework["id"], "expectedVersion": framework["version"]}


def seen(player: Player, framework: Mapping[str, Any], *, by: str = "buyer") -> dict[str, Any] | None:
    found: dict[str, Any] | None = player.asks("framework_page", by=by, id=framework["id"])["framework"]
    return found


def now(player: Player, framework: Mapping[str, Any]) -> dict[str, Any]:
    """The framework in the version that stands."""
    found = seen(player, framework)
    assert found is not None
    return found


def proposes(buyer: Player, seller: Player, *lines: dict[str, Any], **given: Any) -> dict[str, Any]:
    draft = drafts(buyer, seller, *lines, **given)["framework"]
    waiting = buyer.acts("submit_framework", of(draft), by="buyer")["framework"]
    proposed: dict[str, Any] = buyer.acts("approve_framework", of(waiting), by="lead")["framework"]
    return proposed


def agrees(buyer: Player, seller: Player, *lines: dict[str, Any], **given: Any) -> dict[str, Any]:
    """Drafted, approved by the lead, accepted by the seller."""
    proposed = proposes(buyer, seller, *lines, **given)
    seller.acts("accept_framework", of(proposed), by="sales")["framework"]
    return now(buyer, proposed)


def calls_off(
    buyer: Player,
    framework: Mapping[str, Any],
    *quantities: str,
    by: str = "buyer",
    key: str | None = None,
    **given: Any,
) -> Outcome:
    """So much of each line, in 20 days."""
    lines = [
        {"lineId": line["id"], "quantity": quantity, "schedules": [{"wantedOn": day(20), "quantity": quantity}]}
        for line, quantity in zip(framework["lines"], quantities, strict=False)
    ]
    said = {"frameworkId": framework["id"], "number": fresh("CO"), "lines": lines} | given
    return buyer.acts("call_off", said, by=by, key=key)


def amends(player: Player, framework: Mapping[str, Any], *, by: str, **given: Any) -> Outcome:
    return player.acts("propose_framework_amendment", of(now(player, framework)) | given, by=by)


def amendment_of(player: Player, framework: Mapping[str, Any]) -> dict[str, Any]:
    """The newest, with the version of its framework."""
    found = now(player, framework)
    return {"amendmentId": found["amendments"][-1]["id"], "expectedVersion": found["version"]}


def priced(line: Mapping[str, Any], price: str, from_day: str) -> dict[str, Any]:
    return {"lineId": line["id"], "priceFrom": from_day, "priceBreaks": [{"fromQuantity": "0", "unitPrice": price}]}


def indexed(line: Mapping[str, Any], value: str, from_day: str) -> dict[str, Any]:
    read = {"value": value, "on": day(0), "source": "中国钢铁工业协会 CSPI 月报"}
    return {"lineId": line["id"], "priceFrom": from_day, "index": read}
