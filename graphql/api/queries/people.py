"""The people of one's own firm, and who may do what."""

from typing import Any

import graphene

from api.types import colleagues as types
from api.types.fields import paged, paging, said
from exchange import duties
from kernel.people import reads


class PeopleQuestions:
    """One's colleagues and everybody's duties."""

    people = said(
        types.ColleagueConnection,
        "The people of your own firm, first come first.",
        closed=graphene.Boolean(description="With those whose accounts are closed."),
        **paging(),
    )
    duties = said(types.Duties, "Who may do what: the same for every firm.")

    @staticmethod
    def resolve_people(
        root: Any, info: Any, closed: bool | None = None, first: int | None = None, after: str | None = None
    ) -> Any:
        return paged(
            reads.people(info.context.work, info.context.acting, closed=bool(closed), first=first, after=after)
        )

    @staticmethod
    def resolve_duties(root: Any, info: Any) -> Any:
        return {"acts": duties.act_matrix(), "conflicts": duties.CONFLICTS, "separations": duties.SEPARATIONS}
