"""Which firm one's alias stands for, and to whom one has said one's own name."""

from sqlmodel import col

from chain.aliases.tables import IdentityReveal
from chain.aliases.visibility import reveals_visible_to
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel import ids
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def firm_behind(work: UnitOfWork, actor: Actor, alias: str) -> int | None:
    """The hidden firm that this viewer's alias stands for on the links it is shown today; None for any other word.

    Every hidden firm is tried, also after the one is found: an alias that is right takes as long as one made up.
    """
    viewer, found = actor.party_id or 0, None
    shown = supply_links_visible_to(actor, today_of(work.now)).where(
        col(SupplyLink.supplier_id) != viewer, col(SupplyLink.buyer_id) != viewer
    )
    for firm_id in work.all(shown.with_only_columns(col(SupplyLink.supplier_id)).distinct()):
        if ids.pseudonym(viewer, firm_id) == alias:
            found = firm_id
    return found


def reveals(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """To whom one's firm has said its name, newest first."""
    return page(work, reveals_visible_to(actor), IdentityReveal, first=first, after=after)


def reveal(work: UnitOfWork, actor: Actor, reveal_id: int) -> IdentityReveal:
    return work.one(reveals_visible_to(actor).where(col(IdentityReveal.id) == reveal_id))


def reveal_verbs(actor: Actor, given: IdentityReveal) -> list[str]:
    return ["conceal_identity"] if given.concealed_at is None and actor.has(Role.SALES, Role.LEAD) else []
