"""What is asked about items: their names at buyers, stock, bills, uses, plans."""

from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import bills as bill_types
from api.types import items as item_types
from api.types import planning as planning_types
from api.types.fields import Date, maybe, paged, paging, said
from chain.bills import reads as bill_reads
from chain.bills.using import where_used
from chain.items import reads as item_reads
from collaboration.planning import reads as plan_reads
from kernel import ids


def _id(description: str) -> graphene.Argument:
    return graphene.Argument(graphene.ID, description=description)


def _day(description: str) -> graphene.Argument:
    return graphene.Argument(Date, description=description)


class ItemQuestions:
    """Items, what they are called, made of, used in and needed for."""

    cross_references = said(
        item_types.CrossReferenceConnection, "What buyers call items, between you and your partners, newest first.",
        item_id=_id("Of this item."), partner_id=_id("With this firm."), on=_day("In force on this day."), **paging(),
    )  # fmt: skip
    stock_counts = said(
        item_types.StockCountConnection, "What your firm has counted, newest first.", item_id=_id("Of this item."),
        **paging(),
    )  # fmt: skip
    bills_of_material = said(
        bill_types.BillOfMaterialConnection, "The bills of an item your firm makes, newest first.", item_id=by_id("The item."),
        **paging(),
    )  # fmt: skip
    bill_lines = said(bill_types.BillLineConnection, "The lines of a bill.", bill_id=by_id("The bill."), **paging())
    bill_tree = maybe(bill_types.BillTree, "What an item is made of, through all your own bills.", item_id=by_id("The item."),
                      on=_day("On this day; today when nothing is said."))  # fmt: skip
    where_used = maybe(bill_types.WhereUsed, "Where an item is used, as far as you may know.", item_id=by_id("The item."),
                       on=_day("On this day; today when nothing is said."))  # fmt: skip
    explosions = said(planning_types.ExplosionConnection, "The runs of your firm's plans, newest first.", **paging())
    material_needs = said(
        planning_types.MaterialNeedConnection, "What your firm needs.", explosion_id=_id("By this run of your own."),
        item_id=_id("Of this item."),
        of_customers=graphene.Argument(graphene.Boolean, description="True: what customers' plans ask; false: your own."),
        **paging(),
    )  # fmt: skip

    @staticmethod
    def resolve_cross_references(
        root: Any, info: Any, item_id: str | None = None, partner_id: str | None = None, on: Any = None,
        first: int | None = None, after: str | None = None,
    ) -> Any:  # fmt: skip
        c = info.context
        found = item_reads.cross_references(
            c.work, c.acting, item_id=_maybe("Item", item_id), partner_id=_maybe("Firm", partner_id), on=on, first=first,
            after=after,
        )  # fmt: skip
        return listed(info, "cross_reference", found)

    @staticmethod
    def resolve_stock_counts(
        root: Any, info: Any, item_id: str | None = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = item_reads.stock_counts(c.work, c.acting, item_id=_maybe("Item", item_id), first=first, after=after)
        return listed(info, "stock_count", found)

    @staticmethod
    def resolve_bills_of_material(
        root: Any, info: Any, item_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = bill_reads.bills(c.work, c.acting, item_id=ids.sought("Item", item_id), first=first, after=after)
        return listed(info, "bill", found)

    @staticmethod
    def resolve_bill_lines(
        root: Any, info: Any, bill_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        number = ids.sought("BillOfMaterial", bill_id)
        found = bill_reads.bill_lines(c.work, c.acting, bill_id=number, first=first, after=after)
        c.batches["item"].expect(row.component_id for row in found.rows)
        return paged(found)

    @staticmethod
    def resolve_bill_tree(root: Any, info: Any, item_id: str, on: Any = None) -> Any:
        c = info.context
        found = bill_reads.bill_tree(c.work, c.acting, item_id=ids.sought("Item", item_id), on=on or c.today)
        c.batches["item"].expect(row.part.component_id for row in found.rows)
        return found

    @staticmethod
    def resolve_where_used(root: Any, info: Any, item_id: str, on: Any = None) -> Any:
        c = info.context
        uses, is_cut = where_used(c.work, c.acting, item_id=ids.sought("Item", item_id), on=on or c.today)
        c.batches["item"].expect(use.item_id for use in uses)
        c.batches["firm"].expect(use.firm_id for use in uses)
        return {"uses": uses, "is_cut": is_cut}

    @staticmethod
    def resolve_explosions(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        return listed(info, "explosion", plan_reads.explosions(c.work, c.acting, first=first, after=after))

    @staticmethod
    def resolve_material_needs(
        root: Any, info: Any, explosion_id: str | None = None, item_id: str | None = None,
        of_customers: bool | None = None, first: int | None = None, after: str | None = None,
    ) -> Any:  # fmt: skip
        c = info.context
        found = plan_reads.needs(
            c.work, c.acting, explosion_id=_maybe("Explosion", explosion_id), of_customers=of_customers,
            item_id=_maybe("Item", item_id), first=first, after=after,
        )  # fmt: skip
        c.batches["item"].expect(row.item_id for row in found.rows)
        c.batches["firm"].expect(row.customer_id for row in found.rows)
        return paged(found)


def _maybe(kind: str, outward: str | None) -> int | None:
    return None if outward is None else ids.sought(kind, outward)
