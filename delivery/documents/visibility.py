"""A document and all about it is known to the two parties of its order."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.documents.tables import CheckFinding, Document, DocumentRevision, Review, ReviewComment
from kernel.access import Actor, lies_under, seen_by


def documents_visible_to(actor: Actor) -> Select[Document]:
    return seen_by(
        actor,
        select(Document).where(lies_under(col(Document.order_id), orders_visible_to(actor), col(Order.id))),
        guests=True,
    )


def revisions_visible_to(actor: Actor) -> Select[DocumentRevision]:
    return seen_by(
        actor,
        select(DocumentRevision).where(
            lies_under(col(DocumentRevision.order_id), orders_visible_to(actor), col(Order.id))
        ),
        guests=True,
    )


def findings_visible_to(actor: Actor) -> Select[CheckFinding]:
    return seen_by(
        actor,
        select(CheckFinding).where(
            lies_under(col(CheckFinding.revision_id), revisions_visible_to(actor), col(DocumentRevision.id))
        ),
        guests=True,
    )


def reviews_visible_to(actor: Actor) -> Select[Review]:
    return seen_by(
        actor,
        select(Review).where(
            lies_under(col(Review.revision_id), revisions_visible_to(actor), col(DocumentRevision.id))
        ),
        guests=True,
    )


def comments_visible_to(actor: Actor) -> Select[ReviewComment]:
    return seen_by(
        actor,
        select(ReviewComment).where(
            lies_under(col(ReviewComment.review_id), reviews_visible_to(actor), col(Review.id))
        ),
        guests=True,
    )
