"""Which firm a document means: by unified social credit code, by name, or by the items it orders."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chain.firms.decisions import is_credit_code
from exchange.outcome import Report
from exchange.ubl.documents import PartyNamed

BUYER, SELLER = "BuyerCustomerParty", "SellerSupplierParty"
MOST_NAMED = 5


def check_buyer(
    report: Report, named: PartyNamed, own: Any, partners: Sequence[Any], *, document: str = "Order",
    whose: tuple[str, str] = ("an order is placed by its own buyer", "订单只能由采购方本单位下达"),
) -> None:  # fmt: skip
    """Complain of an order or request that is evidently another firm's; remark where nothing tells whose it is."""
    codes, us = codes_of(named), f"{own.name} ({own.code})"
    if own.code in codes:
        return
    if foreign := next((code for code in codes if is_credit_code(code)), ""):
        report.complain(
            document, f"{BUYER}/Party",
            f"the buyer has the credit code {foreign}, and you act for {us}: {whose[0]}",
            f"采购方的统一社会信用代码为 {foreign}，而您代表 {us}：{whose[1]}",
        )  # fmt: skip
    elif own.name and normal(own.name) in names_of(named):
        return
    elif other := next(matching(named, partners), None):
        report.complain(
            document, f"{BUYER}/Party",
            f"the buyer is {other.name}, and you act for {us}: {whose[0]}",
            f"采购方为 {other.name}，而您代表 {us}：{whose[1]}",
        )  # fmt: skip
    else:
        report.remark(
            f"{document}, {BUYER}",
            f"{shown(named)} is no firm known here by code or name; taken as yours, {us}",
            f"{shown(named)} 的代码和名称均无法识别；按贵单位 {us} 处理",
        )


def seller_of(report: Report, named: PartyNamed, own: Any, partners: Sequence[Any], lines: Sequence[set[int]]) -> Any:
    """The partner ordered from, or None when it was complained of. lines: which partners each line could be from."""
    if is_own(named, own):
        report.complain(
            "Order", f"{SELLER}/Party", f"the seller is your own firm, {own.name}; name the firm that is to deliver",
            f"供应方是贵单位 {own.name}；请填写供货单位",
        )  # fmt: skip
        return None
    found = list(matching(named, partners))
    if len(found) == 1:
        return found[0]
    if found:
        several = listed(found)
        report.complain(
            "Order", f"{SELLER}/Party",
            f"{shown(named)} fits several of your partners: {several}; give one credit code in PartyIdentification/ID",
            f"{shown(named)} 对应多个合作单位：{several}；请在 PartyIdentification/ID 中填写统一社会信用代码",
        )  # fmt: skip
        return None
    return _by_items(report, named, partners, lines)


def _by_items(report: Report, named: PartyNamed, partners: Sequence[Any], lines: Sequence[set[int]]) -> Any:
    """A code that is a firm's for certain, and none of a partner's, is not explained away by item numbers."""
    foreign = any(is_credit_code(code) for code in codes_of(named))
    known = [line for line in lines if line]  # a line that leads nowhere is told by itself, and refuses the order
    common = set.intersection(*known) if known and not foreign else set()
    suppliers = {firm_id for line in lines for firm_id in line}
    if len(common) == 1:
        only = next(firm for firm in partners if firm.id in common)
        report.remark(
            f"Order, {SELLER}",
            f"{shown(named)} is not known here by code or name; every item number is one of {only.name}",
            f"{shown(named)} 的代码和名称均无法识别；全部物料号均属于 {only.name}",
        )
        return only
    could = [firm for firm in partners if firm.id in suppliers] or list(partners)
    some = listed(could) or "-"
    report.complain(
        "Order", f"{SELLER}/Party",
        f"{shown(named)} is none of your partners by credit code or name, and the item numbers do not settle it; "
        f"put the credit code in PartyIdentification/ID, such as that of {some}",
        f"{shown(named)} 的统一社会信用代码和名称均不属于您的合作单位，且无法由物料号确定；"
        f"请在 PartyIdentification/ID 中填写统一社会信用代码，例如 {some}",
    )  # fmt: skip
    return None


def is_own(named: PartyNamed, own: Any) -> bool:
    return own.code in codes_of(named) or normal(own.name) in names_of(named)


def matching(named: PartyNamed, firms: Sequence[Any]) -> Iterator[Any]:
    """The firms of one of its codes; where no code is a firm's, those of one of its names."""
    codes, names = codes_of(named), names_of(named)
    by_code = [firm for firm in firms if firm.code in codes]
    if by_code or any(is_credit_code(code) for code in codes):
        yield from by_code
    else:
        yield from (firm for firm in firms if normal(firm.name) in names)


def codes_of(named: PartyNamed) -> list[str]:
    """Its codes as a credit code is written, whatever scheme they are filed under: ``0000:9132 …`` too."""
    return [
        re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).upper().rpartition(":")[2] for _, code in named.codes
    ]


def names_of(named: PartyNamed) -> set[str]:
    return {normal(name) for name in (named.name, *named.other_names) if name}


def normal(name: str) -> str:
    """What two spellings of one name share: full-width forms, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def shown(named: PartyNamed) -> str:
    codes = ", ".join(f"{scheme} {code}".strip() for scheme, code in named.codes[:3])
    return " ".join(
        part for part in (f'"{named.name[:80]}"' if named.name else "", f"({codes})" if codes else "") if part
    )


def listed(firms: Iterable[Any]) -> str:
    """The first of some firms with their codes, for a sentence."""
    each = [f"{firm.name} {firm.code}" for firm in firms]
    return ", ".join(each[:MOST_NAMED]) + (" …" if len(each) > MOST_NAMED else "")
