"""A saved scenario is known to the people of the firm that keeps it, and to nobody else."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, seen_by
from oversight.scenarios.tables import SavedScenario


def saved_scenarios_visible_to(actor: Actor) -> Select[SavedScenario]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(SavedScenario).where(col(SavedScenario.firm_id) == party))
