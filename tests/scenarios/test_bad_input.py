"""Bad input over the API: one clear refusal each, never an incident, and no row changed."""

import json
from copy import deepcopy

import pytest

from api.stored import operation
from tests.scenarios.players import day, fresh

MADE_UP = "A" * 22
TOO_LONG = "x" * 61
NO_NUMBERS = [
    "NaN",
    "Infinity",
    "-Infinity",
    "1e30",
    "1E+400",
    "0x10",
    "1_000",
    "１２",
    "",
    "abc",
    1.5,
    True,
    [],
    {},
    None,
]


@pytest.fixture
def given(cast):
    """A good order as it is sent."""
    return {
        "sellerId": cast.gearworks.firm_id, "number": fresh("PO"), "currency": "CNY",
        "lines": [{
            "number": 1, "itemId": cast.chain_master.item("RV-40E"), "quantity": "10", "unitPrice": "1200",
            "schedules": [{"wantedOn": day(20), "quantity": "10"}],
        }],
    }  # fmt: skip


@pytest.fixture
def order(cast):
    """An order confirmed and half despatched, to act on."""
    placed = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(placed)
    return placed


def put(given, path, value):
    """The same input with one value replaced. path: keys and positions joined by dots."""
    changed, *keys = deepcopy(given), *path.split(".")
    at = changed
    for key in keys[:-1]:
        at = at[int(key)] if key.isdigit() else at[key]
    at[int(keys[-1]) if keys[-1].isdigit() else keys[-1]] = value
    return changed


def refused_once(outcome):
    """One clear refusal: a userError, or an error of the request that names the place."""
    assert len(outcome.errors) + len(outcome.problems) == 1, (outcome.errors, outcome.problems)
    assert outcome.said.strip()
    return outcome.refusals[0] if outcome.errors else "REQUEST"


@pytest.mark.parametrize("path", ["lines.0.quantity", "lines.0.unitPrice", "lines.0.schedules.0.quantity"])
def test_what_is_no_number_is_refused_before_anything_runs(cast, given, nothing_changes, path):
    with nothing_changes():
        for wrong in NO_NUMBERS:
            outcome = cast.chain_master.acts("place_order", put(given, path, wrong), by="buyer")
            assert refused_once(outcome) == "REQUEST", wrong


@pytest.mark.parametrize(("path", "wrong", "code", "field"), [
    ("lines.0.quantity", "0", "INVALID", None), ("lines.0.quantity", "-0.000001", "INVALID", None),
    ("lines.0.unitPrice", "-1", "INVALID", None), ("lines.0.schedules.0.quantity", "-10", "INVALID", None),
    ("lines.0.schedules.0.quantity", "9.999999", "INVALID", "lines.0.schedules"),
    ("lines.0.schedules.0.wantedOn", day(-2), "INVALID", None), ("lines.0.schedules.0.wantedOn", "2099-01-01", "INVALID", None),
    ("lines.0.schedules", [], "INVALID", None), ("lines", [], "INVALID", None),
    ("lines.0.number", 0, "INVALID", None), ("lines.0.number", -1, "INVALID", None), ("lines.0.number", 1000000, "INVALID", None),
    ("number", "", "INVALID", None), ("number", " \t ", "INVALID", None), ("number", TOO_LONG, "INVALID", None),
    ("number", "a\u2028b", "INVALID", None), ("currency", "XYZ", "INVALID", None), ("currency", "", "INVALID", None),
    ("sellerId", MADE_UP, "NOT_FOUND", None), ("sellerId", "", "NOT_FOUND", None), ("sellerId", "ü" * 22, "NOT_FOUND", None),
    ("sellerId", "x" * 3000, "NOT_FOUND", None), ("lines.0.itemId", MADE_UP, "NOT_FOUND", None),
])  # fmt: skip
@pytest.mark.feature("C8")
def test_a_wrong_value_is_told_by_its_field(cast, given, nothing_changes, path, wrong, code, field):
    with nothing_changes():
        outcome = cast.chain_master.acts("place_order", put(given, path, wrong), by="buyer")

    assert (refused_once(outcome), outcome.fields) == (code, [field or path])


@pytest.mark.parametrize(("path", "wrong"), [
    ("number", "a\x00b"), ("number", "a\x1bb"), ("number", 7), ("note", "x" * 4001), ("note", "\x07"), ("number", None),
    ("currency", None), ("lines", None), ("lines.0", None), ("lines.0.schedules", None), ("lines.0.itemId", None),
    ("lines.0.number", "1"), ("lines.0.number", 2**31), ("lines.0.number", 1.5), ("lines.0.schedules.0.wantedOn", "2026-02-30"),
    ("lines.0.schedules.0.wantedOn", "tomorrow"), ("lines.0.schedules.0.wantedOn", "2026-12-24T00:00:00Z"),
    ("lines.0.schedules.0.wantedOn", 20261224), ("unknown", "x"), ("sellerId", {"a": 1}),
])  # fmt: skip
def test_what_does_not_fit_its_type_is_refused_by_the_request(cast, given, nothing_changes, path, wrong):
    with nothing_changes():
        outcome = cast.chain_master.acts("place_order", put(given, path, wrong), by="buyer")

    assert refused_once(outcome) == "REQUEST"


def test_half_characters_are_refused_as_no_utf8(cast, given, nothing_changes):
    body = json.dumps({"query": operation("place_order"), "variables": {"input": put(given, "number", "\ud800x")}})

    with nothing_changes():
        answer = cast.api.posts("buyer@longteng.example", body.encode())

    assert answer.status_code in (200, 400)
    assert len(answer.get_json()["errors"]) == 1 and "incident" not in answer.get_data(as_text=True)


def test_a_null_for_what_may_be_left_out_is_the_same_as_nothing(cast, given):
    order = cast.chain_master.acts("place_order", given | {"note": None}, by="buyer")
    line = {"line": 1, "answer": "CHANGED", "quantity": "9", "reason": None, "unitPrice": None, "schedules": None,
            "backorderMaximum": None, "substituteItemId": None}  # fmt: skip
    answered = cast.gearworks.responds(order, lines=[line], reason=None, note=None)
    assert answered["response"]["state"] == "WAITING"
    cast.chain_master.decides(order, {1: "ACCEPT"})
    schedule = cast.gearworks.schedules_of(order)[0]["id"]
    sent = {"scheduleId": schedule, "quantity": "9", "outstandingQuantity": None, "lot": None, "serials": None}
    advice = cast.gearworks.ships((order, 1, "9"), lines=[sent], expectedOn=None)
    cast.chain_master.receives(advice)
    asked = {"orderLineId": None, "reviewer": None}
    assert cast.chain_master.requires_documents(order, asked, expectedVersion=None).refusals == []
    tolerated = {"itemId": None, "quantityUnderPercent": None, "daysLate": None, "pricePercent": None}
    assert cast.chain_master.tolerates(cast.gearworks, **tolerated).refusals == []
    assert cast.chain_master.asks("orders_page", filter=None, side=None, first=None, after=None).problems == []
    assert cast.chain_master.asks("todo_page", kind=None, first=None, after=None).problems == []


def test_ids_of_another_kind_are_not_found(cast, order, nothing_changes):
    other = cast.chain_master.item("RV-40E")
    acts = [
        (cast.gearworks, "respond_to_order", {"orderId": other, "expectedVersion": 1, "answer": "ACCEPTED"}, "orderId"),
        (cast.chain_master, "decide_on_response", {"responseId": other, "expectedVersion": 1, "decisions": []}, "responseId"),
        (cast.chain_master, "close_short", {"lineId": other}, "lineId"),
        (cast.chain_master, "set_tolerance", {"sellerId": other}, "sellerId"),
        (cast.chain_master, "post_receipt", {"despatchAdviceId": other, "lines": []}, "despatchAdviceId"),
        (cast.chain_master, "accept_delivery", {"orderId": other}, "orderId"),
        (cast.chain_master, "review_document", {"revisionId": other, "verdict": "APPROVED"}, "revisionId"),
        (cast.chain_master, "require_documents", {"orderId": other, "requirements": []}, "orderId"),
        (cast.gearworks, "end_supply_link", {"linkId": other}, "linkId"),
        (cast.gearworks, "revoke_disclosure", {"disclosureId": other}, "disclosureId"),
    ]  # fmt: skip

    with nothing_changes():
        for player, act, given, field in acts:
            outcome = player.acts(
                act, given, by={"post_receipt": "planner", "review_document": "quality"}.get(act, "buyer")
            )
            assert (refused_once(outcome), outcome.fields) == ("NOT_FOUND", [field]), act


def test_an_item_of_a_third_firm_is_not_found(cast, given, nothing_changes):
    with nothing_changes():
        outcome = cast.chain_master.acts(
            "place_order", put(given, "lines.0.itemId", cast.rival.item("RC-40")), by="buyer"
        )

    assert (refused_once(outcome), outcome.fields) == ("NOT_FOUND", ["lines.0.itemId"])


def test_who_may_not_place_orders_is_told_who_may(cast, given, nothing_changes):
    with nothing_changes():
        for duty in ("planner", "quality", "sales", "lead"):
            outcome = cast.chain_master.acts("place_order", given, by=duty)
            assert refused_once(outcome) == "NOT_ALLOWED_NOW" and "duty.buyer" in outcome.rule
        for office in (cast.official, cast.operator, cast.carrier):
            assert refused_once(office.acts("place_order", given, by="buyer")) == "NOT_ALLOWED_NOW"
        stranger = cast.api.acts(None, "place_order", given)
    assert refused_once(stranger) == "NOT_ALLOWED_NOW"


def test_an_order_number_is_used_once_by_its_buyer(cast, given, nothing_changes):
    assert cast.chain_master.acts("place_order", given, by="buyer").refusals == []

    with nothing_changes():
        outcome = cast.chain_master.acts("place_order", given, by="buyer")

    assert (refused_once(outcome), outcome.fields) == ("INVALID", ["number"])


def test_two_lines_of_one_number_are_refused(cast, given, nothing_changes):
    with nothing_changes():
        outcome = cast.chain_master.acts("place_order", put(given, "lines", given["lines"] * 2), by="buyer")

    assert (refused_once(outcome), outcome.fields) == ("INVALID", ["lines.1.number"])


def test_ten_thousand_lines_are_refused_at_the_door(cast, given, nothing_changes):
    lines = [given["lines"][0] | {"number": n} for n in range(1, 10_001)]

    with nothing_changes():
        outcome = cast.chain_master.acts("place_order", given | {"lines": lines}, by="buyer")

    assert refused_once(outcome) == "REQUEST"
    assert outcome.status == 413


def test_amounts_are_kept_digit_for_digit(cast, given):
    widest = "999999999999999999.999999"
    lines = [
        given["lines"][0]
        | {"quantity": widest, "unitPrice": "0.000001", "schedules": [{"wantedOn": day(1), "quantity": widest}]}
    ]

    order = cast.chain_master.acts("place_order", given | {"lines": lines}, by="buyer")

    (line,) = cast.gearworks.lines_of(order).values()
    assert (line["quantity"]["value"], line["unitPrice"], line["schedules"][0]["quantity"]) == (
        widest,
        "0.000001",
        widest,
    )
    assert cast.gearworks.sees(order)["total"]["amount"] == "1000000000000.000000"


def test_an_order_worth_more_than_an_amount_can_say_is_refused(cast, given, nothing_changes):
    most, wide = "9" * 18, "9" * 9
    one = given["lines"][0]
    line = one | {"quantity": most, "unitPrice": most, "schedules": [{"wantedOn": day(1), "quantity": most}]}
    many = [
        one | {"number": n, "quantity": wide, "unitPrice": wide, "schedules": [{"wantedOn": day(1), "quantity": wide}]}
        for n in (1, 2)
    ]

    with nothing_changes():
        single = cast.chain_master.acts("place_order", given | {"lines": [line]}, by="buyer")
        together = cast.chain_master.acts("place_order", given | {"lines": many}, by="buyer")

    assert (refused_once(single), single.fields) == ("INVALID", ["lines.0.unitPrice"])
    assert (refused_once(together), together.fields) == ("INVALID", ["lines"])


def test_what_is_shipped_of_the_widest_quantity_is_never_an_incident(cast, given, nothing_changes):
    cast.chain_master.tolerates(cast.gearworks, quantityOverPercent="100")
    most = "9" * 18
    lines = [
        given["lines"][0] | {"quantity": most, "unitPrice": "1", "schedules": [{"wantedOn": day(1), "quantity": most}]}
    ]
    order = cast.chain_master.acts("place_order", given | {"lines": lines}, by="buyer")
    cast.gearworks.accepts_all(order)

    first = cast.gearworks.ships((order, 1, most))
    cast.chain_master.receives(first, (most, "0", most), reason="SPECIFICATION")
    again = cast.gearworks.ships((order, 1, most))

    assert again.refusals == []
    assert cast.chain_master.schedules_of(order)[0]["shipped"] == "1999999999999999998"


@pytest.mark.parametrize(("received", "accepted"), [("NaN", "1"), ("1", "1e30"), ("1", None)])
def test_a_count_that_is_no_number_is_refused(cast, order, nothing_changes, received, accepted):
    advice = cast.gearworks.ships((order, 1, "1"))

    with nothing_changes():
        assert refused_once(cast.chain_master.receives(advice, (received, accepted, "0"))) == "REQUEST"


@pytest.mark.parametrize(("name", "variables"), [
    ("orders_page", {"first": -1}), ("orders_page", {"first": 101}), ("orders_page", {"after": "x"}),
    ("todo_page", {"after": "x"}), ("history_page", {"id": MADE_UP}), ("job", {"id": MADE_UP}),
    ("node", {"id": "x" * 3000}), ("documents_page", {"orderId": MADE_UP}), ("chain_map_page", {"chainId": MADE_UP}),
    ("orders_page", {"filter": {"states": ["NO_SUCH"]}}), ("supply_links", {"chainId": MADE_UP, "asOf": "2026-13-01"}),
])  # fmt: skip
def test_a_wrong_question_is_answered_with_a_sentence_and_no_incident(cast, nothing_changes, name, variables):
    with nothing_changes():
        outcome = cast.chain_master.asks(name, **variables)

    assert outcome.problems and all(problem["message"] for problem in outcome.problems)


def test_a_text_too_long_to_be_found_is_told_so_and_the_last_day_of_the_calendar_ends_nothing(cast):
    """SQLite compares no pattern above 50,000 characters, and Python knows no day after the last."""
    endless = "长" * 60_000
    for asked in (
        cast.chain_master.asks("firms", filter={"text": endless}),
        cast.chain_master.asks("items", filter={"text": endless}),
        cast.chain_master.asks("orders_page", first=1, filter={"number": endless}),
    ):
        (refused,) = asked.problems
        assert refused["extensions"]["code"] == "INVALID"
        assert "at most 200 characters" in refused["message"]
    for day_of in ("0001-01-01", "9999-12-31"):
        found = cast.gearworks.asks("access_ledger", filter={"since": "0001-01-01", "until": day_of})
        assert found["accessLedger"]["nodes"] is not None
