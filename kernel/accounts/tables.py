"""People and the proofs by which they are let in; nothing secret is kept in clear."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref


class Person(SQLModel, table=True):
    """Someone who signs in. ``party_id`` is the firm acted for; the kernel knows no more of firms than that.

    ``invited_by``: the colleague who let it in, if one did.
    """

    __tablename__ = "person"
    id: int | None = key()
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=80)
    party_id: int | None = Field(default=None, sa_type=RowNumber, index=True)
    region: str | None = Field(default=None, max_length=6)
    roles: str = Field(max_length=200)
    password_hash: str | None = Field(default=None, max_length=200)
    language: str = Field(default="zh", max_length=2)
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    invited_by: int | None = Field(default=None, sa_type=RowNumber)


class SignInSession(SQLModel, table=True):
    """A signed-in browser. The cookie holds the token, the row its SHA-256 and the token forms must repeat."""

    __tablename__ = "sign_in_session"
    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = ref("person")
    form_token: str = Field(max_length=64)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """A program's key: hashed, scoped to reading or writing, and always with an end."""

    __tablename__ = "api_token"
    id: int | None = key()
    person_id: int = ref("person")
    token_hash: str = Field(unique=True, max_length=64)
    scope: str = Field(max_length=10)
    issued_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInFailure(SQLModel, table=True):
    """Wrong passwords lately, per account and per address: guessing is slowed before it costs a hash."""

    __tablename__ = "sign_in_failure"
    who: str = Field(primary_key=True, max_length=300)
    failures: int
    last_at: datetime = Field(sa_type=UtcDateTime)


scope("person", because="who works where is personal data")
scope("sign_in_session", "api_token", "sign_in_failure", because="proofs of identity")
