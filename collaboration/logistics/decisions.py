"""Pure rules of despatch and receipt: what may leave, what will still come, what a count comes down to."""

from dataclasses import dataclass
from decimal import Decimal

from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import ZERO, not_negative, plain, positive

OVER_SHIPPING = Rule(
    "despatch.more_than_open", "采购方（修改订单或放宽数量允差）", "the buyer, by a change or a wider tolerance"
)
OVER_RECEIVING = Rule("receipt.more_than_tolerated", "采购方放宽数量允差", "the buyer, by a wider tolerance")


@dataclass(frozen=True)
class Load:
    """One schedule's part of a despatch. quantity + outstanding + never = what was open, unless over-shipped."""

    quantity: Decimal
    outstanding: Decimal
    never: Decimal


def load(
    quantity: Decimal, outstanding: Decimal | None, *, still_open: Decimal, room_over: Decimal, place: str
) -> Load:
    """What leaves now, what will still come, and what never will (Peppol despatch: outstanding = still coming).

    still_open: agreed and not yet shipped. room_over: how much more than that the pair tolerates.
    Without ``outstanding`` the rest follows. Raises Invalid, NotAllowedNow naming ``place``.
    """
    positive(quantity, f"{place}.quantity")
    if quantity > still_open + room_over:
        refused = NotAllowedNow(
            f"{plain(quantity)} is more than the {plain(still_open)} still open on this schedule; ship that or less",
            f"本次发货 {plain(quantity)} 超过该计划未发数量 {plain(still_open)}；请按未发数量或更少发货",
            fields=(f"{place}.quantity",),
            rule=OVER_SHIPPING,
        )
        raise refused
    rest = max(ZERO, still_open - quantity)
    if outstanding is None:
        return Load(quantity, rest, ZERO)
    not_negative(outstanding, f"{place}.outstandingQuantity")
    if outstanding > rest:
        raise Invalid(
            f"{place}.outstandingQuantity",
            f"at most {plain(rest)} can still come after this, {plain(outstanding)} is more",
            f"本次发货后最多还有 {plain(rest)} 待发，填写的 {plain(outstanding)} 过大",
        )
    return Load(quantity, outstanding, rest - outstanding)


@dataclass(frozen=True)
class Count:
    """What was counted of one despatched line."""

    received: Decimal
    accepted: Decimal
    rejected: Decimal
    short: Decimal
    over: Decimal

    @property
    def differs(self) -> bool:
        return bool(self.short or self.over or self.rejected)


def count(
    received: Decimal, accepted: Decimal, rejected: Decimal, *, sent: Decimal, room_over: Decimal, has_reason: bool,
    place: str,
) -> Count:  # fmt: skip
    """What a count comes down to. Raises Invalid when it does not add up, NotAllowedNow when too much came."""
    for name, value in (("received", received), ("accepted", accepted), ("rejected", rejected)):
        not_negative(value, f"{place}.{name}")
    if received != accepted + rejected:
        raise Invalid(
            f"{place}.received",
            f"received {plain(received)} must be accepted {plain(accepted)} + rejected {plain(rejected)}",
            f"实收 {plain(received)} 应等于合格 {plain(accepted)} 加拒收 {plain(rejected)}",
        )
    if rejected and not has_reason:
        raise Invalid(f"{place}.reason", "rejected goods need a reason", "拒收必须填写原因")
    over = max(ZERO, received - sent)
    if over > room_over:
        raise NotAllowedNow(
            f"{plain(received)} came, {plain(sent)} was despatched, and {plain(room_over)} over is tolerated",
            f"实收 {plain(received)}，发货 {plain(sent)}，允许超收 {plain(room_over)}；超出部分请勿入账",
            fields=(f"{place}.received",),
            rule=OVER_RECEIVING,
        )
    return Count(received, accepted, rejected, max(ZERO, sent - received), over)
