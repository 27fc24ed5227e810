"""The operator's page: what the stages of each chain mean to one another."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains import backup_words as words
from web.trade.entering import Entered, renamed


def blueprint() -> Blueprint:
    made = Blueprint("essentiality", __name__)
    made.before_request(_operator_only)
    made.add_url_rule("/essentiality", "list", table)
    made.add_url_rule("/essentiality", "set", say, methods=["POST"])
    return made


def _operator_only() -> None:
    """Raises NotFound for everybody else, who reads the table on the chain's own page."""
    sitting = seated.person()
    if sitting is not None and seated.audience(sitting) != "operator":
        raise NotFound


def table() -> Response:
    return _page(Entered())


def say() -> Response:
    """The fields of a chain's form carry its id, for several such forms stand on the page."""
    values = request.form.to_dict()
    chain = values.get("chainId", "")
    word = values.get(f"{chain}.essentiality", "")
    given = {name: values.get(f"{chain}.{name}", "") for name in ("supplierStageId", "buyerStageId")}
    given["essentiality"] = word if word in words.ESSENTIALITIES else "ESSENTIAL"
    _payload, refused = act("set_stage_essentiality", given)
    if refused:
        return _page(Entered(values, renamed(refused, {name: f"{chain}.{name}" for name in given})))
    return redirect(f"/essentiality?done=set#chain-{chain}", 303)


def _page(entered: Entered) -> Response:
    chains = ask("stage_essentiality_page")["chains"]["nodes"]
    body = render_template(
        "chains/essentiality.html", chains=chains, words=words, v=entered.values, errors=entered.errors,
        done=request.args.get("done", ""),
    )  # fmt: skip
    return make_response(body, entered.status)
