"""The life of a data request (features.md 3.15). The asker stands where a buyer does, the asked where a seller does."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class DataRequestState(StrEnum):
    PENDING = "pending"  # the asked owes an answer, or none
    APPROVED = "approved"  # the asker reads the answers until the last day
    REFUSED = "refused"  # without a reason, which would be half an answer
    EXPIRED = "expired"  # its last day has passed
    TERMINATED = "terminated"  # an end has ended it, for instance because its reason is no more


BUYER, SELLER, SYSTEM = Side
PENDING, APPROVED, REFUSED, EXPIRED, TERMINATED = DataRequestState

DATA_REQUEST_LIFE = Lifecycle(
    ("data request", "数据请求"),
    #    verb                     by      while in             becomes
    Move("approve_data_request",   SELLER, {PENDING},           APPROVED),
    Move("refuse_data_request",    SELLER, {PENDING},           REFUSED),
    Move("terminate_data_request", BUYER,  {PENDING, APPROVED}, TERMINATED),
    Move("terminate_data_request", SELLER, {APPROVED},          TERMINATED),
    Move("terminate_data_request", SYSTEM, {PENDING, APPROVED}, TERMINATED),
    Move("expire_data_request",    SYSTEM, {PENDING, APPROVED}, EXPIRED),
    begins={PENDING},
)  # fmt: skip
