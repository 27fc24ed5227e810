"""The one door of pages: a stored operation, run in process as the person who sits there. No page reads otherwise."""

from typing import Any

import orjson
from flask import request

from api.context import PersonDoor
from api.run import run
from api.schema import schema
from api.stored import operation
from kernel import idempotency
from kernel.accounts.verbs import actor_of
from kernel.errors import DomainError, Invalid, NotFound
from kernel.work import unit_of_work
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


def ask_as(eyes: str, name: str, **variables: Any) -> Answer:
    """The same through another's eyes: a partner's id, or ``officials``. Raises NotFound too for eyes that are not open."""
    return _data(_run(name, variables, None, eyes=eyes))


def act(name: str, given: Answer, *, step: str = "") -> tuple[Answer, Complaints]:
    """(payload, userErrors) of a stored mutation with this ``input``.

    A form carries a key (``fresh_key()`` in the template), so that a double click has one effect. ``step`` tells
    apart the mutations of a form that sends several. Raises Broken.
    """
    key = request.form.get("key")
    data = _data(_run(name, {"input": given}, f"{key}{step}" if key else None))
    payload: Answer = next(iter(data.values()))
    return payload, payload.get("userErrors") or []


def done_before(*, step: str = "") -> Answer | None:
    """The payload this very form was answered with, if it was sent before and done: the second of a double click.

    For forms whose input follows from a state that the first sending has moved on.
    """
    key, sitting, guest = request.form.get("key"), seated.person(), seated.guest()
    if not key or (sitting is None and guest is None):
        return None
    actor = guest.actor if guest else actor_of(sitting)
    with unit_of_work(actor, writes=False) as work:
        answer = idempotency.answered(work, f"{key}{step}")
    data = orjson.loads(answer).get("data") if answer else None
    payload: Answer | None = next(iter(data.values())) if data else None
    return payload if payload and not payload.get("userErrors") else None


def _run(name: str, variables: Answer, key: str | None, *, eyes: str | None = None) -> Answer:
    door = PersonDoor(seated.person(), seated.language(), eyes) if eyes else seated.door()
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
        return _Said(message, tuple(error["extensions"].get("fields") or ()))
    if "incident" in (error.get("extensions") or {}):
        return Broken(message)
    return Invalid("", message, message)


class _Said(DomainError):
    """A refusal already said in the reader's language."""

    code = Invalid.code
    usual = Invalid.usual

    def __init__(self, message: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(message, message, fields=fields)
