"""Accept a delivery: goods and documents together."""

from sqlmodel import col

from collaboration.orders.lifecycle import ORDER_LIFE
from collaboration.orders.moving import check_none_open, lines_of, schedules_of
from collaboration.orders.separations import ACCEPTING
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to, side_of
from delivery.documents.lifecycle import RevisionState
from delivery.documents.tables import DocumentRevision
from delivery.documents.visibility import revisions_visible_to
from delivery.packages.decisions import missing, snapshot_hash
from delivery.packages.events import DeliveryAccepted
from delivery.packages.tables import AcceptanceCertificate
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from kernel.access import Actor, Role, Side, require
from kernel.errors import NotAllowedNow, Rule, Stale
from kernel.people.separation import require_other
from kernel.work import UnitOfWork

INCOMPLETE = Rule(
    "acceptance.complete",
    "供应商补齐资料、采购方完成收货",
    "the seller, by handing in what is missing, and the buyer, by receiving",
)


def accept_delivery(
    work: UnitOfWork, actor: Actor, *, order_id: int, expected_version: int | None = None
) -> AcceptanceCertificate:
    """The buyer accepts goods and documents. Raises NotFound, Stale, NotAllowedNow naming all that is missing."""
    order = work.one(orders_visible_to(actor).where(col(Order.id) == order_id), lock=True, field="orderId")
    if expected_version is not None and expected_version != order.version:
        raise Stale(order.version)
    side = side_of(order, actor)
    lines = lines_of(work, actor, order)
    owed = requirements_visible_to(actor).where(col(DocumentRequirement.order_id) == order_id)
    still = missing(lines, work.all(owed.order_by(col(DocumentRequirement.id)), lock=True))
    if side is Side.BUYER and still:
        require(actor, Role.BUYER)
        raise NotAllowedNow(
            "acceptance waits for: " + "; ".join(m.en for m in still[:20]),
            "尚不能验收，缺少：" + "；".join(m.zh for m in still[:20]),
            fields=("orderId",),
            rule=INCOMPLETE,
        )
    order.state = ORDER_LIFE.after(order.state, "accept_delivery", by=side)
    require(actor, Role.BUYER)
    check_none_open(order)
    require_other(work, actor, ACCEPTING, "Order", order_id)
    order.version += 1
    order.accepted_at = work.now
    released = work.all(
        revisions_visible_to(actor).where(
            col(DocumentRevision.order_id) == order_id, col(DocumentRevision.state) == RevisionState.RELEASED
        )
    )
    schedules = [s for own in schedules_of(work, actor, lines).values() for s in own]
    certificate = work.add(
        AcceptanceCertificate(
            order_id=order_id,
            accepted_at=work.now,
            by_user=actor.user_id,
            documents=len(released),
            snapshot_hash=snapshot_hash(lines, schedules, released),
        )  # fmt: skip
    )
    assert certificate.id is not None
    work.record(
        DeliveryAccepted(
            order_id=order_id,
            certificate_id=certificate.id,
            documents=len(released),
            snapshot_hash=certificate.snapshot_hash,
        )  # fmt: skip
    )
    return certificate
