"""What people ask about firms and chains."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from chain.firms.tables import Chain, Firm, FirmRole, FirmStanding, Site, Stage, StageMember
from chain.firms.visibility import (
    chains_visible_to,
    firms_visible_to,
    members_visible_to,
    records_for,
    sites_visible_to,
    stages_visible_to,
)
from kernel.access import Actor, Role
from kernel.paging import Page, page
from kernel.seeking import sought_text
from kernel.work import UnitOfWork


def firms(
    work: UnitOfWork, actor: Actor, *, role: FirmRole | None, prefecture: str | None, text: str | None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """The firms the actor may know of, duplicates that were merged left out.

    ``text`` is sought in both names, the code and what the firm makes.
    """
    statement = firms_visible_to(actor).where(col(Firm.merged_into_id).is_(None))
    if role is not None:
        statement = statement.where(col(Firm.role) == role)
    if prefecture is not None:
        statement = statement.where(col(Firm.prefecture) == prefecture)
    if text:
        sought = sought_text(text, "text")
        columns = (col(Firm.name), col(Firm.code), col(Firm.name_en), col(Firm.makes))
        statement = statement.where(or_(*(column.icontains(sought, autoescape=True) for column in columns)))
    return page(work, statement, Firm, first=first, after=after, newest=False)


def firms_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """The records standing for these numbers: each with ``asked``, the number it was asked for by."""
    return work.rows(records_for(actor, numbers))


def merged_into(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """The duplicates these records stand for, as far as the actor knew of them."""
    return work.rows(firms_visible_to(actor).where(col(Firm.merged_into_id).in_(numbers)).order_by(col(Firm.id)))


def sites(
    work: UnitOfWork, actor: Actor, *, firm_id: int | None, open_only: bool, first: int | None, after: str | None
) -> Page:
    """The sites the actor may know of, those of one firm where it is named."""
    statement = sites_visible_to(actor)
    if firm_id is not None:
        statement = statement.where(col(Site.firm_id) == firm_id)
    if open_only:
        statement = statement.where(col(Site.closed_on).is_(None))
    return page(work, statement, Site, first=first, after=after, newest=False)


def sites_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(sites_visible_to(actor).where(col(Site.id).in_(numbers)))


def site_verbs(actor: Actor, site: Any) -> list[str]:
    """What this person may do to a site now."""
    mine = actor.has(Role.OPERATOR) or (site.firm_id == actor.party_id and actor.has(Role.LEAD, Role.SALES))
    return ["change_site", "close_site"] if mine and site.closed_on is None else []


def firm_verbs(actor: Actor, firm: Any) -> list[str]:
    """What this person may do to a firm's record now."""
    mine = firm.id == actor.party_id and actor.has(Role.LEAD, Role.SALES)
    if firm.standing is not FirmStanding.CONFIRMED:
        return []
    return ["change_firm", "add_site"] if mine or actor.has(Role.OPERATOR) else []


def workplaces(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """(firm id, stage id, since) where the firms one may know of work today."""
    return work.rows(
        members_visible_to(actor).where(col(StageMember.firm_id).in_(numbers), col(StageMember.until).is_(None))
    )


def chains(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    return page(work, chains_visible_to(actor), Chain, first=first, after=after, newest=False)


def chain(work: UnitOfWork, actor: Actor, chain_id: int) -> Chain:
    return work.one(chains_visible_to(actor).where(col(Chain.id) == chain_id), field="chainId")


def chains_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(chains_visible_to(actor).where(col(Chain.id).in_(numbers)))


def stages_of(work: UnitOfWork, actor: Actor, chain_ids: Collection[int]) -> Sequence[Any]:
    """Stages of chains, from raw material to product."""
    own = stages_visible_to(actor).where(col(Stage.chain_id).in_(chain_ids))
    return work.rows(own.order_by(col(Stage.chain_id), col(Stage.position)))


def stages_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(stages_visible_to(actor).where(col(Stage.id).in_(numbers)))
