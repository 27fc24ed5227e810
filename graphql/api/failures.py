"""How what went wrong is told: refusals in their own sentence, bugs as an incident number and nothing more."""

import logging
import re
import secrets
import traceback
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kernel.errors import DomainError, Invalid

log = logging.getLogger("chainmaster.api")
_SUGGESTION = re.compile(r" Did you mean .*", re.DOTALL)
_TELLS_CODE_ONLY = (AttributeError, NameError, ImportError, NotImplementedError)


class Malformed(Exception):
    """The request never ran: its errors as they are answered."""

    def __init__(self, *errors: dict[str, Any]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = list(errors)

    @classmethod
    def because(cls, errors: Sequence[GraphQLError]) -> "Malformed":
        return cls(*(_formatted(error) for error in errors))


class Refused(Exception):
    """The door stays shut: an HTTP status, one sentence, and headers (``WWW_Authenticate`` for WWW-Authenticate)."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Unavailable(Exception):
    """The database cannot answer now: everything is undone, and the caller may try again."""

    def __init__(self, incident: str) -> None:
        super().__init__(f"the database cannot answer now (incident {incident}); nothing was changed, try again later")
        self.incident = incident


def is_down(error: BaseException | None) -> bool:
    """Disk full, broken file, lock or pool timeout, lost connection: no bug of ours, and no answer to be had."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)) or type(error) is DatabaseError:
            return True
        error = error.original_error if isinstance(error, GraphQLError) else error.__cause__
    return False


def incident(error: BaseException, path: Sequence[str | int] | None = None) -> str:
    """Write a bug into the log under a fresh number: frames and kinds, never the values at hand."""
    number = secrets.token_hex(4).upper()
    log.error("incident %s at %s\n%s", number, ".".join(map(str, path or ())) or "-", story(error))
    return number


def story(error: BaseException | None) -> str:
    """The traceback with code lines, but without messages, which may hold what people wrote."""
    parts: list[str] = []
    while error is not None and len(parts) < 5:
        kind = type(error).__qualname__
        if isinstance(error, _TELLS_CODE_ONLY):
            kind = f"{kind}: {error}"
        elif isinstance(error, OperationalError):
            kind = f"{kind}: {error.orig}"  # the driver's word ("disk is full"), without statement and parameters
        parts.append("".join(traceback.format_tb(error.__traceback__)) + kind)
        original = error.original_error if isinstance(error, GraphQLError) else None
        error = original or error.__cause__ or error.__context__
    return "\ncaused by\n".join(parts)


def told(errors: Sequence[GraphQLError], lang: str) -> tuple[list[dict[str, Any]], bool]:
    """Errors of a run as answered, and whether one was a bug. Raises Unavailable if the database went away."""
    for error in errors:
        if is_down(error):
            raise Unavailable(incident(error, error.path)) from error
    bugs = False
    answered = []
    for error in errors:
        said = _formatted(error)
        original = _original(error)
        if isinstance(original, DomainError):
            extensions: dict[str, Any] = {"code": original.code, "rule": original.rule.said(lang)}
            if isinstance(original, Invalid):  # of what is hidden not even the field is told
                extensions["fields"] = list(original.fields)
            said |= {"message": original.said(lang), "extensions": extensions}
        elif original is not None:
            bugs = True
            said |= incident_told(incident(original, error.path), lang)
        answered.append(said)
    return answered, bugs


def incident_told(number: str, lang: str) -> dict[str, Any]:
    if lang == "zh":
        message = f"系统内部出错，未做任何更改（事件编号 incident {number}）；请将编号告知平台运营人员"
    else:
        message = f"something broke on our side and nothing was changed; tell the operator incident {number}"
    return {"message": message, "extensions": {"incident": number}}


def database_failed(error: SQLAlchemyError, lang: str) -> dict[str, Any]:
    """A statement failed outside any field, at the commit for instance. Raises Unavailable if the database is down."""
    number = incident(error)
    if is_down(error):
        raise Unavailable(number) from error
    return incident_told(number, lang)


def _original(error: GraphQLError) -> Exception | None:
    """What our code raised; None for an error of GraphQL itself, which is the caller's to mend."""
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    return original


def _formatted(error: GraphQLError) -> dict[str, Any]:
    said: dict[str, Any] = {"message": _SUGGESTION.sub("", error.message)}
    if error.locations:
        said["locations"] = [place.formatted for place in error.locations]
    if error.path is not None:
        said["path"] = error.path
    return said
