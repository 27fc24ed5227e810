"""Facts about inboxes. In no history: what one reads and watches is one's own."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class EntriesRead(Fact):
    entry_ids: tuple[int, ...]


@dataclass(frozen=True)
class EntriesDone(Fact):
    entry_ids: tuple[int, ...]


@dataclass(frozen=True)
class Followed(Fact):
    subject_kind: str
    subject_id: int


@dataclass(frozen=True)
class Unfollowed(Fact):
    subject_kind: str
    subject_id: int


@dataclass(frozen=True)
class FollowedMoved(Fact):
    """Something happened to followed things: (event, what, kind, number) of each. Written by the unit of work itself."""

    moved: tuple[tuple[int, str, str, int], ...]
