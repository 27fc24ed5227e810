"""A bill of material is its maker's alone; through a plan others get figures, never the bill."""

from sqlalchemy import Select, select
from sqlmodel import col

from chain.bills.tables import BillLine, BillOfMaterial
from kernel.access import Actor, Role, lies_under, seen_by


def bills_visible_to(actor: Actor) -> Select[BillOfMaterial]:
    bills = select(BillOfMaterial)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, bills)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, bills.where(col(BillOfMaterial.firm_id) == party))


def bill_lines_visible_to(actor: Actor) -> Select[BillLine]:
    return seen_by(
        actor,
        select(BillLine).where(lies_under(col(BillLine.bill_id), bills_visible_to(actor), col(BillOfMaterial.id))),
    )
