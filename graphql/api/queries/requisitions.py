"""Questions about requisitions and the rules of their approval."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import requisitions as types
from api.types.fields import many, maybe, paging, said
from collaboration.requisitions import reads
from kernel import ids


class RequisitionQuestions:
    """What people of your firm need."""

    requisitions = said(
        types.RequisitionConnection,
        "Your firm's requisitions, newest first.",
        filter=types.RequisitionFilter(description="Which."),
        **paging(),
    )
    requisition = maybe(types.Requisition, "One of them.", id=by_id("Which."))
    approval_rules = many(types.ApprovalRule, "Who of your firm approves what.")

    @staticmethod
    def resolve_requisitions(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.requisitions(
            c.work, c.acting, states=f.get("states"), to_decide=bool(f.get("to_decide")), first=first, after=after
        )
        return listed(info, "requisition", found)

    @staticmethod
    def resolve_requisition(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["requisition"].one(ids.sought("Requisition", id))

    @staticmethod
    def resolve_approval_rules(root: Any, info: Any) -> Any:
        c = info.context
        return c.batches.listed("approval_rules", reads.approval_rules(c.work, c.acting))
