"""The other end of a link, or of a proposal, is told in its inbox; it is asked until somebody has answered."""

from seeds.cast import credit_code


def told(player, duty="any"):
    """(what, must it be answered) of what waits in an inbox."""
    found = player.asks("inbox_page", by=duty, filter={"done": False})["inbox"]["nodes"]
    return [(x["what"], x["reason"] == "MUST_ANSWER") for x in found if "link" in x["what"]]


def answered(player, item, **given):
    link = player.link_for(item)
    return {"linkId": link["id"], "expectedVersion": link["version"]} | given


def test_each_end_is_asked_in_turn_and_no_longer_once_it_has_answered(cast):
    longteng, gearworks = cast.chain_master, cast.gearworks
    wrong = answered(longteng, "HD-25", reason="NOT_OUR_ITEM")
    longteng.acts("dispute_supply_link", wrong, by="buyer")["supplyLink"]
    assert told(gearworks) == [("supply_link_disputed", True)]

    gearworks.acts("restate_supply_link", answered(gearworks, "HD-25", buyerNumber="LT-1"), by="sales")["supplyLink"]
    assert (told(gearworks), told(longteng, "buyer"), told(longteng, "planner")) == (
        [], [("supply_link_declared", True)], [],
    )  # fmt: skip

    longteng.acts("confirm_supply_link", answered(longteng, "HD-25"), by="buyer")["supplyLink"]
    assert (told(longteng, "buyer"), told(gearworks)) == ([], [("supply_link_confirmed", False)])


def test_trade_answers_for_the_end_that_was_asked(cast):
    longteng, gearworks = cast.chain_master, cast.gearworks
    longteng.acts("end_supply_link", answered(longteng, "HD-25"), by="buyer")["supplyLink"]
    anew = {"itemId": gearworks.item("HD-25"), "buyerId": longteng.firm_id, "chainId": gearworks.chain()}
    gearworks.acts("declare_supply_link", anew, by="sales")["supplyLink"]
    assert told(longteng, "buyer") == [("supply_link_declared", True)]

    gearworks.accepts_all(longteng.places_order(to=gearworks, item="HD-25"))

    assert told(longteng, "buyer") == []


def test_a_firm_named_by_its_code_is_told_and_only_it(cast, stranger):
    rival = cast.rival
    said = {"side": "SELLER", "chainId": rival.chain(), "itemId": rival.item("RC-40"), "code": credit_code(7001)}
    rival.acts("propose_supply_link", said, by="sales")["proposal"]
    assert told(stranger) == [("link_proposed", True)]

    (got,) = stranger.asks("link_proposals")["linkProposals"]["nodes"]
    stranger.acts("decline_link_proposal", {"proposalId": got["id"], "reason": "OTHER"}, by="any")["proposal"]

    assert (told(stranger), told(rival)) == ([], [])
