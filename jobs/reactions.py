"""What happens because something happened: one row per event and job. The relay reads nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from kernel.events import Fact

RETRY_SECONDS = (1, 5, 30, 120)
"""Waits before the second to the fifth try; after that a job is dead and waits for a person."""


@dataclass(frozen=True)
class On:
    """``job`` takes the number of the event and must claim it under its own name before it acts."""

    event: type[Fact]
    queue: str
    job: Callable[[int], None]
    retry_seconds: tuple[int, ...] = RETRY_SECONDS
    timeout_seconds: int = 180

    @property
    def name(self) -> str:
        return self.job.__name__


REACTIONS: tuple[On, ...] = (
    #  event, queue, job
)
