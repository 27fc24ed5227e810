"""Facts about saved scenarios: known to the firm that keeps them."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class ScenarioSaved(Fact):
    about = {"scenario_id": "SavedScenario"}
    scenario_id: int


@dataclass(frozen=True)
class ScenarioRenamed(Fact):
    about = {"scenario_id": "SavedScenario"}
    scenario_id: int


@dataclass(frozen=True)
class ScenarioRestated(Fact):
    about = {"scenario_id": "SavedScenario"}
    scenario_id: int
    version: int


@dataclass(frozen=True)
class ScenarioDropped(Fact):
    about = {"scenario_id": "SavedScenario"}
    scenario_id: int
