"""What every document begins with: is it the right one, its number, day, currency and parties."""

import re
from datetime import date

from lxml import etree

from exchange.ubl.documents import Complaint, PartyNamed
from exchange.ubl.hardened import Refused, parsed
from exchange.ubl.reading import Node, shown
from kernel.codes import CURRENCIES

A_VERSION = re.compile(r"2\.\d", re.ASCII)


def opened(content: bytes, root: str) -> tuple[etree._Element | None, list[Complaint]]:
    """The root element, or why it is not read: no XML, hostile, or another document than ``root``."""
    try:
        found = parsed(content)
    except Refused as refusal:
        return None, [refusal.complaint]
    if found.tag == root:
        return found, []
    name, wanted = etree.QName(found), etree.QName(root).localname
    said = f"{name.localname} ({name.namespace or 'no namespace'})"
    en = f"this is {said}, not a UBL 2 {wanted}; send the {wanted} document itself, without an envelope"
    zh = f"该文件是 {said}，不是 UBL 2 {wanted}；请直接提供 {wanted} 文档，不要带信封"
    return None, [Complaint("File", "", en, zh)]


def number_of(document: Node, zh: str, *, needed: bool = True) -> str:
    """The document's own number; ``zh``: what it is called. Its version is checked on the way."""
    _check_version(document)
    number = document.text("ID")
    if needed and not number:
        en = f"the document has no number of its own; give {document.place} one in ID"
        document.complain("ID", en, f"{zh}没有编号；请在 ID 中填写")
    return number


def issued_of(document: Node) -> date | None:
    issued_on = document.day("IssueDate")
    if not document.leaf("IssueDate").present:
        en = "there is no IssueDate; give the day it was issued as YYYY-MM-DD"
        document.complain("IssueDate", en, "缺少 IssueDate；请按 YYYY-MM-DD 填写开具日期")
    return issued_on


def _check_version(order: Node) -> None:
    version = order.text("UBLVersionID")
    if version and not A_VERSION.fullmatch(version):
        en = f"UBL {shown(version)} is not read here; send UBL 2.0, 2.1, 2.2 or 2.3"
        order.complain("UBLVersionID", en, f"不支持 UBL {shown(version)}；请提供 UBL 2.0、2.1、2.2 或 2.3")


def currency_of(order: Node, root: etree._Element) -> tuple[str, str]:
    """The document's currency and where it was found; ("", "") when it was complained of."""
    for name in ("DocumentCurrencyCode", "PricingCurrencyCode"):
        code = order.text(name)
        if code and code not in CURRENCIES:
            en = f"{shown(code)} is not an ISO 4217 currency code such as CNY or EUR"
            order.complain(name, en, f"{shown(code)} 不是 ISO 4217 货币代码，例如 CNY 或 EUR")
            return "", ""
        if code:
            return code, name
    stated = sorted({(amount.get("currencyID") or "").strip() for amount in root.iter()} - {""})
    if len(stated) == 1 and stated[0] in CURRENCIES:
        return stated[0], "@currencyID"
    amounts = ", ".join(shown(code) for code in stated[:5]) or "none"
    en = f"no DocumentCurrencyCode, and the amounts do not settle it (currencies found: {amounts}); state it"
    zh = f"缺少 DocumentCurrencyCode，且无法从各金额确定货币（文中货币：{amounts}）；请填写"
    order.complain("DocumentCurrencyCode", en, zh)
    return "", ""


def party_of(order: Node, role: str) -> PartyNamed:
    """The party in a role, such as BuyerCustomerParty."""
    return party_in(order.part(role).part("Party"), role)


def party_in(party: Node, role: str) -> PartyNamed:
    """The party an element holds; complains, naming the role, where neither a name nor a code is in it."""
    trade_names = [name for part in party.parts("PartyName") if (name := part.text("Name"))]
    taxed, legal = party.parts("PartyTaxScheme"), party.parts("PartyLegalEntity")
    registered = [name for part in (*legal, *taxed) if (name := part.text("RegistrationName"))]
    codes = [_code(party.leaf("EndpointID"))]
    codes += [_code(part.leaf("ID")) for part in party.parts("PartyIdentification")]
    codes += [_code(part.leaf("CompanyID")) for part in legal]
    codes += [_code(part.leaf("CompanyID"), part.part("TaxScheme").text("ID")) for part in taxed]
    names = tuple(dict.fromkeys([*trade_names, *registered]))
    found = tuple(dict.fromkeys(code for code in codes if code[1]))
    if not names and not found:
        en = f"{role} has neither a name nor an identifier; fill PartyName/Name or PartyIdentification/ID"
        zh = f"{role} 既没有名称也没有标识；请填写 PartyName/Name 或 PartyIdentification/ID"
        party.complain("", en, zh)
    return PartyNamed(names[0] if names else "", found, names[1:])


def _code(leaf: Node, scheme: str = "") -> tuple[str, str]:
    return leaf.attribute("schemeID") or scheme, " ".join(leaf.value().split())


def order_reference_of(document: Node) -> tuple[str, date | None]:
    """The number of the one order a document is about, and that order's day where it is given."""
    references = document.parts("OrderReference")
    if len(references) != 1:
        en = f"{len(references)} orders are named; name one in OrderReference/ID, and send one document for each"
        document.complain(
            "OrderReference", en, f"引用了 {len(references)} 张订单；请在 OrderReference/ID 中填写一张订单"
        )
        return "", None
    number = references[0].text("ID")
    if not number:
        references[0].complain(
            "ID", "OrderReference names no order; give its number", "OrderReference 没有订单号；请填写"
        )
    return number, references[0].day("IssueDate")
