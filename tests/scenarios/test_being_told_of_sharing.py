"""Each end is told of the terms that wait for it, and of what it is let see: the people whose duty it is, and no rival."""

import pytest

from jobs.sharing_notices import tell_of_ended_grants
from seeds.cast import credit_code
from tests.scenarios.players import day
from tests.scenarios.test_sharing import STANDARD_SHA256, grant, proposes, terms

OURS = ("terms_", "access_", "links_disclosed", "disclosure_")


def told(player, duty="any"):
    """(what, why, by which day) of what lies in an inbox about terms and grants, newest first."""
    found = player.asks("inbox_page", by=duty, filter={"done": False})["inbox"]["nodes"]
    return [(x["what"], x["reason"], x["dueOn"]) for x in found if x["what"].startswith(OURS)]


def everybody_else(cast):
    return [told(player) for player in (cast.rival, cast.bearing, cast.dealer, cast.operator, cast.official)]


@pytest.mark.feature("A9")
def test_terms_wait_in_the_inbox_of_who_signs_and_whoever_waited_is_told(cast):
    gearworks, master = cast.gearworks, cast.chain_master
    assert (told(gearworks), told(master, "lead")) == ([], [])

    version = proposes(master, gearworks)["terms"]
    assert told(gearworks) == [("terms_to_accept", "MUST_ANSWER", day(7))]
    assert told(master, "lead") == []

    terms(gearworks, master, "accept_terms", "sales", sha256=version["sha256"])["terms"]
    assert told(gearworks) == []
    assert told(master, "lead") == [("terms_accepted", "TOLD", None)]
    assert [told(master, duty) for duty in ("sales", "buyer", "planner", "quality")] == [[]] * 4
    assert everybody_else(cast) == [[]] * 5


@pytest.mark.feature("A9")
def test_terms_declined_or_taken_back_wait_for_nobody(cast):
    gearworks, master = cast.gearworks, cast.chain_master
    proposes(master, gearworks)["terms"]
    terms(gearworks, master, "decline_terms", "sales")["terms"]
    assert (told(gearworks), told(master, "lead")) == ([], [("terms_declined", "TOLD", None)])

    proposes(gearworks, master, by="sales")["terms"]
    assert told(master, "lead")[0] == ("terms_to_accept", "MUST_ANSWER", day(7))
    terms(gearworks, master, "withdraw_terms", "sales")["terms"]
    assert [what for what, _, _ in told(master, "lead")] == ["terms_withdrawn", "terms_declined"]
    assert everybody_else(cast) == [[]] * 5


@pytest.mark.feature("A9")
def test_two_firms_that_have_just_found_each_other_are_both_asked_for_the_terms(cast, stranger):
    rival = cast.rival
    said = {"side": "SELLER", "chainId": rival.chain(), "itemId": rival.item("RC-40"), "code": credit_code(7001)}
    rival.acts("propose_supply_link", said, by="sales")["proposal"]
    assert (told(rival), told(stranger)) == ([], [])
    (got,) = stranger.asks("link_proposals")["linkProposals"]["nodes"]
    stranger.acts("accept_link_proposal", {"proposalId": got["id"]}, by="any")["supplyLink"]
    both = [("terms_missing", "MUST_ANSWER", None)]
    assert (told(rival), told(stranger)) == (both, both)

    terms(stranger, rival, "accept_terms", "any", sha256=STANDARD_SHA256)["terms"]
    assert (told(rival), told(stranger)) == ([("terms_to_accept", "MUST_ANSWER", None)], [])

    terms(rival, stranger, "accept_terms", "sales", sha256=STANDARD_SHA256)["terms"]
    assert (told(rival), told(stranger)) == ([], [("terms_accepted", "TOLD", None)])
    assert [told(p) for p in (cast.gearworks, cast.bearing, cast.dealer)] == [[]] * 3


@pytest.mark.feature("B3")
def test_whoever_is_let_look_is_told_when_it_may_and_when_no_longer(cast, after_days):
    gearworks, master = cast.gearworks, cast.chain_master
    first = grant(gearworks, master)["accessGrant"]
    lookers = ("buyer", "planner", "lead")
    assert [told(master, duty) for duty in lookers] == [[("access_granted", "TOLD", None)]] * 3
    assert [told(master, duty) for duty in ("sales", "quality")] == [[], []]

    grant(gearworks, master, level="NONE", scope="ITEM", itemId=gearworks.item("HD-25"))["accessGrant"]
    gearworks.acts("revoke_access", {"grantId": first["id"]}, by="sales")["accessGrant"]
    assert [what for what, _, _ in told(master)] == ["access_ended", "access_changed", "access_granted"]

    grant(gearworks, master, "PRICE", "EXACT", until=day(3))["accessGrant"]
    after_days(4)
    tell_of_ended_grants()
    tell_of_ended_grants()
    assert [what for what, _, _ in told(master)][:2] == ["access_ended", "access_granted"]
    assert len(told(master)) == 5, "the one taken back is not told twice"
    assert told(gearworks) == []
    assert everybody_else(cast) == [[]] * 5


@pytest.mark.feature("B5")
def test_whoever_is_let_look_upstream_is_told_and_told_again_when_it_ends(cast):
    """Not whose links they are, and nobody whose links they are: only that a partner shows its own."""
    given = {"viewerId": cast.rival.firm_id, "chainId": cast.bearing.chain(), "until": day(30)}
    shown = cast.bearing.acts("disclose_links", given, by="sales")["disclosure"]

    assert told(cast.rival) == [("links_disclosed", "TOLD", None)]
    cast.bearing.acts("revoke_disclosure", {"disclosureId": shown["id"]}, by="sales")["disclosure"]

    assert [what for what, _, _ in told(cast.rival)] == ["disclosure_revoked", "links_disclosed"]
    assert [told(player) for player in (cast.bearing, cast.gearworks, cast.steel, cast.dealer, cast.operator)] == [
        []
    ] * 5
