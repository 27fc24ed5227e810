"""What was counted of a supplier by a buyer, how the buyer weighs it, and what the supplier objects to."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.scorecards.lifecycle import ContestState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from kernel.quantities import Exact


class Metric(StrEnum):
    """What is measured; formulas and denominators stand in decisions.py."""

    OTIF_AGREED = "otif_agreed"
    OTIF_ORIGINAL = "otif_original"
    ANSWER_HOURS = "answer_hours"
    PROMISE_DRIFT = "promise_drift"
    PPM = "ppm"
    DOCUMENTS = "documents"


class ScorecardObservation(SQLModel, table=True):
    """One counted event: ``value`` of ``of``. Made from orders, answers, receipts and documents, never typed.

    ``subject``: what it is about, once per metric; ``source``: the document it is read from. ``due_on``, ``done_on``:
    the days it compares. ``excluded``: both firms agreed that it does not count.
    """

    __tablename__ = "scorecard_observation"
    __table_args__ = (
        UniqueConstraint("metric", "subject_kind", "subject_id"),
        Index("scorecard_observation_pair", "buyer_id", "supplier_id", "occurred_on"),
        Index("scorecard_observation_supplier", "supplier_id"),
    )
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    supplier_id: int = ref("firm", index=False)
    metric: Metric = word(Metric)
    order_id: int = ref("purchase_order")
    subject_kind: str = Field(max_length=40)
    subject_id: int = Field(sa_type=RowNumber)
    source_kind: str = Field(max_length=40)
    source_id: int = Field(sa_type=RowNumber)
    occurred_on: date
    due_on: date | None = None
    done_on: date | None = None
    value: Decimal = Field(sa_type=Exact)
    of: Decimal = Field(sa_type=Exact)
    excluded: bool = False
    counted_at: datetime = Field(sa_type=UtcDateTime)


class ScorecardTerms(SQLModel, table=True):
    """How a buyer weighs the metrics (in all 100), and below which score it is warned or orders no more."""

    __tablename__ = "scorecard_terms"
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    weights: dict[str, int] = Field(default={}, sa_type=JSON)
    warn_below: int | None = None
    block_below: int | None = None
    version: int = 1
    set_at: datetime = Field(sa_type=UtcDateTime)

    __table_args__ = (UniqueConstraint("buyer_id"),)


class ScorecardContest(SQLModel, table=True):
    """The supplier says that a counted event is not its own; the buyer agrees or does not, with a word."""

    __tablename__ = "scorecard_contest"
    __table_args__ = (UniqueConstraint("observation_id"),)
    id: int | None = key()
    observation_id: int = ref("scorecard_observation", index=False)
    buyer_id: int = ref("firm")
    supplier_id: int = ref("firm")
    reason: str = Field(max_length=400)
    answer: str = Field(default="", max_length=400)
    state: ContestState = word(ContestState, ContestState.OPEN)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


scope(
    "scorecard_observation", "scorecard_terms", "scorecard_contest",
    because="how a supplier serves a buyer is known to the two",
)  # fmt: skip
