"""Questions about data requests, names said to viewers, and the access ledger."""

from typing import Any

from api.queries.parts import listed
from api.types import requests as types
from api.types.fields import paged, paging, said
from chain.aliases import reads as alias_reads
from chain.requests import reads
from kernel import ids
from kernel.access import Side
from kernel.errors import Invalid
from kernel.ledger import reads as ledger_reads


class RequestQuestions:
    """What one asks of others, and who looked at one's own."""

    data_requests = said(
        types.DataRequestConnection,
        "Requests for data your firm has sent or received, newest first.",
        filter=types.DataRequestFilter(description="Which."),
        **paging(),
    )
    identity_reveals = said(
        types.IdentityRevealConnection, "To whom your firm has said its name, newest first.", **paging()
    )
    access_ledger = said(
        types.AccessEntryConnection,
        "Who of which firm read or exported what of yours under which grant, newest first; kept two years.",
        filter=types.AccessFilter(description="Which."),
        **paging(),
    )

    @staticmethod
    def resolve_data_requests(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        side = f.get("side")
        if side is Side.SYSTEM:
            raise Invalid("filter.side", "a request is asked by your firm or of it", "请选择“我方请求”或“向我方请求”")
        found = reads.data_requests(c.work, c.acting, side=side, states=f.get("states"), first=first, after=after)
        c.batches["firm"].expect(row.partner_id for row in found.rows)
        return listed(info, "data_request", found)

    @staticmethod
    def resolve_identity_reveals(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = alias_reads.reveals(c.work, c.acting, first=first, after=after)
        c.batches["firm"].expect(row.viewer_id for row in found.rows if row.viewer_named)
        return paged(found)

    @staticmethod
    def resolve_access_ledger(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        viewer = ids.sought("Firm", f["partner_id"]) if f.get("partner_id") else None
        found = ledger_reads.access_entries(
            c.work, c.acting, viewer_id=viewer, since=f.get("since"), until=f.get("until"),
            exported=f.get("exported"), first=first, after=after,
        )  # fmt: skip
        c.batches["firm"].expect(row.viewer_id for row in found.rows)
        return paged(found)
