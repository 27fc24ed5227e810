"""Telling a firm that buyers wrote to it under its credit code, and that their orders wait to be taken over."""

from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding
from chain.firms.visibility import firms_visible_to, reached_visible_to
from chain.registration.tables import Application
from chain.registration.visibility import applications_visible_to
from collaboration.guests.tables import GuestLink
from collaboration.guests.taking_over import TAKERS, WAITING
from collaboration.guests.visibility import guest_links_visible_to
from kernel.access import SYSTEM
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell
from kernel.work import UnitOfWork


def tell_joined_firm(work: UnitOfWork, *, application_id: int) -> None:
    """A firm was confirmed: who wrote to it before, but for its inviter, whose orders it has without asking."""
    application = work.one(applications_visible_to(SYSTEM).where(col(Application.id) == application_id))
    firm = work.maybe(firms_visible_to(SYSTEM).where(col(Firm.id) == application.firm_id))
    if firm is None or firm.standing is not FirmStanding.CONFIRMED:
        return
    for note in work.rows(reached_visible_to(SYSTEM).where(col(Firm.code) == firm.code)):
        if note.known_to_id != application.inviter_id:
            _tell(work, firm.id or 0, note.id)


def tell_firm_of_link(work: UnitOfWork, *, link_id: int) -> None:
    """An order was sent by link to a credit code whose firm is here already: that firm is told, the buyer nothing."""
    link = work.one(guest_links_visible_to(SYSTEM).where(col(GuestLink.id) == link_id))
    note = work.maybe(reached_visible_to(SYSTEM).where(col(Firm.id) == link.firm_id))
    if note is None:
        return
    named = firms_visible_to(SYSTEM).where(col(Firm.code) == note.code, col(Firm.standing) == FirmStanding.CONFIRMED)
    for firm in work.rows(named):
        _tell(work, firm.id, note.id or 0)


def _tell(work: UnitOfWork, firm_id: int, note_id: int) -> None:
    tell(
        work, party_id=firm_id, roles=frozenset(TAKERS), reason=InboxReason.MUST_ANSWER, subject=("Firm", firm_id),
        what=WAITING, once=f"{WAITING}:{note_id}",
    )  # fmt: skip
