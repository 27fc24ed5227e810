"""Follow things, read what one was told, put it away."""

from typing import Any

import graphene

from api import nodes
from api.payloads import Mutation, input_argument, needed, needed_list
from api.types import inbox as types
from api.types.fields import many, maybe
from kernel import ids
from kernel.inbox import reads, verbs


class FollowInput(graphene.InputObjectType):
    """What to follow."""

    id = needed(graphene.ID, "Any thing you may see.")


class Follow(Mutation):
    """Be told in your inbox of what happens to a thing, as long as you may see it."""

    class Arguments:
        input = input_argument(FollowInput)

    following = maybe(types.Following, "What you follow now.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        kind, number = nodes.opened(input["id"])
        return {"following": verbs.follow(work, actor, kind=kind, number=number)}


class UnfollowInput(graphene.InputObjectType):
    """What to follow no more."""

    id = needed(graphene.ID, "A thing you follow.")


class Unfollow(Mutation):
    """Be told no more of what happens to a thing."""

    class Arguments:
        input = input_argument(UnfollowInput)

    unfollowed_id = maybe(graphene.ID, "The thing you followed.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        kind, number = nodes.opened(input["id"])
        verbs.unfollow(work, actor, kind=kind, number=number)
        return {"unfollowed_id": ids.seal(kind, number)}


class MarkReadInput(graphene.InputObjectType):
    """Which entries."""

    entry_ids = needed_list(graphene.ID, "1 to 100 entries of your inbox.")


class MarkRead(Mutation):
    """You have read entries of your inbox."""

    class Arguments:
        input = input_argument(MarkReadInput)

    entries = many(
        types.InboxEntry, "The entries after it; empty when refused.", resolver=lambda row, info: row.entries or []
    )

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        numbers = [ids.sought("InboxEntry", one) for one in input["entry_ids"]]
        verbs.mark_read(work, actor, entry_ids=numbers)
        return {"entries": reads.entries_by_id(work, actor, numbers)}


class MarkDoneInput(graphene.InputObjectType):
    """Which entries."""

    entry_ids = needed_list(graphene.ID, "1 to 100 entries of your inbox.")


class MarkDone(Mutation):
    """Put entries of your inbox away."""

    class Arguments:
        input = input_argument(MarkDoneInput)

    entries = many(
        types.InboxEntry, "The entries after it; empty when refused.", resolver=lambda row, info: row.entries or []
    )

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        numbers = [ids.sought("InboxEntry", one) for one in input["entry_ids"]]
        verbs.mark_done(work, actor, entry_ids=numbers)
        return {"entries": reads.entries_by_id(work, actor, numbers)}


class InboxActs:
    """One's own inbox."""

    follow = Follow.Field(description=Follow.__doc__)
    unfollow = Unfollow.Field(description=Unfollow.__doc__)
    mark_read = MarkRead.Field(description=MarkRead.__doc__)
    mark_done = MarkDone.Field(description=MarkDone.__doc__)
