"""An application is known to the applicant, to the reviewer, and, by its state alone, to the firm that invited it."""

from sqlalchemy import Select, false, select
from sqlmodel import col

from chain.registration.tables import (
    Application,
    ApplicationCheck,
    ApplicationColleague,
    ApplicationPaper,
    ApplicationReview,
)
from kernel.access import Actor, Role, lies_under, seen_by


def applications_visible_to(actor: Actor) -> Select[Application]:
    applications = select(Application)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return seen_by(actor, applications)
    known = col(Application.applicant_id) == actor.user_id
    if actor.party_id is not None:
        known |= col(Application.inviter_id) == actor.party_id
    return seen_by(actor, applications.where(known))


def _inside(actor: Actor) -> Select[Application]:
    """Whose insides one may read: an inviter reads none."""
    applications = select(Application)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return applications
    return applications.where(col(Application.applicant_id) == actor.user_id if actor.user_id > 0 else false())


def colleagues_visible_to(actor: Actor) -> Select[ApplicationColleague]:
    rows = select(ApplicationColleague)
    known = lies_under(col(ApplicationColleague.application_id), _inside(actor), col(Application.id))
    return seen_by(actor, rows.where(known))


def papers_visible_to(actor: Actor) -> Select[ApplicationPaper]:
    rows = select(ApplicationPaper)
    return seen_by(
        actor, rows.where(lies_under(col(ApplicationPaper.application_id), _inside(actor), col(Application.id)))
    )


def checks_visible_to(actor: Actor) -> Select[ApplicationCheck]:
    rows = select(ApplicationCheck)
    return seen_by(
        actor, rows.where(lies_under(col(ApplicationCheck.application_id), _inside(actor), col(Application.id)))
    )


def reviews_visible_to(actor: Actor) -> Select[ApplicationReview]:
    rows = select(ApplicationReview)
    return seen_by(
        actor, rows.where(lies_under(col(ApplicationReview.application_id), _inside(actor), col(Application.id)))
    )
