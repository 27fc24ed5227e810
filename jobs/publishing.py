"""The officials' figures of a month are published once it has begun."""

from datetime import date

from chain.firms.visibility import chains_visible_to
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.work import unit_of_work
from oversight.naming.verbs import release_names
from oversight.publishing.verbs import publish_figures


def publish_officials_figures() -> None:
    """Of every chain, the figures as of the first of this month. Safe to run twice; runs daily, so that no month is missed."""
    with unit_of_work(writes=False) as work:
        chains = [chain.id for chain in work.rows(chains_visible_to(SYSTEM))]
        period = today_of(work.now).replace(day=1)
    for chain_id in chains:
        publish_month(chain_id, period)


def publish_month(chain_id: int, period: date) -> None:
    with unit_of_work() as work:
        publish_figures(work, chain_id=chain_id, period=period)
        release_names(work, chain_id=chain_id)
