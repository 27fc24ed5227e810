"""The one door of pages: a stored operation, run in process as the person who sits there. No page reads otherwise."""

from typing import Any

import orjson
from flask import request

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from kernel.errors import DomainError, Invalid, NotFound
from web import seated

Answer = dict[str, Any]
Complaints = list[dict[str, Any]]


class Broken(Exception):
    """An operation answered with an incident: ours to mend, told to the reader by its number."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def ask(name: str, **variables: Any) -> Answer:
    """The data of a stored query. Raises NotFound, Invalid for a wrong argument, Broken."""
    return _data(_run(name, variables, None))


def act(name: str, given: Answer) -> tuple[Answer, Complaints]:
    """(payload, userErrors) of a stored mutation with this ``input``.

    A form carries a key (``fresh_key()`` in the template), so that a double click has one effect. Raises Broken.
    """
    data = _data(_run(name, {"input": given}, request.form.get("key") or None))
    payload: Answer = next(iter(data.values()))
    return payload, payload.get("userErrors") or []


def _run(name: str, variables: Answer, key: str | None) -> Answer:
    door = PersonDoor(seated.person(), seated.language())
    answer = run(schema, operation(name), variables, None, door, may_write=True, idempotency_key=key)
    found: Answer = orjson.loads(answer.body)
    return found


def _data(answer: Answer) -> Answer:
    for error in answer.get("errors") or ():
        raise _as_raised(error)
    data: Answer = answer["data"]
    return data


def _as_raised(error: Answer) -> Exception:
    code = (error.get("extensions") or {}).get("code")
    message = str(error["message"])
    if code == NotFound.code:
        return NotFound()
    if code is not None:
        return _Said(message)
    if "incident" in (error.get("extensions") or {}):
        return Broken(message)
    return Invalid("", message, message)


class _Said(DomainError):
    """A refusal already said in the reader's language."""

    code = "INVALID"

    def __init__(self, message: str) -> None:
        super().__init__(message, message)
