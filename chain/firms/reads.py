"""What people ask about firms and chains."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from chain.firms.tables import Chain, Firm, FirmRole, Stage
from chain.firms.visibility import chains_visible_to, firms_visible_to, stages_visible_to
from kernel.access import Actor
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def firms(
    work: UnitOfWork, actor: Actor, *, role: FirmRole | None, prefecture: str | None, text: str | None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """The firms the actor may know of; ``text`` is sought in name and code."""
    statement = firms_visible_to(actor)
    if role is not None:
        statement = statement.where(col(Firm.role) == role)
    if prefecture is not None:
        statement = statement.where(col(Firm.prefecture) == prefecture)
    if text:
        statement = statement.where(
            col(Firm.name).contains(text, autoescape=True) | col(Firm.code).contains(text, autoescape=True)
        )
    return page(work, statement, Firm, first=first, after=after, newest=False)


def firms_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(firms_visible_to(actor).where(col(Firm.id).in_(numbers)))


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
