"""Who acts, and the guard that refuses any statement on a scoped table which no visibility rule has marked."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Select, event
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.sql.expression import Executable

from kernel.errors import NotAllowedNow, Rule

SMALLEST_GROUP = 3
"""Officials never see a figure that rests on fewer firms than this (features.md B6)."""

M = TypeVar("M", bound=Executable)


class Side(StrEnum):
    """On which side of a deal someone stands; SYSTEM is a rule both agreed to."""

    BUYER = "buyer"
    SELLER = "seller"
    SYSTEM = "system"


class Role(StrEnum):
    """What a person may do for the party it acts for. Duties are separated: no role implies another."""

    BUYER = "buyer"  # places orders, decides on answers, accepts deliveries
    PLANNER = "planner"  # receives goods
    QUALITY = "quality"  # reviews documents
    LEAD = "lead"  # approves
    SALES = "sales"  # answers orders, ships, submits documents
    DISPATCH = "dispatch"  # carries goods
    OFFICIAL = "official"  # reads a region's aggregates
    OPERATOR = "operator"  # runs the installation
    SYSTEM = "system"  # jobs


@dataclass(frozen=True)
class Actor:
    """A person acting for a party in its roles. ``region``: GB/T 2260 code an official answers for."""

    user_id: int
    party_id: int | None = None
    roles: frozenset[Role] = field(default=frozenset())
    region: str | None = None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(user_id=0, roles=frozenset({Role.SYSTEM}))
NOBODY = Actor(user_id=-1)
"""A stranger: has not signed in, is shown nothing."""

ROLE_WORDS = {
    Role.BUYER: "采购", Role.PLANNER: "计划收货", Role.QUALITY: "质量", Role.LEAD: "主管", Role.SALES: "销售",
    Role.DISPATCH: "配送", Role.OFFICIAL: "主管部门", Role.OPERATOR: "平台运营", Role.SYSTEM: "系统",
}  # fmt: skip


def require(actor: Actor, *roles: Role) -> None:
    """The actor must hold one of these roles: the first line of a verb. Raises NotAllowedNow."""
    if not actor.has(*roles):
        en, zh = " or ".join(roles), "或".join(ROLE_WORDS[r] for r in roles)
        raise NotAllowedNow(
            f"this is done by a person with the role {en}; ask one of your firm",
            f"该操作需由本单位具有“{zh}”角色的人员执行，请联系相应同事",
            rule=Rule(f"duty.{roles[0]}", "本单位主管授予该角色", "your firm's lead, by giving that role"),
        )


class Unscoped(RuntimeError):
    """A statement on a scoped table came through no ``visibility.py``: a bug, never an answer."""


_scoped: dict[str, str] = {}
_pattern: re.Pattern[str] | None = None
_reason: ContextVar[str] = ContextVar("unscoped_reason", default="")


def scope(*tables: str, because: str) -> None:
    """Declare tables whose rows not everybody may know of."""
    global _pattern
    _scoped.update(dict.fromkeys(tables, because))
    _pattern = re.compile(r"\b(?:" + "|".join(sorted(_scoped)) + r")\b")


def scoped_tables() -> dict[str, str]:
    return dict(_scoped)


def seen_by(actor: Actor, statement: M) -> M:
    """Mark a statement as filtered for an actor. Only ``visibility.py`` files may call this (house test)."""
    return statement.execution_options(viewer=actor.user_id)


def lies_under(column: Any, parents: Select[Any], key: Any) -> ColumnElement[bool]:
    """Whether the row a child names by ``column`` is among visible ``parents``, whose own number is ``key``.

    Asked row by row: as ``in_(parents)``, SQLite would list everything a firm has before it answers about one thing.
    """
    return parents.with_only_columns(key).where(key == column).correlate(column.table).exists()


@contextmanager
def unscoped(reason: str) -> Iterator[None]:
    """Let statements of this block pass the guard: sign-in, the relay, migrations, verification. Say why."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def guard(engine: Engine) -> None:
    """Refuse on this engine every statement that names a scoped table without the mark. 0.5 µs each."""
    event.listen(engine, "before_cursor_execute", _refuse_unmarked)


def _refuse_unmarked(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    if _pattern is None or _pattern.search(statement) is None or _reason.get():
        return
    if context is not None and "viewer" in context.execution_options:
        return
    if connection.info.get("flushing"):
        return  # rows a verb made itself, or read through visibility, on their way back
    raise Unscoped(f"not through a visibility rule: {statement[:120]}")


def _flush_begins(session: Session, context: UOWTransaction, instances: Any) -> None:
    session.connection().info["flushing"] = True


def _flush_ends(session: Session, context: UOWTransaction) -> None:
    session.connection().info.pop("flushing", None)


def _connection_returns(connection: Any, record: Any) -> None:
    record.info.pop("flushing", None)


def watch_flushes(session_class: type[Session], engine: Engine) -> None:
    event.listen(session_class, "before_flush", _flush_begins)
    event.listen(session_class, "after_flush", _flush_ends)
    event.listen(engine, "checkin", _connection_returns)


def any_of(roles: Iterable[str]) -> frozenset[Role]:
    return frozenset(Role(r) for r in roles)
