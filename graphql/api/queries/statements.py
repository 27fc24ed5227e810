"""Questions about statements."""

from typing import Any

import graphene

from api.payloads import maybe_number
from api.queries.parts import by_id, listed
from api.types import enums
from api.types import statements as types
from api.types.fields import many, maybe, paging, said
from api.types.lists import statement_file
from collaboration.statements import reads
from collaboration.statements.reads import StatementSought
from kernel import ids


def _sought(given: Any) -> StatementSought:
    f = given or {}
    return StatementSought(
        f.get("states"),
        f.get("side"),
        maybe_number("Firm", f, "partner_id"),
        f.get("on"),
        maybe_number("Order", f, "order_id"),
    )


class StatementQuestions:
    """Statements between your firm and its partners."""

    statements = said(
        types.StatementConnection, "Your statements, newest first.",
        filter=types.StatementFilter(description="Which."), **paging(),
    )  # fmt: skip
    statement = maybe(types.Statement, "One of them.", id=by_id("Which."))
    statement_counts = many(
        types.StatementStateCount, "How many of your statements stand where.",
        side=graphene.Argument(enums.Side, description="As buyer or as seller."),
    )  # fmt: skip
    statement_file = maybe(types.StatementFile, "One of them as a file.", id=by_id("Which."))

    @staticmethod
    def resolve_statements(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        return listed(info, "statement", reads.statements(c.work, c.acting, _sought(filter), first=first, after=after))

    @staticmethod
    def resolve_statement(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["statement"].one(ids.sought("Statement", id))

    @staticmethod
    def resolve_statement_counts(root: Any, info: Any, side: Any = None) -> Any:
        c = info.context
        return [{"state": s, "statements": n} for s, n in reads.count_statements(c.work, c.acting, side)]

    @staticmethod
    def resolve_statement_file(root: Any, info: Any, id: str) -> Any:
        found = info.context.batches["statement"].one(ids.sought("Statement", id))
        return None if found is None else {"xlsx": statement_file(found, info)}
