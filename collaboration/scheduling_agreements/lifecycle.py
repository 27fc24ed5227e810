"""The lives of a scheduling agreement and of a release under it (features.md C7)."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class SchedulingAgreementState(StrEnum):
    """Where a scheduling agreement stands."""

    PROPOSED = "proposed"  # the seller owes an answer
    AGREED = "agreed"  # the buyer may publish releases
    DECLINED = "declined"
    ENDED = "ended"  # by the buyer; what was called off stands


class ReleaseState(StrEnum):
    """Where a release stands; what it says is never edited."""

    PUBLISHED = "published"  # the seller owes an answer
    ACKNOWLEDGED = "acknowledged"  # the seller delivers what it says of the firm zone
    OBJECTED = "objected"  # the seller does not, and says why
    SUPERSEDED = "superseded"  # a newer release came before the answer


BUYER, SELLER, _ = Side
AGREEMENT, RELEASE = SchedulingAgreementState, ReleaseState

SCHEDULING_AGREEMENT_LIFE = Lifecycle(
    ("scheduling agreement", "计划协议"),
    #    verb                            by      while in                                 becomes
    Move("accept_scheduling_agreement",  SELLER, {AGREEMENT.PROPOSED},                    AGREEMENT.AGREED),
    Move("decline_scheduling_agreement", SELLER, {AGREEMENT.PROPOSED},                    AGREEMENT.DECLINED),
    Move("publish_release",              BUYER,  {AGREEMENT.AGREED},                      AGREEMENT.AGREED),
    Move("end_scheduling_agreement",     BUYER,  {AGREEMENT.PROPOSED, AGREEMENT.AGREED},  AGREEMENT.ENDED),
    begins={AGREEMENT.PROPOSED},
)  # fmt: skip

RELEASE_LIFE = Lifecycle(
    ("release", "要货计划"),
    #    verb                  by      while in              becomes
    Move("acknowledge_release", SELLER, {RELEASE.PUBLISHED}, RELEASE.ACKNOWLEDGED),
    Move("object_to_release",   SELLER, {RELEASE.PUBLISHED}, RELEASE.OBJECTED),
    Move("publish_release",     BUYER,  {RELEASE.PUBLISHED}, RELEASE.SUPERSEDED),
    begins={RELEASE.PUBLISHED},
)  # fmt: skip
