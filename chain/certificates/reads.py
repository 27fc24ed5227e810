"""What people ask about certificates: their own, those shown to them, what is asked of them, what ends soon."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col

from chain.certificates.decisions import REMIND_DAYS, Needed, Proof, reminder_due
from chain.certificates.lifecycle import CERTIFICATE_LIFE, REQUEST_LIFE, CertificateState, FileState, RequestState
from chain.certificates.tables import (
    Certificate,
    CertificateReminder,
    CertificateRequest,
    CertificateShowing,
    CertificateVerification,
    CertificateVersion,
)
from chain.certificates.visibility import (
    certificates_visible_to,
    proofs_visible_to,
    reminders_visible_to,
    requests_visible_to,
    showings_visible_to,
    verifications_visible_to,
    versions_visible_to,
)
from kernel.access import SYSTEM, Actor, Role, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork

DUTIES = {
    "renew_certificate": {Role.SALES, Role.QUALITY}, "show_certificate": {Role.SALES, Role.QUALITY},
    "hide_certificate": {Role.SALES, Role.QUALITY}, "withdraw_certificate": {Role.SALES, Role.QUALITY},
    "verify_certificate": {Role.QUALITY}, "refuse_certificate_request": {Role.SALES, Role.QUALITY},
}  # fmt: skip
"""Which role does what: the buttons follow it, the verbs check the same."""


def certificates(
    work: UnitOfWork, actor: Actor, *, side: Side | None, owner_id: int | None, first: int | None, after: str | None
) -> Page:
    """The firm's own (SELLER), those shown to it (BUYER), or both; newest first."""
    statement = certificates_visible_to(actor)
    if side is Side.SELLER:
        statement = statement.where(col(Certificate.owner_id) == actor.party_id)
    if side is Side.BUYER:
        statement = statement.where(col(Certificate.owner_id) != actor.party_id)
    if owner_id is not None:
        statement = statement.where(col(Certificate.owner_id) == owner_id)
    return page(work, statement, Certificate, first=first, after=after)


def certificate(work: UnitOfWork, actor: Actor, certificate_id: int) -> Certificate:
    return work.one(certificates_visible_to(actor).where(col(Certificate.id) == certificate_id), field="certificateId")


def certificates_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(certificates_visible_to(actor).where(col(Certificate.id).in_(numbers)))


def versions_of(work: UnitOfWork, actor: Actor, certificate_ids: Collection[int]) -> Sequence[Any]:
    """All versions of certificates, newest first."""
    own = versions_visible_to(actor).where(col(CertificateVersion.certificate_id).in_(certificate_ids))
    return work.rows(own.order_by(col(CertificateVersion.certificate_id), col(CertificateVersion.sequence).desc()))


def versions_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(versions_visible_to(actor).where(col(CertificateVersion.id).in_(numbers)))


def showings_of(work: UnitOfWork, actor: Actor, certificate_ids: Collection[int]) -> Sequence[Any]:
    """To whom certificates are shown now; a buyer finds itself only."""
    live = showings_visible_to(actor).where(
        col(CertificateShowing.certificate_id).in_(certificate_ids), col(CertificateShowing.hidden_at).is_(None)
    )
    return work.rows(live.order_by(col(CertificateShowing.id)))


def showings_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(showings_visible_to(actor).where(col(CertificateShowing.id).in_(numbers)))


def verifications_of(work: UnitOfWork, actor: Actor, version_ids: Collection[int]) -> Sequence[Any]:
    own = verifications_visible_to(actor).where(col(CertificateVerification.version_id).in_(version_ids))
    return work.rows(own.order_by(col(CertificateVerification.id)))


def verifications_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(verifications_visible_to(actor).where(col(CertificateVerification.id).in_(numbers)))


def reminders_of(work: UnitOfWork, actor: Actor, certificate_ids: Collection[int]) -> Sequence[Any]:
    """What the actor's firm was told of the end of certificates."""
    own = reminders_visible_to(actor).where(col(CertificateReminder.certificate_id).in_(certificate_ids))
    return work.rows(own.order_by(col(CertificateReminder.id).desc()))


def requests(
    work: UnitOfWork, actor: Actor, *, side: Side | None, states: Collection[RequestState] | None, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """What buyers ask of the firm (SELLER), what it asks of suppliers (BUYER), or both; newest first."""
    statement = requests_visible_to(actor)
    if side is not None:
        end = col(CertificateRequest.buyer_id) if side is Side.BUYER else col(CertificateRequest.supplier_id)
        statement = statement.where(end == actor.party_id)
    if states:
        statement = statement.where(col(CertificateRequest.state).in_(states))
    return page(work, statement, CertificateRequest, first=first, after=after)


def requests_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(requests_visible_to(actor).where(col(CertificateRequest.id).in_(numbers)))


def proofs_between(
    work: UnitOfWork, actor: Actor, pairs: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[Proof]]:
    """(buyer, supplier) -> what that buyer may rely on, as far as the actor may know."""
    statement = proofs_visible_to(actor).where(
        col(Certificate.owner_id).in_({supplier for _, supplier in pairs}),
        col(CertificateVerification.buyer_id).in_({buyer for buyer, _ in pairs}),
    )
    found: dict[tuple[int, int], list[Proof]] = {pair: [] for pair in pairs}
    for row in work.rows(statement):
        if (row.buyer_id, row.owner_id) in found:
            proof = Proof(Needed(row.kind, row.named), row.valid_from, row.valid_until)
            found[row.buyer_id, row.owner_id].append(proof)
    return found


def ending(work: UnitOfWork, on: date) -> list[tuple[CertificateVersion, int, list[int]]]:
    """(version, days before its end, firms to tell) for each version whose end is due to be told on a day.

    The supplier is told of its newest paper only; a buyer of the one it relies on, unless it verified a later one.
    """
    near = versions_visible_to(SYSTEM).where(
        col(CertificateVersion.valid_until) >= on,
        col(CertificateVersion.valid_until) <= on + timedelta(days=max(REMIND_DAYS)),
        col(CertificateVersion.file_state) != FileState.UNFIT,
    )
    versions = work.all(near.order_by(col(CertificateVersion.id)))
    held = {
        c.id: c.owner_id
        for c in certificates_by_id(work, SYSTEM, {v.certificate_id for v in versions})
        if c.state is CertificateState.HELD
    }
    newest = {
        v.certificate_id: v.id
        for v in sorted(versions_of(work, SYSTEM, list(held)), key=lambda v: v.sequence)
        if v.file_state is not FileState.UNFIT
    }
    relying = _relying(work, list(held))
    told = []
    for version in versions:
        days = reminder_due(version.valid_until, on)
        if days is None or version.certificate_id not in held:
            continue
        firms = [held[version.certificate_id]] if newest.get(version.certificate_id) == version.id else []
        firms += [buyer for buyer, last in relying.get(version.certificate_id, {}).items() if last == version.id]
        told.append((version, days, firms))
    return told


def _relying(work: UnitOfWork, certificate_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """certificate -> buyer -> the version ending last that it verified."""
    found: dict[int, dict[int, int]] = {}
    rows = work.rows(proofs_visible_to(SYSTEM).where(col(Certificate.id).in_(certificate_ids)))
    for row in sorted(rows, key=lambda r: r.valid_until):
        found.setdefault(row.certificate_id, {})[row.buyer_id] = row.version_id
    return found


def newest_fit(versions: Iterable[Any]) -> Any:
    """The version that speaks for a certificate: the latest whose file is not unfit, else the latest."""
    ordered = sorted(versions, key=lambda v: -v.sequence)
    return next((v for v in ordered if v.file_state is not FileState.UNFIT), ordered[0] if ordered else None)


def certificate_verbs(actor: Actor, certificate: Any) -> list[str]:
    """What this person may do to a certificate now: the buttons beside it."""
    side = Side.SELLER if certificate.owner_id == actor.party_id else Side.BUYER
    return [v for v in CERTIFICATE_LIFE.verbs(certificate.state, side) if actor.has(*DUTIES[v])]


def request_verbs(actor: Actor, request: Any) -> list[str]:
    side = Side.SELLER if request.supplier_id == actor.party_id else Side.BUYER
    return [v for v in REQUEST_LIFE.verbs(request.state, side) if actor.has(*DUTIES[v])]
