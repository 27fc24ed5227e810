"""One pair of firms through every fact about certificates, standings and scorecards that anything reacts to."""

from datetime import timedelta

from jobs.certificates import watch_certificates
from jobs.scorecards import score_what_was_due
from kernel import clock
from tests.scenarios import test_qualifying as qualifying
from tests.scenarios import test_scoring as scoring
from tests.scenarios.players import Cast
from tests.scenarios.reactions import react


def qualifies(cast: Cast) -> None:
    """Asked for and refused, shown, verified, reminded of, hidden, shown again, renewed, withdrawn; approved, lapsed, restored, blocked."""
    buyer, seller = cast.chain_master, cast.gearworks
    asked = {"supplierId": seller.firm_id, "kind": "CCC"}
    request = buyer.acts("request_certificate", asked, by="quality")["request"]
    seller.acts("refuse_certificate_request", {"requestId": request["id"], "reason": "无"}, by="sales")["request"]
    where, certificate = qualifying.qualified(cast, until=40)
    watch_certificates()
    pair = {"certificateId": certificate["id"], "buyerId": buyer.firm_id}
    seller.acts("hide_certificate", pair, by="sales")["certificate"]
    seller.acts("show_certificate", pair, by="sales")["certificate"]
    qualifying.verifies(buyer, certificate)["verification"]
    paper = qualifying.paper(seller, until=300, number="Q-2", since=0)
    seller.acts(
        "renew_certificate", {"certificateId": certificate["id"], "expectedVersion": 1, "paper": paper}, by="sales"
    )
    changed = {
        "categoryId": where["id"],
        "expectedVersion": 1,
        "name": "新",
        "nameEn": "New",
        "needs": [],
        "qualifiedOnly": False,
    }
    buyer.acts("change_category", changed, by="lead")["category"]
    proposed = qualifying.proposes(buyer, seller, where)
    said = {"proposalId": proposed["proposal"]["id"], "reason": "缓"}
    buyer.acts("decline_qualification", said, by="lead")["proposal"]
    blocked = {"supplierId": seller.firm_id, "categoryId": where["id"], "reason": "停"}
    buyer.acts("block_supplier", blocked, by="lead")["qualification"]
    own = qualifying.detail(buyer, qualifying.standing(buyer))
    freed = {"qualificationId": own["id"], "expectedVersion": own["version"], "reason": "解"}
    buyer.acts("unblock_supplier", freed, by="lead")["qualification"]
    seller.acts("withdraw_certificate", {"certificateId": certificate["id"], "expectedVersion": 2}, by="sales")
    react()


def contests(cast: Cast) -> None:
    """Two late deliveries contested: one agreed to, one not."""
    buyer, seller = cast.chain_master, cast.gearworks
    for _ in range(2):
        scoring.delivered(buyer, seller)
    clock.set_to(clock.now() + timedelta(days=9))
    try:
        score_what_was_due()
        late = [e for e in scoring.events(seller, buyer, "OTIF_AGREED", "SELLER") if e["openVerbs"]][:2]
        for event, verb in zip(late, ("agree_to_contest", "refuse_contest"), strict=True):
            said = {"observationId": event["id"], "reason": "非我方原因"}
            contest = seller.acts("contest_observation", said, by="sales")["contest"]
            buyer.acts(verb, {"contestId": contest["id"], "answer": "知悉"}, by="quality")["contest"]
        react()
    finally:
        clock.set_to(None)
