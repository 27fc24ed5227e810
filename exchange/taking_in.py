"""What every document about an order there is shares when it is taken in: whose it is, which order, and what the verb refuses."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chain.firms.decisions import is_credit_code
from collaboration.orders.reads import lines_of_orders
from collaboration.orders.tables import Reason
from exchange import reads
from exchange.orders_out import days_by_line
from exchange.outcome import Outcome, Report, said
from exchange.parties import BUYER, SELLER, codes_of, matching, names_of, normal, shown
from exchange.subjects import parties_of
from exchange.ubl.documents import Complaint, PartyNamed
from exchange.ubl.reading import shown as quoted
from kernel.access import Actor, Role, Side, require
from kernel.errors import DomainError, NotAllowedNow, Rule
from kernel.work import UnitOfWork

A_REASON = re.compile(r"([A-Z_]+)(?::\s*|\s*$)(.*)", re.DOTALL)


def of_a_firm(actor: Actor, *roles: Role) -> None:
    """Raises NotAllowedNow unless the actor acts for a firm in one of these roles: asked before a file is read."""
    require(actor, *roles)
    if actor.party_id is None:
        raise NotAllowedNow(
            "you act for no firm, and only a firm trades; ask the operator to enter you under one",
            "您未代表任何单位，只有单位才能交易；请联系平台运营人员将您登记到单位名下",
            rule=Rule("duty.firm", "平台运营人员登记所属单位", "the operator, by entering your firm"),
        )


def refused(faults: Sequence[Complaint]) -> Outcome:
    return Outcome(complaints=tuple(said(fault) for fault in faults))


@dataclass(frozen=True)
class Standing:
    """An order as a file finds it. lines, by number; days: line id -> its schedules."""

    order: Any
    side: Side
    lines: Mapping[str, Any]
    days: Mapping[int, Sequence[Any]]
    items: Mapping[int, Any]
    partners: Sequence[Any]


def standing_order(
    work: UnitOfWork, actor: Actor, report: Report, document: str, *, number: str, buyer: PartyNamed, seller: PartyNamed
) -> Standing | None:
    """The order a document names, or None when it was complained of. An order of others is told like one that is not there.

    Both firms the document names must be the order's.
    """
    found = reads.orders_numbered(work, actor, number)
    if len(found) > 1:
        codes = codes_of(buyer)
        named = {order.id: parties_of(work, actor, order.buyer_id)[0] for order in found}
        found = [order for order in found if set(codes_of(named[order.id])) & set(codes)]
    if len(found) != 1:
        report.complain(
            document, "OrderReference/ID",
            f"you have no order {quoted(number)} that this can be about; give the buyer's order number, and the buyer's "
            "credit code where several buyers use it",
            f"没有找到本单位的订单 {quoted(number)}；请填写采购方的订单号，若多个采购方使用同一编号，请同时填写采购方的统一社会信用代码",
        )  # fmt: skip
        return None
    (order,) = found
    _, partners = reads.own_firm_and_partners(work, actor)
    names = parties_of(work, actor, order.buyer_id, order.seller_id)
    for role, said_to_be, meant in ((BUYER, buyer, names[0]), (SELLER, seller, names[1])):
        check_named(report, document, role, said_to_be, meant, partners)
    lines = lines_of_orders(work, actor, [order.id])
    days = days_by_line(work, actor, [line.id for line in lines])
    side = Side.SELLER if order.seller_id == actor.party_id else Side.BUYER
    items = reads.items_named(work, [line.item_id for line in lines])
    return Standing(order, side, {str(line.number): line for line in lines}, days, items, partners)


def check_named(
    report: Report, document: str, role: str, named: PartyNamed, meant: PartyNamed, partners: Sequence[Any]
) -> None:
    """Complain of a document that is evidently about other firms; remark where nothing tells whose it is."""
    us, codes = f"{meant.name} ({meant.codes[0][1]})", codes_of(named)
    if meant.codes[0][1] in codes:
        return
    other = next((code for code in codes if is_credit_code(code)), "")
    if not other and normal(meant.name) in names_of(named):
        return
    if not other:
        other = next((firm.name for firm in matching(named, partners) if firm.code != meant.codes[0][1]), "")
    if other:
        report.complain(
            document, f"{role}/Party",
            f"the file names {other}, but in what it refers to it is {us}; check the number it refers to",
            f"文件中为 {other}，而其引用的单据中为 {us}；请核对所引用的编号",
        )  # fmt: skip
    else:
        report.remark(
            f"{document}, {role}",
            f"{shown(named)} is no firm known here by code or name; taken as {us}",
            f"{shown(named)} 的代码和名称均无法识别；按 {us} 处理",
        )


def reason_of(text: str) -> tuple[Reason | None, str]:
    """(reason, the rest of the text) of ``PRICE: too low``; no reason where it begins with none of ours."""
    found = A_REASON.fullmatch(text.strip())
    if found is not None and found[1] in Reason.__members__:
        return Reason[found[1]], found[2].strip()
    return None, text.strip()


def or_other(report: Report, place: str, reason: Reason | None) -> Reason:
    """The reason of a refusal; where the file gives none of ours, OTHER, and that is remarked."""
    if reason is None:
        report.remark(place, "gives none of our reasons; taken as OTHER", "未写明原因代码；按 OTHER 处理")
    return reason or Reason.OTHER


def tried(
    work: UnitOfWork, report: Report, act: Callable[[], Any], *, places: Sequence[str], fields: Mapping[str, str],
    document: str, of_a_line: Mapping[str, str] | None = None,
) -> Any:  # fmt: skip
    """What the verb answers, or None when it refused: then it is told in the words of the file.

    places: of the verb's lines, in their order. fields: the verb's field -> the path in the file; of_a_line: of a line's
    fields, where they are others. Raises NotAllowedNow.
    """
    try:
        with work.savepoint():
            return act()
    except NotAllowedNow:
        raise
    except DomainError as refusal:
        for path in refusal.fields or ("",):
            found = re.fullmatch(r"lines\.(\d+)(?:\.(.*))?", path)
            place = places[int(found[1])] if found and int(found[1]) < len(places) else document
            names = ((found[2] or "") if found else path).split(".")
            known = (of_a_line or fields) if found else fields
            element = known.get(names[0]) or known.get(names[-1], "")
            en, zh = (
                text.replace(path, element or place) if "." in path else text for text in (refusal.en, refusal.zh)
            )
            report.complain(place, element, en, zh)
        return None
