"""Documents, their revisions with the file each rests on, findings of checks, reviews and comments."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from delivery.checks.findings import Verdict
from delivery.documents.lifecycle import RevisionState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class ReviewVerdict(StrEnum):
    """What a reviewer says: A, B, C or D."""

    APPROVED = "approved"
    APPROVED_WITH_COMMENTS = "approved_with_comments"
    REVISE = "revise"
    REJECTED = "rejected"


class Document(SQLModel, table=True):
    """``number`` is the seller's own; one document answers one requirement."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("requirement_id", "number"),)
    id: int | None = key()
    requirement_id: int = ref("document_requirement", index=False)
    order_id: int = ref("purchase_order")
    number: str = Field(max_length=60)
    title: str = Field(max_length=200)
    language: str = Field(max_length=12)


class DocumentRevision(SQLModel, table=True):
    """``sha256`` names the content in storage, ``preview_sha256`` the picture of its first page."""

    __tablename__ = "document_revision"
    __table_args__ = (UniqueConstraint("document_id", "revision"),)
    id: int | None = key()
    document_id: int = ref("document", index=False)
    requirement_id: int = ref("document_requirement")
    order_id: int = ref("purchase_order")
    revision: str = Field(max_length=20)
    filename: str = Field(max_length=255)
    size: int = Field(sa_type=RowNumber)
    sha256: str = Field(max_length=64)
    media_type: str = Field(default="", max_length=120)
    page_count: int | None = None
    text_excerpt: str = Field(default="", max_length=4000)
    preview_sha256: str | None = Field(default=None, max_length=64)
    state: RevisionState = word(RevisionState, RevisionState.CHECKING)
    version: int = 1
    job_id: int = ref("job", index=False)
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


class CheckFinding(SQLModel, table=True):
    """What one check, in one version of itself, found in a revision's file."""

    __tablename__ = "check_finding"
    __table_args__ = (UniqueConstraint("revision_id", "check_id"),)
    id: int | None = key()
    revision_id: int = ref("document_revision", index=False)
    check_id: str = Field(max_length=60)
    check_version: int
    verdict: Verdict = word(Verdict)
    evidence: dict[str, Any] = Field(sa_type=JSON)
    en: str = Field(max_length=1000)
    zh: str = Field(max_length=1000)
    cure_en: str = Field(max_length=1000)
    cure_zh: str = Field(max_length=1000)


class Review(SQLModel, table=True):
    """A reviewer's verdict on one revision."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("revision_id"),)
    id: int | None = key()
    revision_id: int = ref("document_revision", index=False)
    verdict: ReviewVerdict = word(ReviewVerdict)
    by_user: int = Field(sa_type=RowNumber)
    reviewed_at: datetime = Field(sa_type=UtcDateTime)


class ReviewComment(SQLModel, table=True):
    """A numbered remark, with its page where it has one."""

    __tablename__ = "review_comment"
    id: int | None = key()
    review_id: int = ref("review")
    number: int
    page: int | None = None
    text: str = Field(max_length=4000)


scope(
    "document", "document_revision", "check_finding", "review", "review_comment",
    because="a delivery file is known to the order's two parties only",
)  # fmt: skip
