"""Facts about mergers. They are about the proposal, not the firm, whose partners need not know of the other record."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class MergerProposed(Fact):
    about = {"merger_id": "FirmMerger"}
    merger_id: int


@dataclass(frozen=True)
class FirmsMerged(Fact):
    about = {"merger_id": "FirmMerger"}
    merger_id: int


@dataclass(frozen=True)
class MergerRefused(Fact):
    about = {"merger_id": "FirmMerger"}
    merger_id: int


@dataclass(frozen=True)
class MergerWithdrawn(Fact):
    about = {"merger_id": "FirmMerger"}
    merger_id: int
