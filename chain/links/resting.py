"""What is made of links others disclosed rests on their disclosures: whether all still stand, and that it is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from chain.links.tables import LinkDisclosure
from chain.links.visibility import live_disclosures
from kernel.access import Actor
from kernel.clock import today_of
from kernel.ledger.verbs import note
from kernel.work import UnitOfWork

Shown = Mapping[tuple[int, int], int]
"""(owner, chain) to how many links that owner's disclosure shows of it."""


def shown_of(links: Sequence[Any]) -> dict[tuple[int, int], int]:
    """What of these links, rows or as seen, is shown by disclosures."""
    return dict(Counter((link.buyer_id, link.chain_id) for link in links))


def all_stand(work: UnitOfWork, actor: Actor, shown: Shown) -> bool:
    """Whether every disclosure that showed this still does today."""
    return shown.keys() <= _grants(work, actor, shown).keys()


def note_shown(work: UnitOfWork, actor: Actor, shown: Shown, *, alone: int | None = None, export: bool = False) -> None:
    """Enter a reading into the ledger of each firm that shows something. alone: the one link it is about."""
    if not shown or actor.party_id is None:
        return
    grants = _grants(work, actor, shown)
    for (owner_id, chain_id), count in shown.items():
        grant = grants.get((owner_id, chain_id))
        note(
            work, owner_id=owner_id, viewer=actor, what="disclosed_links", rows=count,
            subject=("Chain", chain_id) if alone is None else ("SupplyLink", alone),
            grant=None if grant is None else ("LinkDisclosure", grant), export=export,
        )  # fmt: skip


def _grants(work: UnitOfWork, actor: Actor, shown: Shown) -> dict[tuple[int, int], int]:
    """(owner, chain) to the row number of what discloses it today."""
    if not shown:
        return {}
    live: Sequence[LinkDisclosure] = work.rows(
        live_disclosures(actor, {owner for owner, _ in shown}, today_of(work.now))
    )
    return {(given.owner_id, given.chain_id): given.id or 0 for given in live}
