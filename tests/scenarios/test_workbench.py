"""A buyer's workbench, answers to many orders in one act, and the round trip by a workbook (C15)."""

import base64
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from jobs.answer_batches import settle_answer_batch
from kernel import clock
from tests.scenarios.amending import changes, repromises
from tests.scenarios.players import day, line, promise
from tests.scenarios.reactions import facts_of, react
from tests.scenarios.sheets import exported, previews, problems, runs, told

ROW = ("buyer", "order_number", "line", "day", "version", "item_number", "item_name", "wanted_on", "quantity", "unit",
       "unit_price", "answer", "promised_on", "promised_quantity", "promised_price", "reason")  # fmt: skip
AT = {name: place for place, name in enumerate(ROW, start=1)}


def bench(player, view, *, by="buyer", **filter):
    found = player.asks("workbench_page", by=by, view=view, filter=filter)
    return [(n["order"]["number"], n["line"]["number"]) for n in found["workbench"]["nodes"]], found


def number_of(order):
    return order["order"]["number"]


def answers_many(player, *orders, by="sales", key=None, **given):
    said = [{"orderId": o["order"]["id"], "expectedVersion": player.version_of(o)} | given for o in orders]
    return player.acts("answer_orders", {"orders": said}, by=by, key=key)


def outcomes(player, batch, *, by="sales"):
    page = player.asks("answer_batch_page", by=by, id=batch["answerBatch"]["id"])
    return {n["order"]["number"]: (n["outcome"], n["code"]) for n in page["batchedAnswers"]["nodes"]}, page


@pytest.mark.feature("C15")
def test_the_workbench_tells_what_waits_deviates_slips_and_falls_due_first_what_is_due_first(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    silent = master.places_order(
        to=gearworks, lines=[line("RV-40E", "10", days={30: "10"}), line("HD-25", "2", days={3: "2"})]
    )
    rival = master.places_order(to=cast.rival, item="RC-40")
    offered = master.places_order(to=gearworks)
    gearworks.responds(offered, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d24="10")}])
    late = master.places_order(to=gearworks, lines=[line("RV-40E", "10", days={5: "10"})])
    gearworks.responds(late, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d9="10")}])
    master.decides(late, {1: "ACCEPT"})
    slipping = master.places_order(to=gearworks, lines=[line("RV-80E", "1", days={40: "1"})])
    gearworks.accepts_all(slipping)
    repromises(gearworks, slipping, {0: day(46)})

    waiting, page = bench(master, "UNANSWERED")
    assert sorted(waiting) == sorted([(number_of(silent), 1), (number_of(silent), 2), (number_of(rival), 1)])
    limits = [n["limit"] for n in page["workbench"]["nodes"]]
    assert limits == sorted(limits) and not any(n["overdue"] for n in page["workbench"]["nodes"])
    assert {c["view"]: c["lines"] for c in page["workbenchCounts"]} == {
        "UNANSWERED": 3, "DEVIATING": 1, "LATE": 2, "DUE": 1, "HELD": 0,
    }  # fmt: skip
    assert bench(master, "DEVIATING")[0] == [(number_of(offered), 1)]
    assert bench(master, "LATE")[0] == [(number_of(late), 1), (number_of(slipping), 1)]
    assert [n["lateDays"] for n in bench(master, "LATE")[1]["workbench"]["nodes"]] == [4, 6]
    assert bench(master, "DUE")[0] == [(number_of(silent), 2)]
    assert bench(master, "DUE", dueInDays=9)[0] == [(number_of(silent), 2), (number_of(late), 1)]
    assert bench(master, "UNANSWERED", sellerId=cast.rival.firm_id)[0] == [(number_of(rival), 1)]
    assert bench(master, "UNANSWERED", item="HD-")[0] == [(number_of(silent), 2)]
    first = master.asks("workbench_page", view="UNANSWERED", first=2)["workbench"]
    rest = master.asks("workbench_page", view="UNANSWERED", first=2, after=first["pageInfo"]["endCursor"])["workbench"]
    told_once = [(n["order"]["number"], n["line"]["number"]) for n in first["nodes"] + rest["nodes"]]
    assert (told_once, first["totalCount"], rest["pageInfo"]["hasNextPage"]) == (waiting, 3, False)
    content = base64.b64decode(master.asks("workbench_xlsx", view="LATE")["workbenchXlsx"])
    rows = list(load_workbook(io.BytesIO(content)).worksheets[1].iter_rows(values_only=True))
    assert [(row[1], row[2], row[13]) for row in rows[1:]] == [(number_of(late), 1, 4), (number_of(slipping), 1, 6)]
    assert bench(cast.rival, "UNANSWERED", by="sales")[0] == []  # it sells by one of these, and buys by none
    assert bench(master, "UNANSWERED", sellerId=cast.bearing.firm_id)[0] == []


@pytest.mark.feature("C15")
def test_many_orders_are_answered_in_one_act_and_what_is_refused_of_one_stops_no_other(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    good = [master.places_order(to=gearworks, lines=[line("RV-40E", "10"), line("HD-25", "3")]) for _ in range(2)]
    cancelled, answered, moved = (master.places_order(to=gearworks) for _ in range(3))
    foreign = master.places_order(to=cast.rival, item="RC-40")
    with nothing_changes():
        assert answers_many(gearworks, good[0], foreign).refusals == ["NOT_FOUND"]
        assert answers_many(gearworks, good[0], good[0]).fields == ["orders.1.orderId"]
        assert answers_many(gearworks).fields == ["orders"]
        assert answers_many(master, good[0], by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    said = [
        {"orderId": o["order"]["id"], "expectedVersion": gearworks.version_of(o)}
        for o in (*good, cancelled, answered, moved)
    ]
    seen = master.sees(cancelled)
    master.acts(
        "request_order_cancellation",
        {"orderId": seen["id"], "expectedVersion": seen["version"], "reason": "OTHER"},
        by="buyer",
    )
    gearworks.accepts_all(answered)  # a second clerk was quicker
    changes(master, moved, {"line": 1, "quantity": "11"})

    batch = gearworks.acts("answer_orders", {"orders": said}, by="sales", key="k" * 20)
    with nothing_changes():
        again = gearworks.acts("answer_orders", {"orders": said}, by="sales", key="k" * 20)

    assert again["answerBatch"]["id"] == batch["answerBatch"]["id"]
    found, page = outcomes(gearworks, batch)
    assert found == {
        number_of(good[0]): ("ANSWERED", None), number_of(good[1]): ("ANSWERED", None),
        number_of(cancelled): ("REFUSED", "STALE"), number_of(answered): ("REFUSED", "STALE"),
        number_of(moved): ("REFUSED", "STALE"),
    }  # fmt: skip
    assert (page["node"]["answered"], page["node"]["refused"], page["node"]["job"]) == (2, 3, None)
    assert all("version" in n["message"] for n in page["batchedAnswers"]["nodes"] if n["code"])
    states = [master.state_of(o) for o in (*good, cancelled, answered, moved)]
    assert states == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "PLACED"]
    assert cast.rival.asks("answer_batches_page", by="sales")["answerBatches"]["totalCount"] == 0
    assert cast.chain_master.asks("answer_batches_page")["answerBatches"]["totalCount"] == 0


@pytest.mark.feature("C15")
def test_five_hundred_lines_and_more_are_confirmed_in_one_act_by_a_job_that_may_run_twice(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    orders = [master.places_order(to=gearworks, lines=[line("RV-40E", "1")] * 100) for _ in range(6)]

    said = [{"orderId": o["order"]["id"], "expectedVersion": gearworks.version_of(o)} for o in orders]
    said[3]["expectedVersion"] = 9

    batch = gearworks.acts("answer_orders", {"orders": said}, by="sales")

    assert batch["answerBatch"]["lineCount"] == 600
    found, page = outcomes(gearworks, batch)
    assert list(found.values()).count(("ANSWERED", None)) == 5 and found[number_of(orders[3])] == ("REFUSED", "STALE")
    assert page["node"]["job"]["state"] == "DONE" and page["node"]["finishedAt"]
    assert [master.state_of(o) for o in orders] == ["CONFIRMED"] * 3 + ["PLACED"] + ["CONFIRMED"] * 2
    event_id = max(facts_of("OrdersAnswered"))
    with nothing_changes():
        settle_answer_batch(event_id)


def opened(content):
    book = load_workbook(io.BytesIO(content))
    return book, book.worksheets[0]


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(sheet):
    """(order, line, day) -> row number."""
    return {
        tuple(str(sheet.cell(n, AT[name]).value) for name in ("order_number", "line", "day")): n
        for n in range(2, sheet.max_row + 1)
    }


def fill(sheet, row, **said):
    for name, value in said.items():
        sheet.cell(row, AT[name]).value = value


def differences(player, page):
    found = player.asks("sheet_import_page", by="sales", id=page["node"]["id"])["sheetChanges"]["nodes"]
    return [(one["about"], one["column"], one["was"], one["becomes"]) for one in found]


@pytest.mark.feature("C15")
def test_open_lines_go_out_as_a_workbook_and_come_back_as_answers_each_order_by_its_version(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    whole = master.places_order(
        to=gearworks, lines=[line("RV-40E", "10"), line("HD-25", "30", days={20: "10", 40: "20"})]
    )
    plain = master.places_order(to=gearworks)
    stale, gone = master.places_order(to=gearworks), master.places_order(to=gearworks)
    left = master.places_order(to=gearworks)
    cast.chain_master.places_order(to=cast.rival, item="RC-40")
    book, sheet = opened(exported(gearworks, "OPEN_LINES", "XLSX"))
    at = rows_of(sheet)
    assert len(at) == 7 and {key[0] for key in at} == {number_of(o) for o in (whole, plain, stale, gone, left)}
    later = date.fromisoformat(day(45))
    fill(sheet, at[number_of(whole), "1", "1"], answer="接受")
    fill(sheet, at[number_of(whole), "2", "1"], promised_on=clock.today_of(clock.now()) + timedelta(days=20))
    fill(sheet, at[number_of(whole), "2", "2"], promised_on=later, promised_price="1300", reason="产能")
    for order in (plain, stale, gone):
        fill(sheet, at[number_of(order), "1", "1"], answer="接受")
    sheet.move_range(f"A{at[number_of(plain), '1', '1']}:P{at[number_of(plain), '1', '1']}", rows=20)  # moved elsewhere
    changes(master, stale, {"line": 1, "quantity": "11"})
    seen = master.sees(gone)
    master.acts(
        "request_order_cancellation",
        {"orderId": seen["id"], "expectedVersion": seen["version"], "reason": "OTHER"},
        by="buyer",
    )

    page = previews(gearworks, "OPEN_LINES", saved(book), "answers.xlsx")

    assert told(page) == {"total": 7, "toCreate": 0, "toUpdate": 4, "unchanged": 1, "refused": 2}
    assert sorted(message.split(":")[0] for _, message in problems(page)) == sorted([
        f"order {number_of(stale)} has changed since", f"order {number_of(gone)} is cancelled",
    ])  # fmt: skip
    changed = differences(gearworks, page)
    assert (f"{number_of(whole)} · 2", "Promised on", day(40), day(45)) in changed
    assert (f"{number_of(whole)} · 2", "Promised unit price", "1200.5", "1300") in changed
    assert (f"{number_of(plain)} · 1", "Answer", "—", "接受 / accept") in changed
    assert master.state_of(whole) == "PLACED"  # nothing is written by looking
    done = runs(gearworks, page, "VALID")
    react()
    assert done["node"]["state"] == "DONE"
    assert (master.state_of(plain), master.line_states(whole)) == ("CONFIRMED", {1: "CONFIRMED", 2: "CHANGE_PROPOSED"})
    (said,) = [x for x in master.sees(whole)["responses"][-1]["lines"] if x["line"]["number"] == 2]
    assert [(s["promisedOn"], s["quantity"]) for s in said["schedules"]] == [(day(20), "10"), (day(45), "20")]
    assert (said["unitPrice"], said["reason"]) == ("1300", "CAPACITY")
    assert [master.state_of(o) for o in (stale, gone, left)] == ["PLACED", "CANCELLED", "PLACED"]
    again = previews(gearworks, "OPEN_LINES", saved(book), "answers.xlsx")
    assert told(again)["toUpdate"] == 0 and told(again)["refused"] == 6  # taken in twice: answered already
    assert cast.rival.asks("sheet_import_page", by="sales", id=page["node"]["id"]).data["sheetChanges"]["nodes"] == []


def test_hidden_doubled_and_half_answered_rows_are_refused_each_in_a_sentence(cast):
    master, gearworks = cast.chain_master, cast.gearworks
    names = ("hidden", "twice", "half", "wrong", "days")
    asked = [line("RV-40E", "10"), line("HD-25", "30", days={20: "10", 40: "20"})]
    orders = {name: master.places_order(to=gearworks, lines=asked) for name in names}
    book, sheet = opened(exported(gearworks, "OPEN_LINES", "XLSX"))
    at = rows_of(sheet)

    def row(name, number, which="1"):
        return at[number_of(orders[name]), number, which]

    for name in ("hidden", "twice", "wrong"):
        for number, which in (("1", "1"), ("2", "1"), ("2", "2")):
            fill(sheet, row(name, number, which), answer="接受")
    sheet.row_dimensions[row("hidden", "2")].hidden = True
    last = sheet.max_row + 1
    for place in range(1, len(ROW) + 1):
        sheet.cell(last, place).value = sheet.cell(row("twice", "1"), place).value
    fill(sheet, row("half", "1"), answer="拒绝", reason="停产")
    fill(sheet, row("wrong", "1"), quantity="9", promised_on="2020-01-01")
    fill(sheet, row("days", "1"), answer="接受")
    fill(sheet, row("days", "2"), answer="接受")
    fill(
        sheet,
        last + 1,
        buyer=sheet.cell(2, 1).value,
        order_number="NONE-1",
        line="1",
        day="1",
        version="1",
        answer="接受",
    )

    page = previews(gearworks, "OPEN_LINES", saved(book), "answers.xlsx")

    assert told(page)["toUpdate"] == 0
    said = [message for _, message in problems(page)]
    for wanted in (
        "this row is hidden", f"the same stands in row {last} too", f"the same stands in row {row('twice', '1')} too",
        "once one line is answered all are: lines 2 have no answer", "the buyer asks 10 here", "2020-01-01 is past",
        "line 2 is wanted on more days: 2 says nothing", "no order NONE-1 of this buyer is sold by your firm",
    ):  # fmt: skip
        assert sum(message.startswith(wanted) for message in said) == 1, (wanted, said)
    assert len(said) == 8, said
    assert all(master.state_of(order) == "PLACED" for order in orders.values())
