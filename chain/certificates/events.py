"""Facts about certificates. A certificate's own history is read by all it is shown to: what one buyer does is not in it."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class CertificateAdded(Fact):
    about = {"certificate_id": "Certificate"}
    certificate_id: int
    version_id: int
    valid_until: date


@dataclass(frozen=True)
class CertificateRenewed(Fact):
    about = {"certificate_id": "Certificate"}
    certificate_id: int
    version_id: int
    sequence: int
    valid_until: date


@dataclass(frozen=True)
class CertificateWithdrawn(Fact):
    about = {"certificate_id": "Certificate"}
    certificate_id: int


@dataclass(frozen=True)
class CertificateChecked(Fact):
    about = {"certificate_id": "Certificate"}
    certificate_id: int
    version_id: int
    state: str


@dataclass(frozen=True)
class CertificateShown(Fact):
    about = {"showing_id": "CertificateShowing", "request_ids": "CertificateRequest"}
    showing_id: int
    request_ids: tuple[int, ...]


@dataclass(frozen=True)
class CertificateHidden(Fact):
    about = {"showing_id": "CertificateShowing"}
    showing_id: int
    owner_id: int
    buyer_id: int


@dataclass(frozen=True)
class CertificateVerified(Fact):
    about = {"verification_id": "CertificateVerification"}
    verification_id: int
    owner_id: int
    buyer_id: int
    verdict: str


@dataclass(frozen=True)
class CertificateRequested(Fact):
    about = {"request_id": "CertificateRequest"}
    request_id: int
    due_on: date


@dataclass(frozen=True)
class CertificateRequestRefused(Fact):
    about = {"request_id": "CertificateRequest"}
    request_id: int


@dataclass(frozen=True)
class CertificateReminded(Fact):
    """``firm_id``: whose people are told; it stands in no history, for each firm is told by itself."""

    certificate_id: int
    version_id: int
    firm_id: int
    days: int
    valid_until: date
