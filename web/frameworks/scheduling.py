"""Scheduling agreements: the list, one with its releases and cumulative figures, publishing the next release."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.frameworks import filling, words
from web.trade import words as trade_words
from web.trade.entering import Complaint, Entered, day, renamed, version_of

PAGE_SIZE = 20
PLAIN = {"accept": "accept_scheduling_agreement"}
SAID = {"decline": "decline_scheduling_agreement", "end": "end_scheduling_agreement"}
"""Acts with a reason, which has the act's name in the form."""


def pages(made: Blueprint) -> None:
    made.add_url_rule("/scheduling", "agreements", agreements)
    made.add_url_rule("/scheduling/<agreement_id>", "agreement", one)
    made.add_url_rule("/scheduling/<agreement_id>", "answer", answer, methods=["POST"])
    made.add_url_rule("/scheduling/<agreement_id>/publish", "publish", publish)
    made.add_url_rule("/scheduling/<agreement_id>/publish", "release", release, methods=["POST"])


def agreements() -> str:
    """Bought and sold under: newest first."""
    seated.of_a_firm()
    found = ask("scheduling_agreements", first=PAGE_SIZE, after=request.args.get("after"))["schedulingAgreements"]
    return render_template("scheduling/list.html", found=found, words=words)


def _found(agreement_id: str, on: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] | None = ask("scheduling_agreement_page", id=agreement_id, on=on)["schedulingAgreement"]
    if not found:
        raise NotFound
    return found


def one(agreement_id: str) -> Response:
    return _page(agreement_id, Entered())


def _page(agreement_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    on = day(request.args, "on", [])
    a = _found(agreement_id, on)
    numbers = [release["number"] for release in a["releases"]]
    earlier, later = (_number(name, numbers, place) for name, place in (("earlier", 1), ("later", 0)))
    differing = None
    if len(numbers) > 1:
        told = ask("release_difference", agreementId=agreement_id, earlier=earlier, later=later)
        differing = told["releaseDifference"]
    body = render_template(
        "scheduling/one.html", a=a, words=words, reasons=trade_words, v=entered.values, errors=entered.errors,
        stale=entered.is_stale, done=request.args.get("done", ""), differing=differing, earlier=earlier, later=later,
        numbers=numbers, codes=trade_words.REASONS,
    )  # fmt: skip
    return make_response(body, entered.status)


def _number(name: str, numbers: list[int], place: int) -> int:
    """Which release a page is asked to compare: one there is, else the newest but so many."""
    said = request.args.get(name, "")
    if said.isascii() and said.isdigit() and len(said) < 8 and int(said) in numbers:
        return int(said)
    return numbers[min(place, len(numbers) - 1)] if numbers else 0


def answer(agreement_id: str) -> Response:
    """By the button that was pressed."""
    seated.of_a_firm()
    values = request.form.to_dict()
    wish, _dot, release_id = values.get("do", "").partition(":")
    version, names = version_of(values), dict[str, str]()
    told: dict[str, Any] = {"agreementId": agreement_id, "expectedVersion": version}
    if wish in PLAIN:
        verb = PLAIN[wish]
    elif wish in SAID:
        verb, names, told["reason"] = SAID[wish], {"reason": wish}, values.get(wish, "")
    elif wish in ("acknowledge", "object"):
        verb = "acknowledge_release" if wish == "acknowledge" else "object_to_release"
        told = {"releaseId": release_id, "expectedVersion": version, "note": values.get("note", "")}
        if wish == "object":
            told["reason"] = values.get("why") if values.get("why") in trade_words.REASONS else "OTHER"
        names = {"note": "note", "reason": "why"}
    else:
        raise NotFound
    _payload, errors = act(verb, told, step=f"-{wish}")
    if errors:
        return _page(agreement_id, Entered(values, renamed(errors, names)))
    return redirect(f"/scheduling/{agreement_id}?done={wish}", 303)


def publish(agreement_id: str) -> Response:
    found = _found(agreement_id)
    newest = found["releases"][0] if found["releases"] else None
    return _form(agreement_id, Entered(filling.of_release(newest, clock.today_of(clock.now()).isoformat())))


def release(agreement_id: str) -> Response:
    seated.of_a_firm()
    values, errors = request.form.to_dict(), list[Complaint]()
    if "more" in values:
        return _form(agreement_id, Entered(values | {"rows": str(filling.buckets_shown(values) + 8)}))
    given, names = filling.buckets(values, errors)
    if not errors:
        told = {"agreementId": agreement_id, "expectedVersion": version_of(values)}
        _payload, refused = act("publish_release", told | given)
        if not refused:
            return redirect(f"/scheduling/{agreement_id}?done=publish", 303)
        errors = renamed(refused, names)
    return _form(agreement_id, Entered(values, errors))


def _form(agreement_id: str, entered: Entered) -> Response:
    seated.of_a_firm()
    a = _found(agreement_id)
    if a["side"] != "BUYER":
        raise NotFound
    body = render_template(
        "scheduling/publish.html", a=a, words=words, v=entered.values, errors=entered.errors, stale=entered.is_stale,
        rows=filling.buckets_shown(entered.values), most=filling.MOST_BUCKETS, may="publishRelease" in a["openVerbs"],
    )  # fmt: skip
    return make_response(body, entered.status)
