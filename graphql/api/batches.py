"""Children of all rows of a list in one statement: the first question about any of them loads them all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from chain.firms import reads as firms
from chain.items import reads as items
from collaboration.logistics import reads as logistics
from collaboration.orders import reads as orders
from delivery.documents import reads as documents
from delivery.packages import reads as packages
from delivery.requirements import reads as requirements
from kernel.access import Actor
from kernel.accounts import reads as accounts
from kernel.progress import reads as progress
from kernel.work import UnitOfWork

Load = Callable[[UnitOfWork, Actor, Iterable[int]], Sequence[Any]]


class Batch:
    """Rows found under a number: by their own (``one``) or by their parent's (``many``)."""

    def __init__(
        self, load: Callable[[list[int]], Sequence[Any]], by: str, listed: Callable[[Sequence[Any]], object]
    ) -> None:
        self._load, self._by, self._listed = load, by, listed
        self._waiting: set[int] = set()
        self._known: dict[int, list[Any]] = {}

    def expect(self, numbers: Iterable[int | None]) -> None:
        self._waiting.update(n for n in numbers if n is not None and n not in self._known)

    def many(self, number: int) -> list[Any]:
        if number not in self._known:
            self._waiting.add(number)
            asked, self._waiting = sorted(self._waiting), set()
            rows = self._load(asked)
            self._known.update({n: [] for n in asked})
            for row in rows:
                self._known[getattr(row, self._by)].append(row)
            self._listed(rows)
        return self._known[number]

    def one(self, number: int | None) -> Any:
        if number is None:
            return None
        found = self.many(number)
        return found[0] if found else None


#        batch               load                                 by                    what its rows will be asked for: batch -> column
_BATCHES: dict[str, tuple[Any, str, dict[str, str]]] = {
    "firm": (firms.firms_by_id, "id", {}),
    "chain": (firms.chains_by_id, "id", {"stages": "id"}),
    "stage": (firms.stages_by_id, "id", {}),
    "stages": (firms.stages_of, "chain_id", {}),
    "item": (items.items_by_id, "id", {"stage": "stage_id", "firm": "firm_id"}),
    "order": (
        orders.orders_by_id, "id",
        {"lines": "id", "responses": "id", "firm": "buyer_id", "firm ": "seller_id", "requirements": "id", "certificate": "id"},
    ),
    "line": (orders.lines_by_id, "id", {"schedules": "id", "item": "item_id", "order": "order_id"}),
    "lines": (orders.lines_of_orders, "order_id", {"schedules": "id", "item": "item_id", "order": "order_id"}),
    "schedules": (orders.schedules_of_lines, "line_id", {"line": "line_id"}),
    "schedule": (orders.schedules_by_id, "id", {"line": "line_id"}),
    "response": (orders.responses_by_id, "id", {"response_lines": "id", "order": "order_id"}),
    "responses": (orders.responses_of_orders, "order_id", {"response_lines": "id"}),
    "response_line": (orders.response_lines_by_id, "id", {"response_schedules": "id", "line": "line_id", "item": "item_id"}),
    "tolerance": (orders.tolerances_by_id, "id", {}),
    "tolerances": (orders.tolerances_of_sellers, "seller_id", {}),
    "response_lines": (orders.response_lines_of, "response_id", {"response_schedules": "id", "line": "line_id", "item": "item_id"}),
    "response_schedules": (orders.response_schedules_of, "response_line_id", {}),
    "advice": (logistics.advices_by_id, "id", {"despatch_lines": "id", "receipts": "id", "firm": "buyer_id", "firm ": "seller_id"}),
    "despatch_lines": (logistics.despatch_lines_of, "advice_id", {"schedule": "schedule_id", "line": "line_id", "order": "order_id"}),
    "despatch_line": (logistics.despatch_lines_by_id, "id", {"schedule": "schedule_id", "line": "line_id"}),
    "receipts": (logistics.receipts_of, "advice_id", {"receipt_lines": "id"}),
    "receipt": (logistics.receipts_by_id, "id", {"receipt_lines": "id", "advice": "advice_id"}),
    "receipt_lines": (logistics.receipt_lines_of, "receipt_id", {"despatch_line": "despatch_line_id"}),
    "requirement": (requirements.requirements_by_id, "id", {"revisions": "id", "line": "line_id", "order": "order_id", "person": "reviewer_id"}),
    "requirements": (requirements.requirements_of_orders, "order_id", {"revisions": "id", "line": "line_id", "order": "order_id"}),
    "document": (documents.documents_by_id, "id", {"document_revisions": "id"}),
    "revision": (documents.revisions_by_id, "id", {"job": "job_id", "document": "document_id", "findings": "id", "review": "id", "requirement": "requirement_id", "order": "order_id"}),
    "revisions": (documents.revisions_of_requirements, "requirement_id", {"job": "job_id", "document": "document_id", "findings": "id", "review": "id", "requirement": "requirement_id", "order": "order_id"}),
    "document_revisions": (documents.revisions_of_documents, "document_id", {"job": "job_id", "findings": "id", "review": "id", "requirement": "requirement_id", "order": "order_id"}),
    "findings": (documents.findings_of, "revision_id", {}),
    "review": (documents.reviews_of, "revision_id", {"comments": "id", "person": "by_user"}),
    "comments": (documents.comments_of, "review_id", {}),
    "certificate": (packages.certificates_of_orders, "order_id", {}),
    "person": (accounts.people_by_id, "id", {}),
    "job": (progress.jobs_by_id, "id", {}),
    "acceptance": (packages.certificates_by_id, "id", {}),
}  # fmt: skip


class Batches:
    """All batches of one request, under one viewer. A list a resolver answers with is announced by ``listed``."""

    def __init__(self, work: UnitOfWork, actor: Actor) -> None:
        self._work, self._actor = work, actor
        self._made: dict[str, Batch] = {}

    def __getitem__(self, name: str) -> Batch:
        made = self._made.get(name)
        if made is None:
            load, by, _ = _BATCHES[name]
            made = self._made[name] = Batch(
                lambda numbers: load(self._work, self._actor, numbers), by, lambda rows: self.listed(name, rows)
            )
        return made

    def listed(self, name: str, rows: Sequence[Any]) -> Sequence[Any]:
        """These rows were just listed together: what hangs on them may be asked for next, for all at once."""
        for child, column in _BATCHES[name][2].items():
            self[child.strip()].expect(getattr(row, column) for row in rows)
        return rows
