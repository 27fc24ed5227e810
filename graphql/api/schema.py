"""The schema: the promise we make to every program. Printed to graphql/schema.graphql and diffed in CI."""

import graphene

from api.mutations import documents, links, logistics, orders
from api.query import Query
from api.types import documents as document_types
from api.types import firms, jobs
from api.types import logistics as logistics_types
from api.types import orders as order_types
from api.types.links import SupplyLink


class Mutations(graphene.ObjectType):
    """Everything that can be done. Each answers with the object and `userErrors`."""

    class Meta:
        name = "Mutation"

    place_order = orders.PlaceOrder.Field(description=orders.PlaceOrder.__doc__)
    respond_to_order = orders.RespondToOrder.Field(description=orders.RespondToOrder.__doc__)
    decide_on_response = orders.DecideOnResponse.Field(description=orders.DecideOnResponse.__doc__)
    close_short = orders.CloseShort.Field(description=orders.CloseShort.__doc__)
    set_tolerance = orders.SetTolerance.Field(description=orders.SetTolerance.__doc__)
    send_despatch_advice = logistics.SendDespatchAdvice.Field(description=logistics.SendDespatchAdvice.__doc__)
    post_receipt = logistics.PostReceipt.Field(description=logistics.PostReceipt.__doc__)
    require_documents = documents.RequireDocuments.Field(description=documents.RequireDocuments.__doc__)
    open_upload = documents.OpenUpload.Field(description=documents.OpenUpload.__doc__)
    submit_document = documents.SubmitDocument.Field(description=documents.SubmitDocument.__doc__)
    review_document = documents.ReviewDocument.Field(description=documents.ReviewDocument.__doc__)
    accept_delivery = documents.AcceptDelivery.Field(description=documents.AcceptDelivery.__doc__)
    declare_supply_link = links.DeclareSupplyLink.Field(description=links.DeclareSupplyLink.__doc__)
    end_supply_link = links.EndSupplyLink.Field(description=links.EndSupplyLink.__doc__)
    disclose_links = links.DiscloseLinks.Field(description=links.DiscloseLinks.__doc__)
    revoke_disclosure = links.RevokeDisclosure.Field(description=links.RevokeDisclosure.__doc__)


schema = graphene.Schema(
    query=Query,
    mutation=Mutations,
    types=[
        SupplyLink,
        order_types.OrderResponseLine,
        order_types.Schedule,
        logistics_types.DespatchLine,
        logistics_types.ReceiptAdvice,
        document_types.DocumentRevision,
        document_types.AcceptanceCertificate,
        firms.Stage,
        jobs.Job,
    ],  # fmt: skip
)

schema.graphql_schema.extensions["usual_lengths"] = {
    "Order.lines": 20, "Order.responses": 3, "OrderLine.schedules": 3, "OrderResponse.lines": 20,
    "OrderResponseLine.schedules": 3, "Chain.stages": 10, "DespatchAdvice.lines": 20, "DespatchAdvice.receipts": 2,
    "ReceiptAdvice.lines": 20, "DocumentRequirement.revisions": 3, "DocumentRevision.findings": 15,
    "Document.revisions": 3, "Review.comments": 5, "Viewer.roles": 5, "Order.openVerbs": 5, "Order.reservedVerbs": 5, "ReservedVerb.roles": 2,
    "DespatchAdvice.openVerbs": 1, "DespatchAdvice.reservedVerbs": 1, "Query.todoCounts": 7, "Query.orderCounts": 9,
    "DespatchLine.serials": 5, "OrderLine.openVerbs": 2, "OrderResponseLine.differences": 3,
    "DocumentRequirement.openVerbs": 2, "DocumentRevision.openVerbs": 1, "SupplyLink.openVerbs": 1, "SupplyLink.evidence": 5,
    "LinkDisclosure.openVerbs": 1, "Query.acceptanceWaitsFor": 20, "Query.documentRequirements": 20, "Query.documentClasses": 12,
}  # fmt: skip
"""How long the short unpaged lists usually are: what the cost limit counts for them."""
