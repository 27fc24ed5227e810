"""Explode a plan, take it back, and, for the jobs, write down what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import col

from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from collaboration.planning.decisions import Need
from collaboration.planning.events import PlanExploded, PlanWithdrawn, PlanWorkedOut
from collaboration.planning.tables import Explosion, MaterialNeed, Outcome, PlannedQuantity
from collaboration.planning.visibility import explosions_visible_to, needs_visible_to
from kernel.access import SYSTEM, Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotAllowedNow, NotFound, Rule
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell
from kernel.progress.reads import job
from kernel.progress.tables import Job, JobState
from kernel.progress.verbs import finish_job, queue_job
from kernel.quantities import positive
from kernel.work import UnitOfWork

MOST_LINES = 1_000
FARTHEST_DAYS = 3650
ASKED = frozenset({Role.PLANNER, Role.SALES})
"""Who of a supplier is told that a customer's plan asks for something."""
SIZE = Rule("plan.size", "计划方拆分计划", "the planning firm, by splitting the plan")
OWN = Rule("plan.maker", "该物料的生产企业", "the firm that makes the item")
TAKEN_BACK = Rule("plan.superseded", "计划方重新展开", "the planning firm, by exploding it anew")


@dataclass(frozen=True)
class PlanLine:
    """So much of an item of one's own by a day, in the item's unit."""

    item_id: int
    quantity: Decimal
    wanted_on: date


def explode_plan(work: UnitOfWork, actor: Actor, *, name: str, lines: Sequence[PlanLine]) -> Explosion:
    """Have it worked out what a plan needs, here and at the suppliers that let one look; an earlier run of it goes.

    Raises NotFound, NotAllowedNow, Invalid naming the field, Limit.
    """
    require(actor, Role.PLANNER)
    assert actor.party_id is not None
    if not name.strip() or len(name) > 80 or not name.isprintable():
        raise Invalid("name", "a plan's name has 1 to 80 characters", "计划名称为 1 至 80 个字符")
    _check_lines(work, actor, lines)
    earlier = explosions_visible_to(actor).where(col(Explosion.name) == name, col(Explosion.superseded_at).is_(None))
    for run in work.all(earlier, lock=True):
        run.superseded_at = work.now
    explosion = work.add(Explosion(firm_id=actor.party_id, name=name, job_id=0, asked_at=work.now))
    assert explosion.id is not None
    queued = queue_job(work, party_id=actor.party_id, kind="explosion", subject=("Explosion", explosion.id))
    assert queued.id is not None
    explosion.job_id = queued.id
    work.session.add_all(
        PlannedQuantity(
            explosion_id=explosion.id, item_id=line.item_id, quantity=line.quantity, wanted_on=line.wanted_on
        )
        for line in lines
    )
    work.record(PlanExploded(explosion_id=explosion.id, job_id=queued.id))
    return explosion


def _check_lines(work: UnitOfWork, actor: Actor, lines: Sequence[PlanLine]) -> None:
    if not lines:
        raise Invalid("lines", "a plan has at least one line", "计划至少包含一行")
    if len(lines) > MOST_LINES:
        raise Limit(f"a plan has at most {MOST_LINES} lines", f"计划最多 {MOST_LINES} 行", fields=("lines",), rule=SIZE)
    wanted = {line.item_id for line in lines}
    found = {i.id: i for i in work.all(items_visible_to(actor).where(col(Item.id).in_(wanted)))}
    today = today_of(work.now)
    for n, line in enumerate(lines):
        if line.item_id not in found:
            raise NotFound(f"lines.{n}.itemId")
        if found[line.item_id].firm_id != actor.party_id:
            raise NotAllowedNow("a firm plans what it makes itself", "只能对本单位生产的物料做计划", rule=OWN)
        positive(line.quantity, f"lines.{n}.quantity")
        if not today <= line.wanted_on <= today + timedelta(days=FARTHEST_DAYS):
            raise Invalid(
                f"lines.{n}.wantedOn",
                "a plan is for today or later, within ten years",
                "需求日期应为今天或以后，且在十年之内",
            )


def job_of(work: UnitOfWork, actor: Actor, explosion: Explosion) -> Job:
    """What tells how far a run is."""
    return job(work, actor, explosion.job_id)


def withdraw_plan(work: UnitOfWork, actor: Actor, *, explosion_id: int) -> Explosion:
    """Take a plan back: what it asked of suppliers is gone from their sight at once. Raises NotFound, NotAllowedNow."""
    require(actor, Role.PLANNER)
    own = explosions_visible_to(actor).where(col(Explosion.id) == explosion_id)
    explosion = work.one(own, lock=True, field="explosionId")
    if explosion.superseded_at is not None:
        raise NotAllowedNow("this run was taken back or replaced already", "该次展开已被撤回或替换", rule=TAKEN_BACK)
    explosion.superseded_at = work.now
    work.record(PlanWithdrawn(explosion_id=explosion_id))
    return explosion


def work_out(work: UnitOfWork, *, explosion_id: int, needs: Sequence[Need]) -> None:
    """Write down what a plan needs at the firm that plans; the next step passes on what is bought."""
    explosion = work.one(explosions_visible_to(SYSTEM).where(col(Explosion.id) == explosion_id), lock=True)
    _write(work, explosion_id, needs)
    explosion.finished_at = work.now
    finish_job(work, explosion.job_id, state=JobState.DONE)
    work.record(PlanWorkedOut(explosion_id=explosion_id, needs=len(needs)))


def give_up(work: UnitOfWork, *, explosion_id: int, message: str) -> None:
    """The plan cannot be worked out; its job says why."""
    explosion = work.one(explosions_visible_to(SYSTEM).where(col(Explosion.id) == explosion_id), lock=True)
    explosion.finished_at = work.now
    finish_job(work, explosion.job_id, state=JobState.FAILED, message=message)


def pass_on(work: UnitOfWork, *, explosion_id: int, needs: Sequence[Need], circular: Sequence[int]) -> None:
    """Write down what a plan asks of other firms. circular: items of the planning firm that lead back to themselves.

    Each of these firms is told. Records nothing: whoever plans must not learn whether, how far and when it went on.
    """
    explosion = work.one(explosions_visible_to(SYSTEM).where(col(Explosion.id) == explosion_id), lock=True)
    _write(work, explosion_id, needs)
    own = needs_visible_to(SYSTEM).where(
        col(MaterialNeed.explosion_id) == explosion_id, col(MaterialNeed.firm_id) == explosion.firm_id,
        col(MaterialNeed.item_id).in_(circular), col(MaterialNeed.outcome) == Outcome.PASSED_ON,
    )  # fmt: skip
    for need in work.all(own):
        need.outcome = Outcome.CIRCULAR
    if explosion.superseded_at is None:
        _tell_asked(work, explosion_id)


def _tell_asked(work: UnitOfWork, explosion_id: int) -> None:
    """Once per firm, about the first of its needs: with the plan it goes from the firm's sight, and the entry with it."""
    asked = needs_visible_to(SYSTEM).where(
        col(MaterialNeed.explosion_id) == explosion_id, col(MaterialNeed.customer_id).is_not(None)
    )
    first: dict[int, int] = {}
    for need in work.rows(asked.order_by(col(MaterialNeed.id))):
        first.setdefault(need.firm_id, need.id)
    for firm_id, need_id in first.items():
        tell(
            work, party_id=firm_id, roles=ASKED, reason=InboxReason.TOLD, subject=("MaterialNeed", need_id),
            what="needs_asked", once=f"needs_asked:{explosion_id}",
        )  # fmt: skip


def _write(work: UnitOfWork, explosion_id: int, needs: Sequence[Need]) -> None:
    work.session.add_all(
        MaterialNeed(
            explosion_id=explosion_id, firm_id=need.demand.firm_id, item_id=need.demand.item_id,
            customer_id=need.demand.customer_id, needed_on=need.demand.needed_on, begin_on=need.begin_on,
            gross=need.demand.quantity, from_stock=need.from_stock, from_orders=need.from_orders, net=need.net,
            outcome=need.outcome,
        )
        for need in needs
    )  # fmt: skip
