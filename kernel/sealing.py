"""Contents nobody reads before their time: sealed to a key whose private half is wrapped under the installation's secret.

X25519 (RFC 7748) with a fresh key per content, HKDF-SHA256 (RFC 5869), ChaCha20-Poly1305 (RFC 8439).
"""

from dataclasses import dataclass
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY, _NONCE, _LENGTH = 32, 12, 4
_wrapping = b""


class Broken(Exception):
    """A sealed content or a wrapped key is not what was written, or belongs to something else."""


@dataclass(frozen=True)
class SealingKey:
    """``public`` seals; ``wrapped`` is the private half, of use to whoever has the installation's secret alone."""

    public: bytes
    wrapped: bytes


def use_key(secret: bytes) -> None:
    global _wrapping
    _wrapping = _derived(secret, b"", b"chainmaster wrapping of sealing keys")


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt, purpose).derive(secret)


def new_key(bound_to: str) -> SealingKey:
    """A key that can be unwrapped only under the very same words, such as an id and an instant."""
    private = X25519PrivateKey.generate()
    return SealingKey(private.public_key().public_bytes_raw(), _wrap(private.private_bytes_raw(), bound_to))


def _wrap(private: bytes, bound_to: str) -> bytes:
    nonce = token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(_wrapping).encrypt(nonce, private, bound_to.encode())


def unwrap(wrapped: bytes, bound_to: str) -> bytes:
    """The private half. Raises Broken."""
    try:
        return ChaCha20Poly1305(_wrapping).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound_to.encode())
    except InvalidTag:
        raise Broken("this key is not bound to these words, or not wrapped under this secret") from None


def bind_anew(wrapped: bytes, *, was: str, becomes: str) -> bytes:
    """The same key under other words. Raises Broken."""
    return _wrap(unwrap(wrapped, was), becomes)


def seal(public: bytes, content: bytes, *, bound_to: str, size: int) -> bytes:
    """A content filled up to ``size`` bytes and sealed: whatever it says, what is kept is as long.

    Raises ValueError for a content that is longer.
    """
    if len(content) > size:
        raise ValueError("the content is longer than the size it is to be sealed in")
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    padded = len(content).to_bytes(_LENGTH, "big") + content.ljust(size, b"\0")
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    cipher = ChaCha20Poly1305(_derived(shared, own + public, b"chainmaster sealed content"))
    # The key serves this one content, so that its nonce may be constant.
    return own + cipher.encrypt(bytes(_NONCE), padded, bound_to.encode())


def open_sealed(private: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """The content. Raises Broken for one that was touched, or sealed to another key or thing."""
    key = X25519PrivateKey.from_private_bytes(private)
    own, public = sealed[:_KEY], key.public_key().public_bytes_raw()
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(own))
        cipher = ChaCha20Poly1305(_derived(shared, own + public, b"chainmaster sealed content"))
        padded = cipher.decrypt(bytes(_NONCE), sealed[_KEY:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise Broken("this content was touched, or sealed for something else") from None
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH], "big")]
