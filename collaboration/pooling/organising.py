"""An organiser opens a pool, asks suppliers for its total once the window is over, and shares out what is awarded."""

from decimal import Decimal

from sqlmodel import col

from chain.firms.verbs import partner
from chain.sharing.verbs import require_terms
from collaboration.pooling import decisions
from collaboration.pooling.events import PoolAwarded, PoolCancelled, PoolClosed, PoolOpened
from collaboration.pooling.events import PoolSourced as Sourced
from collaboration.pooling.forms import PoolAsked, PoolSourced
from collaboration.pooling.lifecycle import MEMBERSHIP_LIFE, POOL_LIFE, PoolSide, PoolState
from collaboration.pooling.moving import pool_to_move
from collaboration.pooling.reads import given_up, stated
from collaboration.pooling.tables import Pool, PoolInvitation, PoolMembership, PoolTier
from collaboration.pooling.visibility import pool_memberships_visible_to, pools_visible_to
from collaboration.sourcing.awarding import Won, award_pooled
from collaboration.sourcing.costs import exactly
from collaboration.sourcing.decisions import in_item_unit
from collaboration.sourcing.forms import RfqAsked, RfqLineAsked, Share
from collaboration.sourcing.verbs import draft_rfq
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.quantities import ZERO, plain
from kernel.texts import words
from kernel.work import UnitOfWork

STILL_ASKED = Rule(
    "pool.rfq_runs", "组织方先取消询价单", "the organiser, by cancelling the request for quotation first"
)


def open_pool(work: UnitOfWork, actor: Actor, asked: PoolAsked) -> Pool:
    """Ask firms to state what they need of something; terms and rule stand from now on. The own firm may be among them.

    Raises NotFound, NotAllowedNow, Invalid naming the field.
    """
    require(actor, Role.BUYER)
    if actor.party_id is None:
        raise NotFound
    decisions.check_opened(asked, work.now, today_of(work.now))
    for n, firm_id in enumerate(asked.member_ids):
        partner(work, actor, firm_id, field=f"memberIds.{n}")
        if firm_id != actor.party_id:
            require_terms(work, actor.party_id, firm_id)
    number = asked.number.strip()
    own = pools_visible_to(actor).where(col(Pool.organiser_id) == actor.party_id, col(Pool.number) == number)
    if work.count(own):
        raise Invalid("number", f"you have a pool numbered {number} already", f"联合采购编号 {number} 已存在")
    pool = work.add(
        Pool(
            organiser_id=actor.party_id, number=number, title=asked.title.strip(), standard=asked.standard.strip(),
            note=asked.note.strip(), unit=asked.unit, currency=asked.currency, incoterm=asked.incoterm,
            wanted_on=asked.wanted_on, closes_at=asked.closes_at, opened_at=work.now, rule=asked.rule,
            share_step=asked.share_step, guaranteed=asked.guaranteed,
        )
    )  # fmt: skip
    assert pool.id is not None
    work.session.add_all(PoolTier(pool_id=pool.id, from_quantity=tier) for tier in asked.tiers)
    for firm_id in asked.member_ids:
        work.session.add_all(one(pool_id=pool.id, firm_id=firm_id) for one in (PoolInvitation, PoolMembership))
    work.session.flush()
    work.record(PoolOpened(pool_id=pool.id))
    return pool


def close_pool(work: UnitOfWork, *, pool_id: int) -> bool:
    """The window is over; whether there was anything to do. With too few members nothing is told. Safe to run twice."""
    pool = work.one(pools_visible_to(SYSTEM).where(col(Pool.id) == pool_id), lock=True)
    if "close_pool" not in POOL_LIFE.verbs(pool.state, Side.SYSTEM) or work.now < pool.closes_at:
        return False
    formed = len(stated(work, pool_id)) >= decisions.FEWEST_MEMBERS
    outcome = "formed" if formed else "too_few"
    pool.state = POOL_LIFE.after(pool.state, "close_pool", by=Side.SYSTEM, outcome=outcome)
    pool.closed_at = work.now
    pool.version += 1
    work.record(PoolClosed(pool_id=pool_id, formed=formed))
    return True


def source_pool(work: UnitOfWork, actor: Actor, how: PoolSourced, *, pool_id: int, expected_version: int) -> Pool:
    """Draft a request for quotation on the total, whose line stays as it is; again where the one before came to nothing.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    pool = pool_to_move(work, actor, pool_id, "source_pool", expected_version=expected_version)
    _check_given_up(work, actor, pool)
    total = sum(stated(work, pool_id).values(), ZERO)
    title = f"{pool.title} {pool.standard}".strip()[:200]
    rfq = draft_rfq(
        work, actor, RfqAsked(
            number=how.number, title=pool.title, note=how.note, currency=pool.currency, incoterm=pool.incoterm,
            category_id=how.category_id, closes_at=how.closes_at, award_by=how.award_by, invitee_ids=how.invitee_ids,
            lines=[RfqLineAsked(1, title, total, pool.unit, pool.wanted_on)],
        ), pooled=True,
    )  # fmt: skip
    pool.rfq_id = rfq.id
    work.record(Sourced(pool_id=pool_id))
    return pool


def _check_given_up(work: UnitOfWork, actor: Actor, pool: Pool) -> None:
    if pool.rfq_id is not None and not given_up(work, actor, pool):
        raise NotAllowedNow(
            "the total is asked for already; cancel that request first", "总量已在询价中，请先取消该询价单", rule=STILL_ASKED
        )  # fmt: skip


def award_pool(
    work: UnitOfWork, actor: Actor, *, pool_id: int, expected_version: int, quotation_line_id: int,
    quantity: Decimal | None = None, reason: str = "",
) -> Pool:  # fmt: skip
    """Award the total, or as much of it as is said, to one offer; each member is allotted its share by the declared rule.

    reason: where the offer is not the lowest. Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    pool = pool_to_move(work, actor, pool_id, "award_pool", expected_version=expected_version)
    wishes = stated(work, pool_id)
    total = sum(wishes.values(), ZERO)
    award = total if quantity is None else quantity
    decisions.check_step(award, pool.share_step, "quantity")
    if award > total:
        raise Invalid("quantity", f"members need {plain(total)} in all", f"成员需求合计为 {plain(total)}")
    assert pool.rfq_id is not None
    won = award_pooled(work, actor, Share(quotation_line_id, quantity=award, reason=reason), rfq_id=pool.rfq_id)
    shares = decisions.shared(award, wishes, rule=pool.rule, guaranteed=pool.guaranteed, step=pool.share_step)
    joined = pool_memberships_visible_to(SYSTEM).where(col(PoolMembership.id).in_(shares))
    for membership in work.all(joined, lock=True):
        _allot(membership, shares[membership.id or 0], won)
    work.record(PoolAwarded(pool_id=pool_id))
    return pool


def _allot(membership: PoolMembership, share: Decimal, won: Won) -> None:
    outcome = "some" if share else "none"
    membership.state = MEMBERSHIP_LIFE.after(membership.state, "award_pool", by=PoolSide.ORGANISER, outcome=outcome)
    membership.share = share
    membership.version += 1
    if not share:
        return
    offer = won.offer.offer
    try:
        exactly(in_item_unit(share, offer.line_units, offer.item_units))
    except ValueError:
        raise Invalid(
            "quantity", "a share of this is no exact quantity in the item's unit; award another quantity",
            "按此数量分配的份额无法精确换算为物料单位，请改变数量",
        ) from None  # fmt: skip
    membership.seller_id, membership.item_id = won.offer.invitation.supplier_id, offer.item_id
    membership.line_units, membership.item_units = offer.line_units, offer.item_units
    membership.unit_price = won.price


def cancel_pool(work: UnitOfWork, actor: Actor, *, pool_id: int, expected_version: int, reason: str) -> Pool:
    """Give a pool up and tell all invited why; in the window no total is told. Raises NotFound, NotAllowedNow, Invalid, Stale."""
    pool = pool_to_move(work, actor, pool_id, "cancel_pool", expected_version=expected_version)
    assert pool.state is PoolState.CANCELLED
    _check_given_up(work, actor, pool)
    pool.cancelled = words(reason, "reason", decisions.LONGEST_REASON)
    work.record(PoolCancelled(pool_id=pool_id))
    return pool
