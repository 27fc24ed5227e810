"""View as: a query asked through a partner's or the officials' eyes, shown what they see of one's own firm."""

from api.failures import Refused
from chain.viewing.reads import through_officials, through_partner
from kernel import ids
from kernel.access import Actor
from kernel.errors import NotFound
from kernel.work import UnitOfWork

VIEW_AS_HEADER = "X-View-As"
OFFICIALS = "officials"


def through(work: UnitOfWork, actor: Actor | None, eyes: str, *, writes: bool) -> Actor:
    """The actor whose eyes are named by a partner's id or ``officials``. Raises NotFound, Refused for a mutation."""
    if writes:
        raise Refused(403, "whoever looks through another's eyes only reads; act as yourself")
    if actor is None:
        raise NotFound("id")
    found = (
        through_officials(work, actor) if eyes == OFFICIALS else through_partner(work, actor, ids.sought("Firm", eyes))
    )
    work.actor = found
    return found
