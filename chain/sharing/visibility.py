"""Terms are known to their two firms, grants to who gave and who has them, allocated figures to owner and partner alone."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlmodel import col

from chain.firms.tables import Stage
from chain.items.tables import Item
from chain.sharing.decisions import CLASS_OF, RANK
from chain.sharing.tables import (
    AccessGrant,
    AllocatedFigure,
    GrantScope,
    Level,
    StatedFigure,
    TermsAcceptance,
    TermsText,
    TermsVersion,
)
from kernel.access import SYSTEM, Actor, Role, lies_under, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def terms_visible_to(actor: Actor) -> Select[TermsVersion]:
    versions = select(TermsVersion)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, versions)
    party = _party(actor)
    return seen_by(
        actor, versions.where(or_(col(TermsVersion.first_id) == party, col(TermsVersion.second_id) == party))
    )


def terms_between(one: int, other: int) -> Select[TermsVersion]:
    """All versions of one pair, for the rule that asks whether they may begin something: it tells the two alone."""
    pair = sorted((one, other))
    return terms_visible_to(SYSTEM).where(col(TermsVersion.first_id) == pair[0], col(TermsVersion.second_id) == pair[1])


def acceptances_visible_to(actor: Actor) -> Select[TermsAcceptance]:
    return seen_by(
        actor,
        select(TermsAcceptance).where(
            lies_under(col(TermsAcceptance.version_id), terms_visible_to(actor), col(TermsVersion.id))
        ),
    )


def texts_visible_to(actor: Actor) -> Select[TermsText]:
    """The texts of the versions one may know of."""
    return seen_by(
        actor,
        select(TermsText).where(lies_under(col(TermsText.sha256), terms_visible_to(actor), col(TermsVersion.sha256))),
    )


def grants_visible_to(actor: Actor) -> Select[AccessGrant]:
    grants = select(AccessGrant)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, grants)
    party = _party(actor)
    return seen_by(actor, grants.where(or_(col(AccessGrant.owner_id) == party, col(AccessGrant.viewer_id) == party)))


def live_on(on: date) -> ColumnElement[bool]:
    """Given, not taken back, and a day within it."""
    return and_(col(AccessGrant.revoked_at).is_(None), col(AccessGrant.since) <= on, col(AccessGrant.until) >= on)


def own_stated_figures(actor: Actor) -> Select[StatedFigure]:
    """What one's own firm states now; nobody else starts here."""
    own = select(StatedFigure).where(
        col(StatedFigure.owner_id) == _party(actor), col(StatedFigure.replaced_at).is_(None)
    )
    return seen_by(actor, own)


def stated_figures_visible_to(actor: Actor, on: date | None = None) -> Select[StatedFigure]:
    """One's own figures; with ``on``, also the standing ones of others that a live grant shows at some level on that day."""
    figures = select(StatedFigure)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, figures)
    known: ColumnElement[bool] = col(StatedFigure.owner_id) == _party(actor)
    if on is not None:
        shows = _deciding(_party(actor), on, col(AccessGrant.level)) != Level.NONE
        known = or_(known, and_(col(StatedFigure.replaced_at).is_(None), shows))
    return seen_by(actor, figures.where(known))


def figures_with_grants(actor: Actor, on: date) -> Select[*tuple[Any, ...]]:
    """The standing figures one may see on a day, each with ``grant_id``: what lets one; empty for one's own."""
    figures = stated_figures_visible_to(actor, on).where(col(StatedFigure.replaced_at).is_(None))
    grant = _deciding(_party(actor), on, col(AccessGrant.id)).label("grant_id")
    return figures.with_only_columns(*StatedFigure.__table__.columns, grant)  # type: ignore[attr-defined]


def _deciding(viewer: int, on: date, wanted: Any) -> Any:
    """A column of the narrowest, of these the newest, live grant that reaches a figure; null without one.

    The same choice as ``decisions.deciding``, asked of the database so that pages and counts hold what may be seen.
    """
    chains = select(col(Stage.chain_id)).join(Item, col(Item.stage_id) == col(Stage.id))
    narrow = col(AccessGrant.scope).in_((GrantScope.ITEM, GrantScope.LINK))
    reaches = or_(
        col(AccessGrant.scope) == GrantScope.ALL,
        and_(narrow, col(AccessGrant.item_id) == col(StatedFigure.item_id)),
        and_(
            col(AccessGrant.scope) == GrantScope.CHAIN,
            col(AccessGrant.chain_id).in_(chains.where(col(Item.id) == col(StatedFigure.item_id))),
        ),
    )
    of_class = or_(*(and_(col(StatedFigure.kind) == k, col(AccessGrant.field_class) == c) for k, c in CLASS_OF.items()))
    rank = case(*((col(AccessGrant.scope) == scope, rank) for scope, rank in RANK.items()))
    return (
        select(wanted)
        .where(
            col(AccessGrant.owner_id) == col(StatedFigure.owner_id),
            col(AccessGrant.viewer_id) == viewer,
            of_class,
            live_on(on),
            reaches,
        )
        .order_by(rank.desc(), col(AccessGrant.id).desc())
        .limit(1)
        .correlate(StatedFigure)
        .scalar_subquery()
    )


def allocated_figures_visible_to(actor: Actor) -> Select[AllocatedFigure]:
    """What a firm set apart for others, and what others set apart for it: each row for its two firms alone."""
    figures = select(AllocatedFigure)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, figures)
    party = _party(actor)
    return seen_by(
        actor, figures.where(or_(col(AllocatedFigure.owner_id) == party, col(AllocatedFigure.partner_id) == party))
    )
