"""Invite a firm, fill in its application step by step, submit it. The reviewer's part: ``reviewing``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col

from chain.firms.decisions import check_standing, checked_prefecture, checked_text
from chain.firms.tables import Firm, FirmRole, FirmStanding
from chain.firms.verbs import enter_firm, free_code, near_firms
from chain.firms.visibility import firms_visible_to
from chain.registration.decisions import DUTIES, MOST_PAPERS, OWNERS, Named, checked_people
from chain.registration.events import (
    ApplicationBegun,
    ApplicationSubmitted,
    CompanyDescribed,
    CompanyRoleSelected,
    FirmInvited,
    PapersUploaded,
    UsersInvited,
)
from chain.registration.lifecycle import APPLICATION_LIFE, ApplicationSide, ApplicationState
from chain.registration.reviewing import confirm_application, decline_application, record_check
from chain.registration.tables import (
    Application,
    ApplicationCheck,
    ApplicationColleague,
    ApplicationPaper,
    CheckKind,
    CheckResult,
    PaperKind,
)
from chain.registration.visibility import (
    applications_visible_to,
    checks_visible_to,
    colleagues_visible_to,
    papers_visible_to,
)
from kernel.access import SYSTEM, Actor, Role, require
from kernel.accounts.tables import Person
from kernel.accounts.verbs import add_person
from kernel.accounts.visibility import people_visible_to
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule, Stale
from kernel.uploads.tables import Upload, UploadState
from kernel.uploads.visibility import uploads_visible_to
from kernel.work import UnitOfWork

__all__ = [
    "describe_company", "begin_application", "confirm_application", "decline_application", "invite_firm",
    "invite_users", "record_check", "select_company_role", "submit_application", "upload_documents",
]  # fmt: skip

MOST_OPEN = 50
TOO_MANY = Rule("application.open_invitations", "平台运营方处理完已有申请", "the operator, by deciding on those open")
NO_LICENCE = Rule("application.licence", "申请人上传营业执照", "the applicant, by handing in the business licence")


@dataclass(frozen=True)
class Paper:
    """A file that came through an upload, and what it is."""

    kind: PaperKind
    upload_id: int


def invite_firm(work: UnitOfWork, actor: Actor, *, email: str, name: str) -> Application:
    """Let somebody apply for a firm that is not here yet: an account that can do that and nothing else.

    Raises NotAllowedNow, Invalid, Limit. An address that has an account is refused as one that is none.
    """
    require(actor, Role.OPERATOR, Role.LEAD)
    inviter = work.maybe(firms_visible_to(actor).where(col(Firm.id) == actor.party_id))
    if inviter is not None:
        check_standing(inviter)
        _check_open(work, actor)
    called = checked_text("name", name, most=80)
    try:
        person = add_person(work, SYSTEM, email=email, name=called, roles=frozenset({Role.APPLICANT}))
    except Invalid:
        raise Invalid(
            "email",
            "this address cannot be invited; mend it, or ask the platform's operator",
            "该邮箱无法邀请，请核对，或联系平台运营方",
        ) from None
    assert person.id is not None
    application = work.add(
        Application(
            email=person.email, inviter_id=actor.party_id, invited_by=actor.user_id, applicant_id=person.id,
            inviter_name=inviter.name if inviter else "", created_at=work.now,
        )
    )  # fmt: skip
    assert application.id is not None
    work.record(FirmInvited(application_id=application.id))
    return application


def _check_open(work: UnitOfWork, actor: Actor) -> None:
    ended = (ApplicationState.CONFIRMED, ApplicationState.DECLINED)
    mine = applications_visible_to(actor).where(col(Application.inviter_id) == actor.party_id)
    if work.count(mine.where(col(Application.state).not_in(ended))) >= MOST_OPEN:
        raise Limit(
            f"a firm has at most {MOST_OPEN} invitations open at a time",
            f"每家企业同时最多有 {MOST_OPEN} 份进行中的邀请",
            fields=("email",),
            rule=TOO_MANY,
        )


def begin_application(work: UnitOfWork, actor: Actor, *, application_id: int) -> Application:
    """The invited person takes it up. Raises NotFound, NotAllowedNow."""
    application = _to_fill(work, actor, application_id, "begin_application", None)
    work.record(ApplicationBegun(application_id=application_id))
    return application


def describe_company(
    work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int, name: str, code: str,
    prefecture: str, name_en: str = "", makes: str = "",
) -> Application:  # fmt: skip
    """Say which firm it is. It is checked at once; what was said before is replaced.

    Raises NotFound, NotAllowedNow, Stale, Invalid.
    """
    application = _to_fill(work, actor, application_id, "describe_company", expected_version)
    if application.firm_id is None:
        firm = enter_firm(
            work, name=name, code=code, role=FirmRole.SUPPLIER, prefecture=prefecture, standing=FirmStanding.APPLYING
        )
        application.firm_id = firm.id
        _person(work, application).party_id = firm.id
    else:
        firm = firm_of(work, application)
        firm.code = free_code(work, code, except_for=firm.id)
        firm.name, firm.prefecture = checked_text("name", name, most=120), checked_prefecture(prefecture)
    firm.name_en = checked_text("nameEn", name_en, most=120, least=0)
    firm.makes = checked_text("makes", makes, most=400, least=0)
    work.session.flush()
    _checked(work, application, CheckKind.CREDIT_CODE, CheckResult.PASSED)
    _checked(work, application, CheckKind.SAME_CODE, CheckResult.PASSED)
    check_name(work, application, firm)
    work.record(CompanyDescribed(application_id=application_id))
    return application


def invite_users(
    work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int, own_roles: frozenset[Role],
    colleagues: Sequence[Named] = (),
) -> Application:  # fmt: skip
    """Say what the applicant and which colleagues will do; their accounts come once the firm is confirmed."""
    application = _to_fill(work, actor, application_id, "invite_users", expected_version)
    applicant = _person(work, application)
    named = checked_people([Named(applicant.email, applicant.name, own_roles), *colleagues])
    for row in work.all(colleagues_visible_to(actor).where(col(ApplicationColleague.application_id) == application_id)):
        work.session.delete(row)
    work.session.flush()
    for one in named:
        roles = " ".join(role for role in DUTIES if role in one.roles)
        work.add(ApplicationColleague(application_id=application_id, email=one.email, name=one.name, roles=roles))
    _checked(work, application, CheckKind.PEOPLE, CheckResult.PASSED, by=actor)
    work.record(UsersInvited(application_id=application_id))
    return application


def select_company_role(
    work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int, role: FirmRole
) -> Application:
    """Say what the firm is in its chain. Raises NotFound, NotAllowedNow, Stale."""
    application = _to_fill(work, actor, application_id, "select_company_role", expected_version)
    firm_of(work, application).role = role
    _checked(work, application, CheckKind.COMPANY_ROLE, CheckResult.PASSED, by=actor)
    work.record(CompanyRoleSelected(application_id=application_id))
    return application


def upload_documents(
    work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int, papers: Sequence[Paper]
) -> Application:
    """Hand in papers beside those that are there; one of the same kind and name is replaced.

    Raises NotFound, NotAllowedNow, Stale, Invalid while the business licence is missing, Limit.
    """
    application = _to_fill(work, actor, application_id, "upload_documents", expected_version)
    kept = list(
        work.all(papers_visible_to(actor).where(col(ApplicationPaper.application_id) == application_id), lock=True)
    )
    for place, paper in enumerate(papers):
        upload = _stored(work, actor, paper.upload_id, f"papers.{place}.uploadId")
        for old in [p for p in kept if (p.kind, p.filename) == (paper.kind, upload.filename)]:
            work.session.delete(old)
            kept.remove(old)
        kept.append(
            work.add(
                ApplicationPaper(
                    application_id=application_id, kind=paper.kind, filename=upload.filename, size=upload.size,
                    sha256=upload.sha256, added_at=work.now,
                )
            )
        )  # fmt: skip
        upload.state = UploadState.USED
    if len(kept) > MOST_PAPERS:
        raise Limit(
            f"an application holds at most {MOST_PAPERS} files",
            f"每份申请最多 {MOST_PAPERS} 个文件",
            fields=("papers",),
        )
    if PaperKind.BUSINESS_LICENCE not in {paper.kind for paper in kept}:
        raise Invalid("papers", "hand in the business licence", "请上传营业执照", rule=NO_LICENCE)
    _checked(work, application, CheckKind.DOCUMENTS, CheckResult.TO_REVIEW)
    work.record(PapersUploaded(application_id=application_id))
    return application


def submit_application(work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int) -> Application:
    """The applicant has looked everything over; the reviewer owes an answer. Raises NotFound, NotAllowedNow, Stale."""
    application = _to_fill(work, actor, application_id, "submit_application", expected_version)
    application.submitted_at = work.now
    check_name(work, application, firm_of(work, application))
    work.record(ApplicationSubmitted(application_id=application_id))
    return application


def _to_fill(
    work: UnitOfWork, actor: Actor, application_id: int, verb: str, expected_version: int | None
) -> Application:
    """One's own application, moved on by the verb. Others may see it, but fill in none of it."""
    known = applications_visible_to(actor).where(col(Application.id) == application_id)
    application = work.one(known, lock=True, field="applicationId")
    if application.applicant_id != actor.user_id:
        raise NotAllowedNow(
            "an application is filled in by the person who was invited to it",
            "入驻申请只能由受邀人本人填写",
            rule=Rule("application.applicant", "受邀的申请人", "the person who was invited"),
        )
    moved = APPLICATION_LIFE.after(application.state, verb, by=ApplicationSide.APPLICANT)
    if expected_version is not None and application.version != expected_version:
        raise Stale(application.version)
    application.state = moved
    application.version += 1
    return application


def firm_of(work: UnitOfWork, application: Application) -> Firm:
    """The firm an application is about; it is locked, for the step writes to it."""
    return work.one(firms_visible_to(SYSTEM).where(col(Firm.id) == application.firm_id), lock=True)


def check_name(work: UnitOfWork, application: Application, firm: Firm) -> None:
    result = CheckResult.TO_REVIEW if near_firms(work, firm) else CheckResult.PASSED
    _checked(work, application, CheckKind.SIMILAR_NAME, result)


def _person(work: UnitOfWork, application: Application) -> Person:
    return work.one(people_visible_to(SYSTEM).where(col(Person.id) == application.applicant_id), lock=True)


def _stored(work: UnitOfWork, actor: Actor, upload_id: int, field: str) -> Upload:
    upload = work.one(uploads_visible_to(actor).where(col(Upload.id) == upload_id), lock=True, field=field)
    if upload.state is not UploadState.STORED:
        raise Invalid(
            field, "the bytes of this upload have not come, or were used before", "该文件尚未传完，或已被使用"
        )
    return upload


def _checked(
    work: UnitOfWork, application: Application, kind: CheckKind, result: CheckResult, by: Actor | None = None
) -> None:
    """Write a line of the checklist anew: what was said of it before was said of other facts."""
    own = checks_visible_to(SYSTEM).where(
        col(ApplicationCheck.application_id) == application.id, col(ApplicationCheck.kind) == kind
    )
    said: dict[str, Any] = {
        "owner": OWNERS[kind], "result": result, "note": "", "by_user": by.user_id if by else None,
        "checked_at": work.now,
    }  # fmt: skip
    row = work.maybe(own, lock=True)
    if row is None:
        work.add(ApplicationCheck(application_id=application.id or 0, kind=kind, **said))
        return
    for name, value in said.items():
        setattr(row, name, value)
