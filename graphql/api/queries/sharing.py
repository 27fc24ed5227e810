"""What is asked about terms, grants, shared and allocated figures."""

from typing import Any

from api.queries.parts import by_id
from api.types import sharing as types
from api.types.fields import many, maybe, paged, paging, said
from chain.sharing import reads
from kernel import ids
from kernel.paging import CURSOR


class SharingQuestions:
    """Who sees what of whom, until when, and under which terms."""

    partner_terms = said(types.PartnerTermsConnection, "Your partners, and how the terms with each stand.", **paging())
    terms_with = maybe(types.PartnerTerms, "How the terms with one partner stand.", partner_id=by_id("The partner."))
    terms_versions = said(
        types.TermsConnection,
        "All versions of your terms with a partner, newest first.",
        partner_id=by_id("The partner."),
        **paging(),
    )
    standard_terms = said(types.StandardTerms, "The installation's own text; public.")
    access_grants = said(
        types.AccessGrantConnection,
        "What your firm lets others see, and is let see, newest first.",
        filter=types.AccessGrantFilter(description="Which."),
        **paging(),
    )
    shared_figures = said(
        types.SharedFigureConnection,
        "Prices, costs and capacities: your own, and those of others that a grant shows you today, newest first.",
        filter=types.SharedFigureFilter(description="Which."),
        **paging(),
    )
    band_edges = many(types.BandEdges, "Where bands begin; public.")
    allocated_figures = said(
        types.AllocatedFigureConnection,
        "Figures set apart for one partner that stand now: by your firm, and for it, newest first.",
        filter=types.AllocatedFigureFilter(description="Which."),
        **paging(),
    )

    @staticmethod
    def resolve_partner_terms(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = reads.partner_terms(c.work, c.acting, first=first, after=after)
        c.batches["firm"].expect(n for row in found.rows for n in (row.partner_id, *row.missing))
        c.batches["terms"].expect(n for row in found.rows for n in (row.current, row.waiting))
        return paged(found, cursor=lambda row: ids.seal(CURSOR, row.partner_id))

    @staticmethod
    def resolve_terms_with(root: Any, info: Any, partner_id: str) -> Any:
        return reads.pair_terms(info.context.work, info.context.acting, ids.sought("Firm", partner_id))

    @staticmethod
    def resolve_terms_versions(
        root: Any, info: Any, partner_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        number = ids.sought("Firm", partner_id)
        found = reads.terms_versions(c.work, c.acting, partner_id=number, first=first, after=after)
        c.batches.listed("terms", found.rows)
        return paged(found)

    @staticmethod
    def resolve_standard_terms(root: Any, info: Any) -> Any:
        text, sha256 = reads.standard_terms()
        return {"text": text, "sha256": sha256}

    @staticmethod
    def resolve_access_grants(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        partner = ids.sought("Firm", f["partner_id"]) if f.get("partner_id") else None
        found = reads.access_grants(
            c.work, c.acting, partner_id=partner, live=bool(f.get("live")), first=first, after=after
        )
        c.batches.listed("access_grant", found.rows)
        return paged(found)

    @staticmethod
    def resolve_shared_figures(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        owner = ids.sought("Firm", f["owner_id"]) if f.get("owner_id") else None
        item = ids.sought("Item", f["item_id"]) if f.get("item_id") else None
        found = reads.shared_figures(c.work, c.acting, owner_id=owner, item_id=item, first=first, after=after)
        c.batches["firm"].expect(row.owner_id for row in found.rows)
        c.batches["item"].expect(row.item_id for row in found.rows)
        return paged(found)

    @staticmethod
    def resolve_band_edges(root: Any, info: Any) -> Any:
        return types.band_edges()

    @staticmethod
    def resolve_allocated_figures(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        partner = ids.sought("Firm", f["partner_id"]) if f.get("partner_id") else None
        item = ids.sought("Item", f["item_id"]) if f.get("item_id") else None
        found = reads.allocated_figures(
            c.work, c.acting, partner_id=partner, item_id=item, kind=f.get("kind"), mine=f.get("mine"), first=first,
            after=after,
        )  # fmt: skip
        c.batches.listed("allocated_figure", found.rows)
        return paged(found)
