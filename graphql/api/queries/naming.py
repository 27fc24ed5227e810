"""Questions about a firm's own consents to be named to officials."""

from typing import Any

from api.queries.parts import by_id, listed
from api.types import figures as types
from api.types.fields import paging, said
from kernel import ids
from oversight.naming import reads


class NamingQuestions:
    """Who lets itself be named: each firm reads its own."""

    naming_consents = said(
        types.NamingConsentConnection, "Your firm's consents to be named to officials in a chain, newest first.",
        chain_id=by_id("The chain."), **paging(),
    )  # fmt: skip

    @staticmethod
    def resolve_naming_consents(
        root: Any, info: Any, chain_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        found = reads.consents(c.work, c.acting, chain_id=ids.sought("Chain", chain_id), first=first, after=after)
        return listed(info, "naming_consent", found)
