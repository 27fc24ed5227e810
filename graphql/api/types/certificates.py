"""Certificates, their versions, to whom they are shown, verdicts on them and requests for them."""

from typing import Any

import graphene

from api.scalars import BigInt, DateTime
from api.types import enums
from api.types.fields import Date, camel, child, children, connection, ident, many, maybe, said
from api.types.firms import Firm, Node
from chain.certificates.lifecycle import FileState
from chain.certificates.reads import certificate_verbs, newest_fit, request_verbs
from kernel.handouts import Handout, hand_out
from kernel.ledger.verbs import note


class CertificateVerification(graphene.ObjectType):
    """One buyer's verdict on one version; known to that buyer and the supplier."""

    class Meta:
        interfaces = (Node,)

    id = ident("CertificateVerification")
    buyer = maybe(Firm, "Whose verdict.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    verdict = said(enums.CertificateVerdict, "The verdict.")
    reason = said(graphene.String, "Why it is not accepted, or a remark.")
    verified_at = said(DateTime, "When.")


def _address(row: Any, info: Any) -> str | None:
    """Of a clean file only; whoever is shown it is noted in the supplier's access ledger."""
    c = info.context
    certificate = c.batches["supplier_certificate"].one(row.certificate_id)
    if row.file_state is not FileState.CLEAN or certificate is None:
        return None
    if certificate.owner_id != c.acting.party_id:
        given = c.batches["certificate_showings"].many(row.certificate_id)
        note(
            c.work, owner_id=certificate.owner_id, viewer=c.acting, what="certificate_file",
            subject=("Certificate", row.certificate_id),
            grant=("CertificateShowing", given[0].id) if given else None,
        )  # fmt: skip
    return str(c.address(f"/files/{hand_out(Handout(row.sha256, row.filename), c.work.now)}"))


class CertificateVersion(graphene.ObjectType):
    """One paper: as first given, or a renewal."""

    class Meta:
        interfaces = (Node,)

    id = ident("CertificateVersion")
    sequence = said(graphene.Int, "1 is the first.")
    number = said(graphene.String, "The issuer's number.")
    issuer = said(graphene.String, "Who issued it.")
    scope = said(graphene.String, "What it covers.")
    valid_from = said(Date, "First day.")
    valid_until = said(Date, "Last day.")
    days_left = said(graphene.Int, "Days until the last one; negative once it is past.",
                     resolver=lambda row, info: (row.valid_until - info.context.today).days)  # fmt: skip
    filename = said(graphene.String, "The scan's name.")
    size = said(BigInt, "Bytes.")
    file_state = said(enums.CertificateFileState, "What the checks say of the scan.")
    added_at = said(DateTime, "When it was put on record.")
    url = maybe(
        graphene.String, "Address of the scan, good for five minutes; none until it is found clean.", resolver=_address
    )
    verifications = children(CertificateVerification, "certificate_verifications", "Verdicts you may know of.")


class CertificateShowing(graphene.ObjectType):
    """A supplier lets one buyer see a certificate."""

    class Meta:
        interfaces = (Node,)

    id = ident("CertificateShowing")
    buyer = maybe(Firm, "Who sees it.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    shown_at = said(DateTime, "Since when.")


class CertificateReminder(graphene.ObjectType):
    """Your firm was told that a certificate ends."""

    days = said(graphene.Int, "So many days before.")
    told_at = said(DateTime, "When.")


class Certificate(graphene.ObjectType):
    """What a supplier can prove: given once, shown to whom it chooses."""

    class Meta:
        interfaces = (Node,)

    id = ident("Certificate")
    owner = child(Firm, "firm", "owner_id", "The supplier.", required=False)
    kind = said(enums.CertificateKind, "What it is about.")
    named = said(graphene.String, "Its name, where the kind is OTHER; else empty.")
    state = said(enums.CertificateState, "Whether its supplier stands by it.")
    version = said(graphene.Int, "Grows with every renewal and withdrawal.")
    latest = maybe(CertificateVersion, "The latest paper that is not unfit.",
                   resolver=lambda row, info: newest_fit(info.context.batches["certificate_versions"].many(row.id)))  # fmt: skip
    versions = children(CertificateVersion, "certificate_versions", "All papers, newest first.")
    showings = children(CertificateShowing, "certificate_showings", "Who sees it now; a buyer finds itself only.")
    reminders = children(
        CertificateReminder, "certificate_reminders", "What your firm was told of its end, newest first."
    )
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in certificate_verbs(info.context.acting, row)])  # fmt: skip


CertificateConnection = connection(Certificate, "Certificate")


class CertificateRequest(graphene.ObjectType):
    """A buyer asks a supplier to show a certificate."""

    class Meta:
        interfaces = (Node,)

    id = ident("CertificateRequest")
    buyer = maybe(Firm, "Who asks.", resolver=lambda row, info: info.context.batches["firm"].one(row.buyer_id))
    supplier = maybe(
        Firm, "Who is asked.", resolver=lambda row, info: info.context.batches["firm"].one(row.supplier_id)
    )
    kind = said(enums.CertificateKind, "For what.")
    named = said(graphene.String, "Its name, where the kind is OTHER.")
    note = said(graphene.String, "What the buyer says with it.")
    due_on = said(Date, "Answer by this day.")
    state = said(enums.CertificateRequestState, "What became of it.")
    refusal = said(graphene.String, "Why the supplier will not.")
    asked_at = said(DateTime, "When.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in request_verbs(info.context.acting, row)])  # fmt: skip


CertificateRequestConnection = connection(CertificateRequest, "CertificateRequest")


class CertificateFilter(graphene.InputObjectType):
    """Which certificates; conditions are joined by and."""

    side = graphene.InputField(enums.Side, description="SELLER: your own; BUYER: those shown to you.")
    owner_id = graphene.InputField(graphene.ID, description="Of this supplier.")


class CertificateRequestFilter(graphene.InputObjectType):
    """Which requests; conditions are joined by and."""

    side = graphene.InputField(enums.Side, description="SELLER: asked of you; BUYER: asked by you.")
    states = graphene.InputField(
        graphene.List(graphene.NonNull(enums.CertificateRequestState)), description="Only in one of these states."
    )


NODES = (
    Certificate, CertificateVersion, CertificateShowing, CertificateVerification, CertificateRequest,
)  # fmt: skip
USUAL_LENGTHS = {
    "Certificate.versions": 2, "Certificate.showings": 5, "Certificate.reminders": 2, "Certificate.openVerbs": 4,
    "CertificateVersion.verifications": 3, "CertificateRequest.openVerbs": 1,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
