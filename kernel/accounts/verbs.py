"""Letting people and programs in: sign in and out, add a person, issue and revoke tokens."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update
from sqlmodel import col

from kernel.access import Actor, Role, require, unscoped
from kernel.accounts.decisions import actor_of, is_fit, session_ends, wait_until
from kernel.accounts.events import PersonAdded, TokenIssued, TokenRevoked
from kernel.accounts.tables import ApiToken, Person, SignInFailure, SignInSession
from kernel.accounts.visibility import tokens_of
from kernel.errors import Invalid, Limit, NotFound, Rule
from kernel.work import UnitOfWork

__all__ = [
    "HASHER", "TOKEN_PREFIX", "actor_of", "add_person", "bearer", "begin_session", "end_proofs", "issue_token", "resume", "revoke_token",
    "sign_in", "sign_out", "take_seat", "touch",
]  # fmt: skip

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = HASHER.hash(secrets.token_hex(16))  # verified for unknown addresses, so that they take as long
TOKEN_PREFIX = "cm_"  # noqa: S105 - only a mark by which leaked tokens are found


def add_person(
    work: UnitOfWork,
    actor: Actor,
    *,
    email: str,
    name: str,
    roles: frozenset[Role],
    party_id: int | None = None,
    region: str | None = None,
    password: str | None = None,
) -> Person:
    """Add someone who may sign in. Raises NotAllowedNow, Invalid("email" or "password")."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    email = email.strip().lower()
    if "@" not in email or len(email) > 254:
        raise Invalid("email", "give an e-mail address such as buyer@firm.example", "请填写有效的电子邮箱")
    if password is not None and not is_fit(password):
        raise Invalid(
            "password",
            "a password has 12 to 200 characters and is no common one",
            "密码需 12 至 200 位且不能是常见密码",
        )
    with unscoped("an address is given once in the whole installation"):
        if work.session.scalars(select(Person.id).where(Person.email == email)).first() is not None:  # type: ignore[call-overload]
            raise Invalid("email", "this address has an account already", "该邮箱已有账号")
    person = Person(
        email=email, name=name, party_id=party_id, region=region, created_at=work.now,
        roles=" ".join(sorted(roles)), password_hash=HASHER.hash(password) if password else None,
    )  # fmt: skip
    work.add(person)
    assert person.id is not None
    work.record(PersonAdded(person_id=person.id, roles=person.roles))
    return person


def sign_in(work: UnitOfWork, *, email: str, password: str, address: str) -> tuple[str, Person]:
    """A session token for the right password. Raises Invalid in one sentence for all else, Limit when too often."""
    account, caller = f"account:{email.strip().lower()[:254]}", f"address:{address}"
    with unscoped("sign-in comes before there is an actor"):
        _may_try(work, account, 5)
        _may_try(work, caller, 50)
        person = work.session.scalars(select(Person).where(col(Person.email) == email.strip().lower())).first()
        if not _matches(person, password):
            _failed(work, account, caller)
            raise Invalid("password", "this address and password do not match", "邮箱或密码不正确")
        work.session.execute(delete(SignInFailure).where(col(SignInFailure.who) == account))
        assert person is not None
        return begin_session(work, person), person


def take_seat(work: UnitOfWork, *, email: str) -> tuple[str, Person]:
    """Sit down as a demo person without a password. Only the demo door calls this. Raises NotFound."""
    with unscoped("sign-in comes before there is an actor"):
        person = work.session.scalars(select(Person).where(col(Person.email) == email)).first()
        if person is None or person.closed_at is not None:
            raise NotFound("email")
        return begin_session(work, person), person


def resume(work: UnitOfWork, token: str) -> tuple[Person, SignInSession] | None:
    """Whose browser this is; None once the session has ended. Touches it at most once a minute."""
    with unscoped("a session names its own person"):
        found = work.session.get(SignInSession, _digest(token))
        person = work.session.get(Person, found.person_id) if found else None
        if found is None or person is None or person.closed_at is not None:
            return None
        official = Role.OFFICIAL in person.roles.split()
        if session_ends(found.begun_at, found.seen_at, official=official) <= work.now:
            return None
        return person, found


def touch(work: UnitOfWork, token: str) -> None:
    with unscoped("a session names its own person"):
        work.session.execute(
            update(SignInSession).where(col(SignInSession.token_hash) == _digest(token)).values(seen_at=work.now)
        )


def sign_out(work: UnitOfWork, token: str) -> None:
    with unscoped("a session names its own person"):
        work.session.execute(delete(SignInSession).where(col(SignInSession.token_hash) == _digest(token)))


def issue_token(work: UnitOfWork, person: Person, *, days: int, scope: str) -> str:
    """A program's token, shown this once. days: 1 to 365; scope: read or write. Raises Invalid."""
    if not 1 <= days <= 365:
        raise Invalid("days", "a token lasts 1 to 365 days", "令牌有效期为 1 至 365 天")
    if scope not in ("read", "write"):
        raise Invalid("scope", "a token's scope is read or write", "令牌权限为 read 或 write")
    assert person.id is not None
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    until = work.now + timedelta(days=days)
    work.add(
        ApiToken(person_id=person.id, token_hash=_digest(token), scope=scope, issued_at=work.now, expires_at=until)
    )
    work.record(TokenIssued(person_id=person.id, scope=scope, days=days))
    return token


def revoke_token(work: UnitOfWork, actor: Actor, token_id: int) -> None:
    """End one of one's own tokens at once. Raises NotFound."""
    token = work.one(tokens_of(actor).where(col(ApiToken.id) == token_id), lock=True)
    token.revoked_at = work.now
    work.record(TokenRevoked(person_id=token.person_id))


def end_proofs(work: UnitOfWork, person_id: int) -> None:
    """Sessions and tokens of a person end at once; whoever calls has made sure who may end them."""
    with unscoped("an account that is closed has no proofs"):
        work.session.execute(delete(SignInSession).where(col(SignInSession.person_id) == person_id))
        theirs = update(ApiToken).where(col(ApiToken.person_id) == person_id, col(ApiToken.revoked_at).is_(None))
        work.session.execute(theirs.values(revoked_at=work.now))


def bearer(work: UnitOfWork, token: str) -> tuple[Person, ApiToken] | None:
    """Whose token this is; None when unknown, ended or revoked, all alike."""
    with unscoped("a token names its own person"):
        found = work.session.scalars(select(ApiToken).where(col(ApiToken.token_hash) == _digest(token))).first()
        if found is None or found.revoked_at is not None or found.expires_at <= work.now:
            return None
        person = work.session.get(Person, found.person_id)
        return (person, found) if person and person.closed_at is None else None


def begin_session(work: UnitOfWork, person: Person) -> str:
    """The token of a new session; whoever calls has made sure who it is."""
    assert person.id is not None
    token = secrets.token_urlsafe(32)
    work.add(
        SignInSession(
            token_hash=_digest(token),
            person_id=person.id,
            form_token=secrets.token_urlsafe(24),
            begun_at=work.now,
            seen_at=work.now,
        )  # fmt: skip
    )
    return token


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _matches(person: Person | None, password: str) -> bool:
    known = person is not None and person.closed_at is None and person.password_hash is not None
    stored = person.password_hash if known and person is not None and person.password_hash else _NOBODY
    try:
        return HASHER.verify(stored, password) and known
    except (VerificationError, InvalidHashError):
        return False


def _may_try(work: UnitOfWork, who: str, free: int) -> None:
    row = work.session.get(SignInFailure, who)
    if row is not None and _waits(row, free) > work.now:
        seconds = int((_waits(row, free) - work.now).total_seconds()) + 1
        raise Limit(
            f"too many wrong passwords: try again in {seconds} s", f"密码错误次数过多，请在 {seconds} 秒后重试",
            rule=Rule("sign_in.too_often", "等待时间结束", "waiting"),
        )  # fmt: skip


def _waits(row: SignInFailure, free: int) -> datetime:
    return wait_until(row.failures, row.last_at, free=free)


def _failed(work: UnitOfWork, *whom: str) -> None:
    for who in whom:
        row = work.session.get(SignInFailure, who) or SignInFailure(who=who, failures=0, last_at=work.now)
        if work.now - row.last_at > timedelta(minutes=15):
            row.failures = 0
        row.failures, row.last_at = row.failures + 1, work.now
        work.session.add(row)
    work.session.flush()
