"""What people ask about acceptance."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from delivery.packages.tables import AcceptanceCertificate
from delivery.packages.visibility import certificates_visible_to
from kernel.access import Actor
from kernel.work import UnitOfWork


def certificates_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    return work.rows(certificates_visible_to(actor).where(col(AcceptanceCertificate.order_id).in_(order_ids)))


def certificates_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(certificates_visible_to(actor).where(col(AcceptanceCertificate.id).in_(numbers)))
