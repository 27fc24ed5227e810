"""Letting people in from the machine itself: the first operator, one person, one token."""

import secrets
from collections.abc import Iterator

from chain.firms.visibility import firms_visible_to
from jobs.refusal import Refusal
from kernel.access import ROLE_WORDS, SYSTEM, Actor, Role
from kernel.accounts.verbs import actor_of, add_person, issue_token
from kernel.accounts.visibility import people_visible_to
from kernel.work import UnitOfWork, unit_of_work

OPERATOR_EMAIL = "operator@localhost"
SEATS = 14


def first_operator() -> tuple[str, str] | None:
    """(address, password) of a new operator where nobody can sign in yet; None where somebody can."""
    with unit_of_work() as work:
        if work.maybe(people_visible_to(SYSTEM).limit(1)) is not None:
            return None
        password = secrets.token_urlsafe(15)
        roles = frozenset({Role.OPERATOR})
        add_person(work, SYSTEM, email=OPERATOR_EMAIL, name="operator", roles=roles, password=password)
    return OPERATOR_EMAIL, password


def seats() -> Iterator[str]:
    """The demo cast, a line each; later firms of the demo chain come after them."""
    with unit_of_work(writes=False) as work:
        for person in work.all(people_visible_to(SYSTEM).order_by("id").limit(SEATS)):
            duties = "、".join(ROLE_WORDS[Role(role)] for role in person.roles.split())
            yield f"{person.email:28} {person.name}  {duties}"


def add(email: str, *, name: str, roles: list[str], firm_code: str | None, password: str) -> None:
    """Raises Refusal for an unknown role or firm, DomainError for an address or password that will not do."""
    unknown = sorted(set(roles) - {role.value for role in Role if role is not Role.SYSTEM})
    if unknown or not roles:
        known = ", ".join(role.value for role in Role if role is not Role.SYSTEM)
        raise Refusal(f"unknown role {', '.join(unknown) or '(none given)'}; roles are {known}")
    with unit_of_work() as work:
        party_id = None if firm_code is None else _firm(work, firm_code)
        given = frozenset(Role(role) for role in roles)
        add_person(work, SYSTEM, email=email, name=name, roles=given, party_id=party_id, password=password)


def token(email: str, *, days: int, scope: str) -> str:
    """A new API token of a person, in clear this once. Raises Refusal, Invalid."""
    with unit_of_work() as work:
        person = work.maybe(people_visible_to(SYSTEM).filter_by(email=email.strip().lower()))
        if person is None:
            raise Refusal(f"nobody here has the address {email}; see: chainmaster person add --help")
        return issue_token(work, person, days=days, scope=scope)


def actor(work: UnitOfWork, email: str) -> Actor:
    """As whom a command acts. Raises Refusal."""
    person = work.maybe(people_visible_to(SYSTEM).filter_by(email=email.strip().lower(), closed_at=None))
    if person is None:
        raise Refusal(f"nobody here has the address {email}; see: chainmaster person add --help")
    return actor_of(person)


def _firm(work: UnitOfWork, code: str) -> int:
    firm = work.maybe(firms_visible_to(SYSTEM).filter_by(code=code))
    if firm is None or firm.id is None:
        raise Refusal(f"no firm here has the unified social credit code {code}")
    return firm.id
