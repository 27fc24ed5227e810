"""What waits for a person's word besides orders and deliveries: needs to approve, agreements to answer, pools to join."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from collaboration.answer_clocks.reads import silence_terms_to_answer
from collaboration.answer_clocks.verbs import DUTY as SILENCE_DUTY
from collaboration.frameworks.events import FrameworkApproved
from collaboration.frameworks.moving import DUTY
from collaboration.frameworks.reads import amendments_to_answer, approvals_to_decide, frameworks_to_answer
from collaboration.orders.decisions import ANSWER_DAYS
from collaboration.pooling.events import PoolAwarded
from collaboration.pooling.reads import pools_to_join, pools_to_order
from collaboration.requisitions.events import RequisitionSubmitted
from collaboration.requisitions.reads import APPROVERS, requisitions_to_decide
from collaboration.scheduling_agreements.events import SchedulingAgreementProposed
from collaboration.scheduling_agreements.reads import agreements_to_answer, releases_to_answer
from collaboration.sourcing import reads as sourcing
from collaboration.todo import MOST_OF_A_KIND, STATED_DAYS, Act, Todo
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.events import Fact
from kernel.history import last_times
from kernel.work import UnitOfWork


def todos(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """Whatever this person may approve or answer now, each act with the duty its verb demands."""
    found: list[Todo] = []
    if actor.has(*APPROVERS):
        found += _to_approve(work, actor)
    if actor.has(*sourcing.APPROVERS):
        drafts = sourcing.rfqs_to_approve(work, actor, most=MOST_OF_A_KIND)
        found += [Todo(Act.APPROVE_RFQ, "Rfq", r.id, None, today_of(r.closes_at)) for r in drafts]
    if actor.has(*DUTY[Side.SELLER]):
        found += _proposed(work, actor)
    if actor.has(Role.BUYER):
        found += _pooled(work, actor)
    for side in (Side.BUYER, Side.SELLER):
        if actor.has(*DUTY[side], Role.LEAD):
            rows = amendments_to_answer(work, actor, side=side, most=MOST_OF_A_KIND)
            found += [_owed(Act.ACCEPT_FRAMEWORK_AMENDMENT, "Framework", r.framework_id, r.proposed_at) for r in rows]
        if actor.has(SILENCE_DUTY[side]):
            rows = silence_terms_to_answer(work, actor, side=side, most=MOST_OF_A_KIND)
            found += [_owed(Act.ACCEPT_SILENCE_TERMS, "SilenceTerms", r.id, r.proposed_at) for r in rows]
    return found


def _owed(act: Act, kind: str, number: int, asked_at: datetime) -> Todo:
    return Todo(act, kind, number, None, today_of(asked_at) + timedelta(days=ANSWER_DAYS))


def _since(
    work: UnitOfWork, actor: Actor, act: Act, kind: str, rows: Iterable[Any], fact: type[Fact]
) -> list[Todo]:  # fmt: skip
    """What says no instant itself, by the fact that put it before its reader."""
    numbers = [row.id for row in rows]
    known = last_times(work, actor, fact, numbers)
    return [_owed(act, kind, number, known.get(number, work.now)) for number in numbers]


def _to_approve(work: UnitOfWork, actor: Actor) -> list[Todo]:
    rows = requisitions_to_decide(work, actor, most=MOST_OF_A_KIND)
    found = _since(work, actor, Act.APPROVE_REQUISITION, "Requisition", rows, RequisitionSubmitted)
    for row in approvals_to_decide(work, actor, most=MOST_OF_A_KIND):
        act = Act.APPROVE_FRAMEWORK if row.amendment_id is None else Act.APPROVE_FRAMEWORK_AMENDMENT
        found.append(_owed(act, "Framework", row.framework_id, row.asked_at))
    return found


def _proposed(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """Agreements a buyer proposed to this seller, and releases under them."""
    frameworks = frameworks_to_answer(work, actor, most=MOST_OF_A_KIND)
    agreements = agreements_to_answer(work, actor, most=MOST_OF_A_KIND)
    releases = releases_to_answer(work, actor, most=MOST_OF_A_KIND)
    return [
        *_since(work, actor, Act.ACCEPT_FRAMEWORK, "Framework", frameworks, FrameworkApproved),
        *_since(
            work, actor, Act.ACCEPT_SCHEDULING_AGREEMENT, "SchedulingAgreement", agreements, SchedulingAgreementProposed
        ),
        *(_owed(Act.ACKNOWLEDGE_RELEASE, "SchedulingAgreement", r.agreement_id, r.published_at) for r in releases),
    ]


def _pooled(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """Pools to join until their window is over, and shares to order within a week and before the day they are wanted."""
    found = [
        Todo(Act.JOIN_POOL, "Pool", pool.id, None, today_of(pool.closes_at), pool.closes_at)
        for pool in pools_to_join(work, actor, most=MOST_OF_A_KIND)
    ]
    shares = pools_to_order(work, actor, most=MOST_OF_A_KIND)
    awarded = last_times(work, actor, PoolAwarded, [pool.id for pool in shares])
    week = timedelta(days=STATED_DAYS)
    return found + [
        Todo(
            Act.ORDER_POOL_SHARE, "Pool", pool.id, None,
            min(today_of(awarded.get(pool.id, work.now)) + week, pool.wanted_on),
        )
        for pool in shares
    ]  # fmt: skip
