"""What stories of requests for quotation are made of: a buyer asks, invitees bid, the time comes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from jobs.sourcing import close_due_rfqs
from kernel import clock
from tests.scenarios.api import Outcome
from tests.scenarios.players import Player, day, fresh
from tests.scenarios.reactions import react


def instant(**later: float) -> str:
    """So much from now, as the API writes it; to the second, so that it can be met exactly."""
    found = clock.now().replace(microsecond=0) + timedelta(**later)
    return found.astimezone(UTC).isoformat().replace("+00:00", "Z")


def asked(*invitees: Player, **given: Any) -> dict[str, Any]:
    return {
        "number": fresh("RFQ"), "title": "减速机年度询价", "currency": "CNY", "incoterm": "DAP",
        "closesAt": instant(hours=48), "awardBy": day(10), "inviteeIds": [one.firm_id for one in invitees],
        "lines": [
            {"number": 1, "title": "40 型减速机", "quantity": "100", "unit": "C62", "wantedOn": day(40)},
            {"number": 2, "title": "减速机备件（箱）", "quantity": "10", "unit": "BX", "wantedOn": day(60)},
        ],
    } | given  # fmt: skip


def drafts(buyer: Player, *invitees: Player, by: str = "buyer", **given: Any) -> Outcome:
    return buyer.acts("draft_rfq", asked(*invitees, **given), by=by)


def versioned(rfq: Any) -> dict[str, Any]:
    return {"rfqId": rfq["id"], "expectedVersion": rfq["version"]}


def issues(buyer: Player, *invitees: Player, **given: Any) -> dict[str, Any]:
    """Drafted, approved by the lead, issued; invitees are told."""
    issued = sends_out(buyer, drafts(buyer, *invitees, **given)["rfq"])
    react()
    return issued


def sends_out(buyer: Player, rfq: Any) -> dict[str, Any]:
    """A drafted request, approved by the lead and issued."""
    approved = buyer.acts("approve_rfq", versioned(rfq), by="lead")["rfq"]
    issued: dict[str, Any] = buyer.acts("issue_rfq", versioned(approved), by="buyer")["rfq"]
    return issued


def seen(player: Player, rfq: Any, *, by: str = "buyer") -> dict[str, Any] | None:
    found: dict[str, Any] | None = player.asks("rfq_page", by=by, id=rfq["id"])["rfq"]
    return found


def offered(player: Player, item: str, price: str, line: int = 1, **given: Any) -> dict[str, Any]:
    return {
        "lineNumber": line, "itemId": player.item(item), "leadTimeDays": 21,
        "priceBreaks": [{"fromQuantity": "0", "unitPrice": price}],
    } | given  # fmt: skip


def bids(player: Player, rfq: Any, *lines: dict[str, Any], key: str | None = None, **given: Any) -> Outcome:
    said = {
        "rfqId": rfq["id"], "amendment": rfq["amendment"], "currency": "CNY", "incoterm": "DAP", "validUntil": day(60),
        "lines": list(lines),
    }  # fmt: skip
    return player.acts("submit_quotation", said | given, by="sales", key=key)


def time_comes(rfq: Any, *, seconds: float = 0) -> None:
    """It is the closing time, or so much after; the job that watches it has run, and people are told."""
    clock.set_to(datetime.fromisoformat(rfq["closesAt"]) + timedelta(seconds=seconds))
    close_due_rfqs()
    react()


def inbox(player: Player, *, by: str = "sales") -> list[str]:
    """What waits in somebody's inbox about requests."""
    found = player.asks("inbox_page", by=by, filter={"done": False})["inbox"]["nodes"]
    return [entry["what"] for entry in found if entry["subjectKind"] == "Rfq"]
