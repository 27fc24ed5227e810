"""A document and all about it is known to the two parties of its order."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from delivery.documents.tables import CheckFinding, Document, DocumentRevision, Review, ReviewComment
from kernel.access import Actor, seen_by


def documents_visible_to(actor: Actor) -> Select[Document]:
    orders = orders_visible_to(actor).with_only_columns(col(Order.id))
    return seen_by(actor, select(Document).where(col(Document.order_id).in_(orders)))


def revisions_visible_to(actor: Actor) -> Select[DocumentRevision]:
    orders = orders_visible_to(actor).with_only_columns(col(Order.id))
    return seen_by(actor, select(DocumentRevision).where(col(DocumentRevision.order_id).in_(orders)))


def findings_visible_to(actor: Actor) -> Select[CheckFinding]:
    revisions = revisions_visible_to(actor).with_only_columns(col(DocumentRevision.id))
    return seen_by(actor, select(CheckFinding).where(col(CheckFinding.revision_id).in_(revisions)))


def reviews_visible_to(actor: Actor) -> Select[Review]:
    revisions = revisions_visible_to(actor).with_only_columns(col(DocumentRevision.id))
    return seen_by(actor, select(Review).where(col(Review.revision_id).in_(revisions)))


def comments_visible_to(actor: Actor) -> Select[ReviewComment]:
    reviews = reviews_visible_to(actor).with_only_columns(col(Review.id))
    return seen_by(actor, select(ReviewComment).where(col(ReviewComment.review_id).in_(reviews)))
