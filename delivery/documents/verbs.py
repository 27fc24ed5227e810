"""Submit a revision, finish its checks, review it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from collaboration.orders.moving import order_to_move
from delivery.checks.findings import Finding, Verdict
from delivery.documents.events import ChecksFinished, DocumentReviewed, DocumentSubmitted
from delivery.documents.lifecycle import REVISION_LIFE, RevisionState
from delivery.documents.tables import (
    CheckFinding,
    Document,
    DocumentRevision,
    Review,
    ReviewComment,
    ReviewVerdict,
)
from delivery.documents.visibility import documents_visible_to, revisions_visible_to
from delivery.requirements.lifecycle import REQUIREMENT_LIFE
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from kernel.access import SYSTEM, Actor, Role, Side
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.progress.verbs import queue_job
from kernel.uploads.tables import Upload, UploadState
from kernel.uploads.visibility import uploads_visible_to
from kernel.work import UnitOfWork

UNDER_WAY = (RevisionState.CHECKING, RevisionState.IN_REVIEW)
RELEASING = (ReviewVerdict.APPROVED, ReviewVerdict.APPROVED_WITH_COMMENTS)


@dataclass(frozen=True)
class Remark:
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Checked:
    """What the checks of one file came to."""

    verdict: Verdict
    findings: Sequence[Finding]
    media_type: str
    page_count: int | None
    text_excerpt: str
    preview_sha256: str | None


def submit_document(
    work: UnitOfWork, actor: Actor, *, requirement_id: int, upload_id: int, number: str, revision: str, title: str,
    language: str,
) -> DocumentRevision:  # fmt: skip
    """The seller hands in a revision; its file is checked by a job. One still under way is superseded.

    Raises NotFound, NotAllowedNow, Invalid.
    """
    visible = requirements_visible_to(actor).where(col(DocumentRequirement.id) == requirement_id)
    requirement = work.one(visible, field="requirementId")
    order = order_to_move(work, actor, requirement.order_id, verb="submit_document", duty=(Role.SALES, Role.GUEST))
    order.version += 1
    requirement = work.one(visible, lock=True)
    upload = _stored(work, actor, upload_id)
    _check_words(requirement, number, revision, title, language)
    document = _document(work, actor, requirement, number, title, language)
    assert document.id is not None and upload.id is not None and actor.party_id is not None
    _supersede(work, actor, requirement_id)
    same = revisions_visible_to(actor).where(
        col(DocumentRevision.document_id) == document.id, col(DocumentRevision.revision) == revision
    )
    if work.maybe(same) is not None:
        raise Invalid(
            "revision",
            f"revision {revision} was submitted before; give the next",
            f"版本 {revision} 已提交过，请填写新的版本号",
        )
    requirement.state = REQUIREMENT_LIFE.after(requirement.state, "submit_document", by=Side.SELLER)
    job = queue_job(
        work, party_id=actor.party_id, kind="document_checks", subject=("DocumentRequirement", requirement_id)
    )
    assert job.id is not None
    written = work.add(
        DocumentRevision(
            document_id=document.id,
            requirement_id=requirement_id,
            order_id=requirement.order_id,
            revision=revision,
            filename=upload.filename,
            size=upload.size,
            sha256=upload.sha256,
            job_id=job.id,
            submitted_at=work.now,
            by_user=actor.user_id,
        )  # fmt: skip
    )
    assert written.id is not None
    job.subject_kind, job.subject_id = "DocumentRevision", written.id
    upload.state = UploadState.USED
    work.record(
        DocumentSubmitted(
            order_id=requirement.order_id,
            requirement_id=requirement_id,
            revision_id=written.id,
            job_id=job.id,
            number=number,
            revision=revision,
            sha256=upload.sha256,
        )  # fmt: skip
    )
    return written


def _stored(work: UnitOfWork, actor: Actor, upload_id: int) -> Upload:
    upload = work.one(uploads_visible_to(actor).where(col(Upload.id) == upload_id), lock=True, field="uploadId")
    if upload.state is UploadState.OPEN:
        raise NotAllowedNow(
            "the bytes of this file have not come yet; send them to the upload's address first",
            "文件内容尚未上传；请先将文件传送到上传地址",
            fields=("uploadId",), rule=Rule("upload.stored", "供应商上传文件", "the seller, by sending the bytes"),
        )  # fmt: skip
    return upload


def _check_words(requirement: DocumentRequirement, number: str, revision: str, title: str, language: str) -> None:
    for field, value, longest in (("number", number, 60), ("revision", revision, 20), ("title", title, 200)):
        if not value.strip() or len(value) > longest or not value.isprintable():
            raise Invalid(field, f"{field} has 1 to {longest} characters", f"{field} 为 1 至 {longest} 个字符")
    if language.lower().split("-")[0] != requirement.language.lower().split("-")[0]:
        raise Invalid(
            "language",
            f"this document is asked for in {requirement.language}",
            f"该资料要求的语言为 {requirement.language}",
        )


def _document(
    work: UnitOfWork, actor: Actor, requirement: DocumentRequirement, number: str, title: str, language: str
) -> Document:
    known = documents_visible_to(actor).where(
        col(Document.requirement_id) == requirement.id, col(Document.number) == number
    )
    found = work.maybe(known)
    if found is not None:
        found.title, found.language = title, language
        return found
    assert requirement.id is not None
    return work.add(
        Document(
            requirement_id=requirement.id, order_id=requirement.order_id, number=number, title=title, language=language
        )
    )


def _supersede(work: UnitOfWork, actor: Actor, requirement_id: int) -> None:
    earlier = revisions_visible_to(actor).where(
        col(DocumentRevision.requirement_id) == requirement_id, col(DocumentRevision.state).in_(UNDER_WAY)
    )
    for revision in work.all(earlier, lock=True):
        revision.state = REVISION_LIFE.after(revision.state, "submit_document", by=Side.SELLER)
        revision.version += 1


def finish_checks(work: UnitOfWork, *, revision_id: int, checked: Checked) -> DocumentRevision:
    """The job's result: to the reviewer, or back to the seller. A revision superseded meanwhile keeps its findings."""
    revision = work.one(revisions_visible_to(SYSTEM).where(col(DocumentRevision.id) == revision_id), lock=True)
    requirement = work.one(
        requirements_visible_to(SYSTEM).where(col(DocumentRequirement.id) == revision.requirement_id), lock=True
    )
    for finding in checked.findings:
        work.session.add(
            CheckFinding(
                revision_id=revision_id,
                check_id=finding.check,
                check_version=finding.version,
                verdict=finding.verdict,
                evidence=finding.evidence,
                en=finding.en[:1000],
                zh=finding.zh[:1000],
                cure_en=finding.cure_en[:1000],
                cure_zh=finding.cure_zh[:1000],
            )  # fmt: skip
        )
    revision.media_type, revision.page_count = checked.media_type, checked.page_count
    revision.text_excerpt, revision.preview_sha256 = checked.text_excerpt[:4000], checked.preview_sha256
    if revision.state is RevisionState.CHECKING:
        outcome = "failed" if checked.verdict is Verdict.FAILED else "passed"
        revision.state = REVISION_LIFE.after(revision.state, "finish_checks", by=Side.SYSTEM, outcome=outcome)
        requirement.state = REQUIREMENT_LIFE.after(requirement.state, "finish_checks", by=Side.SYSTEM, outcome=outcome)
        revision.version += 1
    failed = tuple(f.check for f in checked.findings if f.verdict in (Verdict.FAILED, Verdict.NOT_CHECKED))
    work.record(
        ChecksFinished(order_id=revision.order_id, revision_id=revision_id, verdict=checked.verdict, failed=failed)
    )
    return revision


def review_document(
    work: UnitOfWork, actor: Actor, *, revision_id: int, verdict: ReviewVerdict, comments: Sequence[Remark] = ()
) -> DocumentRevision:
    """The buyer's reviewer says A, B, C or D. Raises NotFound, NotAllowedNow, Invalid("comments")."""
    visible = revisions_visible_to(actor).where(col(DocumentRevision.id) == revision_id)
    revision = work.one(visible, field="revisionId")
    order = order_to_move(work, actor, revision.order_id, verb="review_document", duty=Role.QUALITY)
    order.version += 1
    revision = work.one(visible, lock=True)
    requirement = work.one(
        requirements_visible_to(actor).where(col(DocumentRequirement.id) == revision.requirement_id), lock=True
    )
    _check_reviewer(actor, requirement)
    _check_comments(verdict, comments, revision.page_count)
    revision.state = REVISION_LIFE.after(revision.state, "review_document", by=Side.BUYER, outcome=verdict)
    revision.version += 1
    outcome = "released" if verdict in RELEASING else "returned"
    if verdict in RELEASING:
        _supersede_released(work, actor, revision)
    requirement.state = REQUIREMENT_LIFE.after(requirement.state, "review_document", by=Side.BUYER, outcome=outcome)
    review = work.add(Review(revision_id=revision_id, verdict=verdict, by_user=actor.user_id, reviewed_at=work.now))
    assert review.id is not None and requirement.id is not None
    for number, remark in enumerate(comments, start=1):
        work.add(ReviewComment(review_id=review.id, number=number, page=remark.page, text=remark.text.strip()))
    work.record(
        DocumentReviewed(
            order_id=revision.order_id,
            requirement_id=requirement.id,
            revision_id=revision_id,
            verdict=verdict,
            comments=len(comments),
        )  # fmt: skip
    )
    return revision


def _check_reviewer(actor: Actor, requirement: DocumentRequirement) -> None:
    if requirement.reviewer_id is not None and requirement.reviewer_id != actor.user_id:
        raise NotAllowedNow(
            "this document has a reviewer of its own; ask that colleague", "该资料已指定审核人，请由指定人员审核",
            rule=Rule("review.assigned_reviewer", "指定的审核人", "the reviewer named for it"),
        )  # fmt: skip


def _check_comments(verdict: ReviewVerdict, comments: Sequence[Remark], pages: int | None) -> None:
    if len(comments) > 500:
        raise Invalid("comments", "at most 500 comments a review", "每次审核最多 500 条意见")
    if verdict is not ReviewVerdict.APPROVED and not any(c.text.strip() for c in comments):
        raise Invalid(
            "comments",
            f"a verdict {verdict.name} needs at least one comment saying why",
            "除“通过”外，须至少填写一条意见说明原因",
        )
    for position, remark in enumerate(comments):
        if not remark.text.strip() or len(remark.text) > 4000:
            raise Invalid(f"comments.{position}.text", "a comment has 1 to 4000 characters", "意见为 1 至 4000 个字符")
        if remark.page is not None and not 1 <= remark.page <= (pages or 1_000_000):
            raise Invalid(
                f"comments.{position}.page", f"this document has pages 1 to {pages}", f"该资料页码为 1 至 {pages}"
            )


def _supersede_released(work: UnitOfWork, actor: Actor, newer: DocumentRevision) -> None:
    """One released revision a requirement: the former one steps back."""
    former = revisions_visible_to(actor).where(
        col(DocumentRevision.requirement_id) == newer.requirement_id,
        col(DocumentRevision.state) == RevisionState.RELEASED,
        col(DocumentRevision.id) != newer.id,
    )
    for revision in work.all(former, lock=True):
        revision.state = REVISION_LIFE.after(revision.state, "review_document", by=Side.BUYER, outcome="newer_released")
        revision.version += 1
