"""A file from a form into storage: slot, bytes and submission in one post, so that it works without script."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import request
from flask_babel import gettext as _
from obstore.exceptions import BaseError
from werkzeug.datastructures import FileStorage

from kernel.uploads.verbs import LARGEST_BYTES
from web import seated
from web.ask import act
from web.documents.entries import Complaint, complaint, renamed
from web.files import PIECE_BYTES, fill, log

LARGEST_FORM_BYTES = LARGEST_BYTES + 64 * 1024
"""The largest file, and what the other fields of its form may take."""

_OF_THE_FILE = {"filename": "file", "size": "file", "sha256": "file"}
_OF_THE_REVISION = {
    "uploadId": "file", "number": "number", "revision": "revision", "title": "title", "language": "language",
}  # fmt: skip


def too_large(form: str) -> Complaint:
    return complaint(f"{form}.file", _("文件超过 %(most)s MB，请拆分或压缩后上传", most=LARGEST_BYTES // 1024 // 1024))


def submitted(form: str, requirement_id: str) -> tuple[list[Complaint], str]:
    """(what was wrong, the upload already kept): a file that came need not be sent again to mend another field."""
    upload_id, errors = kept(form)
    if errors:
        return errors, ""
    given = {name: request.form.get(f"{form}.{name}", "") for name in ("number", "revision", "title", "language")}
    empty = [complaint(f"{form}.{name}", _("请填写此项")) for name, value in given.items() if not value.strip()]
    if empty:
        return empty, upload_id
    told = {"requirementId": requirement_id, "uploadId": upload_id} | given
    _payload, refused = act("submit_document", told, step="-submit")
    gone = any("uploadId" in error["fields"] for error in refused)
    return renamed(refused, form, _OF_THE_REVISION), "" if gone else upload_id


def kept(form: str, *, step: str = "-open") -> tuple[str, list[Complaint]]:
    """The slot holding the file of this form: just come, or kept from the post before.

    ``step`` tells apart the files of a post that sends several.
    """
    file = request.files.get(f"{form}.file")
    earlier = request.form.get(f"{form}.uploadId", "")
    if file is None or not file.filename:
        return (earlier, []) if earlier else ("", [complaint(f"{form}.file", _("请选择文件"))])
    try:
        with _at_hand(file) as (path, size, digest):
            name = file.filename.replace("\\", "/").rpartition("/")[2]
            payload, refused = act(
                "open_upload", {"filename": name, "size": size, "sha256": digest}, step=step
            )  # fmt: skip
            if refused:
                return "", renamed(refused, form, _OF_THE_FILE)
            fill(payload["upload"]["url"].rpartition("/")[2], path, size=size, digest=digest)
    except (OSError, BaseError) as error:
        log.error("a file of a form could not be kept: %s", error)
        return "", [complaint(f"{form}.file", _("文件暂时无法保存，请稍后重新上传"))]
    return payload["upload"]["id"], []


@contextmanager
def _at_hand(file: FileStorage) -> Iterator[tuple[Path, int, str]]:
    """The file of a form on disk, gone afterwards: (path, size, SHA-256)."""
    size, digest = 0, sha256()
    with NamedTemporaryFile(dir=seated.settings().home / "incoming") as kept:
        while piece := file.stream.read(PIECE_BYTES):
            size += len(piece)
            digest.update(piece)
            kept.write(piece)
        kept.flush()
        yield Path(kept.name), size, digest.hexdigest()
