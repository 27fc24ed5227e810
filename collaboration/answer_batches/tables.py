"""What was answered, or decided on, in one act, order by order, and what became of each."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import Side, scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class BatchOutcome(StrEnum):
    """What became of the answer to one order, or of the decision on it."""

    WAITING = "waiting"  # its turn has not come
    ANSWERED = "answered"  # or decided on
    REFUSED = "refused"  # nothing of this order was done; the message says why


class AnswerBatch(SQLModel, table=True):
    """One act of a firm: as seller it answers, as buyer it decides on answers. ``orders``, ``lines``: how many.

    ``job_id`` is empty where it was done at once.
    """

    __tablename__ = "answer_batch"
    id: int | None = key()
    firm_id: int = ref("firm")
    side: Side = word(Side, Side.SELLER)
    by_user: int = Field(sa_type=RowNumber)
    job_id: int | None = ref("job", index=False, nullable=True)
    orders: int
    lines: int
    opened_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BatchedAnswer(SQLModel, table=True):
    """The answer to one order, or the decision on it; ``given``: as JSON of forms. ``code`` and messages: of a refusal."""

    __tablename__ = "batched_answer"
    __table_args__ = (UniqueConstraint("batch_id", "order_id"),)
    id: int | None = key()
    batch_id: int = ref("answer_batch", index=False)
    order_id: int = ref("purchase_order")
    expected_version: int
    given: str = Field(sa_type=Text)
    outcome: BatchOutcome = word(BatchOutcome, BatchOutcome.WAITING)
    code: str | None = Field(default=None, max_length=40)
    message_en: str = Field(default="", max_length=1000)
    message_zh: str = Field(default="", max_length=1000)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope(
    "answer_batch",
    "batched_answer",
    because="which orders a firm answers or decides on together tells of its other partners",
)
