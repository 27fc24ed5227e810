"""Which duties a firm gives its people, and which of them one person does not hold together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kernel.access import Role

FIRM_ROLES = (Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD, Role.SALES, Role.DISPATCH)
"""What a firm may give; offices, operators, applicants and guests are made elsewhere."""


@dataclass(frozen=True)
class Conflict:
    """Two roles one person does not hold together where the firm has somebody else, and why."""

    one: Role
    other: Role
    en: str
    zh: str


CONFLICTS = (
    Conflict(Role.BUYER, Role.LEAD, "who asks does not approve", "申请人不能审批"),
    Conflict(Role.QUALITY, Role.LEAD, "who proposes a standing does not approve it", "提议资格者不能审批"),
    Conflict(Role.PLANNER, Role.LEAD, "who approves does not receive", "审批人不能收货"),
    Conflict(Role.BUYER, Role.PLANNER, "who orders does not receive", "下单人不能收货"),
)


def conflicts_of(roles: Iterable[Role]) -> list[Conflict]:
    held = frozenset(roles)
    return [conflict for conflict in CONFLICTS if conflict.one in held and conflict.other in held]


def is_waiting(person: Any) -> bool:
    """Invited by a colleague, and has set no password yet."""
    return person.password_hash is None and person.invited_by is not None and person.closed_at is None
