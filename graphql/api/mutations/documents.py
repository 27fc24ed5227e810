"""Require, upload, submit, review, accept."""

from datetime import timedelta
from typing import Any

import graphene

from api.payloads import (
    Mutation,
    given,
    input_argument,
    maybe_number,
    needed,
    needed_list,
    number,
    optional,
    optional_list,
)
from api.scalars import BigInt, Date, Text
from api.types import enums
from api.types.documents import (
    AcceptanceCertificate,
    DocumentRequirement,
    DocumentRevision,
    Upload,
)
from api.types.fields import maybe
from api.types.jobs import Job
from delivery.documents import verbs as document_verbs
from delivery.documents.verbs import Remark
from delivery.packages import verbs as package_verbs
from delivery.requirements import verbs as requirement_verbs
from delivery.requirements.verbs import Asked
from kernel import signing
from kernel.progress import reads as progress
from kernel.uploads import verbs as upload_verbs


class RequirementInput(graphene.InputObjectType):
    """One document asked for."""

    order_line_id = optional(graphene.ID, "For this line; for the whole order without it.")
    document_type = needed(Text, "VDI 2770 class, such as 02-04.")
    title = needed(Text, "What is asked for.")
    language = needed(Text, "In which language, such as zh.")
    format = needed(enums.DocumentFormat, "In which file format.")
    due = needed(Date, "By which day.")
    reviewer = optional(Text, "E-mail of the colleague who reviews it; any of the quality people without it.")


class RequireDocumentsInput(graphene.InputObjectType):
    """Documents an order must come with."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = optional(graphene.Int, "The version of the order you act on.")
    requirements = needed_list(RequirementInput, "Which.")


class RequireDocuments(Mutation):
    """The buyer adds to what an order must come with. Needs the role BUYER or QUALITY."""

    class Arguments:
        input = input_argument(RequireDocumentsInput)

    requirements = graphene.List(graphene.NonNull(DocumentRequirement), description="Those added.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        asked = [
            Asked(
                one["document_type"],
                one["title"],
                one["language"],
                one["format"],
                one["due"],
                maybe_number("OrderLine", one, "order_line_id"),
                given(one, "reviewer"),
            )  # fmt: skip
            for i, one in enumerate(input["requirements"])
        ]
        order_id = number("Order", input, "order_id")
        version = given(input, "expected_version")
        written = requirement_verbs.require_documents(
            work, actor, order_id=order_id, asked=asked, expected_version=version
        )
        return {"requirements": written}


class OpenUploadInput(graphene.InputObjectType):
    """A file about to be sent."""

    filename = needed(Text, "Its name, without a path.")
    size = needed(BigInt, "Its size in bytes, at most 52428800.")
    sha256 = needed(Text, "Its SHA-256, 64 hexadecimal digits.")


class OpenUpload(Mutation):
    """Open a slot for a file; then send its bytes to the slot's address."""

    class Arguments:
        input = input_argument(OpenUploadInput)

    upload = maybe(Upload, "The slot.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        opened = upload_verbs.open_upload(
            work, actor, filename=input["filename"], size=input["size"], sha256=input["sha256"]
        )
        token = signing.sign("upload", str(opened.id), work.now + timedelta(hours=upload_verbs.SLOT_HOURS))
        headers = [{"name": "Content-Type", "value": "application/octet-stream"}]
        return {"upload": _Slot(opened.id or 0, f"/uploads/{token}", headers)}


class _Slot:
    method = "PUT"

    def __init__(self, id: int, url: str, headers: list[dict[str, str]]) -> None:
        self.id, self.url, self.headers = id, url, headers


class SubmitDocumentInput(graphene.InputObjectType):
    """A revision handed in for a requirement."""

    requirement_id = needed(graphene.ID, "What it answers.")
    upload_id = needed(graphene.ID, "The file, its bytes sent.")
    number = needed(Text, "Your document number.")
    revision = needed(Text, "Your revision label, new for this document.")
    title = needed(Text, "Title.")
    language = needed(Text, "Language, as required.")


class SubmitDocument(Mutation):
    """The seller hands in a revision; a job checks its file. Needs the role SALES."""

    class Arguments:
        input = input_argument(SubmitDocumentInput)

    revision = maybe(DocumentRevision, "The revision.")
    job = maybe(Job, "The job that checks it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        revision = document_verbs.submit_document(
            work, actor, requirement_id=number("DocumentRequirement", input, "requirement_id"),
            upload_id=number("Upload", input, "upload_id"), number=input["number"],
            revision=input["revision"], title=input["title"], language=input["language"],
        )  # fmt: skip
        return {"revision": revision, "job": progress.job(work, actor, revision.job_id)}


class ReviewCommentInput(graphene.InputObjectType):
    """A remark."""

    page = optional(graphene.Int, "The page it is about.")
    text = needed(Text, "The remark.")


class ReviewDocumentInput(graphene.InputObjectType):
    """A verdict on a revision."""

    revision_id = needed(graphene.ID, "The revision.")
    verdict = needed(enums.ReviewVerdict, "A, B, C or D; all but A need a comment.")
    comments = optional_list(ReviewCommentInput, "Remarks, numbered in this order.")


class ReviewDocument(Mutation):
    """The buyer's reviewer releases a revision or sends it back. Needs the role QUALITY."""

    class Arguments:
        input = input_argument(ReviewDocumentInput)

    revision = maybe(DocumentRevision, "The revision after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        revision_id = number("DocumentRevision", input, "revision_id")
        remarks = [Remark(c["text"], given(c, "page")) for c in given(input, "comments", [])]
        revision = document_verbs.review_document(
            work, actor, revision_id=revision_id, verdict=input["verdict"], comments=remarks
        )
        return {"revision": revision}


class AcceptDeliveryInput(graphene.InputObjectType):
    """Which delivery is accepted."""

    order_id = needed(graphene.ID, "The order.")
    expected_version = optional(graphene.Int, "The version of the order you act on.")


class AcceptDelivery(Mutation):
    """The buyer accepts goods and documents; refused while any receipt or document is missing. Needs the role BUYER."""

    class Arguments:
        input = input_argument(AcceptDeliveryInput)

    certificate = maybe(AcceptanceCertificate, "The certificate.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        order_id = number("Order", input, "order_id")
        version = given(input, "expected_version")
        return {"certificate": package_verbs.accept_delivery(work, actor, order_id=order_id, expected_version=version)}
