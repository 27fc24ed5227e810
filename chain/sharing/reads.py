"""What people ask about sharing: the terms of a pair, grants, shared and allocated figures; and the level a grant gives."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding
from chain.firms.visibility import firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.sharing.decisions import band, in_force
from chain.sharing.figures import ALLOCATORS
from chain.sharing.granting import GRANTERS
from chain.sharing.lifecycle import TERMS_LIFE, TermsSide, TermsState
from chain.sharing.standard_terms import STANDARD_SHA256, STANDARD_TEXT
from chain.sharing.tables import (
    AccessGrant,
    AllocatedFigure,
    AllocatedKind,
    Level,
    StatedFigure,
    StatedKind,
    TermsAcceptance,
    TermsText,
    TermsVersion,
)
from chain.sharing.terms import signs
from chain.sharing.visibility import (
    acceptances_visible_to,
    allocated_figures_visible_to,
    figures_with_grants,
    grants_visible_to,
    live_on,
    own_stated_figures,
    terms_visible_to,
    texts_visible_to,
)
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import NotFound
from kernel.ledger.verbs import note
from kernel.paging import Page, page
from kernel.work import UnitOfWork

# grants


def access_grants(
    work: UnitOfWork, actor: Actor, *, partner_id: int | None, live: bool, first: int | None, after: str | None
) -> Page:
    """What one's firm granted and was granted, newest first; ``live``: of today only."""
    statement = grants_visible_to(actor)
    if partner_id is not None:
        statement = statement.where(
            or_(col(AccessGrant.owner_id) == partner_id, col(AccessGrant.viewer_id) == partner_id)
        )
    if live:
        statement = statement.where(live_on(today_of(work.now)))
    return page(work, statement, AccessGrant, first=first, after=after)


def grants_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(grants_visible_to(actor).where(col(AccessGrant.id).in_(numbers)))


def grant_verbs(actor: Actor, given: Any, on: date) -> list[str]:
    """Only who gave it takes it back, once, and while it lasts."""
    mine = given.owner_id == actor.party_id and given.revoked_at is None and given.until >= on
    return ["revoke_access"] if mine and actor.has(*GRANTERS) else []


# figures shared by grants


@dataclass(frozen=True)
class Shown:
    """A figure as one viewer may see it: what both kinds have in common."""

    id: int
    owner_id: int
    item_id: int
    kind: StatedKind
    unit: str
    stated_on: date
    until: date | None


@dataclass(frozen=True)
class ExactShown(Shown):
    value: Decimal


@dataclass(frozen=True)
class BandShown(Shown):
    low: Decimal
    high: Decimal


def shared_figures(
    work: UnitOfWork, actor: Actor, *, owner_id: int | None, item_id: int | None, first: int | None, after: str | None
) -> Page:
    """One's own figures, and those of others that a grant shows today, of items one knows, as exact as it lets."""
    known = items_visible_to(actor).with_only_columns(col(Item.id))
    statement = figures_with_grants(actor, today_of(work.now)).where(col(StatedFigure.item_id).in_(known))
    if owner_id is not None:
        statement = statement.where(col(StatedFigure.owner_id) == owner_id)
    if item_id is not None:
        statement = statement.where(col(StatedFigure.item_id) == item_id)
    found = page(work, statement, StatedFigure, first=first, after=after)
    return Page(_shown(work, actor, found.rows), found.has_next, found.has_previous, statement)


def own_figure(work: UnitOfWork, actor: Actor, figure_id: int) -> Shown:
    """A figure just stated, for who stated it."""
    return _as_shown(work.one(own_stated_figures(actor).where(col(StatedFigure.id) == figure_id)), None)


def _shown(work: UnitOfWork, actor: Actor, rows: Sequence[Any]) -> list[Shown]:
    others = {row.grant_id for row in rows if row.owner_id != actor.party_id}
    grants = {given.id: given for given in grants_by_id(work, actor, others)} if others else {}
    return [
        _as_shown(row, None) if row.owner_id == actor.party_id else _given(work, actor, row, grants[row.grant_id])
        for row in rows
    ]


def _given(work: UnitOfWork, viewer: Actor, row: Any, grant: Any) -> Shown:
    note(
        work, owner_id=row.owner_id, viewer=viewer, what=row.kind.value, subject=("Item", row.item_id),
        grant=("AccessGrant", grant.id),
    )  # fmt: skip
    return _as_shown(row, grant)


def _as_shown(row: Any, grant: Any) -> Shown:
    told = {
        "id": row.id, "owner_id": row.owner_id, "item_id": row.item_id, "kind": row.kind, "unit": row.unit,
        "stated_on": row.stated_on, "until": None if grant is None else grant.until,
    }  # fmt: skip
    if grant is None or grant.level is Level.EXACT:
        return ExactShown(**told, value=row.value)
    found = band(row.value, row.kind)
    return BandShown(**told, low=found.low, high=found.high)


# figures allocated to one partner


def allocated_figures(
    work: UnitOfWork, actor: Actor, *, partner_id: int | None, item_id: int | None, kind: AllocatedKind | None,
    mine: bool | None, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """What stands of what one's firm allocated and was allocated, newest first; ``mine``: only what it allocated, or only what it got."""
    statement = allocated_figures_visible_to(actor).where(col(AllocatedFigure.replaced_at).is_(None))
    owner, other = col(AllocatedFigure.owner_id), col(AllocatedFigure.partner_id)
    if partner_id is not None:
        statement = statement.where(or_(owner == partner_id, other == partner_id))
    if item_id is not None:
        statement = statement.where(col(AllocatedFigure.item_id) == item_id)
    if kind is not None:
        statement = statement.where(col(AllocatedFigure.kind) == kind)
    if mine is not None:
        statement = statement.where((owner if mine else other) == actor.party_id)
    found = page(work, statement, AllocatedFigure, first=first, after=after)
    _note_allocated(work, actor, found.rows)
    return found


def allocated_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    rows = work.rows(allocated_figures_visible_to(actor).where(col(AllocatedFigure.id).in_(numbers)))
    _note_allocated(work, actor, rows)
    return rows


def _note_allocated(work: UnitOfWork, actor: Actor, rows: Sequence[Any]) -> None:
    for (owner_id, item_id), count in Counter((row.owner_id, row.item_id) for row in rows).items():
        note(
            work, owner_id=owner_id, viewer=actor, what="allocated_figure", subject=("Item", item_id), grant=None,
            rows=count,
        )  # fmt: skip


def allocation_verbs(actor: Actor, row: Any) -> list[str]:
    mine = row.owner_id == actor.party_id and row.replaced_at is None
    return ["withdraw_allocation"] if mine and actor.has(*ALLOCATORS) else []


# terms


@dataclass(frozen=True)
class PairTerms:
    """The terms between one's firm and a partner today. ``missing``: who has not accepted what is in force.

    ``current`` and ``waiting`` are numbers of versions: what is in force, and what waits for an answer; ``signed``: by one's
    firm; ``signs``: whether the person asking signs for it.
    """

    partner_id: int
    number: int
    current: int | None
    waiting: int | None
    missing: list[int]
    signed: bool
    signs: bool


def partner_terms(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """Every partner of one's firm, and how the terms with it stand."""
    if actor.party_id is None:
        return Page([], False, False)
    partners = firms_visible_to(actor).where(
        col(Firm.id) != actor.party_id, col(Firm.standing) == FirmStanding.CONFIRMED
    )
    found = page(work, partners, Firm, first=first, after=after, newest=False)
    return Page(_pairs(work, actor, [row.id for row in found.rows]), found.has_next, found.has_previous, partners)


def pair_terms(work: UnitOfWork, actor: Actor, partner_id: int) -> PairTerms:
    """How the terms with one partner stand. Raises NotFound."""
    known = work.one(firms_visible_to(actor).where(col(Firm.id) == partner_id), field="partnerId")
    if actor.party_id in (None, known.id):
        raise NotFound("partnerId")
    return _pairs(work, actor, [partner_id])[0]


def _pairs(work: UnitOfWork, actor: Actor, partners: Sequence[int]) -> list[PairTerms]:
    me, today = actor.party_id or -1, today_of(work.now)
    versions: dict[int, list[Any]] = {number: [] for number in partners}
    between = terms_visible_to(actor).where(
        or_(col(TermsVersion.first_id).in_(partners), col(TermsVersion.second_id).in_(partners))
    )
    for row in work.rows(between):
        other = row.second_id if row.first_id == me else row.first_id
        if other in versions:
            versions[other].append(row)
    live = [v.id for some in versions.values() for v in some if v.state is TermsState.PROPOSED]
    signed: dict[int, set[int]] = {number: set() for number in live}
    for given in acceptances_of(work, actor, live):
        signed[given.version_id].add(given.firm_id)
    may_sign = bool(partners) and signs(work, actor)
    return [_pair(me, partner, versions[partner], signed, today, signs=may_sign) for partner in partners]


def _pair(
    me: int, partner: int, versions: list[Any], signed: dict[int, set[int]], today: date, *, signs: bool
) -> PairTerms:
    current = in_force(versions, today)
    waiting = next((v for v in versions if v.state is TermsState.PROPOSED), None)
    both = [me, partner]
    if current is None:
        missing = both
    else:
        missing = [] if current.state is TermsState.ACCEPTED else [f for f in both if f not in signed[current.id]]
    return PairTerms(
        partner, current.number if current else len(versions) + 1, current.id if current else None,
        waiting.id if waiting else None, missing, waiting is not None and me in signed[waiting.id], signs,
    )  # fmt: skip


def pair_verbs(pair: PairTerms) -> list[str]:
    """What the person asking may do about the terms with a partner now."""
    if not pair.signs:
        return []
    if pair.waiting is not None:
        return TERMS_LIFE.verbs(TermsState.PROPOSED, TermsSide.SIGNED if pair.signed else TermsSide.ASKED)
    return ["accept_terms", "propose_terms"] if pair.current is None else ["propose_terms"]


def terms_versions(work: UnitOfWork, actor: Actor, *, partner_id: int, first: int | None, after: str | None) -> Page:
    """All versions of one's terms with a partner, newest first."""
    pair = or_(col(TermsVersion.first_id) == partner_id, col(TermsVersion.second_id) == partner_id)
    return page(work, terms_visible_to(actor).where(pair), TermsVersion, first=first, after=after)


def terms_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(terms_visible_to(actor).where(col(TermsVersion.id).in_(numbers)))


def acceptances_of(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """Who accepted these versions, first who did so first."""
    own = acceptances_visible_to(actor).where(col(TermsAcceptance.version_id).in_(numbers))
    return work.rows(own.order_by(col(TermsAcceptance.id)))


def texts(work: UnitOfWork, actor: Actor, hashes: Collection[str]) -> Sequence[Any]:
    """The texts under these hashes."""
    return work.rows(texts_visible_to(actor).where(col(TermsText.sha256).in_(hashes)))


def standard_terms() -> tuple[str, str]:
    """(text, SHA-256) of what two firms are asked to accept who have agreed on nothing else; public."""
    return STANDARD_TEXT, STANDARD_SHA256
