"""Bytes in and out, by signed addresses: uploads capped at what was declared, files always as downloads."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from flask import Blueprint, Request, Response, g, jsonify, request
from obstore.exceptions import BaseError

from kernel import clock, storage
from kernel.access import Actor
from kernel.errors import DomainError, Invalid, Limit, NotFound
from kernel.handouts import Handout, Reader, handed_out
from kernel.ledger.verbs import note
from kernel.settings import Settings
from kernel.signing import subject_of
from kernel.uploads.verbs import slot, store_upload
from kernel.work import unit_of_work
from web.guards import HANDOUT_CSP, sentence

PIECE_BYTES = 64 * 1024
STATUS = {NotFound.code: 404, Limit.code: 413}

log = logging.getLogger("chainmaster.web")


def blueprint(settings: Settings) -> Blueprint:
    made = Blueprint("files", __name__)
    incoming = settings.home / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    made.register_error_handler(DomainError, _refused)

    @made.put("/uploads/<token>")
    def receive(token: str) -> Response:
        """Take the bytes of a slot. All or nothing; sending them again changes nothing."""
        upload_id = int(subject_of("upload", token, clock.now()))
        with unit_of_work(writes=False) as work:
            declared = slot(work, upload_id)
        try:
            with _received(request, declared.size, incoming) as (path, size, digest):
                fill(token, path, size=size, digest=digest)
        except (OSError, BaseError) as error:
            return _no_room(error)
        return jsonify(size=size, sha256=digest)

    @made.get("/files/<token>")
    def deliver(token: str) -> Response:
        """A kept content; the token is the permission. Another firm's is entered in its ledger first."""
        handout = handed_out(token, clock.now())
        if not storage.is_kept(handout.sha256):
            raise NotFound
        if handout.reader is not None:
            _enter(handout.reader)
        g.content_policy = HANDOUT_CSP
        return _download(handout)

    return made


def _enter(reader: Reader) -> None:
    with unit_of_work(reader.viewer, writes=False) as work:
        note(work, owner_id=reader.owner_id, viewer=reader.viewer, what=reader.what, subject=reader.subject, grant=None)


def fill(token: str, path: Path, *, size: int, digest: str) -> None:
    """Put bytes into the slot of a signed token; the same again changes nothing. Raises NotFound, Invalid, OSError, BaseError."""
    upload_id = int(subject_of("upload", token, clock.now()))
    with unit_of_work(writes=False) as work:
        whose = Actor(user_id=0, party_id=slot(work, upload_id).party_id)
    with unit_of_work(whose) as work:
        store_upload(work, slot(work, upload_id), path, size=size, sha256=digest)


@contextmanager
def _received(asked: Request, most: int, folder: Path) -> Iterator[tuple[Path, int, str]]:
    """The body in a file that is gone afterwards: (path, size, SHA-256). Raises Limit past ``most``, Invalid below."""
    if asked.content_length is not None and asked.content_length != most:
        raise _wrong_size(most, asked.content_length)
    asked.max_content_length = most + PIECE_BYTES  # the cap here is the declared size, not the general one
    size, digest = 0, sha256()
    with NamedTemporaryFile(dir=folder) as file:
        while piece := asked.stream.read(PIECE_BYTES):
            size += len(piece)
            if size > most:
                raise _wrong_size(most, size)
            digest.update(piece)
            file.write(piece)
        file.flush()
        yield Path(file.name), size, digest.hexdigest()


def _wrong_size(declared: int, came: int) -> DomainError:
    if came > declared:
        return Limit(
            f"{declared} bytes were declared, more came; open a new upload for the larger file",
            f"申报 {declared} 字节，实收超出；请为更大的文件重新申请上传",
            fields=("size",),
        )
    return Invalid(
        "size",
        f"{declared} bytes were declared, {came} came; send the file again",
        f"申报 {declared} 字节，实收 {came} 字节；请重新上传",
    )


def _download(handout: Handout) -> Response:
    kind = "image/png" if handout.picture else "application/octet-stream"
    response = Response(storage.read_back(handout.sha256), content_type=kind)
    # Old readers take the plain name, all others the second one, which may hold any character.
    plain = handout.filename.encode("ascii", "ignore").decode() or "file"
    full = f"UTF-8''{quote(handout.filename, safe='')}"
    response.headers.set("Content-Disposition", "attachment", filename=plain, **{"filename*": full})
    return response


def _refused(error: DomainError) -> Response:
    return sentence(STATUS.get(error.code, 422), error.code, error.en, error.zh, fields=error.fields)


def _no_room(error: Exception) -> Response:
    log.error("an upload could not be kept: %s", error)
    return sentence(
        507, "UNAVAILABLE", "this file cannot be kept just now; send it again later", "文件暂时无法保存，请稍后重新上传"
    )
