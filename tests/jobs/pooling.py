"""A further round and joint purchasing through every fact anything reacts to."""

from datetime import datetime, timedelta

from jobs.pooling import close_due_pools
from kernel import clock
from tests.scenarios.players import Cast, day, fresh
from tests.scenarios.pooling import awards_pool, joins, opens_pool, pool_of, pool_versioned
from tests.scenarios.sourcing import bids, instant, issues, offered, seen, sends_out, versioned


def asks_once_more(cast: Cast) -> None:
    """A request whose bids are opened, and asked for again without the one who declined."""
    master, gearworks = cast.chain_master, cast.gearworks
    rfq = issues(master, gearworks, cast.rival)
    master.acts("close_rfq", versioned(rfq) | {"reason": "重来"}, by="buyer")["rfq"]
    said = {
        "visibility": "NONE", "closesAt": instant(hours=9), "reason": "TOO_FEW_OFFERS", "awardBy": day(10),
        "inviteeIds": [gearworks.firm_id], "leftOutReason": "未报价",
    }  # fmt: skip
    master.acts("open_rfq_round", versioned(seen(master, rfq)) | said, by="buyer")["rfq"]


def buys_together(cast: Cast) -> None:
    """One pool from its window to a share that is ordered, one nobody forms, one given up."""
    master, gearworks, rival, dealer = cast.chain_master, cast.gearworks, cast.rival, cast.dealer
    soon = {"closesAt": instant(minutes=1)}
    pool, alone = (opens_pool(master, master, rival, dealer, **soon)["pool"] for _ in range(2))
    given_up = opens_pool(master, master, rival, dealer)["pool"]
    rival.acts("decline_pool", {"poolId": given_up["id"]}, by="buyer")["membership"]
    joins(dealer, given_up, "3")["membership"]
    dealer.acts("leave_pool", {"poolId": given_up["id"]}, by="buyer")["membership"]
    master.acts("cancel_pool", pool_versioned(given_up) | {"reason": "不再需要"}, by="buyer")["pool"]
    for member in (master, rival, dealer):
        joins(member, pool, "5")["membership"]
    with clock.standing_at(datetime.fromisoformat(alone["closesAt"]) + timedelta(seconds=1)):
        close_due_pools()
    said = {"number": fresh("RFQ"), "closesAt": instant(hours=9), "awardBy": day(9), "inviteeIds": [gearworks.firm_id]}
    drafted = master.acts("source_pool", pool_versioned(pool_of(master, pool)) | said, by="buyer")["pool"]["rfq"]
    rfq = sends_out(master, drafted)
    bids(gearworks, rfq, offered(gearworks, "RV-40E", "1200"))["quotation"]
    master.acts("close_rfq", versioned(seen(master, rfq)) | {"reason": "已齐"}, by="buyer")["rfq"]
    awards_pool(master, pool)["pool"]
    own = pool_of(master, pool)["own"]
    order = {"poolId": pool["id"], "expectedVersion": own["version"], "number": fresh("PO")}
    master.acts("order_pool_share", order, by="buyer")["membership"]
