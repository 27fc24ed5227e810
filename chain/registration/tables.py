"""Applications: who was invited by whom, the colleagues and papers named in one, its checklist, its decisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from chain.registration.lifecycle import ApplicationState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class PaperKind(StrEnum):
    """What an applicant hands in."""

    BUSINESS_LICENCE = "business_licence"  # 营业执照; without it nobody is confirmed
    AUTHORISATION = "authorisation"  # the firm's letter that this person acts for it
    OTHER = "other"


class CheckKind(StrEnum):
    """What is looked at before a firm is confirmed."""

    CREDIT_CODE = "credit_code"  # the check character of GB 32100 holds
    SAME_CODE = "same_code"  # no other firm has the code
    SIMILAR_NAME = "similar_name"  # a near-same name in the prefecture is looked at by a person
    PEOPLE = "people"  # somebody is named, with duties
    COMPANY_ROLE = "company_role"  # the firm said what it is in its chain
    DOCUMENTS = "documents"  # the licence was handed in


class CheckOwner(StrEnum):
    """Who answers for a check."""

    PLATFORM = "platform"
    APPLICANT = "applicant"
    REVIEWER = "reviewer"


class CheckResult(StrEnum):
    OPEN = "open"
    PASSED = "passed"
    TO_REVIEW = "to_review"  # the platform cannot say: the reviewer must
    FAILED = "failed"


class ApplicationVerdict(StrEnum):
    """What the reviewer decided."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Application(SQLModel, table=True):
    """A firm asks to join. ``inviter_id``: the firm that invited it, none where the operator did.

    ``inviter_name``: what that firm was called then; the applicant may know who asks it in, and no more of it.

    ``firm_id``: the firm once its data are there, unable to trade until the application is confirmed.
    """

    __tablename__ = "application"
    id: int | None = key()
    email: str = Field(max_length=254)
    inviter_id: int | None = ref("firm", nullable=True)
    inviter_name: str = Field(default="", max_length=120)
    invited_by: int = Field(sa_type=RowNumber)
    applicant_id: int = ref("person")
    firm_id: int | None = ref("firm", nullable=True)
    state: ApplicationState = word(ApplicationState, ApplicationState.CREATED, index=True)
    version: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApplicationColleague(SQLModel, table=True):
    """Somebody who is to work for the firm once it is confirmed, the applicant first. ``roles``: words, by spaces."""

    __tablename__ = "application_colleague"
    __table_args__ = (UniqueConstraint("application_id", "email"),)
    id: int | None = key()
    application_id: int = ref("application", index=False)
    email: str = Field(max_length=254)
    name: str = Field(max_length=80)
    roles: str = Field(max_length=200)


class ApplicationPaper(SQLModel, table=True):
    """A file handed in with an application."""

    __tablename__ = "application_paper"
    id: int | None = key()
    application_id: int = ref("application")
    kind: PaperKind = word(PaperKind)
    filename: str = Field(max_length=255)
    size: int = Field(sa_type=RowNumber)
    sha256: str = Field(max_length=64)
    added_at: datetime = Field(sa_type=UtcDateTime)


class ApplicationCheck(SQLModel, table=True):
    """One line of the checklist, and how it stands. ``by_user``: who answered it; empty for the platform itself."""

    __tablename__ = "application_check"
    __table_args__ = (UniqueConstraint("application_id", "kind"),)
    id: int | None = key()
    application_id: int = ref("application", index=False)
    kind: CheckKind = word(CheckKind)
    owner: CheckOwner = word(CheckOwner)
    result: CheckResult = word(CheckResult, CheckResult.OPEN)
    note: str = Field(default="", max_length=400)
    by_user: int | None = Field(default=None, sa_type=RowNumber)
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApplicationReview(SQLModel, table=True):
    """One decision on an application; a declined one that comes again is decided on anew."""

    __tablename__ = "application_review"
    id: int | None = key()
    application_id: int = ref("application")
    verdict: ApplicationVerdict = word(ApplicationVerdict)
    reason: str = Field(default="", max_length=400)
    by_user: int = Field(sa_type=RowNumber)
    decided_at: datetime = Field(sa_type=UtcDateTime)


scope(
    "application", "application_colleague", "application_paper", "application_check", "application_review",
    because="who asks to join is known to it, to whoever invited it, and to the reviewer",
)  # fmt: skip
