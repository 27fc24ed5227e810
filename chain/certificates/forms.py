"""What people fill in about a certificate: plain values, and what makes them acceptable."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from chain.certificates.decisions import Needed
from chain.certificates.tables import CertificateKind
from kernel.access import Actor
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.uploads.tables import Upload, UploadState
from kernel.uploads.visibility import uploads_visible_to
from kernel.work import UnitOfWork

ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")
LONGEST_YEARS = 30


@dataclass(frozen=True)
class Given:
    """One certificate as its paper says: ``scope`` is what it covers."""

    number: str
    issuer: str
    scope: str
    valid_from: date
    valid_until: date


def checked_kind(kind: CertificateKind, named: str | None, place: str = "named") -> Needed:
    """A kind, with a name where the kind needs one. Raises Invalid."""
    name = unicodedata.normalize("NFKC", named or "").strip()  # full-width signs come from input methods
    if kind is not CertificateKind.OTHER:
        return Needed(kind)
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise Invalid(
            place,
            "say in 1 to 80 characters which certificate is meant, such as UL 1740",
            "其他证书须写明名称（1 至 80 个字符），例如 UL 1740",
        )
    return Needed(kind, name)


def check_given(given: Given, today: date) -> None:
    """Raises Invalid naming the field."""
    for field, value, least, longest in (
        ("number", given.number, 1, 80), ("issuer", given.issuer, 1, 120), ("scope", given.scope, 0, 400),
    ):  # fmt: skip
        if not least <= len(value.strip()) or len(value) > longest or not value.replace("\n", " ").isprintable():
            raise Invalid(field, f"{field} has {least} to {longest} characters", f"该项为 {least} 至 {longest} 个字符")
    if given.valid_until < given.valid_from:
        raise Invalid("validUntil", "a certificate ends on or after its first day", "有效期止不得早于有效期起")
    if given.valid_until < today:
        raise Invalid(
            "validUntil", f"it ended on {given.valid_until}; hand in one that still holds",
            f"该证书已于 {given.valid_until} 到期；请提交仍在有效期内的证书",
        )  # fmt: skip
    if given.valid_until.year - given.valid_from.year > LONGEST_YEARS:
        raise Invalid(
            "validUntil", f"no certificate holds more than {LONGEST_YEARS} years; check both days",
            f"证书有效期不会超过 {LONGEST_YEARS} 年；请核对起止日期",
        )  # fmt: skip


def scan(work: UnitOfWork, actor: Actor, upload_id: int) -> Upload:
    """The uploaded scan, marked as used. Raises NotFound, NotAllowedNow, Invalid."""
    upload = work.one(uploads_visible_to(actor).where(col(Upload.id) == upload_id), lock=True, field="uploadId")
    if upload.state is not UploadState.STORED:
        raise NotAllowedNow(
            "this upload holds no file that waits: send its bytes first, or open a new one",
            "该上传没有待用的文件：请先传送文件内容，或重新上传",
            fields=("uploadId",), rule=Rule("upload.stored", "供应商上传文件", "the supplier, by sending the bytes"),
        )  # fmt: skip
    if not upload.filename.lower().endswith(ENDINGS):
        raise Invalid("uploadId", "hand in the scan as PDF, PNG or JPEG", "证书扫描件应为 PDF、PNG 或 JPEG 文件")
    upload.state = UploadState.USED
    return upload
