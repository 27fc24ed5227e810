"""Where bytes are kept: a folder or S3 through obstore, write-once, under the SHA-256 of what they are."""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from obstore import exceptions
from obstore.store import ObjectStore, from_url

_store: ObjectStore | None = None


def open_storage(url: str) -> None:
    """Connect this process: ``file:///folder`` or ``s3://bucket/prefix``."""
    global _store
    if url.startswith("file://"):
        Path(url.removeprefix("file://")).mkdir(parents=True, exist_ok=True, mode=0o700)
    _store = from_url(url)


def storage() -> ObjectStore:
    if _store is None:
        raise RuntimeError("kernel.storage.open_storage has not been called")
    return _store


def address_of(sha256: str) -> str:
    """The key of a content. Names people gave their files never reach a path."""
    return f"sha256/{sha256[:2]}/{sha256}"


def keep_file(path: Path, sha256: str) -> None:
    """Keep a content; keeping the same one again changes nothing."""
    try:
        storage().put(address_of(sha256), path, mode="create")
    except exceptions.AlreadyExistsError:
        return


def keep(content: bytes) -> str:
    """Keep a content that is in memory; the SHA-256 under which it is found."""
    digest = sha256(content).hexdigest()
    with suppress(exceptions.AlreadyExistsError):
        storage().put(address_of(digest), content, mode="create")
    return digest


def read_back(sha256: str) -> Iterator[bytes]:
    """The content in pieces. Raises FileNotFoundError."""
    yield from (bytes(piece) for piece in storage().get(address_of(sha256)).stream(min_chunk_size=256 * 1024))


def is_kept(sha256: str) -> bool:
    try:
        storage().head(address_of(sha256))
    except FileNotFoundError:
        return False
    return True
