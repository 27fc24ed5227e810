"""Give, renew, withdraw, show, hide, ask for and verify certificates."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, number, optional
from api.scalars import Date, Text
from api.types import enums
from api.types.certificates import (
    Certificate,
    CertificateRequest,
    CertificateVerification,
)
from api.types.fields import maybe
from chain.certificates import verbs
from chain.certificates.forms import Given


class CertificatePaperInput(graphene.InputObjectType):
    """What the paper says, and its scan."""

    number = needed(Text, "The issuer's number.")
    issuer = needed(Text, "Who issued it.")
    scope = optional(Text, "What it covers.")
    valid_from = needed(Date, "First day.")
    valid_until = needed(Date, "Last day; today or later.")
    upload_id = needed(graphene.ID, "The scan as PDF, PNG or JPEG, its bytes sent.")


def _given(paper: Any) -> Given:
    return Given(
        number=paper["number"], issuer=paper["issuer"], scope=given(paper, "scope", ""),
        valid_from=paper["valid_from"], valid_until=paper["valid_until"],
    )  # fmt: skip


class AddCertificateInput(graphene.InputObjectType):
    """A certificate of your firm."""

    kind = needed(enums.CertificateKind, "What it is about.")
    named = optional(Text, "Its name; needed where the kind is OTHER.")
    paper = needed(CertificatePaperInput, "The paper.")


class AddCertificate(Mutation):
    """Put a certificate on record, once for all buyers; nobody sees it until you show it. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(AddCertificateInput)

    certificate = maybe(Certificate, "The certificate.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        added = verbs.add_certificate(
            work, actor, kind=input["kind"], named=given(input, "named"), given=_given(input["paper"]),
            upload_id=number("Upload", input["paper"], "upload_id"),
        )  # fmt: skip
        return {"certificate": added}


class RenewCertificateInput(graphene.InputObjectType):
    """The issuer's new paper."""

    certificate_id = needed(graphene.ID, "The certificate.")
    expected_version = needed(graphene.Int, "The version you read.")
    paper = needed(CertificatePaperInput, "The new paper; it ends later than the former.")


class RenewCertificate(Mutation):
    """Add the renewed paper; all who see the certificate see it, and verify it anew. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(RenewCertificateInput)

    certificate = maybe(Certificate, "The certificate after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        renewed = verbs.renew_certificate(
            work, actor, certificate_id=number("Certificate", input, "certificate_id"),
            expected_version=input["expected_version"], given=_given(input["paper"]),
            upload_id=number("Upload", input["paper"], "upload_id"),
        )  # fmt: skip
        return {"certificate": renewed}


class WithdrawCertificateInput(graphene.InputObjectType):
    """Which certificate holds no longer."""

    certificate_id = needed(graphene.ID, "The certificate.")
    expected_version = needed(graphene.Int, "The version you read.")


class WithdrawCertificate(Mutation):
    """It holds no longer, before its day; nobody relies on it from now. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(WithdrawCertificateInput)

    certificate = maybe(Certificate, "The certificate after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        withdrawn = verbs.withdraw_certificate(
            work, actor, certificate_id=number("Certificate", input, "certificate_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"certificate": withdrawn}


class ShowCertificateInput(graphene.InputObjectType):
    """What to show to whom."""

    certificate_id = needed(graphene.ID, "The certificate.")
    buyer_id = needed(graphene.ID, "The partner who may see it.")


class ShowCertificate(Mutation):
    """Let a partner see a certificate and its renewals, until you take it back. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(ShowCertificateInput)

    certificate = maybe(Certificate, "The certificate after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        shown = verbs.show_certificate(
            work, actor, certificate_id=number("Certificate", input, "certificate_id"),
            buyer_id=number("Firm", input, "buyer_id"),
        )  # fmt: skip
        return {"certificate": shown}


class HideCertificateInput(graphene.InputObjectType):
    """What to take back from whom."""

    certificate_id = needed(graphene.ID, "The certificate.")
    buyer_id = needed(graphene.ID, "The partner who shall see it no longer.")


class HideCertificate(Mutation):
    """Take a certificate back from a partner; its next request no longer sees it. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(HideCertificateInput)

    certificate = maybe(Certificate, "The certificate after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        hidden = verbs.hide_certificate(
            work, actor, certificate_id=number("Certificate", input, "certificate_id"),
            buyer_id=number("Firm", input, "buyer_id"),
        )  # fmt: skip
        return {"certificate": hidden}


class RequestCertificateInput(graphene.InputObjectType):
    """What to ask of whom."""

    supplier_id = needed(graphene.ID, "The supplier.")
    kind = needed(enums.CertificateKind, "What kind.")
    named = optional(Text, "Its name; needed where the kind is OTHER.")
    note = optional(Text, "A word to the supplier.")
    due_on = optional(Date, "By which day; within 14 days without it.")


class RequestCertificate(Mutation):
    """Ask a supplier to show a certificate. Needs the role QUALITY."""

    class Arguments:
        input = input_argument(RequestCertificateInput)

    request = maybe(CertificateRequest, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        request = verbs.request_certificate(
            work, actor, supplier_id=number("Firm", input, "supplier_id"), kind=input["kind"],
            named=given(input, "named"), note=given(input, "note", ""), due_on=given(input, "due_on"),
        )  # fmt: skip
        return {"request": request}


class RefuseCertificateRequestInput(graphene.InputObjectType):
    """Which request, and why not."""

    request_id = needed(graphene.ID, "The request.")
    reason = needed(Text, "Why; the buyer reads it.")


class RefuseCertificateRequest(Mutation):
    """Say that you have none, or will not show it, and why. Needs the role SALES or QUALITY."""

    class Arguments:
        input = input_argument(RefuseCertificateRequestInput)

    request = maybe(CertificateRequest, "The request after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        refused = verbs.refuse_certificate_request(
            work, actor, request_id=number("CertificateRequest", input, "request_id"), reason=input["reason"]
        )
        return {"request": refused}


class VerifyCertificateInput(graphene.InputObjectType):
    """Your verdict on one version."""

    version_id = needed(graphene.ID, "The version.")
    verdict = needed(enums.CertificateVerdict, "The verdict.")
    reason = optional(Text, "Why; needed where it is not accepted. The supplier reads it.")


class VerifyCertificate(Mutation):
    """Say whether your firm relies on a certificate shown to it. Needs the role QUALITY."""

    class Arguments:
        input = input_argument(VerifyCertificateInput)

    verification = maybe(CertificateVerification, "The verdict.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        verdict = verbs.verify_certificate(
            work, actor, version_id=number("CertificateVersion", input, "version_id"), verdict=input["verdict"],
            reason=given(input, "reason", ""),
        )  # fmt: skip
        return {"verification": verdict}


class CertificateActs:
    """What is done with certificates."""

    add_certificate = AddCertificate.Field(description=AddCertificate.__doc__)
    renew_certificate = RenewCertificate.Field(description=RenewCertificate.__doc__)
    withdraw_certificate = WithdrawCertificate.Field(description=WithdrawCertificate.__doc__)
    show_certificate = ShowCertificate.Field(description=ShowCertificate.__doc__)
    hide_certificate = HideCertificate.Field(description=HideCertificate.__doc__)
    request_certificate = RequestCertificate.Field(description=RequestCertificate.__doc__)
    refuse_certificate_request = RefuseCertificateRequest.Field(description=RefuseCertificateRequest.__doc__)
    verify_certificate = VerifyCertificate.Field(description=VerifyCertificate.__doc__)
