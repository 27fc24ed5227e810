"""Try the API: every stored operation with its variables, run as the person who sits there."""

import json
from typing import Any

import orjson
from flask import Blueprint, Response, render_template, request
from graphql import print_schema

from api.context import PersonDoor
from api.failures import Refused
from api.run import run
from api.schema import schema
from api.stored import names, operation
from kernel.errors import Invalid
from web import seated

LONGEST = 40_000


def blueprint() -> Blueprint:
    made = Blueprint("trying", __name__)

    @made.get("/api")
    def show() -> str:
        name = _known(request.args.get("operation"))
        return _page(name, operation(name), "{}", None)

    @made.post("/api")
    def send() -> str:
        name = _known(request.form.get("operation"))
        query, variables = request.form.get("query", "")[:LONGEST], request.form.get("variables", "")[:LONGEST]
        return _page(name, query, variables, _answer(query, variables))

    @made.get("/api/schema.graphql")
    def sdl() -> Response:
        return Response(print_schema(schema.graphql_schema), content_type="text/plain; charset=utf-8")

    return made


def _known(name: str | None) -> str:
    return name if name in names() else "viewer"


def _page(name: str, query: str, variables: str, answer: str | None) -> str:
    return render_template(
        "api.html", names=names(), name=name, query=query, variables=variables, answer=answer,
    )  # fmt: skip


def _answer(query: str, variables: str) -> str:
    """The answer as a program would get it, written out over lines."""
    try:
        given = _object(variables)
        door = PersonDoor(seated.person(), seated.language())
        key = request.form.get("key") or None
        body = run(schema, query, given, None, door, may_write=True, idempotency_key=key).body
    except Invalid as wrong:
        return wrong.said(seated.language())
    except Refused as refused:
        return refused.message
    return json.dumps(orjson.loads(body), ensure_ascii=False, indent=2)


def _object(text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text or "{}")
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Invalid("variables", "variables must be one JSON object", "变量应为一个 JSON 对象")
    return found
