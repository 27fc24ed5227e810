"""What a person is told, and what it follows."""

import graphene

from api import nodes
from api.scalars import DateTime
from api.types.fields import Date, connection, described, ident, maybe, said
from api.types.firms import Node
from kernel import ids
from kernel.inbox.tables import InboxReason as InboxReasonWord

InboxReason = described("InboxReason", InboxReasonWord, "Why one is told.", {
    InboxReasonWord.MUST_ANSWER: "It waits for an answer of yours.", InboxReasonWord.REMINDER: "A day draws near.",
    InboxReasonWord.FOLLOWED: "Something happened to a thing you follow.", InboxReasonWord.TOLD: "To be known.",
})  # fmt: skip


class _Pointer:
    """What an entry and a following share: they name a thing by kind and number."""

    subject_kind = said(graphene.String, "What kind of thing it is about, as the kind of its id.")
    subject_id = said(graphene.ID, "The thing it is about.",
                      resolver=lambda row, info: ids.seal(row.subject_kind, row.subject_id))  # fmt: skip
    subject = maybe(Node, "The thing itself; empty for kinds `node` does not answer with.",
                    resolver=lambda row, info: nodes.typed(info.context, row.subject_kind, row.subject_id))  # fmt: skip


class InboxEntry(_Pointer, graphene.ObjectType):
    """One thing you are told. It is gone once you may no longer see what it is about."""

    class Meta:
        interfaces = (Node,)

    id = ident("InboxEntry")
    reason = said(InboxReason, "Why.")
    what = said(graphene.String, "What it says, a stable code; of a thing you follow, the event.")
    due_on = maybe(Date, "By when, where there is a day.")
    overdue = said(graphene.Boolean, "The day is past and it is not put away.",
                   resolver=lambda row, info: bool(row.due_on and not row.done_at and row.due_on < info.context.today))  # fmt: skip
    told_at = said(DateTime, "When you were told.")
    read_at = maybe(DateTime, "When you read it.")
    done_at = maybe(DateTime, "When you put it away.")


InboxEntryConnection = connection(InboxEntry, "InboxEntry")


class InboxFilter(graphene.InputObjectType):
    """Which entries; conditions are joined by and."""

    reasons = graphene.InputField(graphene.List(graphene.NonNull(InboxReason)), description="For one of these reasons.")
    unread = graphene.InputField(graphene.Boolean, description="Only what you have not read.")
    done = graphene.InputField(graphene.Boolean, description="What you have put away, instead of what you have not.")


class InboxCounts(graphene.ObjectType):
    """How much lies in your inbox, of what you have not put away."""

    open = said(graphene.Int, "All of it.")
    unread = said(graphene.Int, "What you have not read.")
    must_answer = said(graphene.Int, "What waits for an answer of yours.")


class Following(_Pointer, graphene.ObjectType):
    """You are told of what happens to a thing."""

    since = said(DateTime, "Since when.")


FollowingConnection = connection(Following, "Following")
