"""Where firms are paid."""

from typing import Any

from api.queries.parts import listed
from api.types import financial_accounts as types
from api.types.fields import paging, said
from chain.financial_accounts import reads


class FinancialAccountQuestions:
    """Accounts of one's own firm, of one's suppliers, and those that wait for an operator."""

    financial_accounts = said(
        types.FinancialAccountConnection,
        "Accounts you may know of, newest first: your firm's, confirmed ones of your suppliers, and for operators those that wait for one.",
        filter=types.FinancialAccountFilter(description="Which."),
        **paging(),
    )

    @staticmethod
    def resolve_financial_accounts(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        f, c = filter or {}, info.context
        found = reads.financial_accounts(
            c.work, c.acting, own=f.get("own"), states=f.get("states"), first=first, after=after
        )
        c.batches["firm"].expect(call.buyer_id for row in found.rows for call in row.callbacks)
        return listed(info, "financial_account", found)
