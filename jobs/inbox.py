"""Followers are told what happened to the things they follow."""

import exchange.sight  # noqa: F401 - says who sees what, for the recipients are chosen by it now
from kernel.inbox.verbs import tell_followers
from kernel.work import unit_of_work


def tell_of_followed(event_id: int) -> None:
    """One change of followed things. Safe to run twice; who may no longer see a thing is told nothing of it."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_followed")
        if event:
            moved = [(number, what, kind, subject) for number, what, kind, subject in event.facts["moved"]]
            tell_followers(work, moved, by_user=event.by_user)
