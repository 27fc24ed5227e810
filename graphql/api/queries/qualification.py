"""Questions about certificates and qualification."""

from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import certificates as certificate_types
from api.types import enums
from api.types import qualification as types
from api.types.fields import many, paged, paging, said
from chain.certificates import reads as certificates
from chain.qualification import reads
from kernel import ids


class QualificationQuestions:
    """Certificates, requests for them, categories, standings."""

    certificates = said(
        certificate_types.CertificateConnection, "Your own certificates and those shown to you, newest first.",
        filter=certificate_types.CertificateFilter(description="Which."), **paging(),
    )  # fmt: skip
    certificate_requests = said(
        certificate_types.CertificateRequestConnection, "Requests for certificates, newest first.",
        filter=certificate_types.CertificateRequestFilter(description="Which."), **paging(),
    )  # fmt: skip
    qualification_categories = many(types.QualificationCategory, "Your firm's own categories, by code, at most 60.")
    categorized_items = said(
        types.CategorizedItemConnection, "The items of one of your categories.", category_id=by_id("The category."), **paging()
    )  # fmt: skip
    qualifications = said(
        types.QualificationConnection, "Standings your firm gave or has, newest first.",
        filter=types.QualificationFilter(description="Which."), **paging(),
    )  # fmt: skip
    qualified_suppliers = said(
        types.QualifiedSupplierConnection, "Suppliers your firm has given a standing: the rows of a matrix.",
        sought=graphene.Argument(enums.SoughtStanding, description="Only those with such a standing."), **paging(),
    )  # fmt: skip

    @staticmethod
    def resolve_certificates(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        owner = ids.sought("Firm", f["owner_id"]) if f.get("owner_id") else None
        found = certificates.certificates(
            c.work, c.acting, side=f.get("side"), owner_id=owner, first=first, after=after
        )
        return listed(info, "supplier_certificate", found)

    @staticmethod
    def resolve_certificate_requests(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = certificates.requests(
            c.work, c.acting, side=f.get("side"), states=f.get("states"), first=first, after=after
        )
        return listed(info, "certificate_request", found)

    @staticmethod
    def resolve_qualification_categories(root: Any, info: Any) -> Any:
        c = info.context
        return c.batches.listed("qualification_category", reads.categories(c.work, c.acting))

    @staticmethod
    def resolve_categorized_items(
        root: Any, info: Any, category_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        number = ids.sought("QualificationCategory", category_id)
        found = reads.assigned(c.work, c.acting, category_id=number, first=first, after=after)
        c.batches["item"].expect(row.item_id for row in found.rows)
        c.batches["qualification_category"].expect(row.category_id for row in found.rows)
        return paged(found)

    @staticmethod
    def resolve_qualifications(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.qualifications(
            c.work, c.acting, side=f.get("side"), sought=f.get("sought"), first=first, after=after
        )
        return listed(info, "qualification", found)

    @staticmethod
    def resolve_qualified_suppliers(
        root: Any, info: Any, sought: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = reads.suppliers(c.work, c.acting, sought=sought, first=first, after=after)
        c.batches["qualification_standings"].expect(row.id for row in found.rows)
        return listed(info, "firm", found)
