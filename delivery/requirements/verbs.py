"""Say which documents an order must come with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from collaboration.orders.moving import lines_of, order_to_move, settle
from collaboration.orders.tables import Order
from delivery.checks.formats import Format
from delivery.requirements.decisions import DOCUMENT_TYPES
from delivery.requirements.events import DocumentsRequired
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.visibility import requirements_visible_to
from kernel.access import Actor, Role
from kernel.accounts.reads import colleague_by_email
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotFound, Rule
from kernel.work import UnitOfWork

MOST_REQUIREMENTS = 500
TOO_MANY = Rule("requirements.number", "采购方精简资料清单", "the buyer, by asking for fewer")


@dataclass(frozen=True)
class Asked:
    """One document asked for. ``reviewer``: an e-mail of the buyer's firm; without it anyone of its quality people."""

    document_type: str
    title: str
    language: str
    format: Format
    due_on: date
    line_id: int | None = None
    reviewer: str | None = None


def require_documents(
    work: UnitOfWork, actor: Actor, *, order_id: int, asked: Sequence[Asked], expected_version: int | None = None
) -> list[DocumentRequirement]:
    """The buyer adds documents to what an order must come with. Raises NotFound, Stale, NotAllowedNow, Invalid."""
    order = order_to_move(
        work, actor, order_id, verb="require_documents", duty=(Role.BUYER, Role.QUALITY), version=expected_version
    )
    lines = lines_of(work, actor, order)
    if not asked:
        raise Invalid("requirements", "ask for at least one document", "请至少填写一项资料要求")
    already = work.count(requirements_visible_to(actor).where(col(DocumentRequirement.order_id) == order_id))
    if already + len(asked) > MOST_REQUIREMENTS:
        raise Limit(
            f"an order has at most {MOST_REQUIREMENTS} required documents", f"每张订单最多 {MOST_REQUIREMENTS} 项资料要求",
            fields=("requirements",), rule=TOO_MANY,
        )  # fmt: skip
    known = {line.id for line in lines}
    written = [
        work.add(_written(work, actor, order, one, known, f"requirements.{position}"))
        for position, one in enumerate(asked)
    ]
    settle(order, lines)
    ids = tuple(r.id for r in written if r.id is not None)
    work.record(DocumentsRequired(order_id=order_id, requirement_ids=ids))
    return written


def _written(
    work: UnitOfWork, actor: Actor, order: Order, one: Asked, known: set[int | None], place: str
) -> DocumentRequirement:
    if one.line_id is not None and one.line_id not in known:
        raise NotFound(f"{place}.orderLineId")
    if one.document_type not in DOCUMENT_TYPES:
        raise Invalid(
            f"{place}.documentType", "give a VDI 2770 class such as 02-04 (certificates and declarations)",
            "资料类别应为 VDI 2770 类别代码，例如 02-04（证书与声明）",
        )  # fmt: skip
    if not one.title.strip() or len(one.title) > 200:
        raise Invalid(f"{place}.title", "a title has 1 to 200 characters", "标题为 1 至 200 个字符")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", one.language):
        raise Invalid(f"{place}.language", "give a language such as zh or en", "语言应为语言代码，例如 zh 或 en")
    if one.due_on < today_of(work.now):
        raise Invalid(
            f"{place}.due", f"{one.due_on} is past; ask for today or later", f"{one.due_on} 已过；应为今天或以后"
        )
    assert order.id is not None
    return DocumentRequirement(
        order_id=order.id, line_id=one.line_id, document_type=one.document_type, title=one.title.strip(),
        language=one.language, format=one.format, due_on=one.due_on, required_at=work.now,
        reviewer_id=_reviewer(work, actor, one.reviewer, place),
    )  # fmt: skip


def _reviewer(work: UnitOfWork, actor: Actor, email: str | None, place: str) -> int | None:
    if email is None:
        return None
    person = colleague_by_email(work, actor, email)
    if person is None or Role.QUALITY not in person.roles.split():
        raise Invalid(
            f"{place}.reviewer", "name a person of your firm who reviews documents (role quality)",
            "审核人应为本单位具有“质量”角色的人员",
        )  # fmt: skip
    return person.id
