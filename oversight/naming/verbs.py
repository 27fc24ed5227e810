"""A firm lets officials name it at a stage, and takes that back; names are let out where the figures allow it."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlmodel import col

from chain.firms.tables import StageMember
from chain.firms.visibility import members_visible_to
from kernel.access import SYSTEM, Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.work import UnitOfWork
from oversight.naming import reads
from oversight.naming.events import NamingConsented, NamingRevoked
from oversight.naming.tables import NamingConsent
from oversight.naming.visibility import consents_visible_to, live_on
from oversight.publishing import reads as publishing
from oversight.publishing.naming import nameable
from oversight.publishing.tables import Measure

CONSENTERS = (Role.SALES, Role.LEAD)


def consent_to_naming(work: UnitOfWork, actor: Actor, *, stage_id: int, as_holder: bool, until: date) -> NamingConsent:
    """Let officials of one's province and prefecture read one's name at a stage one works at, until a day.

    as_holder: also that one calls oneself a key firm of it, where the stage is marked as held or thin.
    Raises NotAllowedNow, NotFound("stageId"), Invalid("until", "stageId").
    """
    require(actor, *CONSENTERS)
    today = today_of(work.now)
    own = members_visible_to(actor).where(
        col(StageMember.firm_id) == actor.party_id, col(StageMember.stage_id) == stage_id
    )
    member = work.one(own, lock=True, field="stageId")
    if member.until is not None and member.until <= today:
        raise Invalid("stageId", "your firm no longer works at this stage", "本单位已不在该环节")
    if until < today:
        raise Invalid("until", "a consent ends today or later", "同意的最后一天不得早于今天")
    mine = consents_visible_to(actor).where(col(NamingConsent.firm_id) == actor.party_id, live_on(today))
    if work.maybe(mine.where(col(NamingConsent.stage_id) == stage_id)) is not None:
        raise Invalid(
            "stageId",
            "your firm consents already at this stage; take that back first",
            "本单位在该环节已同意具名，请先收回再重新同意",
        )
    made = work.add(
        NamingConsent(firm_id=member.firm_id, stage_id=stage_id, as_holder=as_holder, until=until, consented_at=work.now)
    )  # fmt: skip
    assert made.id is not None
    work.record(NamingConsented(consent_id=made.id, as_holder=as_holder, until=until))
    return made


def revoke_naming(work: UnitOfWork, actor: Actor, *, consent_id: int) -> NamingConsent:
    """Take it back; the officials' next request no longer reads the name. Twice is once. Raises NotFound, NotAllowedNow."""
    require(actor, *CONSENTERS)
    mine = consents_visible_to(actor).where(col(NamingConsent.id) == consent_id)
    given: NamingConsent = work.one(mine, lock=True, field="consentId")
    if given.revoked_at is None:
        given.revoked_at = work.now
        work.record(NamingRevoked(consent_id=consent_id))
    return given


def release_names(work: UnitOfWork, *, chain_id: int) -> int:
    """Let officials read the names that wait, as far as that tells nothing of firms unnamed; how many they are.

    Before anything is published of a stage no name is: a figure that comes first would be read less the names.
    """
    publishing.hold_chain(work, chain_id)
    today = today_of(work.now)
    table = publishing.published_on(work, SYSTEM, chain_id, today)
    named = reads.named_or_waiting(work, chain_id, today)
    waiting_at = {one.stage_id for one in named if one.shown_on is None}
    if table is None or not waiting_at:
        return 0
    history, ever = publishing.history(work, chain_id), reads.ever_named(work, chain_id)
    told = {figure.stage_id for figure in publishing.figures(work, SYSTEM, table.id)}
    told |= {mark.stage_id for mark in publishing.marks(work, SYSTEM, table.id)}
    by_stage: dict[int, list[Any]] = defaultdict(list)
    for one in named:
        by_stage[one.stage_id].append(one)
    released = 0
    for stage_id in waiting_at & told:
        found = nameable(
            history.get((Measure.FIRMS, stage_id), []), ever=ever.get(stage_id, frozenset()),
            shown={one.firm_id: one.prefecture for one in by_stage[stage_id] if one.shown_on is not None},
            waiting=[(one.firm_id, one.prefecture) for one in by_stage[stage_id] if one.shown_on is None],
        )  # fmt: skip
        chosen = [one.consent_id for one in by_stage[stage_id] if one.firm_id in found]
        for row in work.all(consents_visible_to(SYSTEM).where(col(NamingConsent.id).in_(chosen))):
            row.shown_on = today
            released += 1
    return released
