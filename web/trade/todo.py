"""What one must do, by the day it is due, grouped by act; a simple order is confirmed in place."""

from collections.abc import Sequence
from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web.ask import Answer, ask
from web.seated import of_a_firm
from web.trade import waiting, words
from web.trade.entering import Complaint, Entered

PAGE_SIZE = 50
KINDS = (
    "RESPOND_TO_ORDER", "SEND_DESPATCH_ADVICE", "SUBMIT_DOCUMENT", "DECIDE_ON_RESPONSE", "POST_RECEIPT",
    "REVIEW_DOCUMENT", "ACCEPT_DELIVERY", "RESPOND_TO_ORDER_CHANGE", "DECIDE_ON_ORDER_CHANGE",
    "ANSWER_ORDER_CANCELLATION", "DECIDE_ON_REPROMISE", "LIFT_HOLD", "SUBMIT_QUOTATION", "ANSWER_CLARIFICATION", "AWARD_RFQ", "ORDER_AWARD",
    "RESPOND_TO_INVOICE", "ANSWER_INVOICE_QUERY",
    "APPROVE_RELEASE", "SEND_STATEMENT", "CONFIRM_STATEMENT", "ANSWER_STATEMENT_DISPUTES", "INVOICE_STATEMENT", "STATE_CAUSE",
    *waiting.KINDS,
)  # fmt: skip


def page(errors: Sequence[Complaint] = (), about: Answer | None = None) -> Response:
    of_a_firm()
    shown = _shown()
    notice = _notice(request.args.get("number", "")) if request.args.get("done") == "confirmed" else ""
    body = render_template("trade/todo.html", notice=notice, errors=errors, about=about, **shown)
    return make_response(body, Entered({}, errors).status)


def part(notice: str, errors: Sequence[Complaint], about: Answer) -> Response:
    """The list alone, after an order was confirmed in place, and what is to be said aloud."""
    return make_response(
        render_template("trade/_todo_answer.html", notice=notice, errors=errors, about=about, **_shown())
    )


def _notice(order_id: str) -> str:
    try:
        order = ask("order_head", id=order_id)["node"]
    except NotFound:
        return ""
    return _("订单 %(number)s 已确认，对方已可看到。", number=order["number"]) if order else ""


def _shown() -> dict[str, Any]:
    given = request.values.get("kind", "")
    kind = given if given in KINDS else None
    after = request.args.get("after")
    answer = ask("todo_page", kind=kind, first=PAGE_SIZE, after=after)
    counts = {one["kind"]: one for one in answer["todoCounts"]}
    return {
        "found": answer["todo"], "counts": counts, "kind": kind, "kinds": [k for k in KINDS if k in counts],
        "total": sum(one["items"] for one in counts.values()), "overdue": sum(one["overdue"] for one in counts.values()),
        "kind_word": kind_word, "address": address, "waiting": waiting, "words": words, "as_of": clock.now(),
        "today": str(clock.today_of(clock.now())), "roles": answer["viewer"]["roles"],
    }  # fmt: skip


def kind_word(kind: str) -> str:
    found = {
        "RESPOND_TO_ORDER": pgettext("todo", "答复订单"),
        "SEND_DESPATCH_ADVICE": pgettext("todo", "发货"),
        "SUBMIT_DOCUMENT": pgettext("todo", "提交资料"),
        "DECIDE_ON_RESPONSE": pgettext("todo", "对答复作决定"),
        "POST_RECEIPT": pgettext("todo", "登记收货"),
        "REVIEW_DOCUMENT": pgettext("todo", "审核资料"),
        "ACCEPT_DELIVERY": pgettext("todo", "验收"),
        "RESPOND_TO_ORDER_CHANGE": pgettext("todo", "答复订单变更"),
        "DECIDE_ON_ORDER_CHANGE": pgettext("todo", "对变更还价作决定"),
        "ANSWER_ORDER_CANCELLATION": pgettext("todo", "答复取消请求"),
        "DECIDE_ON_REPROMISE": pgettext("todo", "对新交期作决定"),
        "LIFT_HOLD": pgettext("todo", "对暂停的订单作决定"),
        "SUBMIT_QUOTATION": pgettext("todo", "提交报价"),
        "ANSWER_CLARIFICATION": pgettext("todo", "答复澄清"),
        "AWARD_RFQ": pgettext("todo", "比价定标"),
        "ORDER_AWARD": pgettext("todo", "中标待下单"),
        "RESPOND_TO_INVOICE": pgettext("todo", "答复发票"),
        "ANSWER_INVOICE_QUERY": pgettext("todo", "答复发票质疑"),
        "APPROVE_RELEASE": pgettext("todo", "批准放行"),
        "SEND_STATEMENT": pgettext("todo", "发送对账单"),
        "CONFIRM_STATEMENT": pgettext("todo", "确认对账单"),
        "ANSWER_STATEMENT_DISPUTES": pgettext("todo", "答复对账异议"),
        "INVOICE_STATEMENT": pgettext("todo", "按对账单开票"),
        "STATE_CAUSE": pgettext("todo", "答复未按期原因"),
    }
    return str((found | waiting.kind_words()).get(kind, kind))


def address(item: Answer) -> str:
    """Where a thing is done."""
    order = item["order"]["id"] if item["order"] else ""
    subject = item["subject"]["id"] if item["subject"] else ""
    places = {
        "RESPOND_TO_ORDER": f"/orders/{order}",
        "SEND_DESPATCH_ADVICE": f"/orders/{order}/ship",
        "SUBMIT_DOCUMENT": f"/orders/{order}/documents#r-{subject}",
        "DECIDE_ON_RESPONSE": f"/orders/{order}/decide",
        "POST_RECEIPT": f"/shipments/{subject}",
        "REVIEW_DOCUMENT": f"/orders/{order}/documents#v-{subject}",
        "ACCEPT_DELIVERY": f"/orders/{order}#acceptance",
        "SUBMIT_QUOTATION": f"/rfqs/{subject}",
        "ANSWER_CLARIFICATION": f"/rfqs/{subject}#h-clarify",
        "AWARD_RFQ": f"/rfqs/{subject}/compare",
        "ORDER_AWARD": f"/rfqs/{subject}#h-become",
        "RESPOND_TO_INVOICE": f"/invoices/{subject}",
        "ANSWER_INVOICE_QUERY": f"/invoices/{subject}",
        "APPROVE_RELEASE": f"/invoices/{subject}",
        "SEND_STATEMENT": f"/statements/{subject}",
        "CONFIRM_STATEMENT": f"/statements/{subject}",
        "ANSWER_STATEMENT_DISPUTES": f"/statements/{subject}",
        "INVOICE_STATEMENT": f"/statements/{subject}",
        "STATE_CAUSE": f"/causes/{subject}",
    }
    return waiting.address(item) or places.get(item["kind"], f"/orders/{order}/changes")
