"""A chain measured by jobs: started, watched, stopped, gone on with, and read only while it may be."""

import pytest

from api.stored import operation
from jobs.resilience_runs import measure_chunk
from tests.scenarios.players import day
from tests.scenarios.reactions import react, taken
from tests.scenarios.test_resilience import by_name, measured


def starts(player, by="buyer", **more):
    return player.acts("start_resilience_run", {"chainId": player.chain()} | more, by=by)


def page_of(player, run):
    return player.asks("resilience_run_page", id=run["id"])["node"]


def quietly(cast, email, name, given):
    """An act whose reactions are left for later."""
    answer = cast.api.posts(email, {"query": operation(name), "variables": {"input": given}}).get_json()
    return next(iter(answer["data"].values()))


BUYER = "buyer@longteng.example"


@pytest.mark.feature("I3")
def test_a_run_finds_what_the_page_measures_at_once(cast):
    started = starts(cast.chain_master)["run"]

    found = page_of(cast.chain_master, started)
    assert (started["state"], found["state"], found["done"], found["total"]) == ("GATHERING", "DONE", 1, 1)
    at_once = measured(cast.chain_master)
    result = found["result"]
    assert result["isCurrent"] is True and found["graphVersion"] == at_once["graphVersion"]
    plain = [{k: v for k, v in one.items() if k != "isExact"} for one in result["resilience"]["firms"]]
    assert plain == at_once["firms"]
    assert {one["isExact"] for one in result["resilience"]["firms"]} == {True}
    assert result["resilience"]["stages"] == at_once["stages"]
    assert result["resilience"]["fatalPairs"] == at_once["fatalPairs"]


def test_asked_twice_while_under_way_it_is_one_run_and_three_are_the_most(cast):
    given = {"chainId": cast.chain_master.chain()}

    first = quietly(cast, BUYER, "start_resilience_run", given)["run"]
    again = quietly(cast, BUYER, "start_resilience_run", given)["run"]

    assert first["id"] == again["id"]
    for top in (1, 2):
        assert quietly(cast, BUYER, "start_resilience_run", given | {"exactFirms": top})["userErrors"] == []
    (refused,) = quietly(cast, BUYER, "start_resilience_run", given | {"exactFirms": 3})["userErrors"]
    assert refused["code"] == "LIMIT" and refused["rule"].startswith("resilience_run.at_once")
    other = quietly(cast, "sales@rival.example", "start_resilience_run", given)
    assert other["userErrors"] == [] and other["run"]["id"] != first["id"]


def test_a_run_is_stopped_and_gone_on_with_and_measures_nothing_twice(cast):
    run = quietly(cast, BUYER, "start_resilience_run", {"chainId": cast.chain_master.chain()})["run"]
    stopped = quietly(cast, BUYER, "cancel_resilience_run", {"runId": run["id"]})["run"]
    react()
    assert (stopped["state"], page_of(cast.chain_master, run)["state"]) == ("CANCELLED", "CANCELLED")

    cast.chain_master.acts("resume_resilience_run", {"runId": run["id"]}, by="buyer")["run"]

    done = page_of(cast.chain_master, run)
    assert (done["state"], done["openVerbs"], done["result"]["isCurrent"]) == ("DONE", [], True)
    refused = cast.chain_master.acts("cancel_resilience_run", {"runId": run["id"]}, by="buyer")
    assert refused.refusals == ["NOT_ALLOWED_NOW"]


def test_it_is_seen_how_far_it_is(cast):
    run = quietly(cast, BUYER, "start_resilience_run", {"chainId": cast.chain_master.chain()})["run"]
    react(once=True)

    asked = cast.chain_master.asks("resilience_run_progress", id=run["id"])["node"]

    assert (asked["state"], asked["done"], asked["total"]) == ("MEASURING", 0, 1)
    assert (asked["firms"], asked["links"], asked["openVerbs"]) == (5, 6, ["cancelResilienceRun"])
    assert page_of(cast.chain_master, run)["result"] is None


def test_a_run_of_somebody_who_has_left_fails_in_a_sentence_and_a_colleague_goes_on(cast):
    run = quietly(cast, BUYER, "start_resilience_run", {"chainId": cast.chain_master.chain()})["run"]
    (person,) = [
        one
        for one in cast.chain_master.asks("people_page", by="lead", first=50)["people"]["nodes"]
        if one["email"] == BUYER
    ]
    cast.chain_master.acts("close_person", {"personId": person["id"]}, by="lead")["person"]

    failed = cast.chain_master.asks("resilience_run_page", by="planner", id=run["id"])["node"]
    assert (failed["state"], failed["message"]) == ("FAILED", "the account that began this is closed")
    cast.chain_master.acts("resume_resilience_run", {"runId": run["id"]}, by="planner")["run"]
    assert cast.chain_master.asks("resilience_run_page", by="planner", id=run["id"])["node"]["state"] == "DONE"


def test_a_piece_asked_for_before_the_run_was_begun_anew_is_let_go(cast):
    run = quietly(cast, BUYER, "start_resilience_run", {"chainId": cast.chain_master.chain()})["run"]
    react(once=True)
    (old,) = [event for event in taken() if event.kind == "ResilienceChunkAsked"]
    quietly(cast, BUYER, "cancel_resilience_run", {"runId": run["id"]})
    quietly(cast, BUYER, "resume_resilience_run", {"runId": run["id"]})
    react(once=True)

    measure_chunk(old.id)

    asked = cast.chain_master.asks("resilience_run_progress", id=run["id"])["node"]
    assert (asked["state"], asked["done"]) == ("MEASURING", 0)
    react()
    assert page_of(cast.chain_master, run)["state"] == "DONE"


def test_makers_who_deliver_later_make_a_result_history(cast):
    run = starts(cast.chain_master)["run"]
    later = {"itemId": cast.gearworks.item("RV-40E"), "expectedVersion": 1, "leadTimeDays": 300}
    cast.gearworks.acts("change_item", later, by="sales")["item"]

    assert page_of(cast.chain_master, run)["result"]["isCurrent"] is False


def test_what_changed_since_is_history_and_never_current(cast):
    run = starts(cast.chain_master)["run"]

    link = cast.chain_master.link_for("HD-25")["id"]
    cast.chain_master.acts("end_supply_link", {"linkId": link, "expectedVersion": 1}, by="buyer")["supplyLink"]

    result = page_of(cast.chain_master, run)["result"]
    assert result["isCurrent"] is False
    assert result["resilience"]["linksSeen"] == measured(cast.chain_master)["linksSeen"] + 1


def test_what_is_no_longer_shown_is_not_read_from_an_old_score(cast):
    run = starts(cast.chain_master)["run"]
    assert "alias" in by_name(page_of(cast.chain_master, run)["result"]["resilience"])
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]

    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")

    hidden = page_of(cast.chain_master, run)
    assert (hidden["state"], hidden["isConcealed"], hidden["result"]) == ("DONE", True, None)
    until = {"viewerId": cast.chain_master.firm_id, "chainId": cast.gearworks.chain(), "until": day(20)}
    cast.gearworks.acts("disclose_links", until, by="sales")
    assert page_of(cast.chain_master, run)["isConcealed"] is False, "shown again, it may be read again"


def test_reading_a_result_enters_the_ledger_of_who_shows_links(cast):
    run = starts(cast.chain_master)["run"]
    page_of(cast.chain_master, run)

    read = cast.gearworks.asks("access_ledger", first=20)["accessLedger"]["nodes"]

    assert [(one["what"], one["rows"]) for one in read if one["what"] == "disclosed_links"] != []


def test_nobody_else_learns_that_there_is_a_run(cast, nothing_changes):
    run = starts(cast.chain_master)["run"]

    for player in (cast.rival, cast.gearworks, cast.dealer, cast.official, cast.operator):
        assert player.asks("resilience_run_page", id=run["id"]).problems[0]["extensions"]["code"] == "NOT_FOUND"
        listed = player.asks("resilience_runs", chainId=cast.chain_master.chain(), first=10)
        assert listed["resilienceRuns"]["totalCount"] == 0
    with nothing_changes():
        for name in ("cancel_resilience_run", "resume_resilience_run"):
            assert cast.rival.acts(name, {"runId": run["id"]}, by="sales").refusals == ["NOT_FOUND"]
        assert starts(cast.chain_master, by="quality").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.official.acts(
            "start_resilience_run", {"chainId": cast.chain_master.chain()}, by="any"
        ).refusals == ["NOT_ALLOWED_NOW"]
        for top in (0, 5_001, -1):
            refused = starts(cast.chain_master, exactFirms=top)
            assert (refused.refusals, refused.fields) == (["INVALID"], ["exactFirms"])
