"""The life of a supply link, and of a proposal to a firm or about an item its maker must name first.

Evidence is kept apart: it says how sure a link is, not whether its ends agree.
"""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class LinkState(StrEnum):
    """What the two ends say of a link."""

    DECLARED = "declared"  # one end says so
    CONFIRMED = "confirmed"  # both ends stand by it, by word or by an agreed order
    DISPUTED = "disputed"  # the other end says that it is wrong
    ENDED = "ended"


class LinkEnd(StrEnum):
    """Which end of a link acts: who declared it, or who is asked whether it is right."""

    DECLARER = "declarer"
    OTHER = "other_end"


class ProposalState(StrEnum):
    """How a proposal stands."""

    PROPOSED = "proposed"  # the other firm may take it up
    ACCEPTED = "accepted"  # it has become a confirmed link
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"  # nobody took it up in time


SYSTEM = Side.SYSTEM
DECLARER, OTHER = LinkEnd
DECLARED, CONFIRMED, DISPUTED, ENDED = LinkState
PROPOSED, ACCEPTED, DECLINED, WITHDRAWN, EXPIRED = ProposalState

LINK_LIFE = Lifecycle(
    ("supply link", "供应关系"),
    #    verb                    by        while in                         becomes     outcome
    Move("confirm_supply_link",  OTHER,    {DECLARED, DISPUTED},            CONFIRMED),
    Move("dispute_supply_link",  OTHER,    {DECLARED, CONFIRMED},           DISPUTED),
    Move("restate_supply_link",  DECLARER, {DECLARED, CONFIRMED, DISPUTED}, DECLARED),
    Move("end_supply_link",      DECLARER, {DECLARED, CONFIRMED, DISPUTED}, ENDED),
    Move("end_supply_link",      OTHER,    {DECLARED, CONFIRMED, DISPUTED}, ENDED),
    Move("declare_supply_link",  DECLARER, {ENDED},                         DECLARED),  # anew, by either end
    Move("add_evidence",         SYSTEM,   {DECLARED, CONFIRMED},           CONFIRMED,  "trade"),
    Move("add_evidence",         SYSTEM,   {DECLARED},                      DECLARED,   "word"),  # a survey makes nobody stand by it
    Move("add_evidence",         SYSTEM,   {CONFIRMED},                     CONFIRMED,  "word"),
    Move("add_evidence",         SYSTEM,   {DISPUTED},                      DISPUTED,   "trade"),  # only its ends settle what they dispute
    Move("add_evidence",         SYSTEM,   {DISPUTED},                      DISPUTED,   "word"),
    Move("add_evidence",         SYSTEM,   {ENDED},                         ENDED,      "trade"),
    Move("add_evidence",         SYSTEM,   {ENDED},                         ENDED,      "word"),
    begins={DECLARED},
)  # fmt: skip

PROPOSAL_LIFE = Lifecycle(
    ("link proposal", "供应关系提议"),
    #    verb                      by        while in    becomes
    Move("accept_link_proposal",   OTHER,    {PROPOSED}, ACCEPTED),
    Move("decline_link_proposal",  OTHER,    {PROPOSED}, DECLINED),
    Move("withdraw_link_proposal", DECLARER, {PROPOSED}, WITHDRAWN),
    begins={PROPOSED}, derived={EXPIRED},
)  # fmt: skip
