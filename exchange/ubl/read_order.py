"""Read a UBL 2.x Order as found in the wild. Start here: ``read_order``."""

import re

from lxml import etree

from exchange.ubl.documents import Complaint, OrderDocument, OrderedLine, PartyNamed
from exchange.ubl.hardened import ORDER, Refused, parsed
from exchange.ubl.order_lines import Header, header_day, line_of
from exchange.ubl.reading import Findings, Node, shown
from kernel.codes import CURRENCIES

A_VERSION = re.compile(r"2\.\d", re.ASCII)


def read_order(content: bytes) -> tuple[OrderDocument | None, list[Complaint]]:
    """The order and no complaint, or no order and every complaint there is.

    The schema is not asked: element order and unknown elements do not matter, meaning does. Nothing is guessed; where
    UBL lets a value stand in several places, ``wanted_from`` and ``currency_from`` say which one was used.
    """
    try:
        root = parsed(content)
    except Refused as refusal:
        return None, [refusal.complaint]
    if root.tag != ORDER:
        return None, [_wrong_root(root)]
    findings = Findings()
    order = _order(Node(root, "Order", "", findings), findings, root)
    complaints = findings.told()
    return (None, complaints) if complaints else (order, [])


def _order(order: Node, findings: Findings, root: etree._Element) -> OrderDocument | None:
    _check_version(order)
    number = order.text("ID")
    if not number:
        order.complain("ID", "the order has no number; give it one in ID", "订单没有编号；请在 ID 中填写")
    issued_on = order.day("IssueDate")
    if not order.leaf("IssueDate").present:
        en = "the order has no IssueDate; give the day it was issued as YYYY-MM-DD"
        order.complain("IssueDate", en, "订单缺少 IssueDate；请按 YYYY-MM-DD 填写下单日期")
    currency, currency_from = _currency(order, root)
    buyer, seller = _party(order, "BuyerCustomerParty"), _party(order, "SellerSupplierParty")
    note, type_code = order.texts("Note"), order.text("OrderTypeCode")
    lines = _lines(order, Header(currency, header_day(order)))
    if findings.complaints or issued_on is None:
        return None
    left_out = findings.left_out(root)
    return OrderDocument(number, issued_on, currency, buyer, seller, note, lines, currency_from, type_code, left_out)


def _wrong_root(root: etree._Element) -> Complaint:
    name = etree.QName(root)
    found = f"{name.localname} ({name.namespace or 'no namespace'})"
    en = f"this is {found}, not a UBL 2 Order; send the Order document itself, without an envelope"
    zh = f"该文件是 {found}，不是 UBL 2 Order；请直接提供 Order 文档，不要带信封"
    return Complaint("File", "", en, zh)


def _check_version(order: Node) -> None:
    version = order.text("UBLVersionID")
    if version and not A_VERSION.fullmatch(version):
        en = f"UBL {shown(version)} is not read here; send UBL 2.0, 2.1, 2.2 or 2.3"
        order.complain("UBLVersionID", en, f"不支持 UBL {shown(version)}；请提供 UBL 2.0、2.1、2.2 或 2.3")


def _currency(order: Node, root: etree._Element) -> tuple[str, str]:
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


def _party(order: Node, role: str) -> PartyNamed:
    party = order.part(role).part("Party")
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
        order.complain(f"{role}/Party", en, zh)
    return PartyNamed(names[0] if names else "", found, names[1:])


def _code(leaf: Node, scheme: str = "") -> tuple[str, str]:
    return leaf.attribute("schemeID") or scheme, " ".join(leaf.value().split())


def _lines(order: Node, header: Header) -> tuple[OrderedLine, ...]:
    lines = order.parts("OrderLine")
    if not lines:
        en = "the order has no OrderLine; an order orders something"
        order.complain("OrderLine", en, "订单没有 OrderLine；至少需要一行")
    seen: dict[str, int] = {}
    read = []
    for place, part in enumerate(lines, start=1):
        line = Node(part.element, f"OrderLine {place}", part.path, part.findings, part.path)
        number = line.part("LineItem").text("ID")
        if number and seen.setdefault(number, place) != place:
            en = f"line number {shown(number)} is already that of OrderLine {seen[number]}; number each line once"
            zh = f"行号 {shown(number)} 已用于第 {seen[number]} 行；每行的行号必须唯一"
            line.complain("LineItem/ID", en, zh)
        read.append(line_of(line, number, header))
    return tuple(line for line in read if line is not None)
