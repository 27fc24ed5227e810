"""The life of an order line, and what may be done to an order. Code, buttons, docs and tests derive from these rows."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class LineState(StrEnum):
    """Where one line of an order stands (features.md 3.3)."""

    OPEN = "open"  # the buyer has asked; the seller owes an answer
    CHANGE_PROPOSED = "change_proposed"  # the seller offers other terms; the buyer owes a decision
    ADDED_PROPOSED = "added_proposed"  # the seller offers a line the buyer did not ask for
    CONFIRMED = "confirmed"  # both are bound
    REJECTED = "rejected"  # the seller will not deliver
    CANCELLED = "cancelled"  # the buyer no longer wants it
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"  # all accepted
    CLOSED_SHORT = "closed_short"  # less than agreed came, and no more will


class OrderState(StrEnum):
    """Where an order stands: derived from its lines, never typed (see decisions.order_state)."""

    PLACED = "placed"  # the seller owes an answer
    ACKNOWLEDGED = "acknowledged"  # the seller has seen it (AB) and still owes an answer
    COUNTERED = "countered"  # answered with changes (CA) that wait for the buyer
    CONFIRMED = "confirmed"  # agreed: both are bound
    REJECTED = "rejected"  # the seller rejected all of it; no duty remains (RE)
    IN_DELIVERY = "in_delivery"
    DELIVERED = "delivered"  # every live line is received or closed short
    ACCEPTED = "accepted"  # goods and documents are accepted by certificate
    CANCELLED = "cancelled"


class ResponseState(StrEnum):
    """Where one answer to an order stands (features.md 3.4)."""

    NOTED = "noted"  # an acknowledgement asks for nothing
    WAITING = "waiting"  # at least one line waits for the buyer
    AGREED = "agreed"  # nothing waits any more
    AGREED_BY_RULE = "agreed_by_rule"  # agreed without a person, inside the pair's tolerance
    REFUSED = "refused"  # the buyer took none of what waited; the original stands, or the line is cancelled
    LAPSED = "lapsed"  # the buyer's time passed and nothing was taken; the original stands
    SUPERSEDED = "superseded"  # a newer answer stands in its place


BUYER, SELLER, SYSTEM = Side
LINE, ORDER = LineState, OrderState

CHANGEABLE = {LINE.OPEN, LINE.CONFIRMED, LINE.PART_SHIPPED, LINE.SHIPPED, LINE.PART_RECEIVED}
"""Lines that both sides may still change, down to what was shipped."""

REOPENABLE = {LINE.REJECTED, LINE.CANCELLED, LINE.CLOSED_SHORT}
"""Lines of which nothing more is to come, and that may be wanted after all."""

LINE_LIFE = Lifecycle(
    ("order line", "订单行"),
    #    verb                     by      while in                                 becomes            outcome
    Move("respond_to_order",      SELLER, {LINE.OPEN, LINE.CHANGE_PROPOSED},             LINE.CONFIRMED,       "accepted"),
    Move("respond_to_order",      SELLER, {LINE.CONFIRMED},                           LINE.CONFIRMED,       "accepted"),
    Move("respond_to_order",      SELLER, {LINE.OPEN, LINE.CHANGE_PROPOSED},             LINE.CHANGE_PROPOSED, "changed"),
    Move("respond_to_order",      SELLER, {LINE.OPEN, LINE.CHANGE_PROPOSED},             LINE.REJECTED,        "rejected"),
    Move("respond_to_order",      SELLER, {LINE.OPEN, LINE.CHANGE_PROPOSED},             LINE.CHANGE_PROPOSED, "already_delivered"),
    Move("respond_to_order",      SELLER, {LINE.ADDED_PROPOSED},                      LINE.REJECTED,        "withdrawn"),
    Move("agree_by_rule",         SYSTEM, {LINE.CHANGE_PROPOSED},                     LINE.CONFIRMED),
    Move("decide_on_response",    BUYER,  {LINE.CHANGE_PROPOSED, LINE.ADDED_PROPOSED},   LINE.CONFIRMED,       "accept"),
    Move("decide_on_response",    BUYER,  {LINE.CHANGE_PROPOSED},                     LINE.OPEN,            "refuse"),
    Move("decide_on_response",    BUYER,  {LINE.ADDED_PROPOSED},                      LINE.CANCELLED,       "refuse"),
    Move("decide_on_response",    BUYER,  {LINE.CHANGE_PROPOSED, LINE.ADDED_PROPOSED},   LINE.CANCELLED,       "cancel"),
    Move("decide_on_response",    BUYER,  {LINE.CHANGE_PROPOSED},                     LINE.OPEN,            "counter"),
    Move("lapse_response",        SYSTEM, {LINE.CHANGE_PROPOSED},                     LINE.CONFIRMED,       "accept"),
    Move("lapse_response",        SYSTEM, {LINE.CHANGE_PROPOSED},                     LINE.OPEN,            "refuse"),
    Move("lapse_response",        SYSTEM, {LINE.ADDED_PROPOSED},                      LINE.CANCELLED,       "refuse"),
    Move("assume_agreed",         SYSTEM, {LINE.OPEN},                                LINE.CONFIRMED),
    Move("lapse_order",           SYSTEM, {LINE.OPEN},                                LINE.CANCELLED),
    Move("close_short",           BUYER,  {LINE.PART_SHIPPED, LINE.PART_RECEIVED},       LINE.CLOSED_SHORT),
    # Before anything is agreed the buyer changes what it asks; afterwards both must want it (collaboration.changes).
    Move("change_order",             BUYER,  {LINE.OPEN},                             LINE.OPEN,            "changed"),
    Move("change_order",             BUYER,  REOPENABLE - {LINE.CLOSED_SHORT},        LINE.OPEN,            "reopened"),
    Move("change_order",             BUYER,  {LINE.OPEN},                             LINE.CANCELLED,       "deleted"),
    Move("respond_to_order_change",  SELLER, CHANGEABLE,                              LINE.CONFIRMED,       "changed"),
    Move("respond_to_order_change",  SELLER, REOPENABLE,                              LINE.CONFIRMED,       "reopened"),
    Move("respond_to_order_change",  SELLER, CHANGEABLE,                              LINE.CANCELLED,       "deleted"),
    Move("decide_on_order_change",   BUYER,  CHANGEABLE,                              LINE.CONFIRMED,       "changed"),
    Move("decide_on_order_change",   BUYER,  REOPENABLE,                              LINE.CONFIRMED,       "reopened"),
    Move("decide_on_order_change",   BUYER,  CHANGEABLE,                              LINE.CANCELLED,       "deleted"),
    Move("request_order_cancellation", BUYER,  {LINE.OPEN},                           LINE.CANCELLED),
    Move("answer_order_cancellation",  BUYER,  CHANGEABLE,                            LINE.CANCELLED),
    Move("answer_order_cancellation",  SELLER, CHANGEABLE,                            LINE.CANCELLED),
    begins={LINE.OPEN, LINE.ADDED_PROPOSED},
    derived={LINE.PART_SHIPPED, LINE.SHIPPED, LINE.PART_RECEIVED, LINE.RECEIVED},  # see decisions.shipping_state
)  # fmt: skip

BOUND_ORDER = {ORDER.CONFIRMED, ORDER.IN_DELIVERY}
AMENDED_ORDER = {ORDER.PLACED, ORDER.ACKNOWLEDGED, *BOUND_ORDER}
"""Orders of which a change or cancellation may be asked; a counter-offer is decided on first."""

DEAD_ORDER = {ORDER.REJECTED, ORDER.CANCELLED}
"""Nothing is left of these: a change may only want lines of theirs after all."""

HOLDABLE_ORDER = {ORDER.PLACED, ORDER.ACKNOWLEDGED, ORDER.COUNTERED, *BOUND_ORDER}
"""Something of these is still to be answered, decided or despatched."""

LIVE_ORDER = {ORDER.PLACED, ORDER.ACKNOWLEDGED, ORDER.COUNTERED, ORDER.CONFIRMED, ORDER.IN_DELIVERY, ORDER.DELIVERED}

ORDER_LIFE = Lifecycle(
    ("order", "订单"),
    # An order's next state follows from its lines; these rows say who may act while it is where.
    Move("respond_to_order",      SELLER, {ORDER.PLACED, ORDER.ACKNOWLEDGED, ORDER.COUNTERED}, ORDER.CONFIRMED),
    Move("decide_on_response",    BUYER,  {ORDER.COUNTERED},                           ORDER.CONFIRMED),
    Move("lapse_response",        SYSTEM, {ORDER.COUNTERED},                           ORDER.CONFIRMED),
    Move("assume_agreed",         SYSTEM, {ORDER.PLACED, ORDER.ACKNOWLEDGED},          ORDER.CONFIRMED),
    Move("lapse_order",           SYSTEM, {ORDER.PLACED, ORDER.ACKNOWLEDGED},          ORDER.CANCELLED),
    Move("send_despatch_advice",  SELLER, {ORDER.CONFIRMED, ORDER.IN_DELIVERY},            ORDER.IN_DELIVERY),
    Move("post_receipt",          BUYER,  {ORDER.IN_DELIVERY, ORDER.CONFIRMED, ORDER.DELIVERED}, ORDER.IN_DELIVERY),
    Move("close_short",           BUYER,  {ORDER.IN_DELIVERY},                        ORDER.IN_DELIVERY),
    Move("require_documents",     BUYER,  LIVE_ORDER,                              ORDER.PLACED),
    Move("submit_document",       SELLER, LIVE_ORDER,                              ORDER.PLACED),
    Move("review_document",       BUYER,  LIVE_ORDER,                              ORDER.PLACED),
    Move("accept_delivery",       BUYER,  {ORDER.DELIVERED},                           ORDER.ACCEPTED),
    Move("change_order",               BUYER,  AMENDED_ORDER | {ORDER.DELIVERED, *DEAD_ORDER}, ORDER.PLACED),
    Move("respond_to_order_change",    SELLER, AMENDED_ORDER | {ORDER.DELIVERED},  ORDER.CONFIRMED),
    Move("decide_on_order_change",     BUYER,  AMENDED_ORDER | {ORDER.DELIVERED},  ORDER.CONFIRMED),
    Move("withdraw_order_change",      BUYER,  AMENDED_ORDER | {ORDER.DELIVERED},  ORDER.CONFIRMED),
    Move("request_order_cancellation", BUYER,  AMENDED_ORDER,                      ORDER.CANCELLED),
    Move("request_order_cancellation", SELLER, BOUND_ORDER,                        ORDER.CONFIRMED),
    Move("answer_order_cancellation",  BUYER,  AMENDED_ORDER | {ORDER.DELIVERED},  ORDER.CANCELLED),
    Move("answer_order_cancellation",  SELLER, AMENDED_ORDER | {ORDER.DELIVERED},  ORDER.CANCELLED),
    Move("withdraw_order_cancellation", BUYER,  AMENDED_ORDER | {ORDER.DELIVERED}, ORDER.CONFIRMED),
    Move("withdraw_order_cancellation", SELLER, AMENDED_ORDER | {ORDER.DELIVERED}, ORDER.CONFIRMED),
    Move("hold_order",                 BUYER,  HOLDABLE_ORDER,                     ORDER.CONFIRMED),  # it lies beside the state
    Move("lift_hold",                  BUYER,  HOLDABLE_ORDER | {ORDER.DELIVERED} | DEAD_ORDER, ORDER.CONFIRMED),
    Move("repromise_order",            SELLER, BOUND_ORDER,                        ORDER.CONFIRMED),
    Move("decide_on_repromise",        BUYER,  BOUND_ORDER,                        ORDER.CONFIRMED),
    begins={ORDER.PLACED},
    derived=set(ORDER) - {ORDER.PLACED, ORDER.ACCEPTED},  # see decisions.order_state
)  # fmt: skip
