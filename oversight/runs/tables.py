"""A firm's measuring of its network, and its pieces."""

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word
from oversight.runs.lifecycle import Phase, RunState


class ResilienceRun(SQLModel, table=True):
    """``graph_version``, ``network_sha256``, ``firms``, ``links`` are known once it is gathered.

    ``rests_on``: links shown by each firm's disclosure, by its row number; the results are read only while all of them stand.
    ``top``: of how many firms the score is exact. ``round``: how often it was begun; pieces of an earlier round are not asked for again.
    """

    __tablename__ = "resilience_run"
    id: int | None = key()
    owner_id: int = ref("firm")
    chain_id: int = ref("chain", index=False)
    by_user: int = Field(sa_type=RowNumber)
    top: int
    state: RunState = word(RunState, RunState.GATHERING)
    round: int = 1
    phase: Phase = word(Phase, Phase.COARSE)
    done: int = 0
    total: int = 0
    as_of: date | None = None
    graph_version: str | None = Field(default=None, max_length=64)
    network_sha256: str | None = Field(default=None, max_length=64)
    firms: int = 0
    links: int = 0
    rests_on: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    message_zh: str = Field(default="", max_length=500)
    message_en: str = Field(default="", max_length=500)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ResilienceChunk(SQLModel, table=True):
    """The figures of some firms of one version of a network: the same whichever run asked for them, and however often.

    ``params``: what else they depend on. ``figures``: as ``decisions.packed`` writes them.
    """

    __tablename__ = "resilience_chunk"
    __table_args__ = (UniqueConstraint("owner_id", "graph_version", "params", "phase", "number"),)
    id: int | None = key()
    owner_id: int = ref("firm", index=False)
    graph_version: str = Field(max_length=64)
    params: str = Field(max_length=80)
    phase: Phase = word(Phase)
    number: int
    figures: bytes
    measured_at: datetime = Field(sa_type=UtcDateTime)


scope(
    "resilience_run",
    "resilience_chunk",
    because="what stops a firm is its own secret, and rests on what others showed it",
)
