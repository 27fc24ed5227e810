"""The life of an agreement on what silence means. Only what both ends want is in force; either ends it for the future."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class SilenceState(StrEnum):
    """Where an agreement on silence stands."""

    PROPOSED = "proposed"  # one end has said it; the other owes an answer
    IN_FORCE = "in_force"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"  # one end took it back: silence means nothing again
    REPLACED = "replaced"  # both agreed on another meaning


class SilenceSide(StrEnum):
    """Who stands on which side of a proposal: either firm may make it."""

    PROPOSER = "proposer"
    ANSWERER = "answerer"


PROPOSER, ANSWERER = SilenceSide
SILENCE = SilenceState

SILENCE_LIFE = Lifecycle(
    ("silence terms", "沉默约定"),
    #    verb                      by            while in            becomes
    Move("accept_silence_terms",   ANSWERER,     {SILENCE.PROPOSED}, SILENCE.IN_FORCE),
    Move("accept_silence_terms",   Side.SYSTEM,  {SILENCE.IN_FORCE}, SILENCE.REPLACED),
    Move("decline_silence_terms",  ANSWERER,     {SILENCE.PROPOSED}, SILENCE.DECLINED),
    Move("withdraw_silence_terms", PROPOSER,     {SILENCE.PROPOSED}, SILENCE.WITHDRAWN),
    Move("revoke_silence_terms",   PROPOSER,     {SILENCE.IN_FORCE}, SILENCE.REVOKED),
    Move("revoke_silence_terms",   ANSWERER,     {SILENCE.IN_FORCE}, SILENCE.REVOKED),
    begins={SILENCE.PROPOSED},
)  # fmt: skip
