"""What stories of joint purchasing are made of: a pool of one bearing that several firms buy."""

from datetime import datetime, timedelta
from typing import Any

from chain.links.verbs import introduce
from jobs.pooling import close_due_pools
from kernel import clock
from kernel.access import SYSTEM
from kernel.work import unit_of_work
from seeds.cast import BEARING, DEALER, LONGTENG, Seated, agree_on_terms
from tests.scenarios.api import Outcome
from tests.scenarios.players import Player, day, fresh
from tests.scenarios.reactions import react
from tests.scenarios.sourcing import bids, instant, offered, sends_out, time_comes

BEARINGS = "CRB-100"


def all_buy_bearings(seated: Seated) -> None:
    """Chain master and dealer have links of the bearing and terms with its maker as well, so that they may order it."""
    with unit_of_work() as work:
        for firm in (LONGTENG, DEALER):
            introduce(
                work, SYSTEM, seated.acting(BEARING), item_id=seated.items[BEARINGS], buyer_id=seated.firms[firm],
                chain_id=seated.chain_id,
            )  # fmt: skip
            agree_on_terms(work, seated.signing(BEARING), seated.signing(firm))


def opens_pool(organiser: Player, *members: Player, by: str = "buyer", **given: Any) -> Outcome:
    said = {
        "number": fresh("JC"), "title": "交叉滚子轴承", "standard": "JB/T 14067", "unit": "C62", "currency": "CNY",
        "incoterm": "DAP", "wantedOn": day(60), "closesAt": instant(hours=48), "rule": "PRO_RATA", "tiers": ["50", "200"],
        "memberIds": [one.firm_id for one in members],
    } | given  # fmt: skip
    return organiser.acts("open_pool", said, by=by)


def joins(member: Player, pool: Any, quantity: str, price: str | None = None) -> Outcome:
    said = {"poolId": pool["id"], "quantity": quantity} | ({"baselinePrice": price} if price else {})
    return member.acts("join_pool", said, by="buyer")


def pool_of(player: Player, pool: Any, *, by: str = "buyer") -> Any:
    return player.asks("pool_page", by=by, id=pool["id"])["pool"]


def window_ends(pool: Any) -> None:
    clock.set_to(datetime.fromisoformat(pool["closesAt"]) + timedelta(seconds=1))
    close_due_pools()
    react()


def pool_versioned(pool: Any) -> dict[str, Any]:
    return {"poolId": pool["id"], "expectedVersion": pool["version"]}


def asks_for_total(organiser: Player, pool: Any, *suppliers: Player, **given: Any) -> dict[str, Any]:
    """Drafted from the pool, approved by the lead, issued."""
    said = pool_versioned(pool_of(organiser, pool)) | {
        "number": fresh("RFQ"), "closesAt": instant(hours=24), "awardBy": day(20),
        "inviteeIds": [one.firm_id for one in suppliers],
    }  # fmt: skip
    issued = sends_out(organiser, organiser.acts("source_pool", said | given, by="buyer")["pool"]["rfq"])
    react()
    return issued


def bid_comes(supplier: Player, rfq: Any, *prices: tuple[str, str]) -> None:
    """prices: (from quantity, unit price)."""
    steps = [{"fromQuantity": start, "unitPrice": price} for start, price in prices]
    bids(supplier, rfq, offered(supplier, BEARINGS, "1", priceBreaks=steps))["quotation"]
    time_comes(rfq)


def awards_pool(organiser: Player, pool: Any, **given: Any) -> Outcome:
    found = pool_of(organiser, pool)
    offer = found["rfq"]["comparison"][0]["offers"][0]["offer"]["id"]
    return organiser.acts("award_pool", pool_versioned(found) | {"quotationLineId": offer} | given, by="buyer")
