"""What a firm asks about the scenarios it keeps."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlmodel import col

from kernel.access import Actor
from kernel.paging import Page, page
from kernel.work import UnitOfWork
from oversight.resilience.asking import ScenarioAsked
from oversight.resilience.keeping import asked_again
from oversight.scenarios.tables import SavedScenario
from oversight.scenarios.verbs import KEEPERS
from oversight.scenarios.visibility import saved_scenarios_visible_to


def saved_scenarios(work: UnitOfWork, actor: Actor, *, chain_id: int, first: int | None, after: str | None) -> Page:
    """Those of one chain, newest first."""
    mine = saved_scenarios_visible_to(actor).where(col(SavedScenario.chain_id) == chain_id)
    return page(work, mine, SavedScenario, first=first, after=after)


def scenarios_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(saved_scenarios_visible_to(actor).where(col(SavedScenario.id).in_(numbers)))


def asked_of(saved: Any, today: date) -> ScenarioAsked:
    """What a saved scenario asks on a day."""
    return asked_again(saved.spec, begins=saved.begins_on or today, days=saved.days)


def scenario_verbs(actor: Actor, saved: Any) -> list[str]:
    """What this person may do to it: the buttons beside it."""
    return ["rename_scenario", "restate_scenario", "drop_scenario"] if actor.has(*KEEPERS) else []
