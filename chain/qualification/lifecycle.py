"""A supplier's standing with a buyer in a category, and the buyer's proposals to change it."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class Standing(StrEnum):
    """Where a supplier stands with one buyer in one category (features.md A3)."""

    POTENTIAL = "potential"  # known, not yet qualified
    APPROVED = "approved"
    CONDITIONAL = "conditional"  # something is missing or has run out; orders need a reason
    BLOCKED = "blocked"  # no new orders


class ProposalState(StrEnum):
    """What became of a proposal: one person proposes, another decides."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"  # the supplier was blocked meanwhile


BUYER, SELLER, SYSTEM = Side
POTENTIAL, APPROVED, CONDITIONAL, BLOCKED = Standing
NOT_BLOCKED = {POTENTIAL, APPROVED, CONDITIONAL}

QUALIFICATION_LIFE = Lifecycle(
    ("qualification", "供应商资格"),
    #    verb                    by      while in         becomes      outcome
    Move("propose_qualification", BUYER,  {POTENTIAL},     POTENTIAL),
    Move("propose_qualification", BUYER,  {APPROVED},      APPROVED),
    Move("propose_qualification", BUYER,  {CONDITIONAL},   CONDITIONAL),
    Move("approve_qualification", BUYER,  NOT_BLOCKED,     APPROVED,    "approved"),
    Move("approve_qualification", BUYER,  NOT_BLOCKED,     CONDITIONAL, "conditional"),
    Move("block_supplier",        BUYER,  NOT_BLOCKED,     BLOCKED),
    Move("unblock_supplier",      BUYER,  {BLOCKED},       POTENTIAL),  # to be qualified anew, by two persons
    Move("lapse_qualification",   SYSTEM, {APPROVED},      CONDITIONAL),
    Move("restore_qualification", SYSTEM, {CONDITIONAL},   APPROVED),
    begins={POTENTIAL},
)  # fmt: skip

PROPOSAL_LIFE = Lifecycle(
    ("proposal", "资格提议"),
    Move("approve_qualification", BUYER, {ProposalState.OPEN}, ProposalState.APPROVED),
    Move("decline_qualification", BUYER, {ProposalState.OPEN}, ProposalState.DECLINED),
    Move("block_supplier", BUYER, {ProposalState.OPEN}, ProposalState.OVERTAKEN),
    begins={ProposalState.OPEN},
)
