"""Addresses of kept files: each good for one content and five minutes, under the name people know it by."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.access import Actor, Role
from kernel.errors import NotFound
from kernel.ids import number_of, seal
from kernel.signing import sign, subject_of

GOOD_FOR = timedelta(minutes=5)
PURPOSE = "file"


@dataclass(frozen=True)
class Reader:
    """For whom an address was made, and whose the content is: for the owner's access ledger, once it is fetched.

    ``what``: the ledger's code, such as ``document_file``; ``subject``: (kind, row number) of the thing it belongs to.
    """

    owner_id: int
    viewer: Actor
    what: str
    subject: tuple[str, int]


@dataclass(frozen=True)
class Handout:
    """A kept content. ``picture``: a PNG we made ourselves, the only kind a browser may show. ``reader``: none for one's own."""

    sha256: str
    filename: str
    picture: bool = False
    reader: Reader | None = None


def hand_out(handout: Handout, now: datetime) -> str:
    """The token to put behind ``/files/``. Ask visibility first: whoever holds it may read."""
    if not re.fullmatch(r"[0-9a-f]{64}", handout.sha256):
        raise ValueError("a content is known by the 64 lower-case hexadecimal digits of its SHA-256")
    name = urlsafe_b64encode(handout.filename.encode()).decode().rstrip("=")
    kind = "picture" if handout.picture else "file"
    return sign(PURPOSE, "~".join((handout.sha256, kind, name, *_told(handout.reader))), now + GOOD_FOR)


def handed_out(token: str, now: datetime) -> Handout:
    """What a token leads to. Raises NotFound when forged or past its time."""
    parts = subject_of(PURPOSE, token, now).split("~")
    if len(parts) not in (3, 10):
        raise NotFound
    sha256, kind, name, *reader = parts
    filename = urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    return Handout(sha256, filename, kind == "picture", _reader(*reader) if reader else None)


def _told(reader: Reader | None) -> tuple[str, ...]:
    """Sealed, for an address is read by whoever it passes. A guest has no number of its own to seal."""
    if reader is None or reader.viewer.user_id < 0:
        return ()
    viewer = reader.viewer
    return (
        seal("Firm", reader.owner_id), seal("Person", viewer.user_id), seal("Firm", viewer.party_id or 0),
        reader.what, reader.subject[0], seal(*reader.subject), "+".join(sorted(viewer.roles)),
    )  # fmt: skip


def _reader(owner: str, person: str, party: str, what: str, kind: str, subject: str, roles: str) -> Reader:
    viewer = Actor(
        number_of("Person", person), number_of("Firm", party) or None, frozenset(Role(r) for r in roles.split("+") if r)
    )
    return Reader(number_of("Firm", owner), viewer, what, (kind, number_of(kind, subject)))
