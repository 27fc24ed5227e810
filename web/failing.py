"""What a page says when it cannot be shown: one sentence, in the frame, with the way on."""

import logging

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, NotFound

from api.failures import Unavailable, incident
from kernel.errors import DomainError
from kernel.errors import NotFound as Hidden
from web import seated
from web.ask import Broken
from web.guards import sentence

log = logging.getLogger("chainmaster.web")
STATUS = {"NOT_FOUND": 404, "NOT_ALLOWED_NOW": 403, "STALE": 409, "LIMIT": 429}


def set_up(app: Flask) -> None:
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(NotFound, _missing)
    app.register_error_handler(MethodNotAllowed, _wrong_method)
    app.register_error_handler(Broken, _broken)
    app.register_error_handler(Unavailable, _down)
    app.register_error_handler(InternalServerError, _bug)


def _refused(refusal: DomainError) -> Response:
    if isinstance(refusal, Hidden):
        return _missing(refusal)
    lang = seated.language()
    return _page(
        STATUS.get(refusal.code, 422), refusal.said(lang), refusal.rule.said(lang), code=refusal.code, en=refusal.en
    )


def _missing(error: Exception) -> Response:
    return _page(
        404, _("这里没有内容，或不对您开放。"), code="NOT_FOUND", en="there is nothing here, or it is not yours to see"
    )


def _wrong_method(error: HTTPException) -> Response:
    response = _page(405, _("请从页面上的按钮进入。"), code="NOT_ALLOWED_NOW", en="this address takes other requests")
    response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def _broken(error: Broken) -> Response:
    return _page(500, error.message, code="BUG", en=error.message)


def _down(error: Unavailable) -> Response:
    response = _page(503, _("数据库暂时无法处理，未做任何更改，请稍后重试。"), code="UNAVAILABLE", en=str(error))
    response.headers["Retry-After"] = "5"
    return response


def _bug(error: InternalServerError) -> Response:
    number = incident(error.original_exception or error)
    told = _("系统内部出错，未做任何更改（事件编号 %(number)s）；请将编号告知平台运营人员。", number=number)
    return _page(500, told, code="BUG", en=f"something broke on our side; tell the operator incident {number}")


def _page(status: int, message: str, rule: str = "", *, code: str, en: str) -> Response:
    """A whole page for a browser, plain data for a program; a failing frame must not hide the sentence."""
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) != "text/html":
        return sentence(status, code, en, message)
    try:
        body = render_template("failure.html", message=message, rule=rule, status=status)
    except Exception:  # the frame itself needs the database: the sentence must come out all the same
        log.exception("a failure page could not be dressed")
        return sentence(status, code, en, message)
    return make_response(body, status)
