"""The life of a document revision (features.md 3.14)."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class RevisionState(StrEnum):
    """Where a revision of a document stands."""

    CHECKING = "checking"  # the file is being checked
    CHECKS_FAILED = "checks_failed"  # the file itself is not fit; submit another
    IN_REVIEW = "in_review"
    RETURNED = "returned"  # C: revise
    REJECTED = "rejected"  # D
    RELEASED = "released"  # A, or B with comments
    SUPERSEDED = "superseded"  # a newer revision took its place


BUYER, SELLER, SYSTEM = Side
CHECKING, CHECKS_FAILED, IN_REVIEW, RETURNED, REJECTED, RELEASED, SUPERSEDED = RevisionState

REVISION_LIFE = Lifecycle(
    ("document revision", "资料版本"),
    #    verb               by      while in                becomes        outcome
    Move("finish_checks",   SYSTEM, {CHECKING},             IN_REVIEW,     "passed"),
    Move("finish_checks",   SYSTEM, {CHECKING},             CHECKS_FAILED, "failed"),
    Move("submit_document", SELLER, {CHECKING, IN_REVIEW},  SUPERSEDED),
    Move("review_document", BUYER,  {IN_REVIEW},            RELEASED,      "approved"),
    Move("review_document", BUYER,  {IN_REVIEW},            RELEASED,      "approved_with_comments"),
    Move("review_document", BUYER,  {IN_REVIEW},            RETURNED,      "revise"),
    Move("review_document", BUYER,  {IN_REVIEW},            REJECTED,      "rejected"),
    Move("review_document", BUYER,  {RELEASED},             SUPERSEDED,    "newer_released"),
    begins={CHECKING},
)  # fmt: skip
