"""Propose that two records are one firm; agree to it, refuse it, take it back."""

from sqlmodel import col

from chain.firms.decisions import check_standing, checked_text
from chain.firms.tables import Firm, FormerPartner
from chain.firms.visibility import firms_visible_to
from collaboration.merging.decisions import check_free
from collaboration.merging.events import FirmsMerged, MergerProposed, MergerRefused, MergerWithdrawn
from collaboration.merging.lifecycle import MERGER_LIFE, MergerSide, MergerState
from collaboration.merging.moving import end_grants, hand_over, live_links_between, partners_of, same_numbers
from collaboration.merging.tables import FirmMerger
from collaboration.merging.visibility import mergers_visible_to, open_orders_between
from kernel.access import SYSTEM, Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.work import UnitOfWork

TWO_PEOPLE = Rule(
    "merger.two_people", "另一位平台运营人员，或保留企业的主管", "another operator, or the lead of the firm that stays"
)


def propose_merger(work: UnitOfWork, actor: Actor, *, survivor_id: int, merged_id: int, reason: str) -> FirmMerger:
    """The operator proposes that two records are one firm. Raises NotFound, NotAllowedNow, Invalid."""
    require(actor, Role.OPERATOR)
    for number, field in ((survivor_id, "survivorId"), (merged_id, "mergedId")):
        check_standing(work.one(firms_visible_to(actor).where(col(Firm.id) == number), field=field))
    if survivor_id == merged_id:
        raise Invalid("mergedId", "a record is not merged into itself", "不能与自身合并")
    both = (survivor_id, merged_id)
    pending = mergers_visible_to(actor).where(col(FirmMerger.state) == MergerState.PROPOSED)
    named = col(FirmMerger.survivor_id).in_(both) | col(FirmMerger.merged_id).in_(both)
    if work.maybe(pending.where(named)) is not None:
        raise NotAllowedNow("one of these firms is in an open proposal already", "其中一家企业已有未决的合并提议")
    _check_free(work, survivor_id, merged_id)
    merger = work.add(
        FirmMerger(
            survivor_id=survivor_id, merged_id=merged_id, reason=checked_text("reason", reason, most=400),
            proposed_by=actor.user_id, proposed_at=work.now,
        )
    )  # fmt: skip
    assert merger.id is not None
    work.record(MergerProposed(merger_id=merger.id))
    return merger


def agree_to_merger(work: UnitOfWork, actor: Actor, *, merger_id: int) -> FirmMerger:
    """A second person agrees, and it is done: everything of the one record is the other's, its number leads there.

    Raises NotFound, NotAllowedNow.
    """
    merger = _as_second(work, actor, merger_id, "agree_to_merger")
    survivor, merged = merger.survivor_id, merger.merged_id
    _check_free(work, survivor, merged)
    partners = partners_of(work, merged)
    end_grants(work, survivor, merged, work.now)
    hand_over(work, survivor, merged)
    for number in sorted(partners | {survivor}):
        work.add(FormerPartner(firm_id=merged, partner_id=number))
    work.record(FirmsMerged(merger_id=merger_id))
    return merger


def refuse_merger(work: UnitOfWork, actor: Actor, *, merger_id: int) -> FirmMerger:
    """A second person says that these are two firms. Raises NotFound, NotAllowedNow."""
    merger = _as_second(work, actor, merger_id, "refuse_merger")
    work.record(MergerRefused(merger_id=merger_id))
    return merger


def withdraw_merger(work: UnitOfWork, actor: Actor, *, merger_id: int) -> FirmMerger:
    """An operator takes an open proposal back. Raises NotFound, NotAllowedNow."""
    merger = work.one(mergers_visible_to(actor).where(col(FirmMerger.id) == merger_id), lock=True, field="mergerId")
    require(actor, Role.OPERATOR)
    _move(work, actor, merger, "withdraw_merger", MergerSide.PROPOSER)
    work.record(MergerWithdrawn(merger_id=merger_id))
    return merger


def _as_second(work: UnitOfWork, actor: Actor, merger_id: int, verb: str) -> FirmMerger:
    merger = work.one(mergers_visible_to(actor).where(col(FirmMerger.id) == merger_id), lock=True, field="mergerId")
    if not may_second(actor, merger):
        raise NotAllowedNow(
            "merging takes two people: another operator, or the lead of the firm that stays",
            "合并须由第二人办理：另一位平台运营人员，或保留企业的主管",
            rule=TWO_PEOPLE,
        )
    _move(work, actor, merger, verb, MergerSide.SECOND)
    return merger


def may_second(actor: Actor, merger: FirmMerger) -> bool:
    """Whether this person is the second one a proposal waits for."""
    if actor.user_id == merger.proposed_by:
        return False
    return actor.has(Role.OPERATOR) or (actor.has(Role.LEAD) and actor.party_id == merger.survivor_id)


def _move(work: UnitOfWork, actor: Actor, merger: FirmMerger, verb: str, side: MergerSide) -> None:
    merger.state = MERGER_LIFE.after(merger.state, verb, by=side)
    merger.decided_by, merger.decided_at = actor.user_id, work.now
    work.session.flush()


def _check_free(work: UnitOfWork, survivor: int, merged: int) -> None:
    check_free(
        open_orders=work.count(open_orders_between(SYSTEM, survivor, merged)),
        live_link=live_links_between(work, survivor, merged),
        items=same_numbers(work, "item", survivor, merged),
        sites=same_numbers(work, "site", survivor, merged),
        orders=len(same_numbers(work, "purchase_order", survivor, merged)),
        despatches=len(same_numbers(work, "despatch_advice", survivor, merged)),
    )
