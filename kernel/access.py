"""Who acts, and the guard that refuses any statement on a scoped table which no visibility rule has marked."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Engine, Join, Select, Subquery, Table, event, false
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
    APPLICANT = "applicant"  # fills in its firm's application, and does nothing else until that is confirmed
    OFFICIAL = "official"  # reads a region's aggregates
    OPERATOR = "operator"  # runs the installation
    GUEST = "guest"  # answers one document by a signed link, without an account
    SYSTEM = "system"  # jobs


@dataclass(frozen=True)
class Actor:
    """A person acting for a party in its roles. ``region``: GB/T 2260 code an official answers for.

    ``only``: (kind, row number) of all that a guest may know of; whatever stands under these it may know too.
    ``of_firm``: somebody looks through this actor's eyes, at what it sees of that one firm and at nothing else.
    """

    user_id: int
    party_id: int | None = None
    roles: frozenset[Role] = field(default=frozenset())
    region: str | None = None
    only: frozenset[tuple[str, int]] = field(default=frozenset())
    of_firm: int | None = None

    def only_of(self, kind: str) -> list[int]:
        return sorted(number for known, number in self.only if known == kind)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


THE_INSTALLATION = 0
"""The party that operators work for where something must belong to a party; no firm has this number."""


def own_party(actor: Actor) -> int:
    """The party whose jobs, uploads and imports a person may know of; one that owns nothing for who acts for nobody."""
    if actor.party_id is not None:
        return actor.party_id
    return THE_INSTALLATION if actor.has(Role.OPERATOR) else -1


SYSTEM = Actor(user_id=0, roles=frozenset({Role.SYSTEM}))
NOBODY = Actor(user_id=-1)
"""A stranger: has not signed in, is shown nothing."""

ROLE_WORDS = {
    Role.BUYER: "采购", Role.PLANNER: "计划收货", Role.QUALITY: "质量", Role.LEAD: "主管", Role.SALES: "销售",
    Role.DISPATCH: "配送", Role.APPLICANT: "申请人", Role.OFFICIAL: "主管部门", Role.OPERATOR: "平台运营", Role.GUEST: "访客", Role.SYSTEM: "系统",
}  # fmt: skip


def require(actor: Actor, *roles: Role) -> None:
    """The actor must hold one of these roles: the first line of a verb. Raises NotAllowedNow."""
    if not actor.has(*roles):
        named = [r for r in roles if r is not Role.GUEST]  # a guest's duty is given by a link, not by a lead
        en, zh = " or ".join(named), "或".join(ROLE_WORDS[r] for r in named)
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


def seen_by(actor: Actor, statement: M, *, guests: bool = False) -> M:
    """Mark a statement as filtered for an actor. Only ``visibility.py`` files may call this (house test).

    A guest is shown nothing by a rule that does not say ``guests``: that it has thought of them.
    """
    if actor.has(Role.GUEST) and not guests:
        statement = statement.where(false())  # type: ignore[attr-defined]
    if actor.of_firm is not None:
        statement = _of_one_firm(actor, actor.of_firm, statement)
    return statement.execution_options(viewer=actor.user_id)


OfFirm = Callable[[Any, int, int], ColumnElement[bool]]
"""(a table's columns, the firm looked at, the party looking) -> which rows are that firm's to look at."""

_of_firm: dict[str, OfFirm] = {}


def shows_of_firm(rules: Mapping[str, OfFirm]) -> None:
    """Say which rows of a table whoever looks through a partner's eyes is shown; of any other table it is shown none."""
    _of_firm.update(rules)


def _of_one_firm(actor: Actor, firm: int, statement: M) -> M:
    if not isinstance(statement, Select):
        raise Unscoped("whoever looks through another's eyes changes nothing")
    for source in _sources(statement.get_final_froms()):
        rule = _of_firm.get(source.name) if isinstance(source, Table) else None
        if rule is not None:
            statement = statement.where(rule(source.c, firm, -1 if actor.party_id is None else actor.party_id))  # type: ignore[attr-defined]
        elif not _is_filtered(source):
            statement = statement.where(false())  # type: ignore[attr-defined]
    return statement


def _sources(froms: Iterable[Any]) -> Iterator[Any]:
    for source in froms:
        if isinstance(source, Join):
            yield from _sources((source.left, source.right))
        else:
            yield source


def _is_filtered(source: Any) -> bool:
    """A public table, or parts that went through ``seen_by`` themselves."""
    if isinstance(source, Table):
        return source.name not in _scoped
    return isinstance(source, Subquery) and _is_filtered_statement(source.element)


def _is_filtered_statement(statement: Any) -> bool:
    if "viewer" in statement.get_execution_options():
        return True
    if isinstance(statement, CompoundSelect):
        return all(_is_filtered_statement(part) for part in statement.selects)
    froms = list(_sources(statement.get_final_froms())) if isinstance(statement, Select) else []
    return bool(froms) and all(_is_filtered(source) for source in froms)


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
