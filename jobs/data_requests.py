"""Requests for data whose last day has passed are over."""

from chain.requests.verbs import expire_due_requests
from kernel.work import unit_of_work


def expire_data_requests() -> None:
    """All due at once. Safe to run twice; a night without it changes nothing of what is read, only what is said."""
    with unit_of_work() as work:
        expire_due_requests(work)
