"""Everything that can be asked: each field calls one read."""

from typing import Any

import graphene

from api import nodes
from api.queries.answer_clocks import AnswerClockQuestions
from api.queries.backups import BackupQuestions
from api.queries.causes import CauseQuestions
from api.queries.changes import ChangeQuestions
from api.queries.financial_accounts import FinancialAccountQuestions
from api.queries.firms import FirmQuestions
from api.queries.frameworks import FrameworkQuestions
from api.queries.guests import GuestQuestions
from api.queries.inbox import InboxQuestions
from api.queries.items import ItemQuestions
from api.queries.links import LinkQuestions
from api.queries.marks import MarkQuestions
from api.queries.naming import NamingQuestions
from api.queries.notices import NoticeQuestions
from api.queries.order_changes import OrderChangeQuestions
from api.queries.parts import by_id, listed
from api.queries.people import PeopleQuestions
from api.queries.pooling import PoolQuestions
from api.queries.qualification import QualificationQuestions
from api.queries.requests import RequestQuestions
from api.queries.requisitions import RequisitionQuestions
from api.queries.resilience import ResilienceQuestions
from api.queries.runs import RunQuestions
from api.queries.scenarios import ScenarioQuestions
from api.queries.scheduling_agreements import SchedulingAgreementQuestions
from api.queries.scorecards import ScorecardQuestions
from api.queries.settlement import SettlementQuestions
from api.queries.sharing import SharingQuestions
from api.queries.sheets import SheetQuestions
from api.queries.sourcing import SourcingQuestions
from api.queries.statements import StatementQuestions
from api.queries.todos import TodoQuestions
from api.queries.tolerances import ToleranceQuestions
from api.queries.ubl import UblQuestions
from api.queries.workbench import WorkbenchQuestions
from api.types import documents as document_types
from api.types import enums
from api.types import firms as firm_types
from api.types import jobs as job_types
from api.types import links as link_types
from api.types import logistics as logistics_types
from api.types import orders as order_types
from api.types import people as people_types
from api.types.fields import Date, many, maybe, paged, paging, said
from chain.firms import reads as firm_reads
from chain.items import reads as item_reads
from chain.links import reads as link_reads
from collaboration.logistics import reads as logistics_reads
from collaboration.orders import reads as order_reads
from delivery.packages import reads as package_reads
from delivery.requirements import reads as requirement_reads
from delivery.requirements.decisions import DOCUMENT_TYPES
from kernel import history as history_reads
from kernel import ids
from kernel.errors import NotFound
from kernel.paging import Page
from kernel.progress import reads as job_reads
from oversight.maps import reads as map_reads


class Query(
    InboxQuestions,
    ToleranceQuestions,
    PeopleQuestions,
    FinancialAccountQuestions,
    SheetQuestions,
    UblQuestions,
    SharingQuestions,
    RequestQuestions,
    NoticeQuestions,
    SourcingQuestions,
    RequisitionQuestions,
    SettlementQuestions,
    FrameworkQuestions,
    SchedulingAgreementQuestions,
    PoolQuestions,
    StatementQuestions,
    CauseQuestions,
    LinkQuestions,
    NamingQuestions,
    QualificationQuestions,
    ScorecardQuestions,
    ItemQuestions,
    GuestQuestions,
    FirmQuestions,
    ResilienceQuestions,
    RunQuestions,
    ChangeQuestions,
    MarkQuestions,
    ScenarioQuestions,
    BackupQuestions,
    OrderChangeQuestions,
    TodoQuestions,
    AnswerClockQuestions,
    WorkbenchQuestions,
    graphene.ObjectType,
):
    """What you may know."""

    viewer = maybe(people_types.Viewer, "Who you are; null for a stranger.")
    node = maybe(
        firm_types.Node,
        "Any thing by its id. An id you may not know of is answered as one that does not exist.",
        id=by_id("Its id."),
    )
    firms = said(
        firm_types.FirmConnection,
        "The firms you may know of.",
        filter=firm_types.FirmFilter(description="Which."),
        **paging(),
    )
    items = said(
        firm_types.ItemConnection,
        "The items you may know of.",
        filter=firm_types.ItemFilter(description="Which."),
        **paging(),
    )
    chains = said(firm_types.ChainConnection, "The chains of the plan; public.", **paging())
    chain_map = maybe(link_types.ChainMap, "A chain on a day.", chain_id=by_id("The chain."),
                      as_of=graphene.Argument(Date, description="The day; today when nothing is said."))  # fmt: skip
    link_disclosures = said(
        link_types.LinkDisclosureConnection, "What your firm lets others see of its links, and is let see.", **paging()
    )
    orders = said(
        order_types.OrderConnection,
        "Your orders, newest first.",
        filter=order_types.OrderFilter(description="Which."),
        **paging(),
    )
    order = maybe(
        order_types.Order,
        "Your order of that number; where several buyers use the same one, the newest.",
        number=graphene.Argument(graphene.NonNull(graphene.String), description="The buyer's number."),
        buyer_id=graphene.Argument(graphene.ID, description="Of this buyer: a number is unique only among its orders."),
    )
    order_counts = many(
        order_types.OrderStateCount,
        "How many of your orders stand where.",
        side=graphene.Argument(enums.Side, description="As buyer or as seller."),
    )
    tolerances = said(order_types.ToleranceConnection, "The tolerances between you and your partners.", **paging())
    despatch_advices = said(logistics_types.DespatchAdviceConnection, "Goods on the way to or from you, newest first.",
                            order_id=graphene.Argument(graphene.ID, description="Of this order only."),
                            filter=logistics_types.DespatchAdviceFilter(description="Which."), **paging())  # fmt: skip
    document_requirements = many(
        document_types.DocumentRequirement,
        "The documents an order must come with, at most 500.",
        order_id=by_id("The order."),
    )
    required_documents = said(
        document_types.DocumentRequirementConnection,
        "Required documents of all your orders, rejected and cancelled ones left out; what is due first stands first.",
        filter=document_types.DocumentRequirementFilter(description="Which."),
        **paging(),
    )
    document_counts = said(
        document_types.DocumentCounts,
        "How many required documents of all your orders stand where.",
        side=graphene.Argument(enums.Side, description="As buyer or as seller."),
    )
    document_classes = many(
        document_types.DocumentClass, "The classes a document can be asked for in; public."
    )  # fmt: skip
    acceptance_waits_for = many(
        graphene.String, "What is missing before the order can be accepted, by name.", order_id=by_id("The order.")
    )
    acceptance_certificate = maybe(
        document_types.AcceptanceCertificate, "The certificate of an accepted order.", order_id=by_id("The order.")
    )
    history = said(
        people_types.HistoryConnection,
        "What happened to a thing, oldest first.",
        id=by_id("The thing."),
        newest_first=graphene.Argument(graphene.Boolean, description="The other way round."),
        **paging(),
    )
    job = maybe(job_types.Job, "Long work your firm asked for.", id=by_id("Its id."))

    @staticmethod
    def resolve_viewer(root: Any, info: Any) -> Any:
        return info.context.person

    @staticmethod
    def resolve_node(root: Any, info: Any, id: str) -> Any:
        kind, _, found = nodes.find(info.context, id)
        if kind not in nodes.TYPES:
            raise NotFound("id")
        return info.context.typed(kind, found)

    @staticmethod
    def resolve_firms(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = firm_reads.firms(
            c.work,
            c.acting,
            role=f.get("role"),
            prefecture=f.get("prefecture"),
            text=f.get("text"),
            first=first,
            after=after,
        )
        return listed(info, "firm", found)

    @staticmethod
    def resolve_items(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        firm_id = ids.sought("Firm", f["firm_id"]) if f.get("firm_id") else None
        found = item_reads.items(
            c.work, c.acting, firm_id=firm_id, number=f.get("number"), text=f.get("text"), own=f.get("own"),
            first=first, after=after,
        )  # fmt: skip
        return listed(info, "item", found)

    @staticmethod
    def resolve_chains(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        if c.actor is None:
            return paged(Page([], False, False))
        return listed(info, "chain", firm_reads.chains(c.work, c.acting, first=first, after=after))

    @staticmethod
    def resolve_chain_map(root: Any, info: Any, chain_id: str, as_of: Any = None) -> Any:
        c = info.context
        number = ids.sought("Chain", chain_id)
        made = map_reads.chain_map(c.work, c.acting, chain_id=number, as_of=as_of or c.today)
        c.batches["stage"].expect(cell.stage_id for cell in made.cells)
        c.batches["stage"].expect(one.stage_id for one in made.named)
        c.batches["firm"].expect(i for link in made.links for i in (link.supplier_id, link.buyer_id))
        c.batches["item"].expect(link.item_id for link in made.links)
        c.batches["site"].expect(i for link in made.links for i in (link.supplier_site_id, link.buyer_site_id))
        return made

    @staticmethod
    def resolve_link_disclosures(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = link_reads.disclosures(c.work, c.acting, first=first, after=after)
        c.batches["firm"].expect(i for row in found.rows for i in (row.owner_id, row.viewer_id))
        return paged(found)

    @staticmethod
    def resolve_orders(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        partner = ids.sought("Firm", f["partner_id"]) if f.get("partner_id") else None
        found = order_reads.orders(
            c.work, c.acting, states=f.get("states"), side=f.get("side"), partner_id=partner, number=f.get("number"),
            late_on=c.today if f.get("late") else None, first=first, after=after,
        )  # fmt: skip
        return listed(info, "order", found)

    @staticmethod
    def resolve_order(root: Any, info: Any, number: str, buyer_id: str | None = None) -> Any:
        buyer = None if buyer_id is None else ids.sought("Firm", buyer_id)
        return order_reads.order_by_number(info.context.work, info.context.acting, number, buyer_id=buyer)

    @staticmethod
    def resolve_order_counts(root: Any, info: Any, side: Any = None) -> Any:
        counted = order_reads.count_by_state(info.context.work, info.context.acting, side)
        return [{"state": state, "orders": count} for state, count in counted]

    @staticmethod
    def resolve_tolerances(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = order_reads.tolerances(c.work, c.acting, first=first, after=after)
        c.batches["firm"].expect(i for row in found.rows for i in (row.buyer_id, row.seller_id))
        c.batches["item"].expect(row.item_id for row in found.rows)
        return paged(found)

    @staticmethod
    def resolve_despatch_advices(
        root: Any, info: Any, order_id: str | None = None, filter: Any = None, first: int | None = None,
        after: str | None = None,
    ) -> Any:  # fmt: skip
        f, c = filter or {}, info.context
        if order_id is None:
            found = logistics_reads.despatch_advices(
                c.work, c.acting, states=f.get("states"), side=f.get("side"), first=first, after=after
            )
        else:
            number = ids.sought("Order", order_id)
            order_reads.order(c.work, c.acting, number)
            found = logistics_reads.advices_of_order(c.work, c.acting, number, first=first, after=after)
        return listed(info, "advice", found)

    @staticmethod
    def resolve_document_requirements(root: Any, info: Any, order_id: str) -> Any:
        c = info.context
        rows = requirement_reads.requirements(c.work, c.acting, ids.sought("Order", order_id))
        return c.batches.listed("requirement", rows)

    @staticmethod
    def resolve_required_documents(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = requirement_reads.all_requirements(
            c.work, c.acting, states=f.get("states"), overdue=f.get("overdue"), due_until=f.get("due_until"),
            side=f.get("side"), today=c.today, first=first, after=after,
        )  # fmt: skip
        return listed(info, "requirement", found)

    @staticmethod
    def resolve_document_counts(root: Any, info: Any, side: Any = None) -> Any:
        c = info.context
        return requirement_reads.count_requirements(c.work, c.acting, side=side, today=c.today)

    @staticmethod
    def resolve_document_classes(root: Any, info: Any) -> Any:
        place = 0 if info.context.lang == "zh" else 1
        return [{"code": code, "name": names[place]} for code, names in DOCUMENT_TYPES.items()]

    @staticmethod
    def resolve_acceptance_waits_for(root: Any, info: Any, order_id: str) -> Any:
        c = info.context
        found = package_reads.acceptance_waits_for(c.work, c.acting, ids.sought("Order", order_id))
        return [missing.zh if c.lang == "zh" else missing.en for missing in found]

    @staticmethod
    def resolve_acceptance_certificate(root: Any, info: Any, order_id: str) -> Any:
        c = info.context
        number = ids.sought("Order", order_id)
        order_reads.order(c.work, c.acting, number)
        found = package_reads.certificates_of_orders(c.work, c.acting, [number])
        return found[0] if found else None

    @staticmethod
    def resolve_history(
        root: Any, info: Any, id: str, newest_first: bool = False, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        kind, number, row = nodes.find(c, id)
        if (kind == "SupplyLink" and row.disclosed) or (kind == "DataRequest" and row.veiled):
            return paged(Page([], False, False))  # who did what to it would tell who hides behind the alias
        found = history_reads.history(
            c.work, c.acting, kind, number, first=first, after=after, newest=bool(newest_first)
        )
        c.batches["firm"].expect(row.by_party for row in found.rows)
        c.batches["person"].expect(row.by_user for row in found.rows)
        return paged(found)

    @staticmethod
    def resolve_job(root: Any, info: Any, id: str) -> Any:
        return job_reads.job(info.context.work, info.context.acting, ids.sought("Job", id))
