"""A statement of a period is made from the books, disputed line by line, agreed and invoiced in one act (C19)."""

import io
from base64 import b64decode
from decimal import Decimal
from random import Random

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from jobs.statements import propose_statements
from tests.scenarios.amending import answers as answers_change
from tests.scenarios.amending import changes
from tests.scenarios.players import day, line, what
from tests.scenarios.reactions import react
from tests.scenarios.settling import comes, credits, invoices, received, responds, uninvoiced
from tests.scenarios.stating import answers, bills, confirms, disputes, drafts, figures, on, shown

pytestmark = pytest.mark.feature("C19")


def printed(player, made):
    """What its PDF says, None where there is none for this firm."""
    given = {"kind": "STATEMENT", "id": what(made)}
    answer = player.asks("printed_document", **given)
    if answer.problems:
        return None
    document = PdfDocument(b64decode(answer.data["printedDocument"]["content"]))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_a_statement_is_disputed_line_by_line_agreed_and_invoiced_once(cast, after_days, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    order = received(cast, ("RV-40E", "40", "30"), ("RV-80E", "5", "3"), ("RV-40E", "9", "4"))
    asked = changes(master, order, {"line": 1, "unitPrice": "90"})
    answers_change(gearworks, order, asked, "ACCEPTED")["change"]
    comes(cast, order, (1, "5"))
    gone = gearworks.ships((order, 2, "2"))
    master.receives(gone, ("2", "1", "1"), reason="MATERIAL")["receiptAdvice"]
    assert drafts(gearworks, master, "SELLER", since=0, until=0).fields == ["periodUntil"]  # today has not ended
    after_days(1)

    made = drafts(gearworks, master, "SELLER")
    page = shown(gearworks, made)
    assert (page["state"], page["totalAmount"], figures(page)) == ("DRAFT", "4250.00", [
        (1, "RECEIPT", "30", "100", "3000.00"), (2, "RECEIPT", "3", "100", "300.00"), (3, "RECEIPT", "4", "100", "400.00"),
        (4, "RECEIPT", "5", "90", "450.00"), (5, "RECEIPT", "1", "100", "100.00"),
    ])  # fmt: skip
    assert (page["lines"][4]["rejected"], page["lines"][4]["reference"] != "") == ("1", True)
    assert shown(master, made) is None and "SEND_STATEMENT" in gearworks.todo("sales")
    with nothing_changes():
        assert drafts(gearworks, master, "SELLER").rule.startswith("statement.one_per_period")
        assert drafts(master, gearworks, "BUYER", by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert drafts(master, rival, "BUYER").fields == ["periodUntil"]  # nothing happened between these two
        assert drafts(master, gearworks, "BUYER", currency="USD").fields == ["periodUntil"]
        assert drafts(master, gearworks, "BUYER", since=0, until=-1).fields == ["periodUntil"]
        assert on(master, made, "send_statement").refusals == ["NOT_FOUND"]
        assert bills(gearworks, made).refusals == ["NOT_ALLOWED_NOW"]
    other = drafts(master, gearworks, "BUYER")  # a draft tells the other firm nothing, and binds nobody
    assert shown(master, other)["contentHash"] != page["contentHash"]  # another instant
    on(gearworks, made, "send_statement")["statement"]
    react()
    with nothing_changes():
        assert on(master, other, "send_statement").rule.startswith("statement.one_per_period")
        assert on(gearworks, made, "confirm_statement").rule.startswith("statement.whose_turn")
        assert confirms(master, made, 1).fields == ["setAside.0"]
        assert on(master, made, "confirm_statement", by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert on(master, made, "confirm_statement", expectedVersion=1).refusals == ["STALE"]
        assert on(master, made, "dispute_statement", lines=[]).fields == ["lines"]
        assert disputes(master, made, (1, "QTY", "少了")).fields == ["lines.0.rightQuantity"]
        assert disputes(master, made, (1, "PRI", "贵了")).fields == ["lines.0.rightPrice"]
        assert disputes(master, made, (1, "OTH", " ")).fields == ["lines.0.note"]
        assert disputes(master, made, (1, "OTH", "一"), (1, "OTH", "二")).fields == ["lines.1.statementLineId"]
        assert shown(rival, made) is None and rival.asks("statements")["statements"]["totalCount"] == 0
        of_order = {"orderId": page["lines"][0]["order"]["id"]}
        assert [s["id"] for s in gearworks.asks("statements", filter=of_order)["statements"]["nodes"]] == [page["id"]]
        assert rival.asks("statements", filter=of_order)["statements"]["totalCount"] == 0
    on(master, other, "withdraw_statement")["statement"]
    assert "CONFIRM_STATEMENT" in master.todo() and "SEND_STATEMENT" not in gearworks.todo("sales")

    disputes(
        master, made, (1, "QTY", "有两件返工", {"rightQuantity": "28"}), (2, "PRI", "应按新价", {"rightPrice": "95"}),
        (3, "QTY", "漏计一件", {"rightQuantity": "5"}), (5, "OTH", "待复检"),
    )["statement"]  # fmt: skip
    react()
    assert "ANSWER_STATEMENT_DISPUTES" in gearworks.todo("sales") and "CONFIRM_STATEMENT" not in master.todo()
    with nothing_changes():
        assert answers(gearworks, made, {1: "CORRECTED"}).fields == ["answers"]
        assert answers(gearworks, made, {1: "OPEN"}).fields == ["answers.0.outcome"]
        assert answers(gearworks, made, {1: "UPHELD"}).fields == ["answers.0.note"]
        tried = answers(gearworks, made, {1: "CORRECTED", 2: "CORRECTED", 3: "CORRECTED", 5: "SET_ASIDE"})
        assert (tried.fields, tried.rule.split()[0]) == (["answers.2.outcome"], "statement.within_accepted")
        assert on(master, made, "confirm_statement").refusals == ["NOT_ALLOWED_NOW"]
    words = ("UPHELD", "以收货验收为准")
    answers(gearworks, made, {1: "CORRECTED", 2: words, 3: words, 5: "SET_ASIDE"})["statement"]
    react()
    page = shown(master, made)
    assert (page["edition"], page["totalAmount"], [x["number"] for x in page["maySetAside"]]) == (2, "3950.00", [2, 3])
    assert [e["contentHash"] == page["contentHash"] for e in page["editions"]] == [False, True]
    assert confirms(master, made, 2)["statement"]["state"] == "AGREED"
    react()

    agreed = shown(gearworks, made)
    assert (agreed["totalAmount"], agreed["edition"], [x["isSetAside"] for x in agreed["lines"]]) == (
        "3650.00", 3, [False, True, False, False, True],
    )  # fmt: skip
    assert agreed["remade"] == {"contentHash": agreed["editions"][0]["contentHash"], "isSame": True, "later": 0}
    assert [(p["orderLine"]["number"], p["quantity"], p["unitPrice"]) for p in agreed["proposal"]] == [
        (1, "28", "100"), (3, "4", "100"), (1, "5", "90"),
    ]  # fmt: skip
    assert "INVOICE_STATEMENT" in gearworks.todo("sales") and "INVOICE_STATEMENT" not in master.todo()
    paper = {player: printed(player, made) for player in (master, gearworks)}
    words_told = ("Statement", "agreed by both", "set aside", "rejected 1", "Total without tax 3,650.00 CNY")
    assert paper[master] == paper[gearworks]
    assert [word for word in words_told if word not in paper[master]] == []
    assert printed(rival, made) is None
    with nothing_changes():
        assert bills(master, made, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert bills(gearworks, made, taxPercent="113").fields == ["lines.0.taxPercent"]
        assert on(gearworks, made, "withdraw_statement").refusals == ["NOT_ALLOWED_NOW"]
    sent = bills(gearworks, made)
    assert (sent["invoice"]["state"], sent["invoice"]["payableAmount"]) == ("SUBMITTED", "4124.50")
    assert [x["match"]["outcome"] for x in sent["invoice"]["lines"]] == ["PRICE_BLOCKED", "MATCHED", "MATCHED"]
    assert bills(gearworks, made).rule.startswith("statement.invoiced_once")
    assert "INVOICE_STATEMENT" not in gearworks.todo("sales")
    responds(master, sent, "REJECTED", reason="PRI")["invoice"]
    assert [p["quantity"] for p in shown(gearworks, made)["proposal"]] == ["28", "4", "5"]  # nothing is lost

    assert [e["event"] for e in master.history_of({"id": made["statement"]["id"]})] == [
        "StatementSent", "StatementDisputed", "StatementDisputesAnswered", "StatementConfirmed", "StatementInvoiced",
    ]  # fmt: skip
    file = load_workbook(io.BytesIO(b64decode(master.asks("statement_xlsx", id=agreed["id"])["statementFile"]["xlsx"])))
    assert [row[12].value for row in file["对账明细 Lines"]][1:] == ["28", "3", "4", "5", "1"] or [
        row[12].value for row in file["对账明细 Lines"]
    ][1:] == [28, 3, 4, 5, 1]


def test_what_is_set_aside_and_what_came_later_stands_in_the_next_statement_once(cast, after_days, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    order = received(cast, ("RV-40E", "40", "10"), ("RV-80E", "5", "5"))
    come = master.places_order(to=gearworks, lines=[line("RV-40E", "6", price="50")])
    there = {"line": 1, "answer": "ALREADY_DELIVERED", "schedules": [{"promisedOn": day(-2), "quantity": "6"}]}
    gearworks.responds(come, lines=[there])
    master.decides(come, {1: "ACCEPT"})["order"]
    billed = invoices(gearworks, order, (1, "10"))
    after_days(1)
    first = drafts(master, gearworks, "BUYER")
    on(master, first, "send_statement")["statement"]
    sources = [(source, quantity) for _, source, quantity, _, _ in figures(shown(master, first))]
    assert sorted(sources) == [("DELIVERED", "6"), ("RECEIPT", "10"), ("RECEIPT", "5")]
    number = next(x["number"] for x in shown(master, first)["lines"] if x["quantity"] == "5")
    disputes(gearworks, first, (number, "DEL", "送货单有误"))["statement"]
    answers(master, first, {number: "SET_ASIDE"})["statement"]
    confirms(gearworks, first)["statement"]
    comes(cast, order, (1, "7"))
    credits(gearworks, billed, (1, "4"))["creditNote"]
    page = shown(gearworks, first)
    assert (page["remade"]["isSame"], page["remade"]["later"]) == (True, 2)
    left = {(p["orderLine"]["number"], p["unitPrice"]): p["quantity"] for p in page["proposal"]}
    assert left == {(1, "100"): "10", (1, "50"): "6"}  # 4 were taken back and 7 came: never more than it states
    after_days(1)

    second = drafts(gearworks, master, "SELLER")
    on(gearworks, second, "send_statement")["statement"]
    page = shown(master, second)
    assert [(x["source"], x["quantity"], x["lineAmount"], x["isCarriedOver"]) for x in page["lines"]] == [
        ("RECEIPT", "5", "500.00", True), ("RECEIPT", "7", "700.00", False), ("CREDIT_NOTE", "-4", "-400.00", False),
    ]  # fmt: skip
    assert page["totalAmount"] == "800.00"
    disputes(master, second, (3, "PRI", "冲错了", {"rightPrice": "1"}))["statement"]
    assert answers(gearworks, second, {3: "CORRECTED"}).fields == ["answers.0.outcome"]  # a document stands
    answers(gearworks, second, {3: ("UPHELD", "以冲销单为准")})["statement"]
    confirms(master, second)["statement"]
    with nothing_changes():
        assert drafts(master, gearworks, "BUYER", since=-2, until=-1).rule.startswith("statement.one_per_period")
    assert bills(gearworks, first)["invoice"]["blockedLines"] == 0
    assert bills(gearworks, second)["invoice"]["blockedLines"] == 0
    assert uninvoiced(gearworks, "SELLER") == []  # every accepted piece is invoiced, none twice
    assert shown(master, first)["remade"]["isSame"] and shown(master, second)["remade"]["isSame"]


def test_the_first_of_a_month_proposes_the_month_before_once(cast, after_days):
    master, gearworks = cast.chain_master, cast.gearworks
    received(cast, ("RV-40E", "4", "4"))
    propose_statements()
    assert gearworks.asks("statements")["statements"]["totalCount"] == 0  # the month has not ended
    after_days(31)
    propose_statements()
    propose_statements()

    (made,) = gearworks.asks("statements")["statements"]["nodes"]
    assert (made["state"], made["totalAmount"], made["periodFrom"][-2:]) == ("DRAFT", "400.00", "01")
    assert master.asks("statements")["statements"]["totalCount"] == 0
    entries = gearworks.asks("inbox_page", by="sales")["inbox"]["nodes"]
    assert [e["what"] for e in entries if e["what"].startswith("statement")] == ["statement.to_send"]
    on(gearworks, made, "withdraw_statement")["statement"]
    propose_statements()
    assert [x["state"] for x in gearworks.asks("statements")["statements"]["nodes"]] == ["WITHDRAWN"]


@pytest.mark.parametrize("seed", [1, 7])
def test_every_accepted_piece_is_in_exactly_one_agreed_statement_and_sums_are_exact(cast, after_days, seed):
    """A random fortnight: receipts, statements of one or two days by either firm, disputes with any answer."""
    chance, master, gearworks = Random(seed), cast.chain_master, cast.gearworks
    price = {1: "33.335", 2: "0.07"}
    order = master.places_order(
        to=gearworks, lines=[line("RV-40E", "999", price=price[1]), line("RV-80E", "999", price=price[2])]
    )
    gearworks.accepts_all(order)
    accepted, agreed, since = {1: 0, 2: 0}, [], 0
    for _ in range(9):
        for _ in range(chance.randint(1, 2)):
            number, quantity = chance.choice((1, 2)), chance.randint(1, 9)
            accepted[number] += quantity
            comes(cast, order, (number, str(quantity)))
        after_days(1)
        since += 1
        if chance.random() < 0.4:
            continue
        maker, other, side = chance.choice([(master, gearworks, "BUYER"), (gearworks, master, "SELLER")])
        made = drafts(maker, other, side, since=-since, until=-1)
        on(maker, made, "send_statement")["statement"]
        lines = [x["number"] for x in shown(maker, made)["lines"]]
        doubted = chance.sample(lines, chance.randint(0, len(lines) - 1))
        if doubted:
            disputes(other, made, *((n, "OTH", "待查") for n in doubted))["statement"]
            answers(maker, made, {n: chance.choice(["SET_ASIDE", ("UPHELD", "以收货为准")]) for n in doubted})[
                "statement"
            ]
        aside = [x["number"] for x in shown(other, made)["maySetAside"] if chance.random() < 0.5]
        confirms(other, made, *aside)["statement"]
        agreed.append(made)
        since = 0
    while True:  # what is still open goes into last ones, undisputed
        after_days(1)
        since += 1
        made = drafts(gearworks, master, "SELLER", since=-since, until=-1)
        if made.refusals:
            assert made.fields == ["periodUntil"]
            break
        on(gearworks, made, "send_statement")["statement"]
        confirms(master, made)["statement"]
        agreed.append(made)
        since = 0

    pages = [shown(master, made) for made in agreed]
    kept = [x for page in pages for x in page["lines"] if not x["isSetAside"]]
    assert {n: sum(int(x["quantity"]) for x in kept if x["orderLine"]["number"] == n) for n in (1, 2)} == accepted
    for page in pages:
        own = [x for x in page["lines"] if not x["isSetAside"]]
        by_hand = sum(
            (Decimal(x["quantity"]) * Decimal(price[x["orderLine"]["number"]])).quantize(
                Decimal("0.01"), "ROUND_HALF_UP"
            )
            for x in own
        )
        assert Decimal(page["totalAmount"]) == by_hand and page["remade"]["isSame"]
    for made in agreed:
        if shown(gearworks, made)["proposal"]:
            assert bills(gearworks, made)["invoice"]["blockedLines"] == 0
    assert uninvoiced(gearworks, "SELLER") == []
