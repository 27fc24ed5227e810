"""Requests for quotation: the list, one as its buyer and as an invitee sees it, drafting and amending, quoting, awarding."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.sourcing import asking, comparing, deciding, needing, quoting, rounds, words
from web.sourcing.choosing import all_of, partners
from web.trade.entering import Complaint, Entered, needed, renamed, version_of

PAGE_SIZE = 20
PLAIN = {
    "approve": "approve_rfq", "issue": "issue_rfq", "view": "view_rfq", "intend": "intend_to_quote",
    "withdraw": "withdraw_quotation",
}  # fmt: skip
"""Buttons that send nothing but which request, in which version where its buyer presses."""
SAID = {"close": ("close_rfq", "reason"), "cancel": ("cancel_rfq", "reason"), "decline": ("decline_rfq", "reason"),
        "ask": ("ask_rfq_question", "text")}  # fmt: skip
"""Buttons with a text beside them: what it is called in the API; in the form its name is that of the button."""
BUYERS = ("approve", "issue", "close", "cancel")


def blueprint() -> Blueprint:
    made = Blueprint("sourcing", __name__)
    made.add_url_rule("/rfqs", "list", rfqs)
    made.add_url_rule("/rfqs/new", "new", new)
    made.add_url_rule("/rfqs/new", "draft", draft, methods=["POST"])
    made.add_url_rule("/rfqs/<rfq_id>", "rfq", one)
    made.add_url_rule("/rfqs/<rfq_id>", "answer", answer, methods=["POST"])
    made.add_url_rule("/rfqs/<rfq_id>/edit", "edit", edit)
    made.add_url_rule("/rfqs/<rfq_id>/edit", "save", save, methods=["POST"])
    made.add_url_rule("/rfqs/<rfq_id>/quote", "quote", quote)
    made.add_url_rule("/rfqs/<rfq_id>/quote", "submit", submit, methods=["POST"])
    made.add_url_rule("/rfqs/<rfq_id>/compare", "compare", compare)
    made.add_url_rule("/rfqs/<rfq_id>/compare", "award", award, methods=["POST"])
    made.add_url_rule("/rfqs/<rfq_id>/round", "round", rounds.new)
    made.add_url_rule("/rfqs/<rfq_id>/round", "open_round", rounds.open_round, methods=["POST"])
    made.add_url_rule("/rfqs/<rfq_id>/auction", "auction", rounds.part)
    needing.pages(made)
    return made


def rfqs() -> str:
    """Ours, or those we are invited to: newest first."""
    seated.of_a_firm()
    side = "BUYER" if request.args.get("side") == "own" else "SELLER"
    if "side" not in request.args and "BUYER" in ask("viewer")["viewer"]["roles"]:
        invited = ask("rfqs", filter={"side": "SELLER"}, first=1)["rfqs"]
        side = "SELLER" if invited["totalCount"] else "BUYER"
    found = ask("rfqs", filter={"side": side}, first=PAGE_SIZE, after=request.args.get("after"))["rfqs"]
    return render_template("sourcing/list.html", found=found, side=side, words=words, auction_of=rounds.current)


def found_rfq(rfq_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("rfq_page", id=rfq_id)["rfq"]
    if not found:
        raise NotFound
    return found


def one(rfq_id: str) -> Response:
    return _page(rfq_id, Entered())


def _page(rfq_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    rfq = found_rfq(rfq_id)
    body = render_template(
        "sourcing/one.html", r=rfq, auction=rounds.current(rfq), rounds=rounds, visibility=rounds.visibility, words=words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""), now=clock.now(), deciding=deciding, usual=deciding.usual(),
        comparing=comparing, bidders=comparing.bidders(rfq), units={line["number"]: line["unit"] for line in rfq["lines"]},
    )  # fmt: skip
    return make_response(body, entered.status)


def answer(rfq_id: str) -> Response:
    """By the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    wish, _sep, which = values.get("do", "").partition(":")
    told: dict[str, Any] = {"rfqId": rfq_id}
    if wish in BUYERS:
        told |= {"expectedVersion": version_of(values)}
    names: dict[str, str] = {}
    if wish in PLAIN:
        _payload, errors = act(PLAIN[wish], told, step=f"-{wish}")
    elif wish in SAID:
        verb, name = SAID[wish]
        names = {name: wish}
        _payload, errors = act(verb, told | {name: values.get(wish, "")}, step=f"-{wish}")
    elif wish == "confirm":
        _payload, errors = act(
            "confirm_quotation", told | {"amendment": version_of(values, "amendment")}, step="-confirm"
        )
    elif wish == "answer":
        said = needed(values, f"answer.{which}", errors)
        names = {"answer": f"answer.{which}", "text": f"text.{which}"}
        if not errors:
            given = {"questionId": which, "answer": said, "text": values.get(f"text.{which}") or None}
            _payload, errors = act("answer_rfq_question", given, step=f"-{which}")
    else:
        return _decided(rfq_id, wish, which, values)
    if errors:
        return _page(rfq_id, Entered(values, renamed(errors, names)))
    return redirect(f"/rfqs/{rfq_id}?done={wish}", 303)


def _decided(rfq_id: str, wish: str, which: str, values: dict[str, str]) -> Response:
    """A question about a bid, or what becomes of an award: then to the order or framework it became."""
    errors = list[Complaint]()
    told = deciding.wished(wish, which, values, errors)
    if told is None:
        raise NotFound
    verb, given, names = told
    if not errors:
        payload, refused = act(verb, given, step=f"-{wish}-{which}")
        if not refused:
            if "order" in payload:
                return redirect(f"/orders/{payload['order']['id']}?done=placed", 303)
            if "framework" in payload:
                return redirect(f"/frameworks/{payload['framework']['id']}?done=draft", 303)
            return redirect(f"/rfqs/{rfq_id}?done={wish}", 303)
        errors = renamed(refused, names)
    return _page(rfq_id, Entered(values, errors))


def new() -> Response:
    return _form(Entered(asking.blank()), {})


def draft() -> Response:
    return _drafted({}, None)


def edit(rfq_id: str) -> Response:
    """A draft to be said anew, or an issued request to be amended."""
    rfq = found_rfq(rfq_id)
    return _form(Entered(asking.prefilled(rfq)), rfq)


def save(rfq_id: str) -> Response:
    rfq = found_rfq(rfq_id)
    told = {"rfqId": rfq_id, "expectedVersion": version_of(request.form)}
    return _amended(told, rfq) if rfq["state"] == "ISSUED" else _drafted(told, rfq)


def _drafted(told: dict[str, Any], rfq: Mapping[str, Any] | None) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given, names = asking.draft(values, errors)
    if not errors:
        payload, refused = act("draft_rfq", told | given)
        if not refused:
            return redirect(f"/rfqs/{payload['rfq']['id']}?done=draft", 303)
        errors = renamed(refused, names)
    return _form(Entered(values, errors), rfq or {})


def _amended(told: dict[str, Any], rfq: Mapping[str, Any]) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    given, names = asking.amendment(values, errors)
    if not errors:
        _payload, refused = act("amend_rfq", told | given)
        if not refused:
            return redirect(f"/rfqs/{rfq['id']}?done=amend", 303)
        errors = renamed(refused, names)
    return _form(Entered(values, errors), rfq)


def _form(entered: Entered, rfq: Mapping[str, Any]) -> Response:
    viewer = ask("viewer")["viewer"]
    seated.of_a_firm()
    own = viewer["firm"]["id"]
    body = render_template(
        "sourcing/form.html", r=rfq, words=words, v=entered.values, errors=entered.errors, stale=entered.is_stale,
        roles=set(viewer["roles"]), rows=asking.rows(entered.values),
        partners=partners(own),
    )  # fmt: skip
    return make_response(body, entered.status)


def quote(rfq_id: str) -> Response:
    rfq = found_rfq(rfq_id)
    return _quote_form(rfq, Entered(quoting.prefilled(rfq)))


def submit(rfq_id: str) -> Response:
    """The bid; once handed in it stands on the answering page for the last time, for nobody reads it back before the opening."""
    seated.of_a_firm()
    rfq, values, errors = found_rfq(rfq_id), request.form.to_dict(), list[Complaint]()
    given, names = quoting.bid(values, rfq, errors)
    handed_in: dict[str, Any] | None = None
    if not errors:
        payload, refused = act("submit_quotation", given)
        errors, handed_in = renamed(refused, names), payload.get("quotation")
    return _quote_form(found_rfq(rfq_id) if handed_in else rfq, Entered(values, errors), handed_in)


def _quote_form(rfq: Mapping[str, Any], entered: Entered, handed_in: dict[str, Any] | None = None) -> Response:
    viewer = ask("viewer")["viewer"]
    seated.of_a_firm()
    if rfq["side"] != "SELLER":
        raise NotFound
    own = viewer["firm"]["id"]
    body = render_template(
        "sourcing/quote.html", r=rfq, words=words, quoting=quoting, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, now=clock.now(), handed_in=handed_in, auction=rounds.current(rfq), may="submitQuotation" in rfq["openVerbs"],
        items=[item for item in all_of("items") if item["maker"] and item["maker"]["id"] == own],
    )  # fmt: skip
    return make_response(body, entered.status)


def compare(rfq_id: str) -> Response:
    return _comparison(rfq_id, Entered())


def award(rfq_id: str) -> Response:
    """State what the comparison rests on, or award, by the button that was pressed."""
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    told = {"rfqId": rfq_id, "expectedVersion": version_of(values)}
    rfq = found_rfq(rfq_id)
    terms = values.get("do") == "terms"
    given, names = (comparing.terms if terms else comparing.awards)(values, rfq, errors)
    if not errors:
        _payload, refused = act(
            "state_comparison_terms" if terms else "award_rfq", told | given, step=values.get("do", "")
        )
        errors = renamed(refused, names)
    if errors:
        return _comparison(rfq_id, Entered(values, errors))
    return redirect(f"/rfqs/{rfq_id}/compare?done={'terms' if terms else 'award'}", 303)


def _comparison(rfq_id: str, entered: Entered) -> Response:
    rfq = found_rfq(rfq_id)
    seated.of_a_firm()
    if rfq["side"] != "BUYER":
        raise NotFound
    body = render_template(
        "sourcing/compare.html", r=rfq, words=words, comparing=comparing, v=entered.values or comparing.prefilled(rfq),
        errors=entered.errors, stale=entered.is_stale, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
