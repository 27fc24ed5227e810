"""Which order, change, cancellation or request a file is wanted of; how a firm is named in one, and that one was taken along."""

from collections.abc import Sequence
from typing import Any

from chain.firms.decisions import is_credit_code
from chain.firms.reads import firms_by_id
from collaboration.changes import reads as changes
from exchange import reads
from exchange.answers_out import plain_text
from exchange.ubl.documents import PartyNamed
from kernel import ids
from kernel.access import Actor
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.ledger.verbs import note
from kernel.work import UnitOfWork

CREDIT_CODE = "CN-USCC"


def order_of(work: UnitOfWork, actor: Actor, subject: str) -> Any:
    """The order of that number, of ``CODE:NUMBER`` with its buyer's credit code, or of that id.

    Raises NotFound, also for an order of others; Invalid when several buyers use the number.
    """
    subject = subject.strip()
    if not subject:
        raise Invalid("number", "say which order: give its number", "请注明是哪张订单：填写订单号")
    found = reads.orders_numbered(work, actor, subject)
    code, colon, number = subject.partition(":")
    if not found and colon and is_credit_code(code):
        found = [order for order in reads.orders_numbered(work, actor, number) if code in _codes(work, actor, order)]
    if not found:
        found = reads.order_numbered_by_id(work, actor, number_behind("Order", subject))
    if len(found) > 1:
        codes = ", ".join(_codes(work, actor, order)[0] for order in found[:5])
        raise Invalid(
            "number", f"{len(found)} of your buyers have an order {subject}; write CODE:{subject} with one of {codes}",
            f"有 {len(found)} 个采购方使用订单号 {subject}；请写成 代码:{subject}，代码为 {codes} 之一",
        )  # fmt: skip
    if not found:
        raise NotFound("number")
    return found[0]


def number_behind(kind: str, subject: str) -> int:
    """The row number behind an id; one that no row has where it is none."""
    try:
        return ids.number_of(kind, subject)
    except NotFound:
        return -1


def _codes(work: UnitOfWork, actor: Actor, order: Any) -> list[str]:
    return [firm.code for firm in firms_by_id(work, actor, [order.buyer_id])]


def change_of(work: UnitOfWork, actor: Actor, subject: str) -> tuple[Any, Any]:
    """(change, order): by the change's id, else the newest of the order meant. Raises NotFound, Invalid, NotAllowedNow."""
    found = changes.changes_by_id(work, actor, [number_behind("OrderChange", subject)])
    return _under_order(work, actor, subject, found, changes.changes_of_orders, "change", "变更")


def cancellation_of(work: UnitOfWork, actor: Actor, subject: str) -> tuple[Any, Any]:
    """(cancellation, order), found in the same ways."""
    found = changes.cancellations_by_id(work, actor, [number_behind("OrderCancellation", subject)])
    return _under_order(work, actor, subject, found, changes.cancellations_of_orders, "cancellation", "取消")


def _under_order(
    work: UnitOfWork, actor: Actor, subject: str, found: Sequence[Any], of_orders: Any, en: str, zh: str
) -> tuple[Any, Any]:
    if found:
        return found[0], reads.order_numbered_by_id(work, actor, found[0].order_id)[0]
    order = order_of(work, actor, subject)
    all_of_it = of_orders(work, actor, [order.id])
    if not all_of_it:
        raise NotAllowedNow(
            f"order {order.number} has no {en} yet",
            f"订单 {order.number} 尚无{zh}",
            rule=Rule(f"order.no_{en}", "采购方或供应方先提出", "whoever of the two asks for one first"),
        )
    return all_of_it[-1], order


def parties_of(work: UnitOfWork, actor: Actor, *firm_ids: int) -> list[PartyNamed]:
    """These firms, as a document names them, in this order."""
    firms = {firm.asked: firm for firm in firms_by_id(work, actor, firm_ids)}
    return [party_named(firms[firm_id]) for firm_id in firm_ids]


def party_named(firm: Any) -> PartyNamed:
    return PartyNamed(plain_text(firm.name), ((CREDIT_CODE, plain_text(firm.code)),))


def note_export(work: UnitOfWork, actor: Actor, what: str, *, owner_id: int, subject: tuple[str, int]) -> None:
    """Enter in the owner's ledger that a file of this was taken along; see ``note``."""
    note(work, owner_id=owner_id, viewer=actor, what=what, subject=subject, grant=None, export=True)
