"""Signed links to one order for one firm, and what was done by each."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import UtcDateTime, key, ref, word


class Channel(StrEnum):
    """How the person at the other end is verified."""

    MAIL = "mail"  # a code is mailed to the address
    PHONE = "phone"  # the inviting firm calls the number and reads a code out


class GuestLink(SQLModel, table=True):
    """``firm_id``: for whose person; ``contact``: its mail address or telephone number, the one that is verified."""

    __tablename__ = "guest_link"
    id: int | None = key()
    order_id: int = ref("purchase_order")
    firm_id: int = ref("firm", index=False)
    inviter_id: int = ref("firm", index=False)
    channel: Channel = word(Channel)
    contact: str = Field(max_length=120)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    code_hash: str | None = Field(default=None, max_length=64)
    code_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    code_tries: int = 0
    codes_asked: int = 0
    session_hash: str | None = Field(default=None, max_length=64)
    form_token: str | None = Field(default=None, max_length=43)
    counted_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    counted: int = 0


class GuestAct(SQLModel, table=True):
    """One thing done by a link: what, when. The contact that did it stands on the link and never changes."""

    __tablename__ = "guest_act"
    id: int | None = key()
    link_id: int = ref("guest_link")
    what: str = Field(max_length=60)
    at: datetime = Field(sa_type=UtcDateTime)


scope("guest_link", "guest_act", because="who is asked about which order is known to its two firms only")
