"""A certificate is known to its supplier and to the buyers it is shown to; who else sees it, to none of them."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlmodel import col

from chain.certificates.lifecycle import CertificateState, FileState
from chain.certificates.tables import (
    Certificate,
    CertificateReminder,
    CertificateRequest,
    CertificateShowing,
    CertificateVerdict,
    CertificateVerification,
    CertificateVersion,
)
from kernel.access import Actor, Role, lies_under, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def certificates_visible_to(actor: Actor) -> Select[Certificate]:
    certificates = select(Certificate)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, certificates)
    shown = (
        select(col(CertificateShowing.id))
        .where(
            col(CertificateShowing.certificate_id) == col(Certificate.id),
            col(CertificateShowing.buyer_id) == _party(actor),
            col(CertificateShowing.hidden_at).is_(None),
        )
        .exists()
    )
    return seen_by(actor, certificates.where(or_(col(Certificate.owner_id) == _party(actor), shown)))


def versions_visible_to(actor: Actor) -> Select[CertificateVersion]:
    """All versions of the certificates one may see."""
    above = lies_under(col(CertificateVersion.certificate_id), certificates_visible_to(actor), col(Certificate.id))
    return seen_by(actor, select(CertificateVersion).where(above))


def showings_visible_to(actor: Actor) -> Select[CertificateShowing]:
    """Known to who shows and to whom it is shown; a buyer learns of no other buyer."""
    showings = select(CertificateShowing)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, showings)
    ends = (col(CertificateShowing.owner_id) == _party(actor), col(CertificateShowing.buyer_id) == _party(actor))
    return seen_by(actor, showings.where(or_(*ends)))


def verifications_visible_to(actor: Actor) -> Select[CertificateVerification]:
    verifications = select(CertificateVerification)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, verifications)
    ends = (
        col(CertificateVerification.owner_id) == _party(actor), col(CertificateVerification.buyer_id) == _party(actor),
    )  # fmt: skip
    return seen_by(actor, verifications.where(or_(*ends)))


def requests_visible_to(actor: Actor) -> Select[CertificateRequest]:
    requests = select(CertificateRequest)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, requests)
    ends = (col(CertificateRequest.buyer_id) == _party(actor), col(CertificateRequest.supplier_id) == _party(actor))
    return seen_by(actor, requests.where(or_(*ends)))


def reminders_visible_to(actor: Actor) -> Select[CertificateReminder]:
    """What a firm itself was told; whether another firm relies on the same certificate is not its business."""
    reminders = select(CertificateReminder)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, reminders)
    return seen_by(actor, reminders.where(col(CertificateReminder.firm_id) == _party(actor)))


def proofs_visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """(owner, buyer, kind, name, version's days) of what buyers may rely on: held, clean, shown and verified by them."""
    proofs: Select[*tuple[Any, ...]] = (
        select(
            col(Certificate.owner_id), col(CertificateVerification.buyer_id), col(Certificate.kind), col(Certificate.named),
            col(Certificate.id).label("certificate_id"), col(CertificateVersion.id).label("version_id"),
            col(CertificateVersion.valid_from), col(CertificateVersion.valid_until),
        )
        .join(CertificateVersion, col(CertificateVersion.certificate_id) == col(Certificate.id))
        .join(CertificateVerification, col(CertificateVerification.version_id) == col(CertificateVersion.id))
        .join(
            CertificateShowing,
            (col(CertificateShowing.certificate_id) == col(Certificate.id))
            & (col(CertificateShowing.buyer_id) == col(CertificateVerification.buyer_id)),
        )
        .where(
            col(Certificate.state) == CertificateState.HELD,
            col(CertificateVersion.file_state) == FileState.CLEAN,
            col(CertificateVerification.verdict) == CertificateVerdict.VERIFIED,
            col(CertificateShowing.hidden_at).is_(None),
        )
    )  # fmt: skip
    if not actor.has(Role.SYSTEM):
        party = _party(actor)
        ends = (col(Certificate.owner_id) == party, col(CertificateVerification.buyer_id) == party)
        proofs = proofs.where(or_(*ends))
    return seen_by(actor, proofs)
