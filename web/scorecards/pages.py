"""Scorecards: suppliers by score, a card with its formulas, the events behind a figure, objections and answers."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents.entries import Complaint, Entered, complaint, renamed
from web.scorecards import words

PAGE_SIZE = 50
SIDES = {"suppliers": "BUYER", "buyers": "SELLER"}
TERMS = "terms"


def blueprint() -> Blueprint:
    made = Blueprint("scorecards", __name__)
    made.add_url_rule("/scorecards", "overview", overview)
    made.add_url_rule("/scorecards/terms", "set_terms", set_terms, methods=["POST"])
    made.add_url_rule("/scorecards/<side>/<partner_id>", "card", card)
    made.add_url_rule("/scorecards/<side>/<partner_id>/<what>/<thing_id>", "settle", settle, methods=["POST"])
    made.app_context_processor(lambda: {"scorecards_of": scorecards_of})
    return made


def scorecards_of(firm_id: str) -> list[tuple[str, dict[str, Any]]]:
    """For the card of a firm: its scorecard with the reader's firm, on either side."""
    found = [
        (side, ask("scorecard_page", side=word, partnerId=firm_id, first=0)["scorecard"])
        for side, word in SIDES.items()
    ]
    return [(side, card) for side, card in found if card]


def overview() -> str:
    return _overview(Entered())


def _overview(entered: Entered) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None:
        raise NotFound
    after = request.args.get("after")
    given = ask("scorecards_page", side="BUYER", first=PAGE_SIZE, after=after)
    had = ask("scorecards_page", side="SELLER", first=PAGE_SIZE)
    return render_template(
        "scorecards/overview.html", given=given["scorecards"], had=had["scorecards"], terms=given["scorecardTerms"],
        words=words, entered=entered, roles=set(viewer["roles"]), done=request.args.get("done", ""), as_of=clock.now(),
    )  # fmt: skip


def set_terms() -> Response:
    """A lead's weights and limits."""
    seated.of_a_firm()
    values = request.form.to_dict()
    errors: list[Complaint] = []
    weights = [{"metric": m, "weight": _whole(values, f"{TERMS}.{m}", errors) or 0} for m in words.METRICS]
    given: dict[str, Any] = {"weights": weights, "expectedVersion": _version(values)}
    for name in ("warnBelow", "blockBelow"):
        limit = _whole(values, f"{TERMS}.{name}", errors)
        given |= {} if limit is None else {name: limit}
    if not errors:
        _payload, refused = act("set_scorecard_terms", given)
        errors = renamed(
            refused, TERMS, {"weights": "OTIF_AGREED", "warnBelow": "warnBelow", "blockBelow": "blockBelow"}
        )
    if errors:
        return make_response(_overview(Entered(TERMS, values, errors)), 422)
    return redirect("/scorecards?done=terms", 303)


def _whole(values: dict[str, str], name: str, errors: list[Complaint]) -> int | None:
    said = values.get(name, "").strip()
    if said and not (said.isascii() and said.isdigit() and len(said) < 7):
        errors.append(complaint(name, _("请填写 0 至 100 的整数")))
        return None
    return int(said) if said else None


def _version(values: dict[str, str]) -> int:
    said = values.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def card(side: str, partner_id: str) -> str:
    return _card(side, partner_id, Entered())


def _card(side: str, partner_id: str, entered: Entered) -> str:
    seated.of_a_firm()
    metric = request.args.get("metric", "")
    metric = metric if metric in words.METRICS else ""
    if side not in SIDES:
        raise NotFound
    found = ask(
        "scorecard_page", side=SIDES[side], partnerId=partner_id, metric=metric or None, first=PAGE_SIZE,
        after=request.args.get("after"),
    )  # fmt: skip
    if found["scorecard"] is None:
        raise NotFound
    return render_template(
        "scorecards/card.html", card=found["scorecard"], events=found["scorecardObservations"], metric=metric, side=side,
        partner_id=partner_id, words=words, entered=entered, done=request.args.get("done", ""), as_of=clock.now(),
    )  # fmt: skip


def settle(side: str, partner_id: str, what: str, thing_id: str) -> Response:
    """Object to a counted event, agree, or not."""
    seated.of_a_firm()
    values = request.form.to_dict()
    said = values.get(f"{thing_id}.said", "").strip()
    acts = {
        "contest": ("contest_observation", {"observationId": thing_id, "reason": said}),
        "agree": ("agree_to_contest", {"contestId": thing_id} | ({"answer": said} if said else {})),
        "refuse": ("refuse_contest", {"contestId": thing_id, "answer": said}),
    }  # fmt: skip
    # One form offers both answers: the button that was pressed says which.
    what = values.get("do", what)
    if what not in acts:
        raise NotFound
    errors = [complaint(f"{thing_id}.said", _("请写明原因"))] if not said and what != "agree" else []
    if not errors:
        verb, given = acts[what]
        _payload, refused = act(verb, given)
        errors = renamed(refused, thing_id, {"reason": "said", "answer": "said"})
    if errors:
        return make_response(_card(side, partner_id, Entered(thing_id, values, errors)), 422)
    metric = request.args.get("metric", "")
    return redirect(
        f"/scorecards/{side}/{partner_id}?done={what}" + (f"&metric={metric}" if metric in words.METRICS else ""), 303
    )
