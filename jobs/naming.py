"""A firm consented to be named: officials read it from now on where the figures allow it."""

from kernel.work import unit_of_work
from oversight.naming import reads, verbs


def release_names(event_id: int) -> None:
    """Safe to run twice. A name that must wait is looked at again with each consent and each month's figures."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="release_names")
        if event:
            chain_id = reads.chain_of(work, event.facts["consent_id"])
            verbs.release_names(work, chain_id=chain_id)
