"""Documents of trade as files: taken along from an order or a request, and handed in, tried first or at once."""

from base64 import b64decode, b64encode
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response as Answer

from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import act, ask
from web.chains.leaving import attached
from web.trade.entering import Complaint, complaint

FORM = "ubl"
LARGEST = 700 * 1024
BUYERS = ("ORDER", "ORDER_CHANGE", "ORDER_CANCELLATION", "REQUEST_FOR_QUOTATION", "INVOICE_RESPONSE")
SELLERS = ("ORDER_RESPONSE", "ORDER_CANCELLATION", "QUOTATION", "INVOICE")
ORDER_FILES = {
    "order.xml": "ORDER", "order-response.xml": "ORDER_RESPONSE", "order-change.xml": "ORDER_CHANGE",
    "order-cancellation.xml": "ORDER_CANCELLATION",
}  # fmt: skip
RFQ_FILES = {"request-for-quotation.xml": "REQUEST_FOR_QUOTATION", "quotation.xml": "QUOTATION"}
INVOICE_FILES = {"invoice.xml": "INVOICE", "invoice-response.xml": "INVOICE_RESPONSE"}
PRINTED = {"order.pdf": "ORDER", "order-response.pdf": "ORDER_RESPONSE"}


def pages(made: Blueprint) -> None:
    made.add_url_rule("/exchange/ubl", "ubl", lambda: _page([], {}, None))
    made.add_url_rule("/exchange/ubl", "take_in", take_in, methods=["POST"])
    made.add_url_rule("/orders/<subject>/files/<name>", "order_file", order_file)
    made.add_url_rule("/rfqs/<subject>/files/<name>", "rfq_file", rfq_file)
    made.add_url_rule("/invoices/<subject>/files/<name>", "invoice_file", invoice_file)
    made.add_url_rule("/statements/<subject>/files/statement.pdf", "statement_file", statement_file)


def kind_word(code: str) -> str:
    words = {
        "ORDER": pgettext("ubl", "订单"), "ORDER_CHANGE": pgettext("ubl", "订单变更"),
        "ORDER_CANCELLATION": pgettext("ubl", "订单取消"), "ORDER_RESPONSE": pgettext("ubl", "订单答复"),
        "REQUEST_FOR_QUOTATION": pgettext("ubl", "询价单"),
        "QUOTATION": pgettext("ubl", "报价"), "INVOICE": pgettext("ubl", "发票"),
        "INVOICE_RESPONSE": pgettext("ubl", "发票答复"),
    }  # fmt: skip
    return str(words.get(code, code))


def order_file(subject: str, name: str) -> Answer:
    if name in PRINTED:
        return _handed(_asked("printed_document", "printedDocument", kind=PRINTED[name], id=subject))
    return _ubl(ORDER_FILES, subject, name)


def rfq_file(subject: str, name: str) -> Answer:
    return _ubl(RFQ_FILES, subject, name)


def statement_file(subject: str) -> Answer:
    return _handed(_asked("printed_document", "printedDocument", kind="STATEMENT", id=subject))


def invoice_file(subject: str, name: str) -> Answer:
    return _ubl(INVOICE_FILES, subject, name)


def _ubl(kinds: dict[str, str], subject: str, name: str) -> Answer:
    if name not in kinds:
        raise NotFound
    return _handed(_asked("ubl_document", "ublDocument", kind=kinds[name], id=subject))


def _asked(stored: str, field: str, **given: Any) -> dict[str, Any]:
    """Raises NotFound too where there is no such document yet: no page offers it then."""
    seated.of_a_firm()
    try:
        found: dict[str, Any] = ask(stored, **given)[field]
    except DomainError:
        raise NotFound from None
    return found


def _handed(file: dict[str, Any]) -> Answer:
    return attached(b64decode(file["content"]), file["filename"], file["mediaType"])


def take_in() -> Answer:
    """Try the file, or take it in, as the button that was pressed says."""
    kind, content, errors = request.form.get("kind", ""), *_sent()
    if errors or kind not in (*BUYERS, *SELLERS):
        return _page(errors or [complaint("kind", _("请选择文件种类"))], {"kind": kind}, None)
    tried = request.form.get("do") != "run"
    given = {"kind": kind, "content": content, "dryRun": tried}
    payload, refused = act("import_ubl", given, step="-trial" if tried else "-run")
    errors = [error | {"fields": [f"{FORM}.file"] if error["fields"] else []} for error in refused]
    entered = {"kind": kind, "content": content}
    return _page(errors, entered, None if errors else payload["outcome"] | {"tried": tried})


def _sent() -> tuple[str, list[Complaint]]:
    """The file in base 64: the one chosen, or the one tried before."""
    file = request.files.get(f"{FORM}.file")
    if not file or not file.filename:
        tried = request.form.get("content", "")
        return tried, [] if tried else [complaint(f"{FORM}.file", _("请选择文件"))]
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return "", [complaint(f"{FORM}.file", _("文件超过 700 KB；请拆分，或请运营人员用命令行导入（至 20 MB）"))]
    return b64encode(content).decode(), []


def _page(errors: list[Complaint], entered: dict[str, str], outcome: dict[str, Any] | None) -> Answer:
    seated.of_a_firm()
    roles = set(ask("viewer")["viewer"]["roles"])
    kinds = [*(BUYERS if "BUYER" in roles else ()), *(SELLERS if "SALES" in roles else ())]
    body = render_template(
        "exchange/ubl.html", kinds=[(kind, kind_word(kind)) for kind in dict.fromkeys(kinds)], errors=errors, form=FORM,
        entered=entered, outcome=outcome,
    )  # fmt: skip
    return make_response(body, 422 if errors else 200)
