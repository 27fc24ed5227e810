"""Questions about sites, applications to join and mergers."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import firms as firm_types
from api.types import mergers as merger_types
from api.types import registration as registration_types
from api.types.fields import many, paged, paging, said
from chain.firms import reads as firms
from chain.registration import reads as registration
from collaboration.merging import reads as merging
from kernel import ids


class FirmQuestions:
    """Sites, applications, mergers."""

    sites = said(
        firm_types.SiteConnection,
        "The sites you may know of.",
        filter=firm_types.SiteFilter(description="Which."),
        **paging(),
    )
    applications = said(
        registration_types.ApplicationConnection,
        "Applications to join: your own, those your firm invited; for the operator all. Newest first.",
        filter=registration_types.ApplicationFilter(description="Which."),
        **paging(),
    )
    near_firms = many(
        firm_types.Firm,
        "Firms of the same prefecture with a near-same name, for the reviewer; empty for everybody else.",
        firm_id=by_id("The firm."),
    )
    firm_mergers = said(
        merger_types.FirmMergerConnection, "Proposals that two records are one firm, newest first.", **paging()
    )

    @staticmethod
    def resolve_sites(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        firm_id = ids.sought("Firm", f["firm_id"]) if f.get("firm_id") else None
        found = firms.sites(
            c.work, c.acting, firm_id=firm_id, open_only=bool(f.get("open_only")), first=first, after=after
        )
        return listed(info, "site", found)

    @staticmethod
    def resolve_applications(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = registration.applications(
            c.work, c.acting, states=f.get("states"), mine=bool(f.get("mine")), first=first, after=after
        )
        return listed(info, "application", found)

    @staticmethod
    def resolve_near_firms(root: Any, info: Any, firm_id: str) -> Any:
        c = info.context
        return c.batches.listed("firm", registration.near_to(c.work, c.acting, ids.sought("Firm", firm_id)))

    @staticmethod
    def resolve_firm_mergers(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        return paged(merging.mergers(c.work, c.acting, first=first, after=after))
