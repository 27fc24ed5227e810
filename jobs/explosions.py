"""Work out a plan: first the needs of the firm that plans, told to it; then, apart, those of firms that let it through."""

from collections.abc import Callable

from chain.bills.decisions import circular
from chain.items.reads import items_by_id
from collaboration.planning.decisions import TooLarge, explode, ways
from collaboration.planning.gathering import gather
from collaboration.planning.reads import demands_of, explosions_by_id, handed_on, own_needs
from collaboration.planning.verbs import give_up, pass_on, work_out
from jobs.facts import facts_of
from kernel.access import SYSTEM
from kernel.clock import today_of
from kernel.progress.verbs import tell_progress
from kernel.work import unit_of_work

MOST_NEEDS = 20_000
STEPS = 10
TOO_LARGE = "计划展开超过 20000 行，请拆分计划 (more than 20,000 needs; split the plan)"


def explode_asked_plan(event_id: int) -> None:
    """The planning firm's own needs. Safe to run twice: they are written with the claim, and only once."""
    explosion_id = facts_of(event_id)["explosion_id"]
    with unit_of_work(writes=False) as work:
        firm_id, demands = demands_of(work, explosion_id)
        known = gather(work, demands, today_of(work.now), within=firm_id)
        job_id = explosions_by_id(work, SYSTEM, [explosion_id])[0].job_id
    try:
        found = explode(demands, known, within=firm_id, most=MOST_NEEDS, tell=_teller(job_id)).needs
    except TooLarge:
        found = None
    with unit_of_work() as work:
        if not work.claim(event_id, by="explode_asked_plan"):
            return
        if found is None:
            give_up(work, explosion_id=explosion_id, message=TOO_LARGE)
        else:
            work_out(work, explosion_id=explosion_id, needs=found)


def pass_needs_on(event_id: int) -> None:
    """What the plan asks of other firms, tier by tier. Safe to run twice; the planning firm is told nothing of it."""
    explosion_id = facts_of(event_id)["explosion_id"]
    with unit_of_work(writes=False) as work:
        firm_id, _ = demands_of(work, explosion_id)
        own = own_needs(work, explosion_id, firm_id)
        makers = {item.id: item.firm_id for item in items_by_id(work, SYSTEM, {need.item_id for need in own})}
        demands = handed_on(own, makers)
        known = gather(work, demands, today_of(work.now), within=None)
    for need in own:
        known.supply.give((firm_id, need.item_id), need.from_stock, need.from_orders, need.needed_on)
    closed = circular(ways(known, {(firm_id, need.item_id) for need in own} & known.open_at, None))
    try:
        needs = explode(demands, known, most=MOST_NEEDS).needs
    except TooLarge:
        needs = []
    with unit_of_work() as work:
        if work.claim(event_id, by="pass_needs_on"):
            pass_on(
                work,
                explosion_id=explosion_id,
                needs=needs,
                circular=[item for firm, item in closed if firm == firm_id],
            )


def _teller(job_id: int) -> Callable[[int, int], None]:
    """Tells ten times at most: a long run must not write its progress more often than its result."""

    def tell(done: int, total: int) -> None:
        if done % max(1, total // STEPS) == 0:
            with unit_of_work() as work:
                tell_progress(work, job_id, progress=done, total=total)

    return tell
