"""A buyer decides on the waiting answers of many orders in one act (features.md C11, decision 0041)."""

import pytest

from jobs.answer_batches import settle_answer_batch
from tests.scenarios.players import day, line, promise
from tests.scenarios.reactions import facts_of


def offered(cast, *, days, price=None, seller=None, lines=1, item="RV-40E"):
    seller = seller or cast.gearworks
    order = cast.chain_master.places_order(to=seller, lines=[line(item, "10")] * lines)
    late = {"answer": "CHANGED", "schedules": promise(**{f"d{20 + days}": "10"})} | (
        {"unitPrice": price} if price else {}
    )
    seller.responds(order, lines=[{"line": n} | late for n in range(1, lines + 1)])["response"]
    return order


def said_of(player, *orders, decision="ACCEPT"):
    return [
        {"responseId": seen["responses"][-1]["id"], "expectedVersion": seen["version"], "decision": decision}
        for seen in map(player.sees, orders)
    ]


def decides(player, said, *, by="buyer", key=None):
    return player.acts("decide_on_responses", {"decisions": said}, by=by, key=key)


def queue(player, **filter):
    found = player.asks("decision_queue_page", filter=filter, first=100)["decisionQueue"]["nodes"]
    return {n["order"]["number"]: n for n in found}


def number_of(order):
    return order["order"]["number"]


@pytest.mark.feature("C11")
def test_a_buyer_decides_on_the_answers_of_many_orders_in_one_act_each_at_the_version_shown(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    near, far, dear, again, gone = (
        offered(cast, days=days, price=price)
        for days, price in ((2, None), (9, None), (2, "1260.525"), (3, None), (2, None))
    )
    cheaper = offered(cast, days=0, price="1100", seller=cast.rival, item="RC-40")
    waits = queue(master)
    assert list(waits) == [number_of(o) for o in (near, far, dear, again, gone, cheaper)]  # first due first
    told = [(n["daysLate"], n["pricePercent"], n["valueChange"]["amount"], n["isOther"]) for n in waits.values()]
    assert told[:3] == [(2, "0", "0", False), (9, "0", "0", False), (2, "5", "600.25", False)]
    assert told[5] == (0, "-8.37", "-1005", False)
    assert set(queue(master, days=3, pricePercent="0")) == {number_of(o) for o in (near, again, gone)}
    assert set(queue(master, pricePercent="8.37")) == set(waits) and number_of(dear) not in queue(
        master, pricePercent="4"
    )
    assert queue(gearworks) == queue(cast.rival) == {}
    assert "name 0 or more" in master.asks("decision_queue_page", filter={"days": -1}).said

    said = said_of(master, near, dear, again, gone) + said_of(master, far, decision="REFUSE")
    with nothing_changes():
        assert decides(gearworks, said, by="sales").refusals == ["NOT_FOUND"]  # it sells by these, and buys by none
        assert decides(master, said, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        made_up = decides(cast.rival, [said[0] | {"responseId": "A" * 22}])
        assert decides(cast.rival, said[:1]).errors == made_up.errors and made_up.refusals == ["NOT_FOUND"]
        assert decides(master, []).fields == ["decisions"]
        assert decides(master, [said[0], said[1], said[0]]).fields == ["decisions.2.responseId"]
        countered = decides(master, [said[0], said[1] | {"decision": "COUNTER"}])
        assert (countered.refusals, countered.fields) == (["INVALID"], ["decisions.1.decision"])
        assert decides(master, said[:1] * 1001).refusals == ["LIMIT"]
    gearworks.responds(again, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d50="10")}])["response"]
    master.decides(gone, {1: "CANCEL"})["order"]  # a colleague was quicker

    batch = decides(master, said, key="d" * 20)["answerBatch"]
    with nothing_changes():
        assert decides(master, said, key="d" * 20)["answerBatch"]["id"] == batch["id"]

    assert (batch["side"], batch["orderCount"], batch["answered"], batch["refused"]) == ("BUYER", 5, 3, 2)
    page = master.asks("answer_batch_page", id=batch["id"])
    outcomes = {n["order"]["number"]: (n["outcome"], n["code"]) for n in page["batchedAnswers"]["nodes"]}
    assert outcomes == {
        number_of(near): ("ANSWERED", None), number_of(dear): ("ANSWERED", None), number_of(far): ("ANSWERED", None),
        number_of(again): ("REFUSED", "STALE"), number_of(gone): ("REFUSED", "STALE"),
    }  # fmt: skip
    assert all("version" in n["message"] for n in page["batchedAnswers"]["nodes"] if n["code"])
    states = [master.state_of(o) for o in (near, dear, far, again, gone, cheaper)]
    assert states == ["CONFIRMED", "CONFIRMED", "PLACED", "COUNTERED", "CANCELLED", "COUNTERED"]
    assert gearworks.lines_of(dear)[1]["unitPrice"] == "1260.525"
    assert (gearworks.schedules_of(near)[0]["promisedOn"], gearworks.schedules_of(far)[0]["promisedOn"]) == (
        day(22),
        None,
    )
    assert set(queue(master)) == {number_of(again), number_of(cheaper)}  # nothing was decided that was not named
    assert [e["event"] for e in master.history_of(near["order"])].count("ResponseDecided") == 1
    for outsider in (gearworks, cast.rival, cast.bearing):
        assert outsider.asks("answer_batches_page")["answerBatches"]["totalCount"] == 0
        assert not outsider.asks("answer_batch_page", id=batch["id"]).data


@pytest.mark.feature("C11")
def test_more_than_a_hundred_waiting_lines_are_decided_by_a_job_that_may_run_twice(cast, nothing_changes):
    master = cast.chain_master
    orders = [offered(cast, days=4, lines=51) for _ in range(2)]
    said = said_of(master, *orders)
    said[1]["expectedVersion"] = 1

    batch = decides(master, said)["answerBatch"]

    assert batch["job"] and (batch["lineCount"], batch["finishedAt"]) == (102, None)
    page = master.asks("answer_batch_page", id=batch["id"])["node"]
    assert (page["answered"], page["refused"], page["job"]["state"]) == (1, 1, "DONE")
    assert [master.state_of(o) for o in orders] == ["CONFIRMED", "COUNTERED"]
    with nothing_changes():
        settle_answer_batch(max(facts_of("ResponsesDecided")))
