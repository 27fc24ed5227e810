"""Open and revoke a link for a guest; verify who holds it; count and note what is done by it.

What becomes of such orders once the firm has joined: ``taking_over``.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from sqlmodel import col

from collaboration.guests.decisions import (
    CODE_MINUTES,
    MOST_CODES,
    MOST_TRIES,
    checked_contact,
    checked_days,
    counted,
)
from collaboration.guests.events import GuestCodeAsked, GuestLinkOpened, GuestLinkRevoked, GuestVerified
from collaboration.guests.tables import Channel, GuestAct, GuestLink
from collaboration.guests.taking_over import take_over_orders
from collaboration.guests.visibility import guest_links_visible_to
from collaboration.orders import verbs as orders
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from kernel.access import SYSTEM, Actor, Role, require
from kernel.errors import Invalid, Limit, NotAllowedNow, NotFound, Rule
from kernel.signing import sign, subject_of
from kernel.work import UnitOfWork

__all__ = [
    "ask_code", "awaiting_code", "expect_code", "link_behind", "note", "open_guest_link", "place_order_with_link",
    "read_out_code", "revoke_guest_link", "sitting_at", "take_over_orders", "use", "verify_guest",
]  # fmt: skip

PURPOSE = "guest"
INVITER = Rule("guest.link", "邀请方另行发送链接", "the firm that invited you, by sending a new link")
OFTEN = Rule("guest.often", "稍后再试；或由邀请方另发链接", "waiting an hour, or the inviting firm by a new link")
BY_PHONE = Rule("guest.phone", "邀请方打电话告知验证码", "the inviting firm, by calling and reading the code out")


@dataclass(frozen=True)
class Invited:
    """Who is to answer an order without an account, and for how long."""

    channel: Channel
    contact: str
    days: int


def open_guest_link(
    work: UnitOfWork, actor: Actor, *, order_id: int, channel: Channel, contact: str, days: int
) -> tuple[GuestLink, str]:
    """The buyer of an order lets one person of the seller answer it without an account.

    The link and the token for its address, which is told this once. Raises NotFound, NotAllowedNow, Invalid.
    """
    order = work.one(orders_visible_to(actor).where(col(Order.id) == order_id), field="orderId")
    require(actor, Role.BUYER)
    if order.buyer_id != actor.party_id:
        raise NotAllowedNow(
            "the buyer of an order opens links to it; ask there",
            "链接由订单的采购方开通，请与其联系",
            rule=Rule("guest.buyer", "订单的采购方", "the buyer of the order"),
        )
    until = work.now + checked_days(days)
    link = work.add(
        GuestLink(
            order_id=order_id, firm_id=order.seller_id, inviter_id=order.buyer_id, channel=channel,
            contact=checked_contact(channel, contact), opened_at=work.now, until=until,
        )
    )  # fmt: skip
    assert link.id is not None
    work.record(GuestLinkOpened(link_id=link.id, order_id=order_id, channel=channel, until=until))
    return link, sign(PURPOSE, str(link.id), until)


def place_order_with_link(work: UnitOfWork, actor: Actor, *, invited: Invited, **order: Any) -> tuple[Order, str]:
    """Place an order and let somebody answer it without an account, both or neither: the one way to who has not joined.

    The order, and the token for the link's address, told this once. Raises what placing and opening raise.
    """
    placed = orders.place_order(work, actor, by_link=True, **order)
    assert placed.id is not None
    _link, token = open_guest_link(
        work, actor, order_id=placed.id, channel=invited.channel, contact=invited.contact, days=invited.days
    )
    return placed, token


def revoke_guest_link(work: UnitOfWork, actor: Actor, *, link_id: int) -> GuestLink:
    """Either firm ends it at once, whoever sits at it. Raises NotFound, NotAllowedNow."""
    link = work.one(guest_links_visible_to(actor).where(col(GuestLink.id) == link_id), lock=True, field="linkId")
    require(actor, Role.BUYER, Role.SALES)
    if link.revoked_at is not None:
        raise NotAllowedNow("this link is revoked already", "该链接已撤销", rule=INVITER)
    link.revoked_at, link.session_hash, link.code_hash = work.now, None, None
    assert link.id is not None
    work.record(GuestLinkRevoked(link_id=link.id, order_id=link.order_id))
    return link


def read_out_code(work: UnitOfWork, actor: Actor, *, link_id: int) -> str:
    """A code for the buyer to read out over the telephone it calls itself. Raises NotFound, NotAllowedNow, Limit."""
    link = work.one(guest_links_visible_to(actor).where(col(GuestLink.id) == link_id), lock=True, field="linkId")
    require(actor, Role.BUYER)
    if link.inviter_id != actor.party_id or link.channel is not Channel.PHONE:
        raise NotAllowedNow(
            "a code is read out by the firm that opened a link to a telephone number",
            "验证码由开通电话链接的企业电话告知",
            rule=BY_PHONE,
        )
    _check_open(work, link)
    if link.codes_asked >= MOST_CODES:
        raise Limit("too many codes for this link; open a new one", "验证码次数过多，请另开链接", rule=INVITER)
    code = f"{secrets.randbelow(10**6):06d}"
    expect_code(work, link, code)
    work.record(GuestCodeAsked(link_id=link_id, channel=link.channel))
    return code


def ask_code(work: UnitOfWork, token: str) -> GuestLink:
    """Whoever holds a link to a mail address asks for the code. Raises NotFound, NotAllowedNow, Limit."""
    link = link_behind(work, token)
    if link.channel is not Channel.MAIL:
        raise NotAllowedNow(
            "the firm that invited you calls this number and tells the code",
            "邀请方将拨打该号码并告知验证码",
            rule=BY_PHONE,
        )
    assert link.id is not None
    if link.codes_asked >= MOST_CODES:
        raise Limit(
            "too many codes for this link; ask for a new link", "验证码发送次数过多，请索取新链接", rule=INVITER
        )
    use(work, link.id, "asked for a code")
    work.record(GuestCodeAsked(link_id=link.id, channel=link.channel))
    return link


def awaiting_code(work: UnitOfWork, link_id: int, *, lock: bool = False) -> GuestLink | None:
    """For the job that mails a code: the link, unless it has ended meanwhile or had its codes."""
    link = work.maybe(guest_links_visible_to(SYSTEM).where(col(GuestLink.id) == link_id), lock=lock)
    gone = link is None or link.revoked_at is not None or link.until <= work.now or link.codes_asked >= MOST_CODES
    return None if gone else link


def expect_code(work: UnitOfWork, link: GuestLink, code: str) -> None:
    """From now on this code, and no earlier one, opens the link."""
    link.codes_asked += 1
    link.code_hash, link.code_tries = _hash(f"{link.id}|{code}"), 0
    link.code_until = work.now + timedelta(minutes=CODE_MINUTES)


def verify_guest(work: UnitOfWork, token: str, code: str) -> str:
    """Whoever gives the code is the contact; the secret of its browser session. Raises NotFound, Invalid, Limit.

    A wrong try counts even where this raises: the door commits it.
    """
    link = link_behind(work, token)
    if link.code_tries >= MOST_TRIES:
        raise Limit("too many wrong codes; ask for a new one", "验证码错误次数过多，请重新获取", rule=OFTEN)
    link.code_tries += 1
    right = link.code_hash is not None and compare_digest(link.code_hash, _hash(f"{link.id}|{code.strip()}"))
    if not right or link.code_until is None or link.code_until <= work.now:
        raise Invalid(
            "code", "this code is wrong or past its time; ask for a new one", "验证码错误或已过期，请重新获取"
        )
    secret = secrets.token_urlsafe(32)
    link.code_hash, link.verified_at = None, link.verified_at or work.now
    link.session_hash, link.form_token = _hash(secret), secrets.token_urlsafe(32)
    assert link.id is not None
    work.record(GuestVerified(link_id=link.id, order_id=link.order_id, channel=link.channel))
    note(work, link, "verified")
    return secret


def link_behind(work: UnitOfWork, token: str, *, lock: bool = True) -> GuestLink:
    """The live link of a signed address. Raises NotFound for a forged, ended or revoked one."""
    number = int(subject_of(PURPOSE, token, work.now))
    link = work.maybe(guest_links_visible_to(SYSTEM).where(col(GuestLink.id) == number), lock=lock)
    if link is None:
        raise NotFound
    _check_open(work, link)
    return link


def _check_open(work: UnitOfWork, link: GuestLink) -> None:
    if link.revoked_at is not None or link.until <= work.now:
        raise NotFound("linkId")


def sitting_at(work: UnitOfWork, secret: str) -> GuestLink | None:
    """The live link whose verified guest holds this browser secret."""
    found = work.maybe(guest_links_visible_to(SYSTEM).where(col(GuestLink.session_hash) == _hash(secret)))
    if found is None or found.revoked_at is not None or found.until <= work.now:
        return None
    return found


def use(work: UnitOfWork, link_id: int, what: str) -> None:
    """Count one request by a link and note what it was. Raises Limit, NotFound."""
    link = work.one(guest_links_visible_to(SYSTEM).where(col(GuestLink.id) == link_id), lock=True)
    _check_open(work, link)
    link.counted_from, link.counted, too_many = counted(link.counted_from, link.counted, work.now)
    if too_many:
        raise Limit("too many requests by this link; wait an hour", "该链接请求过于频繁，请一小时后再试", rule=OFTEN)
    note(work, link, what)


def note(work: UnitOfWork, link: GuestLink, what: str) -> None:
    assert link.id is not None
    work.add(GuestAct(link_id=link.id, what=what, at=work.now))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
