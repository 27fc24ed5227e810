"""One request through the door: refused early, run in one unit of work, answered only after the commit."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
from graphql import ExecutionContext, GraphQLError, OperationType
from sqlalchemy.exc import SQLAlchemyError

from api.documents import Documents
from api.failures import (
    Malformed,
    Refused,
    Unavailable,
    database_failed,
    incident,
    incident_told,
    is_down,
    log,
    story,
    told,
)
from api.limits import TooMuch, check_variables
from api.plan import Plan, Redo
from kernel import signing
from kernel.errors import DomainError, Invalid

__all__ = ["Answer", "Context", "Door", "Refused", "Unavailable", "run"]

documents = Documents()


class Context(Protocol):
    """What resolvers find as ``info.context``. ``actor`` is None for one who is not signed in; ``lang`` zh or en."""

    actor: Any
    work: Any
    lang: str
    refusal: DomainError | None
    """When set, every mutation field answers this and does nothing."""

    def remember(self, key: str, fingerprint: str) -> bytes | None:
        """Take an idempotency key; the first answer if it was taken. Raises Invalid for another request."""

    def keep(self, key: str, body: bytes) -> None:
        """Store the answer under a key taken before, in the same transaction."""


class Door(Protocol):
    def open(self, *, writes: bool) -> AbstractContextManager[Context]:
        """The unit of work of one request: committed when the block ends well, undone when it raises."""


@dataclass(frozen=True)
class Answer:
    """``ran`` is False when the request was malformed and nothing was executed."""

    body: bytes
    ran: bool


class _Undone(Exception):
    """Leaves the door's block so that everything is rolled back, carrying the answer out."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body


def run(
    schema: Any,
    query: str,
    variables: dict[str, Any] | None,
    operation_name: str | None,
    door: Door,
    *,
    may_write: bool,
    idempotency_key: str | None,
) -> Answer:
    """Answer one request. ``schema``: graphene's or graphql-core's.

    Raises Refused (a mutation where only reading is allowed, or whatever the door refuses) and Unavailable.
    """
    given = variables or {}
    try:
        check_variables(given)
        prepared, weight = documents.prepare(getattr(schema, "graphql_schema", schema), query, given)
        writes = prepared.operation(operation_name).operation is OperationType.MUTATION
        if writes and not may_write:
            raise Refused(405, "a GET only reads; send a mutation by POST", Allow="POST")
        execution = prepared.execution(operation_name, given)
    except TooMuch as refusal:
        extensions = {"code": "LIMIT", "limit": refusal.limit}
        return Answer(_encoded({"errors": [{"message": str(refusal), "extensions": extensions}]}), False)
    except Malformed as refusal:
        return Answer(_encoded({"errors": refusal.errors}), False)
    lang = "zh"
    try:
        with door.open(writes=writes) as context:
            lang = context.lang
            if weight.introspects and context.actor is None:
                return Answer(_encoded({"errors": [{"message": _SIGN_IN}]}), False)
            if not writes:
                plan = prepared.plan(execution.operation, operation_name)
                return Answer(_query(plan, execution, context), True)
            fingerprint = _fingerprint(query, given, operation_name)
            return Answer(_mutation(execution, context, idempotency_key, fingerprint), True)
    except _Undone as undone:
        return Answer(undone.body, True)
    except SQLAlchemyError as error:
        return Answer(_encoded({"errors": [database_failed(error, lang)], "data": None}), True)


_SIGN_IN = "introspection is for those who are signed in: send a token, or read schema.graphql"


def _query(plan: Plan | None, execution: ExecutionContext, context: Context) -> bytes:
    if plan is not None:
        try:
            return _body({"data": plan(context, execution.variable_values)}, context.lang)
        except Exception as surprise:  # nothing is swallowed: graphql-core runs it again and tells the error its way
            if is_down(surprise):
                raise Unavailable(incident(surprise)) from surprise
            if not isinstance(surprise, (Redo, DomainError)):
                log.warning("a compiled query is run again\n%s", story(surprise))
    answer, _ = _reference(execution, context)
    return _body(answer, context.lang)


def _mutation(execution: ExecutionContext, context: Context, key: str | None, fingerprint: str) -> bytes:
    """Run a mutation. A bug in any field undoes them all: what it left half done is nobody's to guess."""
    kept = key if context.actor is not None else None  # a stranger has no name to keep a key under
    if kept:
        try:
            first = context.remember(kept, fingerprint)
        except Invalid as refusal:
            context.refusal, kept = refusal, None
        else:
            if first is not None:
                return first
    answer, bugs = _reference(execution, context)
    if bugs:
        raise _Undone(_body(answer | {"data": None}, context.lang))
    body = _body(answer, context.lang, undo=True)
    if kept:
        context.keep(kept, body)
    return body


def _reference(execution: ExecutionContext, context: Context) -> tuple[dict[str, Any], bool]:
    """Run by graphql-core: the answer, and whether a bug is in it."""
    execution.context_value = context
    errors = execution.collected_errors
    data = None
    try:
        data = execution.execute_operation(execution.operation, None)
    except GraphQLError as error:
        errors.add(error, None)
    result = execution.build_response(data, errors.errors)  # type: ignore[arg-type]
    if not result.errors:
        return {"data": result.data}, False
    answered, bugs = told(result.errors, context.lang)
    return {"errors": answered, "data": result.data}, bugs


def _body(answer: dict[str, Any], lang: str, *, undo: bool = False) -> bytes:
    try:
        return _encoded(answer)
    except TypeError as error:  # a scalar of ours answered with what JSON cannot hold
        body = _encoded({"errors": [incident_told(incident(error), lang)], "data": None})
        if undo:
            raise _Undone(body) from error
        return body


def _encoded(answer: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(answer)
    except TypeError:  # half a character, or a whole number beyond 64 bits: json can still write them
        return json.dumps(answer).encode()


def _fingerprint(query: str, variables: dict[str, Any], operation_name: str | None) -> str:
    said = json.dumps([query, variables, operation_name], sort_keys=True, separators=(",", ":"), default=str)
    return signing.fingerprint(said)  # a bid is among what is said, and few enough prices would have to be tried
