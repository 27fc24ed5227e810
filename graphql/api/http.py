"""GraphQL over HTTP in one view: POST of JSON, GET for queries, both media types of the specification."""

import re
from collections.abc import Callable
from typing import Any

import orjson
from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from api.failures import Refused, Unavailable, incident, incident_told
from api.run import Door, run

__all__ = ["LARGEST_BODY", "Refused", "blueprint"]

NEW, OLD, PAGE = "application/graphql-response+json", "application/json", "text/html"
LARGEST_BODY = 1024 * 1024
_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_PARAMETERS = {"query": str, "operationName": str, "variables": dict, "extensions": dict}


def blueprint(schema: Any, make_door: Callable[[], Door]) -> Blueprint:
    """``/graphql``. ``make_door`` looks at the request at hand; it raises Refused to keep the door shut."""
    door = Blueprint("graphql", __name__)

    @door.route("/graphql", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def graphql() -> AnyResponse:
        media = OLD
        try:
            media = _wanted_type()
            if media == PAGE:
                return redirect("/api")
            given, key = _parameters(_read()), _idempotency_key()
            answer = run(
                schema,
                given["query"],
                given.get("variables"),
                given.get("operationName"),
                make_door(),
                may_write=request.method == "POST",
                idempotency_key=key,
            )
        except Refused as refused:
            return _respond(_errors(refused.message), refused.status, media, refused.headers)
        except RequestEntityTooLarge:
            return _respond(_errors(f"a request has at most {LARGEST_BODY} bytes; upload files instead"), 413, media)
        except Unavailable as down:
            return _respond(_errors(str(down)), 503, media, {"Retry-After": "5"})
        return _respond(answer.body, 200 if answer.ran or media == OLD else 400, media)

    @door.errorhandler(InternalServerError)
    def broken(error: InternalServerError) -> AnyResponse:
        number = incident(error.original_exception or error)
        return _respond(orjson.dumps({"errors": [incident_told(number, "en")]}), 500, OLD)

    return door


def _respond(body: bytes, status: int, media: str, headers: dict[str, str] | None = None) -> Response:
    kind = OLD if media == PAGE else media
    answer = Response(body, status, headers, content_type=f"{kind}; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Vary"] = "Accept, Authorization, Cookie"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _errors(message: str) -> bytes:
    return orjson.dumps({"errors": [{"message": message}]})


def _wanted_type() -> str:
    if not request.headers.get("Accept"):
        return OLD
    offered = [OLD, NEW, PAGE] if request.method == "GET" else [OLD, NEW]
    best = request.accept_mimetypes.best_match(offered)
    if best is None:
        raise Refused(406, f"Accept must allow {OLD} or {NEW}")
    return best


def _read() -> Any:
    if request.method == "GET":
        given: dict[str, Any] = dict(request.args)
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = _json(given[name].encode(errors="surrogatepass"))
        return given
    if request.method != "POST":
        raise Refused(405, "send a POST, or a GET for a query", Allow="GET, POST")
    if request.mimetype != OLD:
        raise Refused(415, f"send the request as {OLD}")
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refused(415, "send the request in UTF-8")
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise Refused(415, "send the request without compression; Content-Encoding is not read")
    request.max_content_length = LARGEST_BODY
    return _json(request.get_data())


def _json(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refused(400, "the request is not well-formed JSON in UTF-8; mend it and send it again") from None


def _parameters(given: Any) -> dict[str, Any]:
    if isinstance(given, list):
        raise Refused(400, "a batch is not accepted; send each operation as a request of its own")
    if not isinstance(given, dict):
        raise Refused(400, "the request must be one JSON object with a query")
    for name, kind in _PARAMETERS.items():
        if given.get(name) is not None and not isinstance(given[name], kind):
            raise Refused(400, f"{name} must be a {'string' if kind is str else 'map'}")
    if not given.get("query"):
        raise Refused(400, "query is missing; send the document under that name")
    return given


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise Refused(400, "Idempotency-Key must be 1 to 128 visible ASCII characters; a UUID will do")
    return key
