"""What people ask about documents."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col

from collaboration.orders.reads import open_verbs as order_verbs
from delivery.documents.lifecycle import REVISION_LIFE
from delivery.documents.tables import CheckFinding, Document, DocumentRevision, Review, ReviewComment, ReviewVerdict
from delivery.documents.visibility import (
    comments_visible_to,
    documents_visible_to,
    findings_visible_to,
    reviews_visible_to,
    revisions_visible_to,
)
from kernel.access import Actor, Side
from kernel.work import UnitOfWork


def documents_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(documents_visible_to(actor).where(col(Document.id).in_(numbers)))


def revisions_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(revisions_visible_to(actor).where(col(DocumentRevision.id).in_(numbers)))


def revisions_of_requirements(work: UnitOfWork, actor: Actor, requirement_ids: Collection[int]) -> Sequence[Any]:
    """Newest first."""
    own = revisions_visible_to(actor).where(col(DocumentRevision.requirement_id).in_(requirement_ids))
    return work.rows(own.order_by(col(DocumentRevision.id).desc()))


def revisions_of_documents(work: UnitOfWork, actor: Actor, document_ids: Collection[int]) -> Sequence[Any]:
    own = revisions_visible_to(actor).where(col(DocumentRevision.document_id).in_(document_ids))
    return work.rows(own.order_by(col(DocumentRevision.id).desc()))


def findings_of(work: UnitOfWork, actor: Actor, revision_ids: Collection[int]) -> Sequence[Any]:
    own = findings_visible_to(actor).where(col(CheckFinding.revision_id).in_(revision_ids))
    return work.rows(own.order_by(col(CheckFinding.id)))


def reviews_of(work: UnitOfWork, actor: Actor, revision_ids: Collection[int]) -> Sequence[Any]:
    return work.rows(reviews_visible_to(actor).where(col(Review.revision_id).in_(revision_ids)))


def comments_of(work: UnitOfWork, actor: Actor, review_ids: Collection[int]) -> Sequence[Any]:
    own = comments_visible_to(actor).where(col(ReviewComment.review_id).in_(review_ids))
    return work.rows(own.order_by(col(ReviewComment.review_id), col(ReviewComment.number)))


def open_verbs(actor: Actor, revision: Any, requirement: Any, order_row: Any, side: Side) -> list[str]:
    """What this person may do to a revision now. One whose requirement names another reviewer may not review it."""
    elsewhere = requirement.reviewer_id not in (None, actor.user_id)
    open_to_side = any(
        m.by is side and m.outcome in set(ReviewVerdict) and revision.state in m.while_in for m in REVISION_LIFE
    )
    allowed = "review_document" in order_verbs(actor, order_row, side)
    return ["review_document"] if open_to_side and allowed and not elsewhere else []


def first_released(work: UnitOfWork, actor: Actor, requirement_ids: Collection[int]) -> dict[int, datetime]:
    """requirement -> when the first revision that a reviewer released was handed in."""
    revisions = {r.id: r for r in revisions_of_requirements(work, actor, requirement_ids)}
    releasing = (ReviewVerdict.APPROVED, ReviewVerdict.APPROVED_WITH_COMMENTS)
    found: dict[int, datetime] = {}
    for review in reviews_of(work, actor, list(revisions)):
        revision = revisions[review.revision_id]
        if review.verdict in releasing:
            earlier = found.get(revision.requirement_id, revision.submitted_at)
            found[revision.requirement_id] = min(earlier, revision.submitted_at)
    return found
