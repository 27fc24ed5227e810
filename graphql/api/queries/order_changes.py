"""Questions about what is asked to change of an order, and what it was."""

from typing import Any

import graphene

from api.queries.parts import by_id
from api.types import order_changes as types
from api.types.fields import many, maybe
from kernel import ids
from kernel.errors import NotFound


class OrderChangeQuestions:
    """Of an order you are party to."""

    order_amendments = maybe(
        types.OrderAmendments, "Changes, cancellations and new promises of an order.", order_id=by_id("The order.")
    )
    order_versions = many(
        types.OrderVersion, "What an order was from version to version, oldest first.", order_id=by_id("The order.")
    )
    order_difference = many(
        types.OrderFieldChange, "What two versions of an order tell differently, field by field.",
        order_id=by_id("The order."),
        earlier=graphene.Argument(graphene.NonNull(graphene.Int), description="One version."),
        later=graphene.Argument(graphene.NonNull(graphene.Int), description="The other."),
    )  # fmt: skip

    @staticmethod
    def resolve_order_amendments(root: Any, info: Any, order_id: str) -> Any:
        return info.context.batches["order"].one(ids.sought("Order", order_id))

    @staticmethod
    def resolve_order_versions(root: Any, info: Any, order_id: str) -> Any:
        return types.versions(info, _order(info, order_id))

    @staticmethod
    def resolve_order_difference(root: Any, info: Any, order_id: str, earlier: int, later: int) -> Any:
        return types.difference(info, _order(info, order_id), earlier, later)


def _order(info: Any, order_id: str) -> Any:
    found = info.context.batches["order"].one(ids.sought("Order", order_id))
    if found is None:
        raise NotFound("orderId")
    return found
