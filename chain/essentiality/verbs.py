"""Set what stages mean to one another; say, as a buyer, what one link means to oneself, and take that back."""

from sqlmodel import col

from chain.essentiality.events import LinkEssentialityStated, LinkEssentialityWithdrawn, StageEssentialitySet
from chain.essentiality.tables import Essentiality, LinkEssentiality, StageEssentiality
from chain.essentiality.visibility import link_essentiality_visible_to, stage_essentiality_visible_to
from chain.firms.tables import Stage
from chain.firms.visibility import stages_visible_to
from chain.links.verbs import purchase_of
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.work import UnitOfWork

KEEPERS = (Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD)
STATED = Rule("essentiality.stated", "本单位先填写该关系的重要性", "your firm, by stating it first")


def set_stage_essentiality(
    work: UnitOfWork, actor: Actor, *, supplier_stage_id: int, buyer_stage_id: int, essentiality: Essentiality
) -> StageEssentiality:
    """What firms of one stage lose with what they buy of another, for all who read the chain.

    Raises NotFound, NotAllowedNow, Invalid.
    """
    supplier, buyer = (
        work.one(stages_visible_to(actor).where(col(Stage.id) == number), field=field)
        for number, field in ((supplier_stage_id, "supplierStageId"), (buyer_stage_id, "buyerStageId"))
    )
    require(actor, Role.OPERATOR)
    if supplier.chain_id != buyer.chain_id:
        raise Invalid("buyerStageId", "name two stages of one chain", "请选择同一条链的两个环节")
    same = stage_essentiality_visible_to(actor).where(
        col(StageEssentiality.supplier_stage_id) == supplier_stage_id,
        col(StageEssentiality.buyer_stage_id) == buyer_stage_id,
    )
    row = work.maybe(same, lock=True)
    if row is None:
        row = work.add(
            StageEssentiality(
                chain_id=supplier.chain_id, supplier_stage_id=supplier_stage_id, buyer_stage_id=buyer_stage_id,
                essentiality=essentiality, set_at=work.now,
            )
        )  # fmt: skip
    row.essentiality, row.set_at = essentiality, work.now
    work.record(
        StageEssentialitySet(
            chain_id=supplier.chain_id, supplier_stage_id=supplier_stage_id, buyer_stage_id=buyer_stage_id,
            essentiality=essentiality,
        )
    )  # fmt: skip
    return row


def state_link_essentiality(
    work: UnitOfWork, actor: Actor, *, link_id: int, essentiality: Essentiality
) -> LinkEssentiality:
    """What one link means to one's firm, which buys by it: it counts in one's own figures. Raises NotFound, NotAllowedNow."""
    link = purchase_of(work, actor, link_id)
    require(actor, *KEEPERS)
    row = work.maybe(link_essentiality_visible_to(actor).where(col(LinkEssentiality.link_id) == link_id), lock=True)
    if row is None:
        row = work.add(
            LinkEssentiality(
                link_id=link_id, buyer_id=link.buyer_id, essentiality=essentiality, stated_at=work.now
            )
        )  # fmt: skip
    row.essentiality, row.stated_at, row.withdrawn_at = essentiality, work.now, None
    work.record(LinkEssentialityStated(link_id=link_id, essentiality=essentiality))
    return row


def withdraw_link_essentiality(work: UnitOfWork, actor: Actor, *, link_id: int) -> LinkEssentiality:
    """The chain's table counts again. Raises NotFound, NotAllowedNow."""
    purchase_of(work, actor, link_id)
    require(actor, *KEEPERS)
    stated = link_essentiality_visible_to(actor).where(
        col(LinkEssentiality.link_id) == link_id, col(LinkEssentiality.withdrawn_at).is_(None)
    )
    row = work.maybe(stated, lock=True)
    if row is None:
        raise NotAllowedNow(
            "your firm has said nothing of this link; the chain's table counts",
            "本单位未对该关系填写重要性，现按链的环节表计",
            rule=STATED,
        )
    row.withdrawn_at = work.now
    work.record(LinkEssentialityWithdrawn(link_id=link_id))
    return row
