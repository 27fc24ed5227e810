"""What an agreed cause means for the figures. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from collaboration.causes.tables import MissCause, MissParty
from kernel.errors import Invalid
from kernel.texts import words

LONGEST_WORDS = 400
NOT_SELLERS = frozenset({MissParty.BUYER, MissParty.NEITHER})
"""Where both agree on one of these the miss is left out; what is shared is partly the seller's and counts."""


def is_excluded(party: MissParty | None) -> bool:
    """Whether a miss with this agreed party is left out of OTIF; without an agreed party it counts."""
    return party in NOT_SELLERS


def check_stated(cause: MissCause, party: MissParty, note: str) -> None:
    """A cause goes with words, and a change by the buyer is not the seller's. Raises Invalid."""
    words(note, "note", LONGEST_WORDS)
    if cause in (MissCause.BUYER_CHANGE, MissCause.BUYER_RECEIPT) and party is MissParty.SELLER:
        raise Invalid(
            "party", "what the buyer did is not answered for by the seller", "采购方的变更或收货问题不能由卖方负责"
        )
    if cause is MissCause.FORCE_MAJEURE and party is not MissParty.NEITHER:
        raise Invalid("party", "nobody answers for force majeure", "不可抗力的责任方应为“双方均无责”")


def standing(stated: Iterable[Any]) -> dict[int, Any]:
    """Firm -> what it stated last. stated: oldest first."""
    return {one.by_party: one for one in stated}


def check_others(stated: Sequence[Any], stated_id: int, own_party: int) -> Any:
    """What the other firm states now, which is agreed to. Raises Invalid where it is another, or one's own."""
    theirs = [one for party, one in standing(stated).items() if party != own_party]
    if not theirs or theirs[0].id != stated_id:
        raise Invalid(
            "statedCauseId",
            "agree to what the other firm states now; read it again",
            "只能同意对方目前的陈述，请重新查看",
        )
    return theirs[0]
