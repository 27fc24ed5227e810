"""Whose eyes a firm may look through, and the actor that has them."""

from dataclasses import replace

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.viewing.visibility import SHOWN
from kernel.access import Actor, Role
from kernel.errors import NotFound
from kernel.work import UnitOfWork

__all__ = ["SHOWN", "as_itself", "through_officials", "through_partner"]

LOOKER = -2
"""Nobody's number: whoever looks as another has none of that firm's people's own things, such as an inbox."""
TRADING = frozenset({Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD, Role.SALES})


def through_partner(work: UnitOfWork, actor: Actor, partner_id: int) -> Actor:
    """A person of a partner, with every duty, who sees of the actor's firm what that partner sees. Raises NotFound."""
    firm_id = _own_firm(actor)
    if partner_id == firm_id:
        raise NotFound("id")
    work.one(firms_visible_to(actor).where(col(Firm.id) == partner_id))
    return Actor(user_id=LOOKER, party_id=partner_id, roles=TRADING, of_firm=firm_id)


def through_officials(work: UnitOfWork, actor: Actor) -> Actor:
    """An official of the province, who sees of the actor's firm what officials see. Raises NotFound."""
    firm = work.one(firms_visible_to(actor).where(col(Firm.id) == _own_firm(actor)))
    province = f"{firm.prefecture[:2]}0000"
    return Actor(user_id=LOOKER, roles=frozenset({Role.OFFICIAL}), region=province, of_firm=firm.id)


def _own_firm(actor: Actor) -> int:
    if actor.party_id is None or actor.of_firm is not None:
        raise NotFound("id")
    return actor.party_id


def as_itself(actor: Actor) -> Actor:
    """The firm looked at, in its own right: for what the looking is about, not for what is shown."""
    return replace(actor, party_id=actor.of_firm, roles=frozenset(), of_firm=None)
