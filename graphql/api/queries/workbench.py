"""What is asked of the workbench and the decision queue, and of many orders answered or decided on."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import enums
from api.types import workbench as types
from api.types.fields import many, maybe, paged, paging, said
from collaboration.answer_batches import reads as batches
from collaboration.workbench import deviating, reads
from kernel import ids
from kernel.errors import Invalid, NotFound
from kernel.paging import Page, checked_first

_VIEW = {"view": graphene.Argument(graphene.NonNull(types.WorkbenchView), description="Which.")}
_WHICH = {"filter": graphene.Argument(types.WorkbenchFilter, description="Of these alone.")}
MOST_IN_A_FILE = 20_000


@dataclass(frozen=True)
class Listed:
    """What a file tells of a view."""

    view: reads.WorkbenchView
    lines: list[reads.WorkbenchLine]
    as_of: date


class WorkbenchQuestions:
    """Of the orders your firm buys by; of the answers it gave to many orders."""

    workbench = said(
        types.WorkbenchLineConnection, "The lines of a view, first what is due first.", args=_VIEW | _WHICH | paging()
    )
    workbench_counts = many(types.WorkbenchCount, "How many lines each view has.", args=_WHICH)
    workbench_xlsx = maybe(
        graphene.String, "The lines of a view as a workbook in base 64, at most 20,000; null for who belongs to no firm.",
        args=_VIEW | _WHICH,
    )  # fmt: skip
    decision_queue = said(
        types.DeviatingResponseConnection, "The answers that wait for your firm to decide, first what is due first.",
        filter=graphene.Argument(types.DeviationFilter, description="Of these alone."), **paging(),
    )  # fmt: skip
    answer_batches = said(
        types.AnswerBatchConnection, "What your firm answered, or decided on, in one act, newest first.",
        side=graphene.Argument(enums.Side, description="Only what it did on this side."), **paging(),
    )  # fmt: skip
    batched_answers = said(
        types.BatchedAnswerConnection, "What one act said, order by order.", batch_id=by_id("The act."),
        outcome=graphene.Argument(types.BatchOutcome, description="Only these."), **paging(),
    )  # fmt: skip

    @staticmethod
    def resolve_workbench(
        root: Any, info: Any, view: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = reads.workbench(c.work, c.acting, view, _which(filter))
        begin = bisect_right([reads.place_of(one) for one in found], _place(after)) if after else 0
        size = checked_first(first)
        rows = found[begin : begin + size]
        c.batches["line"].expect(one.line_id for one in rows)
        c.batches["order"].expect(one.order_id for one in rows)
        answer = paged(Page(rows, begin + size < len(found), begin > 0), cursor=_cursor)
        return answer | {"count": lambda info: len(found)}

    @staticmethod
    def resolve_workbench_counts(root: Any, info: Any, filter: Any = None) -> Any:
        c = info.context
        if c.acting.party_id is None:
            return []
        told = reads.counts(c.work, c.acting, _which(filter))
        return [{"view": view, "lines": lines, "overdue": overdue} for view, (lines, overdue) in told.items()]

    @staticmethod
    def resolve_workbench_xlsx(root: Any, info: Any, view: Any, filter: Any = None) -> Any:
        c = info.context
        if c.acting.party_id is None:
            return None
        found = reads.workbench(c.work, c.acting, view, _which(filter))[:MOST_IN_A_FILE]
        return types.workbench_file(Listed(view, found, c.today), info)

    @staticmethod
    def resolve_decision_queue(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = deviating.deviating(c.work, c.acting, _within(filter))
        begin = 0
        if after:
            begin = bisect_right([deviating.place_in_queue(x) for x in found], _place(after, "OrderResponse"))
        size = checked_first(first)
        rows = found[begin : begin + size]
        c.batches["response"].expect(one.response_id for one in rows)
        c.batches["order"].expect(one.order_id for one in rows)
        answer = paged(Page(rows, begin + size < len(found), begin > 0), cursor=_cursor_of_response)
        return answer | {"count": lambda info: len(found)}

    @staticmethod
    def resolve_answer_batches(
        root: Any, info: Any, side: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        return listed(info, "answer_batch", batches.batches(c.work, c.acting, side=side, first=first, after=after))

    @staticmethod
    def resolve_batched_answers(
        root: Any, info: Any, batch_id: str, outcome: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c, number = info.context, ids.sought("AnswerBatch", batch_id)
        if c.batches["answer_batch"].one(number) is None:
            raise NotFound("batchId")
        found = batches.answers_of(c.work, c.acting, number, outcome=outcome, first=first, after=after)
        c.batches["order"].expect(row.order_id for row in found.rows)
        return paged(found)


def _which(filter: Any) -> reads.Narrowed:
    f = filter or {}
    days = f.get("due_in_days")
    return reads.Narrowed(
        seller_id=ids.sought("Firm", f["seller_id"]) if f.get("seller_id") else None, item=f.get("item") or None,
        days=reads.USUAL_DAYS if days is None else days,
    )  # fmt: skip


def _within(filter: Any) -> deviating.Within:
    f = filter or {}
    return deviating.Within(
        ids.sought("Firm", f["seller_id"]) if f.get("seller_id") else None, f.get("days"), f.get("price_percent"),
        f.get("quantity_percent"),
    )  # fmt: skip


def _cursor(line: reads.WorkbenchLine) -> str:
    return _sealed(reads.place_of(line), "OrderLine")


def _cursor_of_response(one: deviating.Deviating) -> str:
    return _sealed(deviating.place_in_queue(one), "OrderResponse")


def _sealed(place: tuple[datetime, int], kind: str) -> str:
    limit, number = place
    told = f"{limit.astimezone(UTC).isoformat()}|{ids.seal(kind, number)}"
    return urlsafe_b64encode(told.encode()).decode()


def _place(after: str, kind: str = "OrderLine") -> tuple[datetime, int]:
    """Where a cursor of a list sorted by limits stands. Raises Invalid."""
    try:
        limit, sealed = urlsafe_b64decode(after).decode().split("|")
        at = datetime.fromisoformat(limit)
        if at.tzinfo is None:
            raise ValueError(limit)
        return at, ids.number_of(kind, sealed)
    except (ValueError, NotFound):
        raise Invalid(
            "after", "this cursor is none of this list; begin without it", "游标无效，请从第一页开始"
        ) from None
