"""Hours, limits, clocks, silence, the workbench and answers to many orders in the access table."""

import csv
import io
from typing import Any

from chain.working_hours import visibility as hours
from collaboration.answer_batches import visibility as batches
from collaboration.answer_clocks import visibility as clocks
from exchange.sheets import visibility as sheets
from tests.scenarios.players import Player, day, line, promise
from tests.scenarios.sheets import csv_of, exported, previews
from tests.secrecy.concepts.sheets import knows_problem
from tests.secrecy.knowing import Table, one_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
SMALL = "gearworks rival bearing steel dealer"
NO_TRADER = "carrier jiangsu suzhou operator"
ALL = f"{LONGTENG} {SMALL} {NO_TRADER} stranger"
_KEEPERS = {"done": f"buyer sales lead {SMALL}", "NOT_ALLOWED_NOW": f"planner quality {NO_TRADER} stranger"}
_BUYERS = {
    "done": "buyer bearing", "INVALID": "gearworks", "NOT_FOUND": "rival steel dealer",
    "NOT_ALLOWED_NOW": f"{NO_TRADER} planner quality sales lead stranger",
}  # fmt: skip
_FIRMS = {"seen": f"{LONGTENG} {SMALL} carrier operator", "empty": "jiangsu suzhou stranger"}
_NOT_TOLD = f"{LONGTENG} rival steel dealer {NO_TRADER}"
_ASKED_ONE = {"done": "bearing", "NOT_ALLOWED_NOW": "gearworks stranger", "NOT_FOUND": _NOT_TOLD}
ACCESS = {
    "set_working_hours": _KEEPERS, "set_calendar_days": _KEEPERS,
    "working_hours_page": {"empty": ALL}, "workbench_xlsx": {"empty": ALL},  # no ids in them
    "set_answer_limits": _BUYERS, "propose_silence_terms": _BUYERS,
    "answer_limits_page": _FIRMS, "workbench_page": _FIRMS,
    "accept_silence_terms": _ASKED_ONE, "decline_silence_terms": _ASKED_ONE,
    "withdraw_silence_terms": _ASKED_ONE | {"done": "gearworks", "NOT_ALLOWED_NOW": "bearing stranger"},
    "revoke_silence_terms": {"done": "gearworks bearing", "NOT_ALLOWED_NOW": "stranger", "NOT_FOUND": _NOT_TOLD},
    "answers_page": {"seen": f"{LONGTENG} gearworks rival bearing steel", "empty": f"{NO_TRADER} dealer stranger"},
    "answer_batches_page": {"seen": "gearworks", "empty": f"{_NOT_TOLD} bearing stranger"},
    "answer_batch_page": {"seen": "gearworks", "NOT_FOUND": f"{_NOT_TOLD} bearing stranger"},
    "answer_orders": {
        "done": "gearworks", "NOT_FOUND": "sales rival bearing steel dealer",
        "NOT_ALLOWED_NOW": f"buyer planner quality lead {NO_TRADER} stranger",
    },
    "decide_on_responses": {
        "done": "buyer", "NOT_FOUND": "gearworks rival bearing steel dealer",
        "NOT_ALLOWED_NOW": f"planner quality lead sales {NO_TRADER} stranger",
    },
    "decision_queue_page": _FIRMS,
}  # fmt: skip


def _terms(name: str) -> Any:
    return lambda w: {"termsId": w.made[name], "expectedVersion": 1 if name == "proposed silence" else 2}


LIMITS = {"kind": "ORDER", "answerWithinHours": 9, "remindBeforeHours": 1, "escalateAfterHours": 1}
INPUTS = {
    "set_working_hours": lambda w: {"spans": [{"weekday": 1, "opens": "08:00", "closes": "12:00"}]},
    "set_calendar_days": lambda w: {"days": [{"on": day(5), "standing": "CLOSED"}]},
    "set_answer_limits": lambda w: LIMITS | {"sellerId": w.cast.gearworks.firm_id},
    "propose_silence_terms": lambda w: {"partnerId": w.cast.gearworks.firm_id, "side": "BUYER", "meaning": "LAPSES"},
    "accept_silence_terms": _terms("proposed silence"), "decline_silence_terms": _terms("proposed silence"),
    "withdraw_silence_terms": _terms("proposed silence"), "revoke_silence_terms": _terms("silence"),
    "decide_on_responses": lambda w: {
        "decisions": [{"responseId": w.made["answer to decide"], "expectedVersion": 2, "decision": "REFUSE"}]
    },
    "answer_orders": lambda w: {"orders": [{"orderId": w.made["order to answer"], "expectedVersion": 1}]},
}  # fmt: skip
VARIABLES = {
    "workbench_page": lambda w: {"view": "DUE", "filter": {"dueInDays": 366}, "first": 100},
    "workbench_xlsx": lambda w: {"view": "DUE", "filter": {"dueInDays": 366}},
    "answers_page": lambda w: {"filter": {"side": "SELLER"}, "first": 100},
    "decision_queue_page": lambda w: {"filter": {}, "first": 100},
    "answer_batch_page": lambda w: {"id": w.made["answer batch"], "first": 100},
}
UNDER: dict[str, Any] = {
    "working_hours_page": lambda world, at: {}, "answer_limits_page": lambda world, at: {"first": 100},
    "workbench_page": lambda world, at: {"view": "DUE", "filter": {"dueInDays": 366}, "first": 100},
    "workbench_xlsx": lambda world, at: {"view": "DUE", "filter": {"dueInDays": 366}},
    "answers_page": lambda world, at: {"filter": {"side": "SELLER"}, "first": 100},
    "answer_batches_page": lambda world, at: {"first": 100}, "decision_queue_page": lambda world, at: {"first": 100},
    "answer_batch_page": lambda world, at: {"id": (at or world.small)["answer_batch"], "first": 100},
}  # fmt: skip
_PAIR = one_of("buyer_id", "seller_id")
TABLES = {table.name: table for table in (
    Table("working_span",   None,           hours.working_spans_visible_to,      one_of("firm_id")),
    Table("calendar_day",   None,           hours.calendar_days_visible_to,      one_of("firm_id")),
    Table("answer_limits",  None,           clocks.answer_limits_visible_to,     _PAIR),
    Table("answer_clock",   None,           clocks.answer_clocks_visible_to,     _PAIR),
    Table("silence_terms",  "SilenceTerms", clocks.silence_terms_visible_to,     _PAIR),
    Table("answer_batch",   "AnswerBatch",  batches.answer_batches_visible_to,   one_of("firm_id")),
    Table("batched_answer", None,           batches.batched_answers_visible_to,  under("batch_id", "answer_batch")),
    Table("sheet_change",   None,           sheets.changes_visible_to,           knows_problem),
)}  # fmt: skip


def _silence(buyer: Player, seller: Player, meaning: str) -> Any:
    said = {"partnerId": seller.firm_id, "side": "BUYER", "meaning": meaning}
    return buyer.acts("propose_silence_terms", said, by="buyer")["silenceTerms"]["id"]


def prepare(world: World) -> None:
    """Hours and a closed day of Gearworks, its limits and terms with Bearing, and orders of Longteng it answers together."""
    gearworks, bearing, longteng = world.cast.gearworks, world.cast.bearing, world.cast.chain_master
    own = world.party_of(gearworks)
    gearworks.acts("set_working_hours", INPUTS["set_working_hours"](world), by="sales")["spans"]
    note = world.marked("秘-停工事由", own)
    gearworks.acts("set_calendar_days", {"days": [{"on": day(9), "standing": "CLOSED", "note": note}]}, by="sales")[
        "days"
    ]
    gearworks.acts("set_answer_limits", LIMITS | {"sellerId": bearing.firm_id}, by="sales")["answerLimits"]
    longteng.acts("set_answer_limits", LIMITS | {"answerWithinHours": 11}, by="buyer")["answerLimits"]
    world.made["silence"] = _silence(gearworks, bearing, "ASSUMED_AGREED")
    bearing.acts("accept_silence_terms", {"termsId": world.made["silence"], "expectedVersion": 1}, by="sales")[
        "silenceTerms"
    ]
    world.made["proposed silence"] = _silence(gearworks, bearing, "LAPSES")
    both = own, world.party_of(longteng)
    orders = [
        longteng.places_order(gearworks, number=world.marked(f"秘-批量-{n}-号码", *both))["order"]["id"]
        for n in range(2)
    ]
    world.made["order to answer"] = orders[0]
    note = world.marked("秘-批量答复备注", *both)
    answered = {"orders": [{"orderId": orders[1], "expectedVersion": 1, "note": note}]}
    world.made["answer to decide"] = _offered(longteng, gearworks, world)
    _looked_at(gearworks)
    world.made["answer batch"] = gearworks.acts("answer_orders", answered, by="sales")["answerBatch"]["id"]


def _offered(buyer: Player, seller: Player, world: World) -> Any:
    """An answer that waits for the buyer of an order of theirs."""
    number = world.marked("秘-待定-号码", world.party_of(buyer), world.party_of(seller))
    order = buyer.places_order(seller, number=number)
    late = {"line": 1, "answer": "CHANGED", "schedules": promise(d30="10")}
    return seller.responds(order, lines=[late])["response"]["id"]


def _looked_at(seller: Player) -> None:
    """A sheet of answers to every open line, looked at and not written."""
    rows = list(csv.reader(io.StringIO(exported(seller, "OPEN_LINES").decode("utf-8-sig"))))
    place = next(n for n, title in enumerate(rows[0]) if title.startswith("答复 /"))
    for row in rows[1:]:
        row[place] = "接受"
    previews(seller, "OPEN_LINES", csv_of(*rows))["node"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """So many orders answered in one act, as many that wait for a decision, closed days, and terms proposed and withdrawn."""
    buyer, seller = growing.cast.chain_master, growing.cast.gearworks
    orders = [buyer.places_order(seller, lines=[line("HD-25", "2")])["order"]["id"] for _ in range(count)]
    said = [{"orderId": order, "expectedVersion": 1} for order in orders]
    made = seller.acts("answer_orders", {"orders": said}, by="sales")["answerBatch"]["id"]
    for _ in range(count):
        late = {"line": 1, "answer": "CHANGED", "schedules": promise(d30="2")}
        seller.responds(buyer.places_order(seller, lines=[line("HD-25", "2")]), lines=[late])["response"]
    days = [{"on": day(n), "standing": "CLOSED"} for n in range(1, count + 1)]
    seller.acts("set_calendar_days", {"days": days}, by="sales")["days"]
    for _ in range(count):
        terms = _silence(buyer, seller, "LAPSES")
        buyer.acts("withdraw_silence_terms", {"termsId": terms, "expectedVersion": 1}, by="buyer")["silenceTerms"]
    return {"answer_batch": made}
