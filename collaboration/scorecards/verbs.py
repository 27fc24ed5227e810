"""What people do about scorecards: set how they are weighed, object to a counted event, answer; and what gates orders."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import col

from collaboration.scorecards.counting import (
    count_answer,
    count_deliveries,
    count_document,
    count_promises,
    count_receipt,
)
from collaboration.scorecards.decisions import CONTEST_DAYS, Band, check_terms
from collaboration.scorecards.events import ContestAgreed, ContestRefused, ObservationContested, ScorecardTermsSet
from collaboration.scorecards.lifecycle import CONTEST_LIFE
from collaboration.scorecards.reads import cards, own_terms
from collaboration.scorecards.tables import Metric, ScorecardContest, ScorecardObservation, ScorecardTerms
from collaboration.scorecards.visibility import contests_visible_to, observations_visible_to, terms_visible_to
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import NotAllowedNow, Rule, Stale
from kernel.texts import words
from kernel.work import UnitOfWork

__all__ = [
    "agree_to_contest", "contest_observation", "count_answer", "count_deliveries", "count_document", "count_promises",
    "count_receipt", "refuse_contest", "require_score", "set_scorecard_terms",
]  # fmt: skip

BLOCKED = Rule(
    "scorecard.blocked",
    "采购方主管调整停单线，或交付改善后得分回升",
    "the buyer's lead, by another limit, or better deliveries",
)
TOO_LATE = Rule("scorecard.ten_days", "双方线下协商", "the two firms, by talking to each other")
LONGEST_WORDS = 400
ONCE = Rule("scorecard.once", "无", "nobody: both statements stand beside the event")


def set_scorecard_terms(
    work: UnitOfWork, actor: Actor, *, weights: Mapping[Metric, int], warn_below: int | None, block_below: int | None,
    expected_version: int,
) -> ScorecardTerms:  # fmt: skip
    """A lead says how the firm weighs its suppliers, in all 100, and from where orders are warned of or stopped.

    expected_version: 0 where nothing was set before. Raises NotAllowedNow, Invalid, Stale.
    """
    require(actor, Role.LEAD)
    assert actor.party_id is not None
    check_terms(weights, warn_below, block_below)
    own = terms_visible_to(actor).where(col(ScorecardTerms.buyer_id) == actor.party_id)
    terms = work.maybe(own, lock=True)
    version = terms.version if terms else 0
    if version != expected_version:
        raise Stale(version)
    terms = terms or ScorecardTerms(buyer_id=actor.party_id, version=0, set_at=work.now)
    terms.weights = {metric.value: weights.get(metric, 0) for metric in Metric}
    terms.warn_below, terms.block_below = warn_below, block_below
    terms.version, terms.set_at = version + 1, work.now
    work.add(terms)
    assert terms.id is not None
    work.record(ScorecardTermsSet(terms_id=terms.id, warn_below=warn_below, block_below=block_below))
    return terms


def contest_observation(work: UnitOfWork, actor: Actor, *, observation_id: int, reason: str) -> ScorecardContest:
    """The supplier says, within ten days, that a counted event is not its own. Once for each event.

    Raises NotFound, NotAllowedNow, Invalid("reason").
    """
    mine = observations_visible_to(actor).where(col(ScorecardObservation.supplier_id) == actor.party_id)
    found = work.one(mine.where(col(ScorecardObservation.id) == observation_id), lock=True, field="observationId")
    require(actor, Role.SALES, Role.QUALITY)
    if today_of(work.now) > today_of(found.counted_at) + timedelta(days=CONTEST_DAYS):
        raise NotAllowedNow(
            f"an event is contested within {CONTEST_DAYS} days of being counted; this one was counted earlier",
            f"须在计入后 {CONTEST_DAYS} 天内申诉；该事件已超过期限",
            rule=TOO_LATE,
        )
    if work.maybe(contests_visible_to(actor).where(col(ScorecardContest.observation_id) == observation_id)) is not None:
        raise NotAllowedNow("this event was contested before", "该事件已申诉过", rule=ONCE)
    contest = work.add(
        ScorecardContest(
            observation_id=observation_id, buyer_id=found.buyer_id, supplier_id=found.supplier_id,
            reason=words(reason, "reason", LONGEST_WORDS), opened_at=work.now,
        )
    )  # fmt: skip
    assert contest.id is not None
    work.record(ObservationContested(contest_id=contest.id, observation_id=observation_id))
    return contest


def _to_answer(work: UnitOfWork, actor: Actor, contest_id: int, verb: str) -> ScorecardContest:
    own = contests_visible_to(actor).where(col(ScorecardContest.id) == contest_id)
    contest = work.one(own, lock=True, field="contestId")
    side = Side.BUYER if contest.buyer_id == actor.party_id else Side.SELLER
    if side is Side.BUYER:
        require(actor, Role.QUALITY, Role.BUYER)
    contest.state = CONTEST_LIFE.after(contest.state, verb, by=side)
    contest.answered_at = work.now
    return contest


def agree_to_contest(work: UnitOfWork, actor: Actor, *, contest_id: int, answer: str = "") -> ScorecardContest:
    """The buyer says so too: the event no longer counts. Raises NotFound, NotAllowedNow."""
    contest = _to_answer(work, actor, contest_id, "agree_to_contest")
    contest.answer = words(answer, "answer", LONGEST_WORDS, least=0)
    counted = observations_visible_to(actor).where(col(ScorecardObservation.id) == contest.observation_id)
    work.one(counted, lock=True).excluded = True
    work.record(ContestAgreed(contest_id=contest_id, observation_id=contest.observation_id))
    return contest


def refuse_contest(work: UnitOfWork, actor: Actor, *, contest_id: int, answer: str) -> ScorecardContest:
    """The buyer does not agree, and says why: the event goes on counting. Raises NotFound, NotAllowedNow, Invalid."""
    contest = _to_answer(work, actor, contest_id, "refuse_contest")
    contest.answer = words(answer, "answer", LONGEST_WORDS)
    work.record(ContestRefused(contest_id=contest_id, observation_id=contest.observation_id))
    return contest


def require_score(work: UnitOfWork, actor: Actor, *, supplier_id: int) -> Band:
    """Whether the buyer's own limits let it order from a supplier; its band. Raises NotAllowedNow below the lower one."""
    terms = own_terms(work, actor)
    if terms is None or (terms.warn_below is None and terms.block_below is None):
        return Band.NONE
    (card,) = cards(work, actor, side=Side.BUYER, partner_ids=[supplier_id])
    if card.band is Band.BLOCK:
        raise NotAllowedNow(
            f"this supplier's score is {card.score}, below {terms.block_below} where you stop new orders",
            f"该供应商得分 {card.score}，低于停单线 {terms.block_below}，不能下新订单",
            fields=("sellerId",), rule=BLOCKED,
        )  # fmt: skip
    return card.band
