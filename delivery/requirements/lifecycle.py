"""The life of a document requirement (features.md 3.14). Due soon and overdue follow from the day, not from a state."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class RequirementState(StrEnum):
    """Where a required document stands."""

    REQUIRED = "required"  # owed by the seller
    SUBMITTED = "submitted"  # a revision is being checked or reviewed
    SATISFIED = "satisfied"  # a revision is released


BUYER, SELLER, SYSTEM = Side
REQUIRED, SUBMITTED, SATISFIED = RequirementState

REQUIREMENT_LIFE = Lifecycle(
    ("document requirement", "资料要求"),
    #    verb               by      while in                           becomes      outcome
    Move("submit_document", SELLER, {REQUIRED, SUBMITTED},             SUBMITTED),
    Move("submit_document", SELLER, {SATISFIED},                       SATISFIED),
    Move("finish_checks",   SYSTEM, {SUBMITTED},                       SUBMITTED,   "passed"),
    Move("finish_checks",   SYSTEM, {SUBMITTED},                       REQUIRED,    "failed"),
    Move("finish_checks",   SYSTEM, {SATISFIED},                       SATISFIED,   "passed"),
    Move("finish_checks",   SYSTEM, {SATISFIED},                       SATISFIED,   "failed"),
    Move("review_document", BUYER,  {SUBMITTED, SATISFIED},            SATISFIED,   "released"),
    Move("review_document", BUYER,  {SUBMITTED},                       REQUIRED,    "returned"),
    Move("review_document", BUYER,  {SATISFIED},                       SATISFIED,   "returned"),
    begins={REQUIRED},
)  # fmt: skip
