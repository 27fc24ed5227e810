"""Open a slot for a file, and fill it with bytes that match what was declared."""

import re
import unicodedata
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlmodel import col

from kernel import storage
from kernel.access import Actor, Role, own_party, require, unscoped
from kernel.errors import Invalid, Limit, NotFound, Rule
from kernel.uploads.events import UploadOpened, UploadStored
from kernel.uploads.tables import Upload, UploadState
from kernel.work import UnitOfWork

LARGEST_BYTES = 50 * 1024 * 1024
SLOT_HOURS = 24
SENDERS = (
    Role.SALES, Role.BUYER, Role.QUALITY, Role.LEAD, Role.PLANNER, Role.APPLICANT, Role.GUEST, Role.OPERATOR,
)  # fmt: skip
TOO_LARGE = Rule("upload.size", "平台运营方调整上限", "the operator, by raising the limit")


def open_upload(work: UnitOfWork, actor: Actor, *, filename: str, size: int, sha256: str) -> Upload:
    """Declare a file of ``size`` bytes with a SHA-256 in hexadecimal. Raises Invalid, Limit, NotAllowedNow."""
    require(actor, *SENDERS)
    name = unicodedata.normalize("NFC", filename).strip()
    if (
        not name
        or len(name) > 255
        or any(c in '/\\:*?"<>|' or not c.isprintable() for c in name)
        or name in (".", "..")
    ):
        raise Invalid(
            "filename",
            "a file name has 1 to 255 characters and no path in it",
            "文件名为 1 至 255 个字符，且不能包含路径",
        )
    if size <= 0:
        raise Invalid("size", "a file holds at least 1 byte", "文件大小至少为 1 字节")
    if size > LARGEST_BYTES:
        raise Limit(
            f"a file may hold at most {LARGEST_BYTES} bytes, this one holds {size}; split or compress it",
            f"单个文件不得超过 {LARGEST_BYTES // 1024 // 1024} MB，该文件为 {size} 字节；请拆分或压缩后上传",
            fields=("size",), rule=TOO_LARGE,
        )  # fmt: skip
    if not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise Invalid(
            "sha256",
            "give the SHA-256 of the file as 64 hexadecimal digits",
            "请提供文件的 SHA-256（64 位十六进制）",
        )
    upload = work.add(
        Upload(
            party_id=own_party(actor),
            opened_by=actor.user_id,
            filename=name,
            size=size,
            sha256=sha256.lower(),
            opened_at=work.now,
            expires_at=work.now + timedelta(hours=SLOT_HOURS),
        )  # fmt: skip
    )
    assert upload.id is not None
    work.record(UploadOpened(upload_id=upload.id, size=size, sha256=upload.sha256))
    return upload


def slot(work: UnitOfWork, upload_id: int) -> Upload:
    """The slot a signed address leads to; the signature is the permission. Raises NotFound once it is closed."""
    with unscoped("the signed address is the permission"):
        found = work.session.scalars(select(Upload).where(col(Upload.id) == upload_id).with_for_update()).first()
    if found is None or found.expires_at <= work.now:
        raise NotFound
    return found


def store_upload(work: UnitOfWork, upload: Upload, path: Path, *, size: int, sha256: str) -> None:
    """Keep the bytes that came, if they are the declared ones. Raises Invalid naming size or checksum."""
    if size != upload.size:
        raise Invalid(
            "size",
            f"{upload.size} bytes were declared, {size} came; send the file again",
            f"申报 {upload.size} 字节，实收 {size} 字节；请重新上传",
        )
    if sha256 != upload.sha256:
        raise Invalid(
            "sha256",
            "the bytes that came do not have the declared SHA-256; send the file again",
            "收到的文件与申报的 SHA-256 不一致；请重新上传",
        )
    if upload.state is not UploadState.OPEN:
        return
    storage.keep_file(path, sha256)
    with unscoped("the signed address is the permission"):
        work.session.execute(update(Upload).where(col(Upload.id) == upload.id).values(state=UploadState.STORED))
    assert upload.id is not None
    work.record(UploadStored(upload_id=upload.id))
