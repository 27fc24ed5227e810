"""One delivery: what was sent, what was counted; the buyer's form of receipt begins as if all came well."""

from decimal import Decimal
from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web.ask import Answer, ask
from web.procurement import receiving
from web.seated import of_a_firm
from web.trade import words
from web.trade.entering import Entered

VIEWS: dict[str, dict[str, Any]] = {
    "on_the_way": {"states": ["DESPATCHED", "PART_RECEIVED"]}, "received": {"states": ["RECEIVED"]}, "all": {},
}  # fmt: skip


def found(advice_id: str) -> Answer:
    """Raises NotFound alike for hidden, foreign and made-up ids."""
    of_a_firm()
    advice: Answer | None = ask("despatch_advice_page", id=advice_id)["node"]
    if not advice:
        raise NotFound
    return advice


def shown(advice_id: str, entered: Entered | None = None) -> Response:
    advice, entered = found(advice_id), entered or Entered()
    counted = counted_lines(advice)
    still = [line for line in advice["lines"] if line["id"] not in counted]
    body = render_template(
        "trade/shipment.html", advice=advice, counted=counted, still=still, words=words, errors=entered.errors,
        v=entered.values or receiving.prefilled(still), differences=sum(differs(c) for c in counted.values()),
        receives="postReceipt" in advice["openVerbs"], done=request.args.get("done", ""), as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, entered.status)


def counted_lines(advice: Answer) -> dict[str, Answer]:
    """Despatched line id -> what was counted of it, with the day."""
    return {
        line["despatchLine"]["id"]: line | {"postedAt": receipt["postedAt"]}
        for receipt in advice["receipts"]
        for line in receipt["lines"]
    }


def differs(counted: Answer) -> bool:
    return any(Decimal(counted[name]) for name in ("rejected", "short", "over"))


def orders_of(advice: Answer) -> list[Answer]:
    """The orders it serves, each once."""
    return list({line["order"]["id"]: line["order"] for line in advice["lines"]}.values())


def result_of(advice: Answer) -> str:
    """What the counts of a delivery come down to, in words."""
    lines = [line for receipt in advice["receipts"] for line in receipt["lines"]]
    if not lines:
        return ""
    off = sum(differs(line) for line in lines)
    return str(_("%(n)s 行与发货不符", n=off)) if off else str(_("全部合格"))
