"""Addresses of kept files: each good for one content and five minutes, under the name people know it by."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import NotFound
from kernel.signing import sign, subject_of

GOOD_FOR = timedelta(minutes=5)
PURPOSE = "file"


@dataclass(frozen=True)
class Handout:
    """A kept content. ``picture``: a PNG we made ourselves, the only kind a browser may show."""

    sha256: str
    filename: str
    picture: bool = False


def hand_out(handout: Handout, now: datetime) -> str:
    """The token to put behind ``/files/``. Ask visibility first: whoever holds it may read."""
    if not re.fullmatch(r"[0-9a-f]{64}", handout.sha256):
        raise ValueError("a content is known by the 64 lower-case hexadecimal digits of its SHA-256")
    name = urlsafe_b64encode(handout.filename.encode()).decode().rstrip("=")
    return sign(PURPOSE, f"{handout.sha256}~{'picture' if handout.picture else 'file'}~{name}", now + GOOD_FOR)


def handed_out(token: str, now: datetime) -> Handout:
    """What a token leads to. Raises NotFound when forged or past its time."""
    parts = subject_of(PURPOSE, token, now).split("~")
    if len(parts) != 3:
        raise NotFound
    sha256, kind, name = parts
    return Handout(sha256, urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode(), kind == "picture")
