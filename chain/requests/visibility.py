"""A data request is known to who asks and who is asked; its answers to the asked, and to the asker while they are granted."""

from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from chain.requests.lifecycle import DataRequestState
from chain.requests.tables import DataAnswer, DataRequest
from kernel.access import Actor, Role, lies_under, seen_by


def data_requests_visible_to(actor: Actor) -> Select[DataRequest]:
    requests = select(DataRequest)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, requests)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, requests.where(or_(col(DataRequest.asker_id) == party, col(DataRequest.holder_id) == party)))


def data_answers_visible_to(actor: Actor, on: date) -> Select[DataAnswer]:
    """The asker reads from the first to the last day, and nothing once the request has ended."""
    party = -1 if actor.party_id is None else actor.party_id
    granted = and_(
        col(DataRequest.asker_id) == party, col(DataRequest.state) == DataRequestState.APPROVED,
        col(DataRequest.starts_on) <= on, col(DataRequest.ends_on) >= on,
    )  # fmt: skip
    readable = data_requests_visible_to(actor).where(or_(col(DataRequest.holder_id) == party, granted))
    return seen_by(
        actor, select(DataAnswer).where(lies_under(col(DataAnswer.request_id), readable, col(DataRequest.id)))
    )
