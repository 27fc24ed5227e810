"""Facts about days to recover. What a buyer says of a link stands in no history: its supplier reads the link's."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class LinkRecoveryStated(Fact):
    link_id: int
    recover_days: int


@dataclass(frozen=True)
class LinkRecoveryWithdrawn(Fact):
    link_id: int
