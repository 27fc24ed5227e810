"""Ids as the outside sees them: sealed, so that they tell neither count nor time and cannot be made up.

Inside, a row has a plain integer. Outside it is one AES block: 4 bytes naming the type, 4 for the viewer it is made
for (zero where the row is called alike by all who may see it), the integer; a made-up or foreign id fails to open and
is answered as anything unknown is. See decision 0007.
"""

from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from binascii import b2a_base64
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from hmac import new
from threading import local
from zlib import crc32

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from kernel.errors import NotFound

_key: bytes | None = None
_ciphers = local()
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def use_key(secret: bytes) -> None:
    """Seal with the installation's secret: the same on every process, kept with the backup."""
    global _key
    _key = sha256(b"outward ids" + secret).digest()[:16]
    _ciphers.__dict__.clear()


def seal(kind: str, number: int, viewer: int = 0) -> str:
    """The outward id (22 characters) of row ``number`` of type ``kind``, such as Order.

    viewer: the one party it is made for, where two who compare notes must not find that they see the same row.
    """
    return (
        b2a_base64(_cipher("encryptor").update(_head(kind, viewer) + number.to_bytes(8, "big")))[:22]
        .translate(_URL_SAFE)
        .decode()
    )


def unseal(outward: str, kinds: dict[int, str], viewer: int = 0) -> tuple[str, int]:
    """(kind, row number) of an outward id. Raises NotFound for anything not sealed here for this viewer or for all."""
    opened = _opened(outward)
    if not opened:
        raise NotFound
    kind = kinds.get(int.from_bytes(opened[:4], "big"))
    if kind is None or int.from_bytes(opened[4:8], "big") not in (0, viewer):
        raise NotFound
    return kind, int.from_bytes(opened[8:], "big")


def _opened(outward: str) -> bytes:
    """The block behind an id, whoever made it up; empty where the word cannot be one."""
    try:
        block = urlsafe_b64decode(outward + "==") if len(outward) == 22 else b""
    except (Base64Error, ValueError):
        block = b""
    return _cipher("decryptor").update(block) if len(block) == 16 else b""


def supposed(outward: str, kinds: Sequence[str]) -> str:
    """The kind a made-up id is sought as: always the same, and not to be foretold without the key.

    Kinds take unlike times to look for, so that the time of an id tells no more than the time of any word.
    """
    return kinds[int.from_bytes(_opened(outward)[8:], "big") % len(kinds)]


def number_of(kind: str, outward: str, field: str = "id", viewer: int = 0) -> int:
    """The row number behind an outward id of one expected kind. Raises NotFound naming the field."""
    try:
        return unseal(outward, {tag(kind): kind}, viewer)[1]
    except NotFound:
        raise NotFound(field) from None


def sought(kind: str, outward: str) -> int:
    """The row number to look for behind an outward id of one kind; for an id that does not open, one no row has.

    So a made-up id and one that exists but is hidden go the same way to the same answer, in the same time.
    """
    try:
        return number_of(kind, outward)
    except NotFound:
        return -2 - int.from_bytes(sha256(outward.encode("utf-8", "replace")).digest()[:7], "big")


def pseudonym(viewer: int, number: int, kind: str = "F") -> str:
    """The name one viewer knows a hidden party by: 80 bits under the key, not joinable between two viewers.

    kind: F for a firm, I for an item; the two are never the same.
    """
    if _key is None:
        raise RuntimeError("kernel.ids.use_key has not been called")
    said = f"pseudonym|{viewer}|{number}" if kind == "F" else f"pseudonym|{kind}|{viewer}|{number}"
    digest = new(_key, said.encode(), sha256).hexdigest()[:20].upper()
    return "-".join((kind, *(digest[i : i + 5] for i in range(0, 20, 5))))


def tag(kind: str) -> int:
    return crc32(kind.encode())


@lru_cache(10_000)
def _head(kind: str, viewer: int) -> bytes:
    return tag(kind).to_bytes(4, "big") + viewer.to_bytes(4, "big")


def _cipher(side: str) -> CipherContext:
    # One block at a time under one key is all ECB is fit for; ids need no more. A context serves one thread.
    found: CipherContext | None = getattr(_ciphers, side, None)
    if found is None:
        if _key is None:
            raise RuntimeError("kernel.ids.use_key has not been called")
        cipher = Cipher(algorithms.AES(_key), modes.ECB())  # noqa: S305
        found = cipher.encryptor() if side == "encryptor" else cipher.decryptor()
        setattr(_ciphers, side, found)
    return found
