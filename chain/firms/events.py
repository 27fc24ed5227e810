"""Facts about firms and chains."""

from dataclasses import dataclass
from datetime import date

from kernel.events import Fact


@dataclass(frozen=True)
class FirmRegistered(Fact):
    about = {"firm_id": "Firm"}
    firm_id: int


@dataclass(frozen=True)
class FirmReached(Fact):
    """A buyer wrote down a firm that has not joined."""

    about = {"firm_id": "Firm"}
    firm_id: int


@dataclass(frozen=True)
class ChainDrawn(Fact):
    about = {"chain_id": "Chain"}
    chain_id: int
    stages: int


@dataclass(frozen=True)
class StageLeft(Fact):
    about = {"firm_id": "Firm"}
    firm_id: int
    stage_id: int


@dataclass(frozen=True)
class StageJoined(Fact):
    about = {"firm_id": "Firm"}
    firm_id: int
    stage_id: int


@dataclass(frozen=True)
class FirmChanged(Fact):
    """``fields``: the names of what changed, never the words."""

    about = {"firm_id": "Firm"}
    firm_id: int
    version: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class SiteAdded(Fact):
    about = {"site_id": "Site"}
    site_id: int


@dataclass(frozen=True)
class SiteChanged(Fact):
    about = {"site_id": "Site"}
    site_id: int
    version: int


@dataclass(frozen=True)
class SiteClosed(Fact):
    about = {"site_id": "Site"}
    site_id: int
    closed_on: date
