"""When a certificate proves something, when its end is to be told of, and which kinds are one."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chain.certificates.tables import CertificateKind

REMIND_DAYS = (60, 30, 7)
"""Days before its end at which supplier and buyers are reminded of a certificate (features.md A3)."""


@dataclass(frozen=True)
class Needed:
    """A kind of certificate asked for; ``named`` tells apart those of kind OTHER."""

    kind: CertificateKind
    named: str = ""

    @property
    def key(self) -> str:
        """Equal for what people take for one: width, case and spaces of a name do not matter."""
        if self.kind is not CertificateKind.OTHER:
            return self.kind.value
        return "other:" + "".join(unicodedata.normalize("NFKC", self.named).casefold().split())


@dataclass(frozen=True)
class Proof:
    """A verified version of a certificate, and its days, both included."""

    needed: Needed
    valid_from: date
    valid_until: date


def holds_until(needed: Needed, proofs: Iterable[Proof], on: date) -> date | None:
    """The last day a need is met without a gap as from a day; None where it is not met on that day.

    A renewal that begins when the former ends, or before, carries on.
    """
    own = sorted((p for p in proofs if p.needed.key == needed.key), key=lambda p: p.valid_from)
    end: date | None = None
    for proof in own:
        begins_by = on if end is None else date.fromordinal(min(end.toordinal() + 1, date.max.toordinal()))
        if proof.valid_from <= begins_by and proof.valid_until >= on:
            end = proof.valid_until if end is None else max(end, proof.valid_until)
    return end


def reminder_due(valid_until: date, on: date) -> int | None:
    """The nearest of the reminders whose day has come, in days before the end; None before the first and after the end.

    After a standstill that let two of them pass, people are told once, of the nearer one.
    """
    left = (valid_until - on).days
    return min((days for days in REMIND_DAYS if 0 <= left <= days), default=None)
