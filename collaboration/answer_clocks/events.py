"""Facts about limits, clocks and silence."""

from dataclasses import dataclass
from datetime import datetime

from kernel.events import Fact


@dataclass(frozen=True)
class AnswerLimitsSet(Fact):
    buyer_id: int
    seller_id: int | None
    kind: str
    answer_within_hours: int


@dataclass(frozen=True)
class AnswerOverdue(Fact):
    """The limit of an answer has passed without one."""

    about = {"order_id": "Order"}
    order_id: int
    kind: str
    owed_by: str
    answer_by: datetime


@dataclass(frozen=True)
class SilenceTermsProposed(Fact):
    about = {"terms_id": "SilenceTerms"}
    terms_id: int
    meaning: str


@dataclass(frozen=True)
class SilenceTermsAccepted(Fact):
    about = {"terms_id": "SilenceTerms"}
    terms_id: int
    meaning: str


@dataclass(frozen=True)
class SilenceTermsDeclined(Fact):
    about = {"terms_id": "SilenceTerms"}
    terms_id: int


@dataclass(frozen=True)
class SilenceTermsWithdrawn(Fact):
    about = {"terms_id": "SilenceTerms"}
    terms_id: int


@dataclass(frozen=True)
class SilenceTermsRevoked(Fact):
    about = {"terms_id": "SilenceTerms"}
    terms_id: int
