"""Required documents, their revisions and checks, reviews, uploads, acceptance."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, child, children, connection, ident, many, maybe, said
from api.types.firms import Node
from api.types.jobs import Job
from api.types.orders import Order, OrderLine, camel
from collaboration.orders.reads import side
from delivery.documents import reads as revision_reads
from delivery.requirements import reads as requirement_reads
from delivery.requirements.decisions import DOCUMENT_TYPES, is_due_soon, is_overdue
from delivery.requirements.lifecycle import RequirementState
from kernel.handouts import Handout, Reader, hand_out


class CheckFinding(graphene.ObjectType):
    """What one check found in a file."""

    check = said(graphene.String, "Stable id of the check.", resolver=lambda row, info: row.check_id)
    version = said(graphene.Int, "The check's own version.", resolver=lambda row, info: row.check_version)
    verdict = said(enums.CheckVerdict, "In order or not.")
    message = said(graphene.String, "What was found, in the language of the request.",
                   resolver=lambda row, info: row.zh if info.context.lang == "zh" else row.en)  # fmt: skip
    cure = said(graphene.String, "What to do about it.",
                resolver=lambda row, info: row.cure_zh if info.context.lang == "zh" else row.cure_en)  # fmt: skip


class ReviewComment(graphene.ObjectType):
    """A numbered remark of a reviewer."""

    number = said(graphene.Int, "1 is the first.")
    page = maybe(graphene.Int, "The page it is about.")
    text = said(graphene.String, "The remark.")


class Review(graphene.ObjectType):
    """A reviewer's verdict on a revision."""

    verdict = said(enums.ReviewVerdict, "A, B, C or D.")
    reviewed_at = said(DateTime, "When.")
    reviewer = maybe(graphene.String, "Who, by name; known to the reviewer's own firm.",
                     resolver=lambda row, info: _name(row.by_user, info))  # fmt: skip
    comments = children(ReviewComment, "comments", "Numbered remarks.")


def _name(person_id: int | None, info: Any) -> str | None:
    person = info.context.batches["person"].one(person_id)
    return person.name if person else None


class Document(graphene.ObjectType):
    """A document under the seller's number."""

    class Meta:
        interfaces = (Node,)

    id = ident("Document")
    number = said(graphene.String, "The seller's number.")
    title = said(graphene.String, "Title.")
    language = said(graphene.String, "Language code.")
    revisions = many(lambda: DocumentRevision, "Newest first.",
                     resolver=lambda row, info: info.context.batches["document_revisions"].many(row.id))  # fmt: skip


def _file_address(row: Any, info: Any) -> str:
    file = Handout(row.sha256, row.filename, reader=_reader(row, info))
    return str(info.context.address(f"/files/{hand_out(file, info.context.work.now)}"))


def _reader(row: Any, info: Any) -> Reader | None:
    """Whose ledger it enters when it is fetched: the seller's, whose document it is, when the buyer does."""
    acting, order = info.context.acting, info.context.batches["order"].one(row.order_id)
    if order is None or acting.party_id == order.seller_id or acting.of_firm is not None:
        return None
    return Reader(order.seller_id, acting, "document_file", ("DocumentRevision", row.id))


def _preview_address(row: Any, info: Any) -> str | None:
    if row.preview_sha256 is None:
        return None
    picture = Handout(row.preview_sha256, row.filename + ".png", picture=True, reader=_reader(row, info))
    return str(info.context.address(f"/files/{hand_out(picture, info.context.work.now)}"))


def _revision_verbs(row: Any, info: Any) -> list[str]:
    batches, acting = info.context.batches, info.context.acting
    order = batches["order"].one(row.order_id)
    requirement = batches["requirement"].one(row.requirement_id)
    return [camel(v) for v in revision_reads.open_verbs(acting, row, requirement, order, side(order, acting))]


def _requirement_verbs(row: Any, info: Any) -> list[str]:
    order, acting = info.context.batches["order"].one(row.order_id), info.context.acting
    return [camel(v) for v in requirement_reads.open_verbs(acting, row, order, side(order, acting))]


class DocumentRevision(graphene.ObjectType):
    """One revision of a document: a file, what checks found in it, what the reviewer said."""

    class Meta:
        interfaces = (Node,)

    id = ident("DocumentRevision")
    document = child(Document, "document", "document_id", "The document.")
    revision = said(graphene.String, "The seller's revision label.")
    state = said(enums.RevisionState, "Where it stands.")
    version = said(graphene.Int, "Grows with every act.")
    filename = said(graphene.String, "The file's name.")
    size = said(graphene.Int, "Bytes.")
    sha256 = said(graphene.String, "SHA-256 of the file.")
    media_type = said(graphene.String, "As found by its first bytes; empty until checked.")
    page_count = maybe(graphene.Int, "Pages, where it has any.")
    text_excerpt = said(graphene.String, "The beginning of its text.")
    submitted_at = said(DateTime, "When it was handed in.")
    findings = children(CheckFinding, "findings", "What the checks found.")
    review = maybe(
        Review, "The reviewer's verdict.", resolver=lambda row, info: info.context.batches["review"].one(row.id)
    )
    url = maybe(graphene.String, "Address of the file, good for five minutes.", resolver=_file_address)
    preview_url = maybe(graphene.String, "Address of a picture of its first page, good for five minutes.",
                        resolver=_preview_address)  # fmt: skip
    job = child(Job, "job", "job_id", "The job that checks it; known to the firm that submitted.", required=False)
    requirement = said(lambda: DocumentRequirement, "What it answers.",
                       resolver=lambda row, info: info.context.batches["requirement"].one(row.requirement_id))  # fmt: skip
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.", resolver=_revision_verbs)


class DocumentRequirement(graphene.ObjectType):
    """A document an order must come with."""

    class Meta:
        interfaces = (Node,)

    id = ident("DocumentRequirement")
    document_type = said(graphene.String, "VDI 2770 class, such as 02-04.")
    document_type_name = said(graphene.String, "The class in words.",
                              resolver=lambda row, info: DOCUMENT_TYPES[row.document_type][0 if info.context.lang == "zh" else 1])  # fmt: skip
    title = said(graphene.String, "What is asked for.")
    language = said(graphene.String, "In which language.")
    format = said(enums.DocumentFormat, "In which format.")
    due = said(Date, "By which day.", resolver=lambda row, info: row.due_on)
    state = said(enums.RequirementState, "Where it stands.")
    due_soon = said(graphene.Boolean, "Due within seven days and not satisfied.",
                    resolver=lambda row, info: _open(row) and is_due_soon(row.due_on, info.context.today))  # fmt: skip
    overdue = said(graphene.Boolean, "Past its day and not satisfied.",
                   resolver=lambda row, info: _open(row) and is_overdue(row.due_on, info.context.today))  # fmt: skip
    order_line = maybe(OrderLine, "The line it is for; empty: the whole order.",
                       resolver=lambda row, info: info.context.batches["line"].one(row.line_id))  # fmt: skip
    order_id = said(
        graphene.ID, "The order it belongs to.", resolver=lambda row, info: info.context.seal("Order", row.order_id)
    )
    order = child(Order, "order", "order_id", "The order it belongs to.")
    reviewer = maybe(graphene.String, "The colleague who reviews it, by name; empty: any of the buyer's quality people.",
                     resolver=lambda row, info: _name(row.reviewer_id, info))  # fmt: skip
    revisions = children(DocumentRevision, "revisions", "What was handed in, newest first.")
    open_verbs = many(graphene.String, "What you may do for it now, by mutation name.", resolver=_requirement_verbs)


def _open(row: Any) -> bool:
    return row.state is not RequirementState.SATISFIED


class UploadHeader(graphene.ObjectType):
    """A header to send along with the bytes."""

    name = said(graphene.String, "Name.")
    value = said(graphene.String, "Value.")


class Upload(graphene.ObjectType):
    """A slot for one file: send the bytes to `url` by `method`, with `headers`."""

    id = ident("Upload")
    url = said(graphene.String, "Where to send the bytes; good for a day.",
               resolver=lambda row, info: info.context.address(row.url))  # fmt: skip
    method = said(graphene.String, "PUT.")
    headers = many(UploadHeader, "Headers to send.")


class AcceptanceCertificate(graphene.ObjectType):
    """The buyer accepted goods and documents of an order."""

    class Meta:
        interfaces = (Node,)

    id = ident("AcceptanceCertificate")
    accepted_at = said(DateTime, "When.")
    documents = said(graphene.Int, "How many released documents it covers.")
    snapshot_hash = said(graphene.String, "SHA-256 over accepted quantities and released files.")


DocumentRequirementConnection = connection(DocumentRequirement, "DocumentRequirement")


class DocumentRequirementFilter(graphene.InputObjectType):
    """Which required documents; values inside a list are joined by or, conditions by and."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(enums.RequirementState)), description="Standing in one of these."
    )
    overdue = graphene.InputField(graphene.Boolean, description="Past their day and not satisfied, or not so.")
    due_until = graphene.InputField(Date, description="Due on this day or before.")
    side = graphene.InputField(enums.Side, description="Of orders where you are buyer, or seller.")


class DocumentCounts(graphene.ObjectType):
    """How many required documents of living orders stand where."""

    required = said(graphene.Int, "Owed by the seller.")
    submitted = said(graphene.Int, "Being checked or reviewed.")
    satisfied = said(graphene.Int, "With a released revision.")
    overdue = said(graphene.Int, "Past their day and not satisfied.")
    due_soon = said(graphene.Int, "Due within seven days and not satisfied.")


class DocumentClass(graphene.ObjectType):
    """A document class of VDI 2770 part 1."""

    code = said(graphene.String, "Such as 02-04.")
    name = said(graphene.String, "In words, in the language of the request.")
