"""Addresses that carry their own permission: what for, for whom, until when, under the installation's secret."""

from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, new

from kernel.errors import NotFound

_key = b""


def use_key(secret: bytes) -> None:
    global _key
    _key = sha256(b"signed addresses" + secret).digest()


def sign(purpose: str, subject: str, until: datetime) -> str:
    """A token for one subject (no dots in it) and one purpose, good until an instant."""
    body = f"{subject}.{int(until.timestamp())}"
    return f"{body}.{_mac(purpose, body)}"


def subject_of(purpose: str, token: str, now: datetime) -> str:
    """What a token was signed for. Raises NotFound when forged, meant for another purpose, or past its time."""
    body, _, mac = token.rpartition(".")
    subject, _, until = body.rpartition(".")
    if not compare_digest(_mac(purpose, body).encode(), mac.encode("utf-8", "replace")) or int(until) < now.timestamp():
        raise NotFound
    return subject


def digits(purpose: str, subject: str, count: int = 6) -> str:
    """Digits that only this installation can tell of a subject: the same each time, so that a job may run twice."""
    return f"{int(new(_key, f'{purpose}|{subject}'.encode(), sha256).hexdigest(), 16) % 10**count:0{count}d}"


def fingerprint(text: str) -> str:
    """What a text is known again by. Without the installation's secret no guess at the text can be tried against it."""
    return new(_key, b"fingerprint|" + text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _mac(purpose: str, body: str) -> str:
    return new(_key, f"{purpose}|{body}".encode("utf-8", "replace"), sha256).hexdigest()[:43]
