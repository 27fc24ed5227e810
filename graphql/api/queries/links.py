"""Questions about supply links and proposals of them."""

from typing import Any

import graphene

from api.types import links as link_types
from api.types.fields import Date, paged, paging, said
from chain.firms import reads as firms
from chain.links import reads as links
from chain.links.lifecycle import LinkState
from chain.links.narrowing import LinkFilter
from kernel import ids
from kernel.paging import CURSOR, Page

_NOT_DISPUTED = tuple(state for state in LinkState if state is not LinkState.DISPUTED)


class LinkQuestions:
    """Supply links, and what is proposed."""

    supply_links = said(
        link_types.SupplyLinkConnection,
        "The supply links you may know of, oldest first.",
        chain_id=graphene.Argument(graphene.ID, description="Of this chain; of all when nothing is said."),
        as_of=graphene.Argument(Date, description="The day; today when nothing is said."),
        filter=link_types.SupplyLinkFilter(description="Which."),
        **paging(),
    )
    link_proposals = said(
        link_types.LinkProposalConnection,
        "Links proposed to you and by you, newest first.",
        filter=link_types.LinkProposalFilter(description="Which."),
        **paging(),
    )

    @staticmethod
    def resolve_supply_links(
        root: Any, info: Any, chain_id: str | None = None, as_of: Any = None, filter: Any = None,
        first: int | None = None, after: str | None = None,
    ) -> Any:  # fmt: skip
        c = info.context
        number = None if chain_id is None else ids.sought("Chain", chain_id)
        if number is not None:
            firms.chain(c.work, c.acting, number)
        found = links.supply_links(
            c.work, c.acting, on=as_of or c.today, by=_asked(number, filter or {}), first=first, after=after
        )
        _expect(c, found)
        return paged(found, cursor=lambda row: ids.seal(CURSOR, row.id, c.acting.party_id or 0))

    @staticmethod
    def resolve_link_proposals(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = links.link_proposals(
            c.work, c.acting, incoming=f.get("incoming"), open_only=bool(f.get("open")), first=first, after=after
        )
        c.batches["firm"].expect(row.to_id for row in found.rows)
        c.batches["chain"].expect(row.chain_id for row in found.rows)
        return paged(found)


def _asked(chain_id: int | None, f: Any) -> LinkFilter:
    states = tuple(f["states"]) if f.get("states") else None
    if f.get("disputed") is not None:
        wanted = (LinkState.DISPUTED,) if f["disputed"] else _NOT_DISPUTED
        states = tuple(s for s in wanted if states is None or s in states)
    return LinkFilter(
        chain_id=chain_id, states=states, bases=tuple(f.get("basis") or ()), side=f.get("side"),
        partner_id=_number("Firm", f.get("partner_id")), item_id=_number("Item", f.get("item_id")),
        site_id=_number("Site", f.get("site_id")), stale=f.get("stale"), awaits_me=f.get("awaits_me"),
    )  # fmt: skip


def _number(kind: str, outward: str | None) -> int | None:
    return None if outward is None else ids.sought(kind, outward)


def _expect(c: Any, found: Page) -> None:
    """What the rows will be asked for is loaded for all of them at once."""
    for row in found.rows:
        c.batches["firm"].expect((row.supplier_id, row.buyer_id))
        c.batches["link_essentiality"].expect((row.id,))
        c.batches["link_recovery"].expect((row.id,))
        c.batches["item"].expect((row.item_id,))
        c.batches["chain"].expect((row.chain_id,))
        c.batches["site"].expect((row.supplier_site_id, row.buyer_site_id))
