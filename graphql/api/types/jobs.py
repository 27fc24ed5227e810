"""Long work and how far it is."""

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import ident, maybe, said
from api.types.firms import Node
from kernel.progress.tables import JobState


class Job(graphene.ObjectType):
    """A piece of long work, known to the firm that asked for it."""

    class Meta:
        interfaces = (Node,)

    id = ident("Job")
    state = said(enums.JobState, "How far it is.")
    progress = said(graphene.Int, "Steps done.")
    total = said(graphene.Int, "Steps in all; 0 until known.")
    started_at = maybe(DateTime, "When it began.")
    finished_at = maybe(DateTime, "When it ended.")
    message = said(graphene.String, "What it does, or why it failed.")
    result = maybe(Node, "What came of it, once it is done.",
                   resolver=lambda row, info: info.context.node(row.subject_kind, row.subject_id) if row.state is JobState.DONE else None)  # fmt: skip
