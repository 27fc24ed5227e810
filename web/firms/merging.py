"""Two records of one firm: propose, agree, refuse, take back."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web.ask import act, ask
from web.firms import words
from web.trade.entering import Entered, complaint, renamed

VERBS = {"agreeToMerger": "agree_to_merger", "refuseMerger": "refuse_merger", "withdrawMerger": "withdraw_merger"}


def blueprint() -> Blueprint:
    made = Blueprint("merging", __name__)
    made.add_url_rule("/mergers", "list", lambda: _page(Entered()))
    made.add_url_rule("/mergers", "propose", propose, methods=["POST"])
    made.add_url_rule("/mergers/<merger_id>", "decide", decide, methods=["POST"])
    return made


def propose() -> Response:
    """The operator names both records by their codes."""
    values = request.form.to_dict()
    errors, given = [], {}
    for name in ("survivor", "merged"):
        firm = _by_code(values.get(name, "").strip())
        if firm is None:
            errors.append(complaint(name, str(words.no_such_firm())))
        else:
            given[f"{name}Id"] = firm
    if not errors:
        _payload, refused = act("propose_merger", given | {"reason": values.get("reason", "").strip()})
        errors = renamed(refused, {"survivorId": "survivor", "mergedId": "merged", "reason": "reason"})
    if errors:
        return _page(Entered(values, errors))
    return redirect("/mergers?done=proposed", 303)


def _by_code(code: str) -> str | None:
    found = ask("firms", filter={"text": code}, first=10)["firms"]["nodes"] if code else []
    return next((str(firm["id"]) for firm in found if firm["code"] == code.upper()), None)


def decide(merger_id: str) -> Response:
    """The button that was pressed, if there is such a one."""
    verb = VERBS.get(request.form.get("do", ""))
    if verb is None:
        raise NotFound
    _payload, errors = act(verb, {"mergerId": merger_id}, step=f"-{verb}")
    if errors:
        return _page(Entered({}, renamed(errors, {})))
    return redirect("/mergers?done=decided", 303)


def _page(entered: Entered) -> Response:
    operator = "OPERATOR" in ask("viewer")["viewer"]["roles"]
    found = ask("firm_mergers", first=50, after=request.args.get("after"))["firmMergers"]
    if not operator and not found["nodes"]:
        raise NotFound
    body = render_template(
        "firms/mergers.html", found=found, operator=operator, v=entered.values, errors=entered.errors, words=words,
        verbs=VERBS, done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
