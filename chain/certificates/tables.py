"""Certificates with their versions, to whom they are shown, who has verified them, and who asks for one."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from chain.certificates.lifecycle import CertificateState, FileState, RequestState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class CertificateKind(StrEnum):
    """What a certificate is about; OTHER is told apart by its name."""

    ISO_9001 = "iso_9001"
    IATF_16949 = "iatf_16949"
    ISO_14001 = "iso_14001"
    CCC = "ccc"
    OTHER = "other"


class CertificateVerdict(StrEnum):
    """What a buyer makes of one version of a certificate."""

    VERIFIED = "verified"
    NOT_ACCEPTED = "not_accepted"  # with a reason the supplier reads


class Certificate(SQLModel, table=True):
    """A supplier's own record, given once. ``named``: what it is, where the kind is OTHER."""

    __tablename__ = "certificate"
    id: int | None = key()
    owner_id: int = ref("firm")
    kind: CertificateKind = word(CertificateKind)
    named: str = Field(default="", max_length=80)
    state: CertificateState = word(CertificateState, CertificateState.HELD)
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)


class CertificateVersion(SQLModel, table=True):
    """What was handed in, or handed in anew: ``sequence`` 1 is the first. ``number``: the issuer's."""

    __tablename__ = "certificate_version"
    __table_args__ = (
        UniqueConstraint("certificate_id", "sequence"),
        Index("certificate_version_ends", "valid_until"),
    )
    id: int | None = key()
    certificate_id: int = ref("certificate", index=False)
    sequence: int
    number: str = Field(max_length=80)
    issuer: str = Field(max_length=120)
    scope: str = Field(default="", max_length=400)
    valid_from: date
    valid_until: date
    filename: str = Field(max_length=255)
    size: int = Field(sa_type=RowNumber)
    sha256: str = Field(max_length=64)
    file_state: FileState = word(FileState, FileState.CHECKING)
    added_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


class CertificateShowing(SQLModel, table=True):
    """The supplier lets one buyer see a certificate, with all its versions, until it takes that back."""

    __tablename__ = "certificate_showing"
    id: int | None = key()
    certificate_id: int = ref("certificate")
    owner_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm")
    shown_at: datetime = Field(sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CertificateVerification(SQLModel, table=True):
    """One buyer's verdict on one version: what its qualification of the supplier rests on."""

    __tablename__ = "certificate_verification"
    __table_args__ = (UniqueConstraint("version_id", "buyer_id"),)
    id: int | None = key()
    version_id: int = ref("certificate_version", index=False)
    owner_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm")
    verdict: CertificateVerdict = word(CertificateVerdict)
    reason: str = Field(default="", max_length=400)
    verified_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


class CertificateRequest(SQLModel, table=True):
    """A buyer asks a supplier to show a certificate of a kind. ``refusal``: why it will not."""

    __tablename__ = "certificate_request"
    id: int | None = key()
    buyer_id: int = ref("firm")
    supplier_id: int = ref("firm")
    kind: CertificateKind = word(CertificateKind)
    named: str = Field(default="", max_length=80)
    note: str = Field(default="", max_length=400)
    due_on: date
    state: RequestState = word(RequestState, RequestState.ASKED)
    refusal: str = Field(default="", max_length=400)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CertificateReminder(SQLModel, table=True):
    """A firm was told, so many days before, that a version ends: once."""

    __tablename__ = "certificate_reminder"
    __table_args__ = (UniqueConstraint("version_id", "firm_id", "days"),)
    id: int | None = key()
    version_id: int = ref("certificate_version", index=False)
    certificate_id: int = ref("certificate")
    firm_id: int = ref("firm")
    days: int
    told_at: datetime = Field(sa_type=UtcDateTime)


scope(
    "certificate", "certificate_version", "certificate_showing", "certificate_verification", "certificate_request",
    "certificate_reminder",
    because="what a supplier proves, and to whom, is between it and that buyer",
)  # fmt: skip
