"""How whoever holds a signed link comes in: see whose it is, ask for a code, give it, sit down. For the pages."""

from dataclasses import dataclass

from collaboration.guests import verbs
from collaboration.guests.decisions import masked
from collaboration.guests.reads import Guest, guest_of, is_by_mail
from kernel import ids
from kernel.errors import DomainError
from kernel.work import unit_of_work

COOKIE = "chainmaster-guest"

__all__ = ["COOKIE", "Guest", "Knocking", "ask_code", "knock", "order_page", "sit_down", "sitting", "use"]


@dataclass(frozen=True)
class Knocking:
    """What a link shows before its holder is verified: how that is done, and of the contact enough to know it again."""

    by_mail: bool
    contact: str


def knock(token: str) -> Knocking:
    """Raises NotFound for a link that opens nothing."""
    with unit_of_work(writes=False) as work:
        link = verbs.link_behind(work, token, lock=False)
        return Knocking(is_by_mail(link), masked(link.contact))


def ask_code(token: str) -> None:
    """A code is mailed to the link's address. Raises NotFound, NotAllowedNow, Limit."""
    with unit_of_work() as work:
        verbs.ask_code(work, token)


def sit_down(token: str, code: str) -> str:
    """The secret for the cookie of whoever gives the right code. Raises NotFound, Invalid, Limit."""
    with unit_of_work() as work:
        try:
            return verbs.verify_guest(work, token, code)
        except DomainError:
            work.commit()  # the wrong try counts, else nothing would end the guessing
            raise


def sitting(secret: str) -> Guest | None:
    """The verified guest behind a cookie, while its link lives."""
    with unit_of_work(writes=False) as work:
        link = verbs.sitting_at(work, secret)
        return None if link is None else guest_of(work, link)


def use(guest: Guest, what: str) -> None:
    """Count and note one thing a guest does, before it is done. Raises Limit; NotFound once the link has ended."""
    with unit_of_work(guest.actor) as work:
        verbs.use(work, guest.link_id, what)


def order_page(guest: Guest) -> str:
    """The address of the one page a guest came for."""
    return f"/orders/{ids.seal('Order', guest.order_id)}"
