"""The reviewer's part of an application: look at what the platform cannot judge, confirm, or decline with a reason."""

from sqlmodel import col

from chain.firms.decisions import checked_text
from chain.firms.events import FirmRegistered
from chain.firms.tables import Firm, FirmStanding
from chain.firms.visibility import firms_visible_to
from chain.registration.decisions import OWNERS, in_the_way
from chain.registration.events import ApplicationConfirmed, ApplicationDeclined, CheckRecorded
from chain.registration.lifecycle import APPLICATION_LIFE, ApplicationSide, ApplicationState
from chain.registration.tables import (
    Application,
    ApplicationCheck,
    ApplicationColleague,
    ApplicationReview,
    ApplicationVerdict,
    CheckKind,
    CheckOwner,
    CheckResult,
)
from chain.registration.visibility import applications_visible_to, checks_visible_to, colleagues_visible_to
from kernel.access import Actor, Role, any_of, require
from kernel.accounts.tables import Person
from kernel.accounts.verbs import add_person
from kernel.accounts.visibility import people_visible_to
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.work import UnitOfWork

CHECKLIST = Rule("application.checklist", "平台运营方逐项通过检查", "the operator, by passing each check")
FOUR_EYES = Rule("application.four_eyes", "另一位平台运营人员", "another operator")


def record_check(
    work: UnitOfWork, actor: Actor, *, application_id: int, kind: CheckKind, passed: bool, note: str = ""
) -> Application:
    """The reviewer answers a line of the checklist that is its own. Raises NotFound, NotAllowedNow, Invalid."""
    application = _to_review(work, actor, application_id)
    if application.state is not ApplicationState.SUBMITTED:
        raise APPLICATION_LIFE.refusal(application.state, "confirm_application", ApplicationSide.REVIEWER)
    if OWNERS[kind] is not CheckOwner.REVIEWER:
        raise Invalid("kind", "this line of the checklist is not the reviewer's", "该检查项不由审核人填写")
    own = checks_visible_to(actor).where(
        col(ApplicationCheck.application_id) == application_id, col(ApplicationCheck.kind) == kind
    )
    check = work.one(own, lock=True, field="kind")
    check.note = checked_text("note", note, most=400, least=0 if passed else 1)
    check.result = CheckResult.PASSED if passed else CheckResult.FAILED
    check.by_user, check.checked_at = actor.user_id, work.now
    work.record(CheckRecorded(application_id=application_id))
    return application


def confirm_application(work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int) -> Application:
    """The firm joins: it may trade, and the people it named may sign in.

    Raises NotFound, NotAllowedNow while a check stands in the way, Stale, Invalid for an address that has an account.
    """
    application = _to_decide(work, actor, application_id, expected_version, "confirm_application")
    checks = work.all(checks_visible_to(actor).where(col(ApplicationCheck.application_id) == application_id))
    if missing := in_the_way((check.kind, check.result) for check in checks):
        raise NotAllowedNow(
            f"every check must be passed first; not yet: {', '.join(missing)}",
            f"须先通过全部检查，尚缺 {len(missing)} 项：{'、'.join(missing)}",
            rule=CHECKLIST,
        )
    firm = work.one(firms_visible_to(actor).where(col(Firm.id) == application.firm_id), lock=True)
    firm.standing, firm.registered_at = FirmStanding.CONFIRMED, work.now
    firm.version += 1
    _seat_people(work, actor, application)
    _decided(work, actor, application, ApplicationVerdict.CONFIRMED, "")
    assert firm.id is not None
    work.record(FirmRegistered(firm_id=firm.id))
    work.record(ApplicationConfirmed(application_id=application_id))
    return application


def decline_application(
    work: UnitOfWork, actor: Actor, *, application_id: int, expected_version: int, reason: str
) -> Application:
    """Send it back with a reason; the applicant may mend it and submit again. Raises as confirming does."""
    application = _to_decide(work, actor, application_id, expected_version, "decline_application")
    _decided(work, actor, application, ApplicationVerdict.DECLINED, checked_text("reason", reason, most=400))
    work.record(ApplicationDeclined(application_id=application_id))
    return application


def _seat_people(work: UnitOfWork, actor: Actor, application: Application) -> None:
    """The applicant gets the duties it named; colleagues get accounts, without a password until they are let in."""
    named = colleagues_visible_to(actor).where(col(ApplicationColleague.application_id) == application.id)
    for place, one in enumerate(work.all(named.order_by(col(ApplicationColleague.id)))):
        if place == 0:
            applicant = people_visible_to(actor).where(col(Person.id) == application.applicant_id)
            work.one(applicant, lock=True).roles = one.roles
            continue
        roles = any_of(one.roles.split())
        add_person(work, actor, email=one.email, name=one.name, roles=roles, party_id=application.firm_id)


def _decided(
    work: UnitOfWork, actor: Actor, application: Application, verdict: ApplicationVerdict, reason: str
) -> None:
    assert application.id is not None
    work.add(
        ApplicationReview(
            application_id=application.id, verdict=verdict, reason=reason, by_user=actor.user_id, decided_at=work.now
        )
    )


def _to_review(work: UnitOfWork, actor: Actor, application_id: int) -> Application:
    known = applications_visible_to(actor).where(col(Application.id) == application_id)
    application = work.one(known, lock=True, field="applicationId")
    require(actor, Role.OPERATOR)
    if application.applicant_id == actor.user_id:
        raise NotAllowedNow("nobody reviews an own application", "不得审核本人的申请", rule=FOUR_EYES)
    return application


def _to_decide(work: UnitOfWork, actor: Actor, application_id: int, expected_version: int, verb: str) -> Application:
    application = _to_review(work, actor, application_id)
    moved = APPLICATION_LIFE.after(application.state, verb, by=ApplicationSide.REVIEWER)
    if application.version != expected_version:
        raise Stale(application.version)
    application.state = moved
    application.version += 1
    return application
