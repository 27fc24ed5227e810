"""The lives of a framework agreement and of an amendment of it (features.md C6)."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class FrameworkState(StrEnum):
    """Where a framework agreement stands."""

    DRAFT = "draft"  # the buyer writes it
    WAITING = "waiting"  # for whom the buyer's approval rules name
    PROPOSED = "proposed"  # the seller owes an answer
    AGREED = "agreed"  # orders may be called off while it is valid
    DECLINED = "declined"  # by the seller, with a reason; may be written anew
    ENDED = "ended"  # by the buyer before its time; what was called off stands
    EXPIRED = "expired"  # its last day has passed; what was called off stands


class FrameworkSide(StrEnum):
    """Who else moves a framework agreement than its two firms' own people."""

    APPROVER = "approver"  # whom the buyer's rules name


class FrameworkAmendmentState(StrEnum):
    """Where an amendment of a framework agreement stands."""

    WAITING = "waiting"  # it lets the buyer spend more than was approved: for whom the buyer's rules name
    PROPOSED = "proposed"  # the other firm owes an answer
    AGREED = "agreed"
    DECLINED = "declined"  # what was agreed before stands
    WITHDRAWN = "withdrawn"  # by the firm that proposed it


class FrameworkAmendmentSide(StrEnum):
    """Who stands on which side of an amendment: either firm may propose one."""

    PROPOSER = "proposer"
    ANSWERER = "answerer"
    APPROVER = "approver"


BUYER, SELLER, SYSTEM = Side
APPROVER = FrameworkSide.APPROVER
DRAFT, WAITING, PROPOSED, AGREED, DECLINED, ENDED, EXPIRED = FrameworkState
AMENDMENT, BY = FrameworkAmendmentState, FrameworkAmendmentSide

INSIDE = frozenset({DRAFT, WAITING})
"""While it stands here the seller knows nothing of it."""

FRAMEWORK_LIFE = Lifecycle(
    ("framework agreement", "框架协议"),
    #    verb                  by        while in             becomes
    Move("draft_framework",    BUYER,    {DRAFT, DECLINED},   DRAFT),
    Move("submit_framework",   BUYER,    {DRAFT},             WAITING),
    Move("approve_framework",  APPROVER, {WAITING},           PROPOSED),
    Move("reject_framework",   APPROVER, {WAITING},           DRAFT),
    Move("withdraw_framework", BUYER,    {WAITING, PROPOSED}, DRAFT),
    Move("accept_framework",   SELLER,   {PROPOSED},          AGREED),
    Move("decline_framework",  SELLER,   {PROPOSED},          DECLINED),
    Move("call_off",           BUYER,    {AGREED},            AGREED),
    Move("propose_framework_amendment", BUYER,  {AGREED},     AGREED),
    Move("propose_framework_amendment", SELLER, {AGREED},     AGREED),
    Move("end_framework",      BUYER,    {AGREED},            ENDED),
    Move("expire_framework",   SYSTEM,   {AGREED},            EXPIRED),
    begins={DRAFT},
)  # fmt: skip

FRAMEWORK_AMENDMENT_LIFE = Lifecycle(
    ("framework amendment", "框架协议变更"),
    #    verb                             by           while in                                  becomes
    Move("approve_framework_amendment",   BY.APPROVER, {AMENDMENT.WAITING},                      AMENDMENT.PROPOSED),
    Move("accept_framework_amendment",    BY.ANSWERER, {AMENDMENT.PROPOSED},                     AMENDMENT.AGREED),
    Move("decline_framework_amendment",   BY.ANSWERER, {AMENDMENT.PROPOSED},                     AMENDMENT.DECLINED),
    Move("withdraw_framework_amendment",  BY.PROPOSER, {AMENDMENT.WAITING, AMENDMENT.PROPOSED},  AMENDMENT.WITHDRAWN),
    begins={AMENDMENT.WAITING, AMENDMENT.PROPOSED},
)  # fmt: skip
