"""Say, as a buyer, in how many days what a link of one's own brings is there again, and take that back."""

from sqlmodel import col

from chain.links.verbs import purchase_of
from chain.recovery.events import LinkRecoveryStated, LinkRecoveryWithdrawn
from chain.recovery.tables import LinkRecovery
from chain.recovery.visibility import link_recovery_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.work import UnitOfWork

KEEPERS = (Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD)
LONGEST_DAYS = 1_000
STATED = Rule("recovery.stated", "本单位先填写该关系的恢复天数", "your firm, by stating it first")


def state_link_recovery(work: UnitOfWork, actor: Actor, *, link_id: int, recover_days: int) -> LinkRecovery:
    """How long one's firm reckons to be without what a link of its own brings, once the supplier stops.

    recover_days: 1 to 1000. Raises NotFound, NotAllowedNow, Invalid.
    """
    link = purchase_of(work, actor, link_id)
    require(actor, *KEEPERS)
    if not 1 <= recover_days <= LONGEST_DAYS:
        raise Invalid("recoverDays", f"days to recover are 1 to {LONGEST_DAYS}", f"恢复天数应为 1 至 {LONGEST_DAYS} 天")
    row = work.maybe(link_recovery_visible_to(actor).where(col(LinkRecovery.link_id) == link_id), lock=True)
    if row is None:
        row = work.add(
            LinkRecovery(
                link_id=link_id, buyer_id=link.buyer_id, recover_days=recover_days, stated_at=work.now
            )
        )  # fmt: skip
    row.recover_days, row.stated_at, row.withdrawn_at = recover_days, work.now, None
    work.record(LinkRecoveryStated(link_id=link_id, recover_days=recover_days))
    return row


def withdraw_link_recovery(work: UnitOfWork, actor: Actor, *, link_id: int) -> LinkRecovery:
    """The declared lead time counts again. Raises NotFound, NotAllowedNow."""
    purchase_of(work, actor, link_id)
    require(actor, *KEEPERS)
    stated = link_recovery_visible_to(actor).where(
        col(LinkRecovery.link_id) == link_id, col(LinkRecovery.withdrawn_at).is_(None)
    )
    row = work.maybe(stated, lock=True)
    if row is None:
        raise NotAllowedNow(
            "your firm has said nothing of this link; its declared lead time counts",
            "本单位未对该关系填写恢复天数，现按申报的交货期计",
            rule=STATED,
        )
    row.withdrawn_at = work.now
    work.record(LinkRecoveryWithdrawn(link_id=link_id))
    return row
