"""Facts about firms and chains."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class FirmRegistered(Fact):
    about = {"firm_id": "Firm"}
    firm_id: int


@dataclass(frozen=True)
class ChainDrawn(Fact):
    about = {"chain_id": "Chain"}
    chain_id: int
    stages: int


@dataclass(frozen=True)
class StageJoined(Fact):
    about = {"firm_id": "Firm"}
    firm_id: int
    stage_id: int
