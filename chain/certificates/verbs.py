"""What people do with certificates: give, renew, withdraw, show and hide, ask for, verify."""

from datetime import date, timedelta

from sqlmodel import col

from chain.certificates.decisions import Needed
from chain.certificates.events import (
    CertificateAdded,
    CertificateChecked,
    CertificateHidden,
    CertificateReminded,
    CertificateRenewed,
    CertificateRequested,
    CertificateRequestRefused,
    CertificateShown,
    CertificateVerified,
    CertificateWithdrawn,
)
from chain.certificates.forms import Given, check_given, checked_kind, scan
from chain.certificates.lifecycle import CERTIFICATE_LIFE, FILE_LIFE, REQUEST_LIFE, FileState, RequestState
from chain.certificates.tables import (
    Certificate,
    CertificateKind,
    CertificateReminder,
    CertificateRequest,
    CertificateShowing,
    CertificateVerdict,
    CertificateVerification,
    CertificateVersion,
)
from chain.certificates.visibility import (
    certificates_visible_to,
    requests_visible_to,
    showings_visible_to,
    verifications_visible_to,
    versions_visible_to,
)
from chain.firms.verbs import partner
from chain.sharing.terms import require_terms
from kernel import db
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.texts import words
from kernel.work import UnitOfWork

HOLDERS = (Role.SALES, Role.QUALITY)
"""Who keeps a supplier's certificates."""
ANSWER_DAYS = 14
LONGEST_WORDS = 400
"""What a person writes to the other firm at its longest, in characters."""


def add_certificate(
    work: UnitOfWork, actor: Actor, *, kind: CertificateKind, named: str | None, given: Given, upload_id: int
) -> Certificate:
    """A supplier puts a certificate on record, once for all buyers; nobody sees it until it is shown.

    Raises NotAllowedNow, NotFound, Invalid.
    """
    require(actor, *HOLDERS)
    assert actor.party_id is not None
    needed = checked_kind(kind, named)
    check_given(given, today_of(work.now))
    certificate = work.add(
        Certificate(owner_id=actor.party_id, kind=needed.kind, named=needed.named, added_at=work.now)
    )
    assert certificate.id is not None
    version = _version(work, actor, certificate, given, upload_id, sequence=1)
    work.record(CertificateAdded(certificate_id=certificate.id, version_id=version, valid_until=given.valid_until))
    return certificate


def renew_certificate(
    work: UnitOfWork, actor: Actor, *, certificate_id: int, expected_version: int, given: Given, upload_id: int
) -> Certificate:
    """The issuer's new paper: a further version, seen by all who see the certificate; each verifies it anew.

    Raises NotFound, NotAllowedNow, Stale, Invalid.
    """
    certificate = _own(work, actor, certificate_id, "renew_certificate", expected_version)
    check_given(given, today_of(work.now))
    earlier = work.all(versions_visible_to(actor).where(col(CertificateVersion.certificate_id) == certificate_id))
    if any(v.file_state is not FileState.UNFIT and v.valid_until >= given.valid_until for v in earlier):
        raise Invalid(
            "validUntil", "a renewal ends later than what it renews; check the day",
            "续期证书的到期日应晚于原证书；请核对日期",
        )  # fmt: skip
    sequence = len(earlier) + 1
    version = _version(work, actor, certificate, given, upload_id, sequence=sequence)
    certificate.version += 1
    work.record(
        CertificateRenewed(
            certificate_id=certificate_id, version_id=version, sequence=sequence, valid_until=given.valid_until
        )
    )
    return certificate


def _version(
    work: UnitOfWork, actor: Actor, certificate: Certificate, given: Given, upload_id: int, *, sequence: int
) -> int:
    assert certificate.id is not None
    file = scan(work, actor, upload_id)
    version = work.add(
        CertificateVersion(
            certificate_id=certificate.id, sequence=sequence, number=given.number.strip(), issuer=given.issuer.strip(),
            scope=given.scope.strip(), valid_from=given.valid_from, valid_until=given.valid_until,
            filename=file.filename, size=file.size, sha256=file.sha256, added_at=work.now, by_user=actor.user_id,
        )
    )  # fmt: skip
    assert version.id is not None
    return version.id


def _own(
    work: UnitOfWork, actor: Actor, certificate_id: int, verb: str, expected_version: int | None = None
) -> Certificate:
    """A certificate of the actor's own firm, locked, which this verb may move."""
    mine = certificates_visible_to(actor).where(col(Certificate.owner_id) == actor.party_id)
    certificate = work.one(mine.where(col(Certificate.id) == certificate_id), lock=True, field="certificateId")
    require(actor, *HOLDERS)
    certificate.state = CERTIFICATE_LIFE.after(certificate.state, verb, by=Side.SELLER)
    if expected_version is not None and expected_version != certificate.version:
        raise Stale(certificate.version)
    return certificate


def withdraw_certificate(work: UnitOfWork, actor: Actor, *, certificate_id: int, expected_version: int) -> Certificate:
    """It holds no longer, before its day: nobody relies on it from now. Raises NotFound, NotAllowedNow, Stale."""
    certificate = _own(work, actor, certificate_id, "withdraw_certificate", expected_version)
    certificate.version += 1
    work.record(CertificateWithdrawn(certificate_id=certificate_id))
    return certificate


def finish_certificate_check(work: UnitOfWork, *, version_id: int, clean: bool) -> CertificateVersion:
    """The job's result: a clean scan may be opened by those it is shown to, an unfit one by nobody."""
    version = work.one(versions_visible_to(SYSTEM).where(col(CertificateVersion.id) == version_id), lock=True)
    outcome = "clean" if clean else "unfit"
    version.file_state = FILE_LIFE.after(
        version.file_state, "finish_certificate_check", by=Side.SYSTEM, outcome=outcome
    )
    work.record(
        CertificateChecked(certificate_id=version.certificate_id, version_id=version_id, state=version.file_state)
    )
    return version


def show_certificate(work: UnitOfWork, actor: Actor, *, certificate_id: int, buyer_id: int) -> Certificate:
    """Let one buyer see a certificate, its renewals included. Answers what that buyer asked for of its kind.

    Raises NotFound, NotAllowedNow, Invalid("buyerId").
    """
    certificate = _own(work, actor, certificate_id, "show_certificate")
    partner(work, actor, buyer_id, field="buyerId")
    if buyer_id == actor.party_id:
        raise Invalid("buyerId", "a firm sees its own certificates already", "本单位的证书无需向自己展示")
    require_terms(work, certificate.owner_id, buyer_id)
    if _showing(work, actor, certificate_id, buyer_id) is not None:
        raise Invalid("buyerId", "this firm sees it already", "该企业已能看到此证书")
    showing = work.add(
        CertificateShowing(
            certificate_id=certificate_id, owner_id=certificate.owner_id, buyer_id=buyer_id, shown_at=work.now
        )
    )
    assert showing.id is not None
    kind = Needed(certificate.kind, certificate.named).key
    answered = [
        r for r in _requests(work, actor, buyer_id, certificate.owner_id) if Needed(r.kind, r.named).key == kind
    ]
    for request in answered:
        request.state = REQUEST_LIFE.after(request.state, "show_certificate", by=Side.SELLER)
        request.answered_at = work.now
    ids = tuple(r.id for r in answered if r.id is not None)
    work.record(CertificateShown(showing_id=showing.id, request_ids=ids))
    return certificate


def hide_certificate(work: UnitOfWork, actor: Actor, *, certificate_id: int, buyer_id: int) -> Certificate:
    """Take it back: the buyer's next request no longer sees it, nor may it rely on it. Raises NotFound, NotAllowedNow."""
    certificate = _own(work, actor, certificate_id, "hide_certificate")
    showing = _showing(work, actor, certificate_id, buyer_id)
    if showing is None:
        raise Invalid("buyerId", "this firm does not see it", "该企业看不到此证书")
    showing.hidden_at = work.now
    assert showing.id is not None
    work.record(CertificateHidden(showing_id=showing.id, owner_id=certificate.owner_id, buyer_id=buyer_id))
    return certificate


def _showing(work: UnitOfWork, actor: Actor, certificate_id: int, buyer_id: int) -> CertificateShowing | None:
    live = showings_visible_to(actor).where(
        col(CertificateShowing.certificate_id) == certificate_id, col(CertificateShowing.buyer_id) == buyer_id,
        col(CertificateShowing.hidden_at).is_(None),
    )  # fmt: skip
    return work.maybe(live, lock=True)


def _requests(work: UnitOfWork, actor: Actor, buyer_id: int, supplier_id: int) -> list[CertificateRequest]:
    """What a buyer asked a supplier for and has not got."""
    own = requests_visible_to(actor).where(
        col(CertificateRequest.buyer_id) == buyer_id, col(CertificateRequest.supplier_id) == supplier_id,
        col(CertificateRequest.state) != RequestState.ANSWERED,
    )  # fmt: skip
    return list(work.all(own.order_by(col(CertificateRequest.id)), lock=True))


def request_certificate(
    work: UnitOfWork, actor: Actor, *, supplier_id: int, kind: CertificateKind, named: str | None, note: str = "",
    due_on: date | None = None,
) -> CertificateRequest:  # fmt: skip
    """A buyer asks a supplier to show a certificate; by default within 14 days. Asked once, not twice.

    Raises NotFound, NotAllowedNow, Invalid.
    """
    partner(work, actor, supplier_id, field="supplierId")
    require(actor, Role.QUALITY)
    assert actor.party_id is not None
    if supplier_id == actor.party_id:
        raise Invalid("supplierId", "a firm asks nothing of itself", "不能向本单位索取证书")
    require_terms(work, actor.party_id, supplier_id)
    needed = checked_kind(kind, named)
    today = today_of(work.now)
    due = due_on or today + timedelta(days=ANSWER_DAYS)
    if not today <= due <= today + timedelta(days=366):
        raise Invalid("dueOn", "give a day from today to a year from now", "答复期限应在今天至一年之内")
    asked = _requests(work, actor, actor.party_id, supplier_id)
    if any(r.state is RequestState.ASKED and Needed(r.kind, r.named).key == needed.key for r in asked):
        raise Invalid(
            "kind", "you have asked for this already; the supplier owes an answer", "已索取过该证书，供应商尚未答复"
        )
    request = work.add(
        CertificateRequest(
            buyer_id=actor.party_id, supplier_id=supplier_id, kind=needed.kind, named=needed.named,
            note=words(note, "note", LONGEST_WORDS, least=0), due_on=due, asked_at=work.now,
        )
    )  # fmt: skip
    assert request.id is not None
    work.record(CertificateRequested(request_id=request.id, due_on=due))
    return request


def refuse_certificate_request(work: UnitOfWork, actor: Actor, *, request_id: int, reason: str) -> CertificateRequest:
    """The supplier has none, or will not show it, and says why. Raises NotFound, NotAllowedNow, Invalid("reason")."""
    mine = requests_visible_to(actor).where(col(CertificateRequest.supplier_id) == actor.party_id)
    request = work.one(mine.where(col(CertificateRequest.id) == request_id), lock=True, field="requestId")
    require(actor, *HOLDERS)
    request.state = REQUEST_LIFE.after(request.state, "refuse_certificate_request", by=Side.SELLER)
    request.refusal, request.answered_at = words(reason, "reason", LONGEST_WORDS), work.now
    work.record(CertificateRequestRefused(request_id=request_id))
    return request


def verify_certificate(
    work: UnitOfWork, actor: Actor, *, version_id: int, verdict: CertificateVerdict, reason: str = ""
) -> CertificateVerification:
    """The buyer's quality person has looked at one version: it may be relied on, or may not, and why.

    Raises NotFound, NotAllowedNow, Invalid("reason").
    """
    shown = versions_visible_to(actor).where(col(CertificateVersion.id) == version_id)
    version = work.one(shown, field="versionId")
    certificate = work.one(
        certificates_visible_to(actor).where(col(Certificate.id) == version.certificate_id), lock=True
    )
    require(actor, Role.QUALITY)
    assert actor.party_id is not None and version.id is not None
    side = Side.SELLER if certificate.owner_id == actor.party_id else Side.BUYER
    CERTIFICATE_LIFE.after(certificate.state, "verify_certificate", by=side)
    if version.file_state is not FileState.CLEAN and verdict is CertificateVerdict.VERIFIED:
        raise NotAllowedNow(
            "its file is being checked or is unfit; wait, or ask the supplier for another",
            "证书文件正在检查或不合格；请稍候，或请供应商重新提交",
            rule=Rule("certificate.file_clean", "供应商提交合格文件", "the supplier, by a file that passes the checks"),
        )  # fmt: skip
    why = words(reason, "reason", LONGEST_WORDS, least=0 if verdict is CertificateVerdict.VERIFIED else 1)
    own = verifications_visible_to(actor).where(
        col(CertificateVerification.version_id) == version_id, col(CertificateVerification.buyer_id) == actor.party_id
    )
    found = work.maybe(own, lock=True) or CertificateVerification(
        version_id=version.id, owner_id=certificate.owner_id, buyer_id=actor.party_id, verdict=verdict,
        verified_at=work.now, by_user=actor.user_id,
    )  # fmt: skip
    found.verdict, found.reason, found.verified_at, found.by_user = verdict, why, work.now, actor.user_id
    work.add(found)
    assert found.id is not None
    work.record(
        CertificateVerified(
            verification_id=found.id, owner_id=certificate.owner_id, buyer_id=actor.party_id, verdict=verdict
        )
    )
    return found


def remind_of_end(work: UnitOfWork, *, version: CertificateVersion, firm_id: int, days: int) -> bool:
    """Note that a firm is told of the end of a version, once for each of the days; whether it was new."""
    assert version.id is not None
    told = {
        "version_id": version.id, "certificate_id": version.certificate_id, "firm_id": firm_id, "days": days,
        "told_at": work.now,
    }  # fmt: skip
    if not db.insert_new(work.session, CertificateReminder.__table__, told):  # type: ignore[attr-defined]
        return False
    work.record(
        CertificateReminded(
            certificate_id=version.certificate_id, version_id=version.id, firm_id=firm_id, days=days,
            valid_until=version.valid_until,
        )
    )  # fmt: skip
    return True
