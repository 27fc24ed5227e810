"""Who is asking, what there is to do, and what happened."""

import json
from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, connection, described, many, maybe, said
from api.types.firms import Firm, Node
from api.types.logistics import DespatchAdvice
from api.types.orders import Order
from collaboration.guests.decisions import link_of_user
from collaboration.todo import Act
from kernel import ids
from kernel.inbox.reads import counts

TodoKind = described("TodoKind", Act, "What is to be done, named as the mutation that does it.", {
    Act.RESPOND_TO_ORDER: "Answer an order.", Act.SEND_DESPATCH_ADVICE: "Ship what is promised.",
    Act.SUBMIT_DOCUMENT: "Hand in a required document.", Act.DECIDE_ON_RESPONSE: "Decide on changes the seller offers.",
    Act.POST_RECEIPT: "Count what came.", Act.REVIEW_DOCUMENT: "Review a document.",
    Act.ACCEPT_DELIVERY: "Accept goods and documents.", Act.RESPOND_TO_ORDER_CHANGE: "Answer a change of an order.",
    Act.DECIDE_ON_ORDER_CHANGE: "Decide on a counter-offer to a change.",
    Act.ANSWER_ORDER_CANCELLATION: "Answer a cancellation the other side asks for.",
    Act.DECIDE_ON_REPROMISE: "Decide on new days the seller promises.",
    Act.LIFT_HOLD: "Decide on an order you hold.",
    Act.SUBMIT_QUOTATION: "Bid for a request for quotation.", Act.AWARD_RFQ: "Compare opened bids and award.",
    Act.ANSWER_CLARIFICATION: "Answer what the buyer asks about your opened bid.",
    Act.ORDER_AWARD: "Order what was awarded, or draft a framework from it.",
    Act.RESPOND_TO_INVOICE: "Answer an invoice.", Act.ANSWER_INVOICE_QUERY: "Answer a query of an invoice.",
    Act.STATE_CAUSE: "Answer what the other firm states of a missed delivery.",
    Act.SEND_STATEMENT: "Read and send a statement that is a draft.", Act.CONFIRM_STATEMENT: "Confirm or dispute a statement.",
    Act.ANSWER_STATEMENT_DISPUTES: "Answer what is disputed of a statement.", Act.INVOICE_STATEMENT: "Invoice an agreed statement.",
    Act.APPROVE_RELEASE: "Approve as the second person what was released of an invoice.",
    Act.APPROVE_REQUISITION: "Approve or reject a requisition.", Act.APPROVE_RFQ: "Approve a request for quotation.",
    Act.APPROVE_FRAMEWORK: "Approve or reject a framework agreement before it is proposed.",
    Act.APPROVE_FRAMEWORK_AMENDMENT: "Approve that an amendment lets more be spent.",
    Act.ACCEPT_FRAMEWORK: "Answer a framework agreement.", Act.ACCEPT_FRAMEWORK_AMENDMENT: "Answer an amendment of a framework agreement.",
    Act.ACCEPT_SCHEDULING_AGREEMENT: "Answer a scheduling agreement.", Act.ACKNOWLEDGE_RELEASE: "Answer a release.",
    Act.ACCEPT_SILENCE_TERMS: "Answer what silence is to mean.",
    Act.JOIN_POOL: "Join a pool or decline.", Act.ORDER_POOL_SHARE: "Order the share a pool allotted.",
})  # fmt: skip


class Viewer(graphene.ObjectType):
    """The person who asks."""

    email = said(graphene.String, "E-mail address.")
    name = said(graphene.String, "Name.")
    firm = maybe(Firm, "The firm it acts for; empty for officials and operators.",
                 resolver=lambda row, info: info.context.batches["firm"].one(row.party_id))  # fmt: skip
    roles = many(enums.Role, "What it may do.", resolver=lambda row, info: sorted(info.context.acting.roles))
    region = maybe(graphene.String, "GB/T 2260 code an official answers for.")
    unread = said(graphene.Int, "How much lies unread in its inbox.",
                  resolver=lambda row, info: counts(info.context.work, info.context.acting).unread)  # fmt: skip


def _from_batch(batch: str, kinds: tuple[str, ...]) -> Any:
    return lambda row, info: info.context.batches[batch].one(row.subject_id) if row.kind in kinds else None


class TodoItem(graphene.ObjectType):
    """One thing to do."""

    id = said(graphene.ID, "Opaque id, stable while the thing is to be done.",
              resolver=lambda row, info: f"{row.act}-{ids.seal(row.kind, row.subject_id)}")  # fmt: skip
    kind = said(TodoKind, "What.", resolver=lambda row, info: row.act)
    due_on = said(Date, "By when.")
    due_at = maybe(DateTime, "The very limit, where a clock runs.")
    overdue = said(graphene.Boolean, "That is past.", resolver=lambda row, info: row.limit <= info.context.work.now)
    order = maybe(Order, "The order it is about; empty for goods of several orders.",
                  resolver=lambda row, info: info.context.batches["order"].one(row.order_id))  # fmt: skip
    despatch_advice = maybe(
        DespatchAdvice, "The despatch to receive.", resolver=_from_batch("advice", ("DespatchAdvice",))
    )
    subject = said(Node, "What it is about.",
                   resolver=lambda row, info: info.context.node(row.kind, row.subject_id))  # fmt: skip


TodoItemConnection = connection(TodoItem, "TodoItem")


class TodoCount(graphene.ObjectType):
    """How much there is to do of one kind."""

    kind = said(TodoKind, "What.")
    items = said(graphene.Int, "How many.")
    overdue = said(graphene.Int, "How many of them should be done already.")


def _facts(row: Any, info: Any) -> str:
    """Facts of an event without the inner numbers of rows, which are nobody's business outside; of many, how many."""
    shown = {k: v for k, v in row.facts.items() if not k.endswith(("_id", "_ids"))}
    shown |= {f"{k[:-4]}s": len(v) for k, v in row.facts.items() if k.endswith("_ids")}
    return json.dumps(shown, ensure_ascii=False, sort_keys=True)


def _by_name(row: Any, info: Any) -> str | None:
    link_id = link_of_user(row.by_user)
    if link_id is not None:
        return getattr(info.context.batches["guest_link"].one(link_id), "contact", None)
    return getattr(info.context.batches["person"].one(row.by_user), "name", None)


class HistoryEntry(graphene.ObjectType):
    """Something that happened, kept for good."""

    event = said(graphene.String, "What happened, such as OrderPlaced.", resolver=lambda row, info: row.kind)
    at = said(DateTime, "When.")
    by_firm = maybe(Firm, "Whose person did it; empty for a rule or job of the platform.",
                    resolver=lambda row, info: info.context.batches["firm"].one(row.by_party))  # fmt: skip
    by_you = said(
        graphene.Boolean, "You did it.", resolver=lambda row, info: row.by_user == info.context.acting.user_id
    )
    by_name = maybe(
        graphene.String,
        "The person's name, where it is you or a colleague; of a guest, the mail or telephone that was verified.",
        resolver=_by_name,
    )
    facts = said(graphene.String, "The particulars, as a JSON object.", resolver=_facts)


HistoryConnection = connection(HistoryEntry, "HistoryEntry")
