"""The life of a pool of several firms' needs, and of one firm's membership in it."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class PoolSide(StrEnum):
    """Where a firm stands towards a pool. An organiser may be a member as well."""

    ORGANISER = "organiser"
    MEMBER = "member"


class PoolState(StrEnum):
    """Where a pool stands."""

    OPEN = "open"  # its members state what they need
    CLOSED = "closed"  # the window is over; the total is the organiser's to ask suppliers for
    NOT_FORMED = "not_formed"  # too few joined: nobody learns any total
    SOURCING = "sourcing"  # the total is asked for by a request for quotation
    AWARDED = "awarded"  # shares are allotted, and members order them
    CANCELLED = "cancelled"


class MembershipState(StrEnum):
    """Where one firm's membership stands; nobody but that firm reads it."""

    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"
    ALLOTTED = "allotted"  # it has a share to order
    NOT_ALLOTTED = "not_allotted"
    ORDERED = "ordered"


ORGANISER, MEMBER = PoolSide
POOL, ONE = PoolState, MembershipState

POOL_LIFE = Lifecycle(
    ("pool", "联合采购"),
    #    verb               by           while in                     becomes          outcome
    *(Move(verb,            MEMBER,      {POOL.OPEN},                 POOL.OPEN) for verb in ("join_pool", "decline_pool", "leave_pool")),
    Move("close_pool",      Side.SYSTEM, {POOL.OPEN},                 POOL.CLOSED,     "formed"),
    Move("close_pool",      Side.SYSTEM, {POOL.OPEN},                 POOL.NOT_FORMED, "too_few"),
    Move("source_pool",     ORGANISER,   {POOL.CLOSED, POOL.SOURCING}, POOL.SOURCING),
    Move("award_pool",      ORGANISER,   {POOL.SOURCING},             POOL.AWARDED),
    Move("cancel_pool",     ORGANISER,   {POOL.OPEN, POOL.CLOSED, POOL.SOURCING}, POOL.CANCELLED),
    Move("order_pool_share", MEMBER,     {POOL.AWARDED},              POOL.AWARDED),
    begins={POOL.OPEN},
)  # fmt: skip

MEMBERSHIP_LIFE = Lifecycle(
    ("membership of a pool", "联合采购成员"),
    #    verb               by           while in                               becomes           outcome
    Move("join_pool",       MEMBER,      {ONE.INVITED, ONE.JOINED, ONE.DECLINED, ONE.LEFT}, ONE.JOINED),
    Move("decline_pool",    MEMBER,      {ONE.INVITED},                         ONE.DECLINED),
    Move("leave_pool",      MEMBER,      {ONE.JOINED},                          ONE.LEFT),
    Move("award_pool",      ORGANISER,   {ONE.JOINED},                          ONE.ALLOTTED,     "some"),
    Move("award_pool",      ORGANISER,   {ONE.JOINED},                          ONE.NOT_ALLOTTED, "none"),
    Move("order_pool_share", MEMBER,     {ONE.ALLOTTED},                        ONE.ORDERED),
    begins={ONE.INVITED},
)  # fmt: skip
