"""A consent is known to the firm that gave it; the name it lets out, to officials of that firm's province and prefecture."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding, Stage, StageMember
from kernel.access import Actor, Role, seen_by
from oversight.naming.tables import NamingConsent
from oversight.publishing.visibility import is_province


def consents_visible_to(actor: Actor) -> Select[NamingConsent]:
    consents = select(NamingConsent)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, consents)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, consents.where(col(NamingConsent.firm_id) == party))


def live_on(day: date) -> ColumnElement[bool]:
    """Neither taken back nor over."""
    return and_(col(NamingConsent.revoked_at).is_(None), col(NamingConsent.until) >= day)


def names_visible_to(actor: Actor, chain_id: int, on: date) -> Select[*tuple[Any, ...]]:
    """(consent, firm, stage id, name, prefecture, shown on, as holder) of firms at work in a chain that let themselves be named.

    To officials only what they may read by now, of their own region; to the system also what waits, in its turn.
    """
    consent, firm, member = NamingConsent, Firm, StageMember
    named = (
        select(
            col(consent.id), col(firm.id), col(consent.stage_id), col(firm.name), col(firm.prefecture),
            col(consent.shown_on), col(consent.as_holder),
        )
        .join(firm, col(firm.id) == col(consent.firm_id))
        .join(Stage, col(Stage.id) == col(consent.stage_id))
        .join(member, and_(col(member.stage_id) == col(consent.stage_id), col(member.firm_id) == col(consent.firm_id)))
        .where(col(Stage.chain_id) == chain_id, live_on(on), *_at_work(on))
        .where(_in_region(actor), true() if actor.has(Role.SYSTEM) else col(consent.shown_on).is_not(None))
        .order_by(col(consent.consented_at), col(consent.id))
    )  # fmt: skip
    return seen_by(actor, named)


def _at_work(on: date) -> Sequence[ColumnElement[bool]]:
    return (
        col(StageMember.since) <= on, or_(col(StageMember.until).is_(None), col(StageMember.until) > on),
        col(Firm.standing) == FirmStanding.CONFIRMED,
    )  # fmt: skip


def _in_region(actor: Actor) -> ColumnElement[bool]:
    if actor.has(Role.SYSTEM):
        return true()
    if not actor.has(Role.OFFICIAL) or not actor.region:
        return false()
    if is_province(actor.region):
        return col(Firm.prefecture).startswith(actor.region[:2], autoescape=True)
    return col(Firm.prefecture) == actor.region
