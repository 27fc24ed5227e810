"""Keep a scenario under a name, rename it, say it anew, drop it."""

from datetime import date

from sqlmodel import col

from kernel.access import Actor, Role, require
from kernel.errors import NotAllowedNow, Rule, Stale
from kernel.work import UnitOfWork
from oversight.resilience.asking import ScenarioAsked
from oversight.resilience.gathering import gathered
from oversight.resilience.keeping import kept
from oversight.scenarios.decisions import check_free, check_room, checked_name
from oversight.scenarios.events import ScenarioDropped, ScenarioRenamed, ScenarioRestated, ScenarioSaved
from oversight.scenarios.tables import SavedScenario
from oversight.scenarios.visibility import saved_scenarios_visible_to

KEEPERS = (Role.BUYER, Role.PLANNER, Role.LEAD, Role.SALES)
NO_CHAIN = Rule("scenario.no_firm", "为企业工作的人员", "a person who works for a firm of the chain")


def save_scenario(
    work: UnitOfWork, actor: Actor, *, chain_id: int, name: str, asked: ScenarioAsked, begins_on: date | None
) -> SavedScenario:
    """Keep what is asked, for all people of one's firm. begins_on: None lets it begin on whatever day it is run.

    Only what fits what the firm may see of the chain today is kept. Raises NotAllowedNow, NotFound, Invalid, Limit.
    """
    require(actor, *KEEPERS)
    _check_fits(work, actor, chain_id, asked)
    assert actor.party_id is not None
    mine = saved_scenarios_visible_to(actor).where(col(SavedScenario.chain_id) == chain_id)
    plain = checked_name(name)
    check_free(work.maybe(mine.where(col(SavedScenario.name) == plain), lock=True) is not None)
    check_room(work.count(mine))
    made = work.add(
        SavedScenario(
            firm_id=actor.party_id, chain_id=chain_id, name=plain, begins_on=begins_on, days=asked.days, spec=kept(asked),
            by_user=actor.user_id, saved_at=work.now,
        )
    )  # fmt: skip
    assert made.id is not None
    work.record(ScenarioSaved(scenario_id=made.id))
    return made


def rename_scenario(
    work: UnitOfWork, actor: Actor, *, scenario_id: int, expected_version: int, name: str
) -> SavedScenario:
    """Raises NotFound, NotAllowedNow, Stale, Invalid("name")."""
    found = _own(work, actor, scenario_id, expected_version)
    plain = checked_name(name)
    twin = saved_scenarios_visible_to(actor).where(
        col(SavedScenario.chain_id) == found.chain_id, col(SavedScenario.name) == plain,
        col(SavedScenario.id) != scenario_id,
    )  # fmt: skip
    check_free(work.maybe(twin) is not None)
    found.name = plain
    _touched(work, actor, found)
    work.record(ScenarioRenamed(scenario_id=scenario_id))
    return found


def restate_scenario(
    work: UnitOfWork, actor: Actor, *, scenario_id: int, expected_version: int, asked: ScenarioAsked, begins_on: date | None
) -> SavedScenario:  # fmt: skip
    """Say anew what happens, under the same name. Raises NotFound, NotAllowedNow, Stale, Invalid."""
    found = _own(work, actor, scenario_id, expected_version)
    _check_fits(work, actor, found.chain_id, asked)
    found.begins_on, found.days, found.spec = begins_on, asked.days, kept(asked)
    _touched(work, actor, found)
    work.record(ScenarioRestated(scenario_id=scenario_id, version=found.version))
    return found


def drop_scenario(work: UnitOfWork, actor: Actor, *, scenario_id: int, expected_version: int) -> None:
    """Forget it: what was asked is kept nowhere else. Raises NotFound, NotAllowedNow, Stale."""
    found = _own(work, actor, scenario_id, expected_version)
    work.record(ScenarioDropped(scenario_id=scenario_id))
    work.session.delete(found)


def _own(work: UnitOfWork, actor: Actor, scenario_id: int, expected_version: int) -> SavedScenario:
    mine = saved_scenarios_visible_to(actor).where(col(SavedScenario.id) == scenario_id)
    found = work.one(mine, lock=True, field="scenarioId")
    require(actor, *KEEPERS)
    if found.version != expected_version:
        raise Stale(found.version)
    return found


def _touched(work: UnitOfWork, actor: Actor, found: SavedScenario) -> None:
    found.by_user, found.saved_at = actor.user_id, work.now
    found.version += 1


def _check_fits(work: UnitOfWork, actor: Actor, chain_id: int, asked: ScenarioAsked) -> None:
    from oversight.resilience.what_if import fitted  # scipy takes a second to load: only where a scenario is looked at

    source = gathered(work, actor, chain_id=chain_id)
    if source is None:
        raise NotAllowedNow(
            "scenarios are kept by firms of a chain", "情景由产业链上的企业保存", rule=NO_CHAIN,
        )  # fmt: skip
    fitted(source, asked)
