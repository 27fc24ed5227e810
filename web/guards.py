"""What holds for every answer: security headers, a cap on the request's head, one sentence when something is down."""

import logging

from flask import Flask, Request, Response, g, jsonify, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import RequestEntityTooLarge

LARGEST_HEAD_BYTES = 32 * 1024
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HANDOUT_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"

log = logging.getLogger("chainmaster.web")


def set_up(app: Flask, *, secure: bool) -> None:
    """Call first of all: what is registered first has the last word on an answer. ``secure``: reached by https."""

    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = g.get("content_policy", CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "private, no-store")
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    app.after_request(headers)
    app.before_request(_refuse_large_head)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(RequestEntityTooLarge, _too_large)


def sentence(status: int, code: str, en: str, zh: str, *, fields: tuple[str, ...] = ()) -> Response:
    """A refusal outside GraphQL, in the words a refusal has inside it."""
    response = jsonify(code=code, message=en, messageZh=zh, fields=list(fields))
    response.status_code = status
    return response


def _refuse_large_head() -> Response | None:
    if _head_bytes(request) <= LARGEST_HEAD_BYTES:
        return None
    return sentence(
        431,
        "LIMIT",
        f"the request's headers are larger than {LARGEST_HEAD_BYTES} bytes; send fewer or shorter ones",
        f"请求头超过 {LARGEST_HEAD_BYTES} 字节，请减少或缩短",
    )


def _head_bytes(asked: Request) -> int:
    return len(asked.full_path) + sum(len(name) + len(value) + 4 for name, value in asked.headers.items())


def _too_large(error: RequestEntityTooLarge) -> Response:
    most = request.max_content_length
    return sentence(
        413,
        "LIMIT",
        f"the request's body is larger than {most} bytes; send less at once",
        f"请求内容超过 {most} 字节，请分次发送",
    )


def _unavailable(error: OperationalError) -> Response:
    log.error("the database did not take a request: %s", error.orig)
    return sentence(
        503,
        "UNAVAILABLE",
        "the database cannot take this just now; nothing was changed, try again in a moment",
        "数据库暂时无法处理该请求，未做任何更改，请稍后重试",
    )
