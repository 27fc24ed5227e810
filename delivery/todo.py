"""What a person must do today, documents and acceptance included: the whole list, by the day it is due."""

from datetime import timedelta

from sqlmodel import col

from collaboration.orders.decisions import ANSWER_DAYS
from collaboration.orders.lifecycle import LIVE_ORDER, OrderState
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from collaboration.todo import MOST_OF_A_KIND, Act, Todo, own_orders
from collaboration.todo import todos as trade_todos
from collaboration.waiting import todos as waiting_todos
from delivery.documents.lifecycle import RevisionState
from delivery.documents.tables import DocumentRevision
from delivery.documents.visibility import revisions_visible_to
from delivery.requirements.lifecycle import RequirementState
from delivery.requirements.reads import requirements_by_id, requirements_of_orders
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.work import UnitOfWork


def todos(work: UnitOfWork, actor: Actor) -> list[Todo]:
    """Everything this person must do, first what is due first; at most 500 of a kind."""
    found = trade_todos(work, actor) + waiting_todos(work, actor)
    if actor.has(Role.SALES):
        found += _to_submit(work, actor)
    if actor.has(Role.QUALITY):
        found += _to_review(work, actor)
    if actor.has(Role.BUYER):
        found += _to_accept(work, actor)
    return sorted(found, key=lambda t: (t.limit, t.act, t.subject_id))


def _to_submit(work: UnitOfWork, actor: Actor) -> list[Todo]:
    mine = orders_visible_to(actor).where(col(Order.seller_id) == actor.party_id, col(Order.state).in_(LIVE_ORDER))
    owed = requirements_visible_to(actor).where(
        col(DocumentRequirement.state) == RequirementState.REQUIRED,
        col(DocumentRequirement.order_id).in_(mine.with_only_columns(col(Order.id))),
    )
    rows = work.rows(owed.order_by(col(DocumentRequirement.id)).limit(MOST_OF_A_KIND))
    return [Todo(Act.SUBMIT_DOCUMENT, "DocumentRequirement", r.id, r.order_id, r.due_on) for r in rows]


def _to_review(work: UnitOfWork, actor: Actor) -> list[Todo]:
    mine = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id, col(Order.state).in_(LIVE_ORDER))
    waiting = revisions_visible_to(actor).where(
        col(DocumentRevision.state) == RevisionState.IN_REVIEW,
        col(DocumentRevision.order_id).in_(mine.with_only_columns(col(Order.id))),
    )
    rows = work.rows(waiting.order_by(col(DocumentRevision.id)).limit(MOST_OF_A_KIND))
    reviewer = {r.id: r.reviewer_id for r in requirements_by_id(work, actor, {x.requirement_id for x in rows})}
    return [
        Todo(
            Act.REVIEW_DOCUMENT,
            "DocumentRevision",
            r.id,
            r.order_id,
            today_of(r.submitted_at) + timedelta(days=ANSWER_DAYS),
        )  # fmt: skip
        for r in rows
        if reviewer.get(r.requirement_id) in (None, actor.user_id)
    ]


def _to_accept(work: UnitOfWork, actor: Actor) -> list[Todo]:
    orders = own_orders(work, actor, col(Order.buyer_id), OrderState.DELIVERED)
    missing = {
        r.order_id
        for r in requirements_of_orders(work, actor, [o.id for o in orders])
        if r.state is not RequirementState.SATISFIED
    }
    today = today_of(work.now)
    return [Todo(Act.ACCEPT_DELIVERY, "Order", o.id, o.id, today) for o in orders if o.id not in missing]
