"""The lives of an order change, a cancellation and a new promise (features.md 3.3 and 3.5). The last agreement stands meanwhile."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class OrderChangeState(StrEnum):
    """Where a change the buyer asks of a placed order stands."""

    NOTED = "noted"  # nothing was agreed yet: what is asked stands changed at once
    SENT = "sent"  # the seller owes an answer
    COUNTERED = "countered"  # the seller offers other terms; the buyer owes a decision
    ACCEPTED = "accepted"  # both are bound by it
    REJECTED = "rejected"  # what was agreed before stands
    WITHDRAWN = "withdrawn"  # the buyer took it back


class CancellationState(StrEnum):
    """Where a cancellation that one side asks for stands."""

    REQUESTED = "requested"  # the other side owes an answer
    ACCEPTED = "accepted"  # what was not shipped is cancelled
    REFUSED = "refused"  # the order stands
    WITHDRAWN = "withdrawn"


class CancellationSide(StrEnum):
    """Who stands on which side of a cancellation: either firm of the order may ask."""

    REQUESTER = "requester"
    ANSWERER = "answerer"


class RepromiseState(StrEnum):
    """Where a new promise for agreed days stands."""

    WAITING = "waiting"  # the buyer owes a decision; the agreed day stands
    AGREED = "agreed"
    AGREED_BY_RULE = "agreed_by_rule"  # inside the pair's tolerance
    REFUSED = "refused"  # the agreed day stands; the new one is still what the seller expects
    SUPERSEDED = "superseded"  # a newer promise or a change of the order took its place


BUYER, SELLER, SYSTEM = Side
REQUESTER, ANSWERER = CancellationSide
CHANGE, CANCELLATION, PROMISE = OrderChangeState, CancellationState, RepromiseState

ORDER_CHANGE_LIFE = Lifecycle(
    ("order change", "订单变更"),
    #    verb                        by      while in                          becomes           outcome
    Move("respond_to_order_change",  SELLER, {CHANGE.SENT},                    CHANGE.ACCEPTED,  "accepted"),
    Move("respond_to_order_change",  SELLER, {CHANGE.SENT},                    CHANGE.REJECTED,  "rejected"),
    Move("respond_to_order_change",  SELLER, {CHANGE.SENT},                    CHANGE.COUNTERED, "changed"),
    Move("decide_on_order_change",   BUYER,  {CHANGE.COUNTERED},               CHANGE.ACCEPTED,  "accept"),
    Move("decide_on_order_change",   BUYER,  {CHANGE.COUNTERED},               CHANGE.REJECTED,  "refuse"),
    Move("withdraw_order_change",    BUYER,  {CHANGE.SENT, CHANGE.COUNTERED},  CHANGE.WITHDRAWN),
    begins={CHANGE.NOTED, CHANGE.SENT},
)  # fmt: skip

CANCELLATION_LIFE = Lifecycle(
    ("order cancellation", "订单取消"),
    #    verb                           by         while in                  becomes                 outcome
    Move("answer_order_cancellation",   ANSWERER,  {CANCELLATION.REQUESTED}, CANCELLATION.ACCEPTED,  "accept"),
    Move("answer_order_cancellation",   ANSWERER,  {CANCELLATION.REQUESTED}, CANCELLATION.REFUSED,   "refuse"),
    Move("withdraw_order_cancellation", REQUESTER, {CANCELLATION.REQUESTED}, CANCELLATION.WITHDRAWN),
    begins={CANCELLATION.REQUESTED, CANCELLATION.ACCEPTED},
)  # fmt: skip

REPROMISE_LIFE = Lifecycle(
    ("new promise", "交期再承诺"),
    #    verb                   by      while in           becomes                 outcome
    Move("decide_on_repromise", BUYER,  {PROMISE.WAITING}, PROMISE.AGREED,         "accept"),
    Move("decide_on_repromise", BUYER,  {PROMISE.WAITING}, PROMISE.REFUSED,        "refuse"),
    Move("repromise_order",     SELLER, {PROMISE.WAITING}, PROMISE.SUPERSEDED),
    begins={PROMISE.WAITING, PROMISE.AGREED_BY_RULE},
)  # fmt: skip
