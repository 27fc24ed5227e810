"""What a contact and a code must be, and how often a link may be used."""

import re
from datetime import datetime, timedelta

from collaboration.guests.tables import Channel
from kernel.errors import Invalid

MOST_DAYS = 14
CODE_MINUTES = 15
MOST_TRIES = 5
MOST_CODES = 10
"""Codes one link may have in all: beyond it a new link is opened."""
MOST_AN_HOUR = 300
"""Requests by one link in an hour."""
FIRST_GUEST = 1_000_000_000
"""Guests act under negative user numbers below minus this: no person ever has one."""

_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")


def checked_contact(channel: Channel, contact: str) -> str:
    """The contact as it is kept. Raises Invalid("contact")."""
    written = contact.strip()
    if channel is Channel.MAIL and _MAIL.fullmatch(written) and len(written) <= 120:
        return written.lower()
    if channel is Channel.PHONE and _PHONE.fullmatch(written):
        return written
    example = "li@factory.example" if channel is Channel.MAIL else "+86 512 5555 0100"
    raise Invalid("contact", f"give the contact in full, such as {example}", f"请完整填写联系方式，如 {example}")


def checked_days(days: int) -> timedelta:
    """Raises Invalid("days")."""
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("days", f"a link lives 1 to {MOST_DAYS} days", f"链接有效期为 1 至 {MOST_DAYS} 天")
    return timedelta(days=days)


def masked(contact: str) -> str:
    """What a stranger with the link is shown of the contact: enough to know one's own again."""
    if "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[:1]}***@{host}"
    return f"***{contact[-4:]}"


def counted(since: datetime | None, count: int, now: datetime) -> tuple[datetime, int, bool]:
    """(when the hour began, requests in it with this one, whether this one is too many)."""
    if since is None or now - since >= timedelta(hours=1):
        return now, 1, False
    return since, count + 1, count + 1 > MOST_AN_HOUR


def user_of(link_id: int) -> int:
    return -FIRST_GUEST - link_id


def link_of_user(user_id: int) -> int | None:
    return -user_id - FIRST_GUEST if user_id < -FIRST_GUEST else None
