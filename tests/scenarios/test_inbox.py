"""Each person is told what concerns it, follows what it may see, and loses sight of what it may see no more."""

from typing import Any

import pytest

from kernel import ids
from kernel.access import Role
from tests.scenarios.conftest import everything, tells
from tests.scenarios.players import Cast, Player
from tests.scenarios.test_financial_accounts import confirmed_account


def told(player: Player, by: str = "buyer", **filter: Any) -> list[tuple[str, str]]:
    nodes = player.asks("inbox_page", by=by, filter=filter)["inbox"]["nodes"]
    return [(entry["reason"], entry["what"]) for entry in nodes]


def entries(player: Player, by: str = "buyer") -> list[str]:
    return [entry["id"] for entry in player.asks("inbox_page", by=by)["inbox"]["nodes"]]


def follows(player: Player, thing: str, by: str = "buyer") -> Any:
    return player.acts("follow", {"id": thing}, by=by)


@pytest.mark.feature("L1")
def test_a_follower_is_told_what_others_do_and_not_what_he_does_himself(cast: Cast) -> None:
    order = cast.chain_master.places_order(to=cast.gearworks)
    follows(cast.chain_master, order["order"]["id"])["following"]
    follows(cast.chain_master, order["order"]["id"])["following"]
    assert cast.chain_master.asks("followed", ids=[order["order"]["id"]])["followed"] == [order["order"]["id"]]

    cast.gearworks.acknowledges(order)["order"]
    cast.chain_master.requires_documents(order)["requirements"]

    assert told(cast.chain_master) == [("FOLLOWED", "OrderAnswered")]
    assert told(cast.chain_master, by="planner") == told(cast.gearworks) == []
    (entry,) = cast.chain_master.asks("inbox_page")["inbox"]["nodes"]
    assert entry["subject"]["number"] == order["order"]["number"]
    assert cast.chain_master.asks("inbox_counts")["inboxCounts"] == {"open": 1, "unread": 1, "mustAnswer": 0}

    cast.chain_master.acts("unfollow", {"id": order["order"]["id"]}, by="buyer")["unfollowedId"]
    cast.gearworks.accepts_all(order)["order"]

    assert told(cast.chain_master) == [("FOLLOWED", "OrderAnswered")]
    assert cast.chain_master.asks("followed", ids=[order["order"]["id"]])["followed"] == []


def test_what_one_may_not_see_one_cannot_follow(cast: Cast) -> None:
    order = cast.chain_master.places_order(to=cast.gearworks)
    hidden = cast.chain_master.link_for("RV-40E")["id"]
    before = everything()

    for thing in (order["order"]["id"], hidden, "A" * 22):
        assert follows(cast.rival, thing).refusals == ["NOT_FOUND"]
        assert cast.rival.acts("unfollow", {"id": thing}, by="sales").refusals == ["NOT_FOUND"]
        assert cast.rival.asks("followed", ids=[thing])["followed"] == []

    assert everything() == before
    behind = next(link for link in cast.chain_master.links() if link["supplier"] is None)
    assert follows(cast.chain_master, behind["id"]).refusals == ["NOT_FOUND"]


@pytest.mark.feature("L1")
def test_who_loses_sight_is_told_no_more_and_what_he_was_told_is_gone(cast: Cast) -> None:
    account = confirmed_account(cast)
    follows(cast.chain_master, account, by="lead")["following"]
    assert told(cast.chain_master, by="lead") == [("MUST_ANSWER", "record_callback")]
    order = cast.chain_master.places_order(to=cast.gearworks)
    tells(cast.dealer, ("Order", ids.number_of("Order", order["order"]["id"])), "order.leaked")
    assert told(cast.dealer) == []
    assert cast.dealer.asks("inbox_counts")["inboxCounts"] == {"open": 0, "unread": 0, "mustAnswer": 0}

    gone = {"accountId": account, "expectedVersion": 2}
    cast.gearworks.acts("withdraw_financial_account", gone, by="sales")["financialAccount"]

    assert told(cast.chain_master, by="lead") == told(cast.chain_master, by="lead", done=True) == []
    assert cast.chain_master.asks("followings_page", by="lead")["followings"]["nodes"] == []


def test_one_reads_and_puts_away_ones_own_entries_only(cast: Cast) -> None:
    firm = ids.number_of("Firm", cast.gearworks.firm_id)
    for once in ("a", "b", "a"):
        tells(cast.chain_master, ("Firm", firm), f"news.{once}", once=once)
    first, second = entries(cast.chain_master)[::-1]
    theirs = entries(cast.chain_master, by="planner")
    assert told(cast.chain_master) == [("MUST_ANSWER", "news.b"), ("MUST_ANSWER", "news.a")]
    before = everything()

    refused = cast.chain_master.acts("mark_done", {"entryIds": [first, theirs[0]]}, by="buyer")

    assert refused.refusals == ["NOT_FOUND"]
    assert cast.chain_master.acts("mark_read", {"entryIds": []}, by="buyer").refusals == ["INVALID"]
    assert everything() == before
    cast.chain_master.acts("mark_read", {"entryIds": [first]}, by="buyer")["entries"]
    cast.chain_master.acts("mark_done", {"entryIds": [second]}, by="buyer")["entries"]
    assert told(cast.chain_master) == told(cast.chain_master, reasons=["MUST_ANSWER"]) == [("MUST_ANSWER", "news.a")]
    assert told(cast.chain_master, unread=True) == []
    assert told(cast.chain_master, done=True) == [("MUST_ANSWER", "news.b")]
    assert cast.chain_master.asks("inbox_counts")["inboxCounts"] == {"open": 1, "unread": 0, "mustAnswer": 1}
    assert cast.chain_master.asks("inbox_counts", by="planner")["inboxCounts"] == {
        "open": 2,
        "unread": 2,
        "mustAnswer": 2,
    }


def test_where_nobody_has_the_role_whoever_manages_the_people_is_told(cast: Cast) -> None:
    firm = ids.number_of("Firm", cast.gearworks.firm_id)

    for player in (cast.chain_master, cast.gearworks):
        tells(player, ("Firm", firm), "for the dispatcher", roles=frozenset({Role.DISPATCH}))

    assert [told(cast.chain_master, by=by) for by in ("lead", "buyer")] == [[("MUST_ANSWER", "for the dispatcher")], []]
    assert told(cast.gearworks) == [("MUST_ANSWER", "for the dispatcher")]
