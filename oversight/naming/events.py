"""Facts about consents to be named. Known to the firm alone; when a name is shown is no fact, for it tells of others."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class NamingConsented(Fact):
    about = {"consent_id": "NamingConsent"}
    consent_id: int
    as_holder: bool
    until: date


@dataclass(frozen=True)
class NamingRevoked(Fact):
    about = {"consent_id": "NamingConsent"}
    consent_id: int
