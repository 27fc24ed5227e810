"""Whom a buyer's rules name for what a framework agreement lets it spend, and that person's word: never on what he asked himself."""

from decimal import Decimal

from sqlmodel import col

from collaboration.frameworks.tables import Framework, FrameworkApproval
from collaboration.frameworks.visibility import framework_approvals_visible_to
from collaboration.requisitions.decisions import NAMED, NEVER_OWN, Approval, approver_of
from collaboration.requisitions.reads import APPROVERS, approval_rules
from kernel.access import SYSTEM, Actor, Role, require
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.errors import NotAllowedNow
from kernel.work import UnitOfWork


def named_approver(
    work: UnitOfWork, actor: Actor, framework: Framework, worth: Decimal, *, asked_by: int
) -> int | None:
    """Whom the rules of the actor's firm name for an amount, None where any lead decides. Raises Invalid("currency")."""
    here = _approvers(work, actor)
    rules = [
        Approval(r.from_amount, r.approver_id, r.currency, r.category_id, r.supplier_id)
        for r in approval_rules(work, actor) if r.approver_id in here
    ]  # fmt: skip
    return approver_of(
        rules, amount=worth, money=framework.currency, category_id=None, supplier_id=framework.seller_id,
        requested_by=asked_by,
    )  # fmt: skip


def _approvers(work: UnitOfWork, actor: Actor) -> set[int]:
    own = people_visible_to(SYSTEM).where(col(Person.party_id) == actor.party_id, col(Person.closed_at).is_(None))
    may = {role.value for role in APPROVERS}
    return {one.id or 0 for one in work.all(own) if not may.isdisjoint(one.roles.split())}


def ask_approval(
    work: UnitOfWork, actor: Actor, framework: Framework, worth: Decimal, *, amendment_id: int | None = None
) -> FrameworkApproval:
    """Write down that this person asks his firm to let so much be spent."""
    assert framework.id is not None
    named = named_approver(work, actor, framework, worth, asked_by=actor.user_id)
    return work.add(
        FrameworkApproval(
            framework_id=framework.id, amendment_id=amendment_id, worth=worth, asked_by=actor.user_id,
            asked_at=work.now, approver_id=named,
        )
    )  # fmt: skip


def open_approval(work: UnitOfWork, framework_id: int, amendment_id: int | None = None) -> FrameworkApproval:
    """The one that waits, locked: a framework or amendment that waits has exactly one."""
    own = framework_approvals_visible_to(SYSTEM).where(
        col(FrameworkApproval.framework_id) == framework_id, col(FrameworkApproval.decided_at).is_(None)
    )
    of = col(FrameworkApproval.amendment_id)
    return work.one(own.where(of.is_(None) if amendment_id is None else of == amendment_id), lock=True)


def decide_approval(
    work: UnitOfWork, actor: Actor, approval: FrameworkApproval, *, is_approved: bool, reason: str = ""
) -> None:
    """Raises NotAllowedNow for whoever asked, and for whom the rules do not name."""
    require(actor, *APPROVERS)
    if approval.asked_by == actor.user_id:
        raise NotAllowedNow("nobody approves what he asked for himself", "不能审批本人提交的内容", rule=NEVER_OWN)
    check_may_decide(actor, approval.approver_id)
    approval.decided_by, approval.decided_at = actor.user_id, work.now
    approval.is_approved, approval.reason = is_approved, reason


def check_may_decide(actor: Actor, approver_id: int | None) -> None:
    """Raises NotAllowedNow where the rules name somebody else, or nobody and this is no lead."""
    if not may_decide(actor, approver_id):
        raise NotAllowedNow(
            "your firm's approval rules name somebody else for this one",
            "按本单位审批规则，应由其他人员审批",
            rule=NAMED,
        )


def may_decide(actor: Actor, approver_id: int | None) -> bool:
    return actor.has(Role.LEAD) if approver_id is None else approver_id == actor.user_id and actor.has(*APPROVERS)


def give_up_approval(work: UnitOfWork, framework_id: int, amendment_id: int | None = None) -> None:
    """What was asked is taken back: nobody decides on it any more."""
    approval = open_approval(work, framework_id, amendment_id)
    approval.decided_at = work.now
