"""Officials read the published figures of their own region; what a figure was made of is read by nobody."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlmodel import col

from chain.firms.decisions import PREFECTURES
from chain.firms.tables import Firm, Stage, StageMember
from chain.items.tables import Item
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from kernel.access import Actor, Role, seen_by
from oversight.publishing.tables import FigureShare, PublishedFigure, PublishedMark, PublishedStop, PublishedTable

PROVINCE_ENDS = "0000"
"""GB/T 2260: the code of a province."""


def published_tables_visible_to(actor: Actor) -> Select[PublishedTable]:
    tables = select(PublishedTable)
    if actor.has(Role.OFFICIAL, Role.SYSTEM):
        return seen_by(actor, tables)
    return seen_by(actor, tables.where(col(PublishedTable.id) == -1))


def published_figures_visible_to(actor: Actor) -> Select[PublishedFigure]:
    """To a province all of them, to a prefecture those it is part of."""
    figures = select(PublishedFigure)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, figures)
    if not actor.has(Role.OFFICIAL):
        return seen_by(actor, figures.where(col(PublishedFigure.id) == -1))
    if is_province(actor.region):
        return seen_by(actor, figures)
    return seen_by(actor, figures.where(col(PublishedFigure.places).contains(actor.region or "-", autoescape=True)))


def published_marks_visible_to(actor: Actor) -> Select[PublishedMark]:
    """To a province alone: a mark is of all its prefectures together, of which each reads its own figures only."""
    marks = select(PublishedMark)
    if actor.has(Role.SYSTEM) or (actor.has(Role.OFFICIAL) and is_province(actor.region)):
        return seen_by(actor, marks)
    return seen_by(actor, marks.where(col(PublishedMark.id) == -1))


def published_stops_visible_to(actor: Actor) -> Select[PublishedStop]:
    """To a province alone, as marks are: a share of a stage is of all its prefectures."""
    rows = select(PublishedStop)
    if actor.has(Role.SYSTEM) or (actor.has(Role.OFFICIAL) and is_province(actor.region)):
        return seen_by(actor, rows)
    return seen_by(actor, rows.where(col(PublishedStop.id) == -1))


def is_province(region: str | None) -> bool:
    """Whether it is the province whose prefectures are told of; the official of another one reads none of them."""
    return region is not None and region in {f"{place[:2]}{PROVINCE_ENDS}" for place in PREFECTURES}


def shares_visible_to(actor: Actor) -> Select[FigureShare]:
    shares = select(FigureShare)
    return seen_by(actor, shares if actor.has(Role.SYSTEM) else shares.where(col(FigureShare.id) == -1))


def firms_at_stages(actor: Actor, chain_id: int, on: date) -> Select[*tuple[Any, ...]]:
    """(stage id, prefecture, firm id, 1) of every firm at work in a chain on a day: for publishing alone."""
    at_work = (
        select(col(StageMember.stage_id), col(Firm.prefecture), col(Firm.id), func.count(col(StageMember.id)))
        .join(Firm, col(Firm.id) == col(StageMember.firm_id))
        .join(Stage, col(Stage.id) == col(StageMember.stage_id))
        .where(col(Stage.chain_id) == chain_id, col(StageMember.since) <= on)
        .where(or_(col(StageMember.until).is_(None), col(StageMember.until) > on))
        .group_by(col(StageMember.stage_id), col(Firm.prefecture), col(Firm.id))
    )
    return seen_by(actor, at_work if actor.has(Role.SYSTEM) else at_work.where(col(Firm.id) == -1))


def links_at_stages(actor: Actor, chain_id: int, on: date) -> Select[*tuple[Any, ...]]:
    """(stage id of the item, supplier's prefecture, supplier, how many confirmed links) on a day: for publishing alone."""
    links = (
        select(col(Item.stage_id), col(Firm.prefecture), col(Firm.id), func.count(col(SupplyLink.id)))
        .join(Firm, col(Firm.id) == col(SupplyLink.supplier_id))
        .join(Item, col(Item.id) == col(SupplyLink.item_id))
        .where(col(SupplyLink.chain_id) == chain_id, col(SupplyLink.declared_on) <= on)
        .where(col(SupplyLink.state) == LinkState.CONFIRMED, col(Item.stage_id).is_not(None))
        .group_by(col(Item.stage_id), col(Firm.prefecture), col(Firm.id))
    )
    return seen_by(actor, links if actor.has(Role.SYSTEM) else links.where(col(Firm.id) == -1))


def lead_times_at_stages(actor: Actor, chain_id: int, on: date) -> Select[*tuple[Any, ...]]:
    """(stage id of the item, supplier, buyer, its declared lead time in days) of every confirmed link: for publishing alone."""
    links = (
        select(col(Item.stage_id), col(SupplyLink.supplier_id), col(SupplyLink.buyer_id), col(Item.lead_time_days))
        .join(Item, col(Item.id) == col(SupplyLink.item_id))
        .where(col(SupplyLink.chain_id) == chain_id, col(SupplyLink.declared_on) <= on)
        .where(
            col(SupplyLink.state) == LinkState.CONFIRMED, col(Item.stage_id).is_not(None), col(Item.lead_time_days) > 0
        )
    )
    return seen_by(actor, links if actor.has(Role.SYSTEM) else links.where(col(SupplyLink.id) == -1))
