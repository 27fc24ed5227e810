"""The life of one version of the terms two firms share data under. In force is the newest whose day has come."""

from enum import StrEnum

from kernel.lifecycle import Lifecycle, Move


class TermsState(StrEnum):
    """Where a version of a pair's terms stands."""

    PROPOSED = "proposed"  # at least one of the two has not accepted
    ACCEPTED = "accepted"  # both have
    DECLINED = "declined"  # the one asked will not have it: what was in force stays so
    WITHDRAWN = "withdrawn"  # who had accepted took it back in time


class TermsSide(StrEnum):
    """Where a firm stands to a version: the installation's standard text asks both."""

    SIGNED = "signed"  # proposed it, or accepted it first
    ASKED = "asked"  # has not accepted


SIGNED, ASKED = TermsSide
PROPOSED, ACCEPTED, DECLINED, WITHDRAWN = TermsState

TERMS_LIFE = Lifecycle(
    ("terms", "数据共享条款"),
    #    verb             by      while in    becomes    outcome
    Move("accept_terms",   ASKED,  {PROPOSED}, PROPOSED,  "first"),
    Move("accept_terms",   ASKED,  {PROPOSED}, ACCEPTED,  "both"),
    Move("decline_terms",  ASKED,  {PROPOSED}, DECLINED),
    Move("withdraw_terms", SIGNED, {PROPOSED}, WITHDRAWN),
    begins={PROPOSED},
)  # fmt: skip
