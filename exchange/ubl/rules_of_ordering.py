"""Rules of orders, changes, cancellations and answers, after Peppol BIS 65 and transactions T01, T76, T114 to T116."""

from collections.abc import Iterator
from decimal import Decimal

from exchange.ubl.rules import Facts, Part, RuleOfTrade
from kernel.quantities import ZERO

ORDER, CHANGE, CANCELLATION, RESPONSE = "Order", "OrderChange", "OrderCancellation", "OrderResponse"
ORDER_TYPES = ("", "105", "220", "221", "226", "227")
ACTIONS = ("1", "2", "3", "4", "74")
ANSWERS, LINE_ANSWERS = ("AB", "AP", "RE", "CA"), ("1", "3", "5", "7", "42")


def _lines(document: Part) -> Iterator[Part]:
    yield from document.parts("OrderLine")


def _type_code(document: Part, facts: Facts) -> Iterator[str]:
    if document.text("OrderTypeCode") not in ORDER_TYPES:
        yield "OrderTypeCode"


def _numbers_differ(document: Part, facts: Facts) -> Iterator[str]:
    seen = set[str]()
    for line in _lines(document):
        number = line.text("LineItem/ID")
        if number in seen:
            yield line.at("LineItem/ID")
        seen.add(number)


def _one_currency(document: Part, facts: Facts) -> Iterator[str]:
    currency = document.text("DocumentCurrencyCode")
    for line in _lines(document):
        for price in line.parts("LineItem/Price"):
            stated = {e.get("currencyID") for e in price.element if e.tag.endswith("}PriceAmount")}
            if currency and stated - {currency}:
                yield price.at("PriceAmount/@currencyID")


def _days_ahead(document: Part, facts: Facts) -> Iterator[str]:
    for delivery in (
        *document.parts("Delivery"),
        *(d for line in _lines(document) for d in line.parts("LineItem/Delivery")),
    ):
        for name in ("RequestedDeliveryPeriod", "PromisedDeliveryPeriod"):
            last = delivery.day(f"{name}/EndDate") or delivery.day(f"{name}/StartDate")
            if last is not None and last < facts.today:
                yield delivery.at(f"{name}/EndDate")


def _splits_sum(document: Part, facts: Facts) -> Iterator[str]:
    for line in _lines(document):
        amounts = [d.number("Quantity") for d in line.parts("LineItem/Delivery")]
        whole = line.number("LineItem/Quantity")
        if len(amounts) > 1 and whole is not None and (None in amounts or sum(a for a in amounts if a) != whole):
            yield line.at("LineItem/Delivery")


def _unit_of_measure(document: Part, facts: Facts) -> Iterator[str]:
    for line in _lines(document):
        for item in line.parts("LineItem"):
            for leaf in item.element:
                if leaf.tag.endswith("}Quantity") and not leaf.get("unitCode"):
                    yield item.at("Quantity/@unitCode")


def _has_item(document: Part, facts: Facts) -> Iterator[str]:
    for line in _lines(document):
        if line.text("LineItem/LineStatusCode") in ("2", "4"):
            continue
        numbers = (f"LineItem/Item/{who}ItemIdentification/ID" for who in ("Sellers", "Buyers", "Standard"))
        if not any(line.text(path) for path in numbers):
            yield line.at("LineItem/Item")


def _sequence_said(document: Part, facts: Facts) -> Iterator[str]:
    text = document.text("SequenceNumberID")
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        yield "SequenceNumberID"


def _sequence_next(document: Part, facts: Facts) -> Iterator[str]:
    number = document.number("SequenceNumberID")
    if facts.next_sequence is not None and number is not None and number != facts.next_sequence:
        yield "SequenceNumberID"


def _action_code(document: Part, facts: Facts) -> Iterator[str]:
    for line in _lines(document):
        if line.text("LineItem/LineStatusCode") not in ACTIONS:
            yield line.at("LineItem/LineStatusCode")


def _of_the_order(document: Part, facts: Facts) -> Iterator[str]:
    """Of a change: its own line number, but for an added line. Of an answer: the line referred to."""
    if facts.ordered is None:
        return
    is_answer = document.element.tag.endswith("}OrderResponse")
    for line in _lines(document):
        path = "OrderLineReference/LineID" if is_answer else "LineItem/ID"
        number = line.text(path).lstrip("0")
        added = line.text("LineItem/LineStatusCode") == "1" and (not is_answer or not number)
        if not added and number not in facts.ordered:
            yield line.at(path)


def _added_is_new(document: Part, facts: Facts) -> Iterator[str]:
    for line in _lines(document):
        if line.text("LineItem/LineStatusCode") == "1" and line.text("LineItem/ID").lstrip("0") in (
            facts.ordered or ()
        ):
            yield line.at("LineItem/ID")


def _same_currency(document: Part, facts: Facts) -> Iterator[str]:
    currency = document.text("DocumentCurrencyCode")
    if facts.order_currency and currency and currency != facts.order_currency:
        yield "DocumentCurrencyCode"


def _one_order(document: Part, facts: Facts) -> Iterator[str]:
    if len(list(document.parts("OrderReference"))) != 1:
        yield "OrderReference"


def _says_why(document: Part, facts: Facts) -> Iterator[str]:
    if not document.text("CancellationNote"):
        yield "CancellationNote"


def _answer_code(document: Part, facts: Facts) -> Iterator[str]:
    if document.text("OrderResponseCode") not in ANSWERS:
        yield "OrderResponseCode"


def _no_lines(document: Part, facts: Facts) -> Iterator[str]:
    if document.text("OrderResponseCode") in ("AB", "AP", "RE") and any(True for _ in _lines(document)):
        yield "OrderLine"


def _all_lines(document: Part, facts: Facts) -> Iterator[str]:
    if document.text("OrderResponseCode") != "CA":
        return
    answered = {line.text("OrderLineReference/LineID").lstrip("0") for line in _lines(document)}
    if not answered or (facts.live is not None and not facts.live <= answered):
        yield "OrderLine"


def _line_answer_code(document: Part, facts: Facts) -> Iterator[str]:
    for line in _lines(document):
        if line.text("LineItem/LineStatusCode") not in LINE_ANSWERS:
            yield line.at("LineItem/LineStatusCode")


def _backorder_fits(document: Part, facts: Facts) -> Iterator[str]:
    """What comes on days and later together is no more than was ordered, whatever the days are split into."""
    coming: dict[str, Decimal] = {}
    for line in _lines(document):
        number = line.text("OrderLineReference/LineID").lstrip("0")
        coming[number] = coming.get(number, ZERO) + (line.number("LineItem/Quantity") or ZERO)
    for line in _lines(document):
        number, later = (
            line.text("OrderLineReference/LineID").lstrip("0"),
            line.number("LineItem/MaximumBackorderQuantity"),
        )
        if later is None:
            continue
        ordered = (facts.ordered or {}).get(number)
        if later < 0 or (ordered is not None and later > max(ZERO, ordered - coming[number])):
            yield line.at("LineItem/MaximumBackorderQuantity")


def _reason_said(document: Part, facts: Facts) -> Iterator[str]:
    if document.text("OrderResponseCode") == "RE" and not document.text("Note"):
        yield "Note"
    for line in _lines(document):
        if line.text("LineItem/LineStatusCode") == "7" and not (line.text("LineItem/Note") or line.text("Note")):
            yield line.at("LineItem/Note")


RULES: tuple[RuleOfTrade, ...] = (
    RuleOfTrade("CM-ORD-01", (ORDER,), "the order's type is none of 105, 220, 221, 226, 227", "订单类型不是 105、220、221、226、227 之一",
                "write 220, or leave OrderTypeCode out", "请填写 220，或不填 OrderTypeCode", _type_code, "T01 code list UNCL1001"),
    RuleOfTrade("CM-ORD-02", (ORDER, CHANGE), "a line number stands twice", "行号重复",
                "number each line once", "每行使用不同的行号", _numbers_differ, "T01, T114 line identifiers"),
    RuleOfTrade("CM-ORD-03", (ORDER, CHANGE, RESPONSE), "a price is in another currency than the document", "单价货币与单据货币不同",
                "state it in DocumentCurrencyCode", "请使用 DocumentCurrencyCode 的货币", _one_currency, "T01, T76, T114, T116 currency"),
    RuleOfTrade("CM-ORD-04", (ORDER, CHANGE, RESPONSE), "a day is past", "日期已过",
                "give today or a later day", "请填写今天或以后的日期", _days_ahead),
    RuleOfTrade("CM-ORD-05", (ORDER, CHANGE, RESPONSE), "the days of a line do not sum to its quantity", "各次交付之和不等于该行数量",
                "give each day a Quantity, all of them the line's", "请填写每次交付的数量，合计等于该行数量", _splits_sum),
    RuleOfTrade("CM-ORD-06", (ORDER, CHANGE, RESPONSE), "a quantity has no unit", "数量没有计量单位",
                "write unitCode, such as C62", "请填写 unitCode，例如 C62", _unit_of_measure, "T01, T114, T116 unit codes"),
    RuleOfTrade("CM-ORD-07", (ORDER, CHANGE), "a line names its item by no number", "该行没有物料号",
                "give the seller's number in SellersItemIdentification", "请在 SellersItemIdentification 中填写供应方物料号", _has_item),
    RuleOfTrade("CM-CHG-01", (CHANGE,), "the change says not which it is", "未注明变更次序",
                "number the changes of an order 1, 2, 3 ..", "请将同一订单的变更依次编号为 1、2、3……", _sequence_said, "T114 sequence number"),
    RuleOfTrade("CM-CHG-02", (CHANGE,), "the change is not the order's next", "不是该订单的下一次变更",
                "number the changes in sequence, none twice, none left out", "请依次编号，不重复、不遗漏", _sequence_next, "BIS 65"),
    RuleOfTrade("CM-CHG-03", (CHANGE,), "a line says not what becomes of it", "未注明该行的变更动作",
                "1 add, 2 delete, 3 change, 4 none, 74 reopen", "1 新增、2 删除、3 变更、4 不变、74 重新启用", _action_code, "T114 UNCL1229"),
    RuleOfTrade("CM-CHG-04", (CHANGE, RESPONSE), "a line refers to no line of the order", "该行不对应订单的任何一行",
                "give the number of the order's line", "请填写订单行号", _of_the_order, "BIS 65, T116"),
    RuleOfTrade("CM-CHG-05", (CHANGE,), "an added line has the number of one there is", "新增行使用了已有的行号",
                "give it a number of its own", "请使用新的行号", _added_is_new),
    RuleOfTrade("CM-CHG-06", (CHANGE, RESPONSE), "the currency is not the order's", "货币与订单不同",
                "keep the order's currency", "请使用订单的货币", _same_currency, "BIS 65"),
    RuleOfTrade("CM-REF-01", (CHANGE, CANCELLATION, RESPONSE), "the document is about no order, or about several", "未引用订单，或引用了多张订单",
                "name one order in OrderReference/ID", "请在 OrderReference/ID 中填写一张订单", _one_order, "T76, T114, T115, T116"),
    RuleOfTrade("CM-CAN-01", (CANCELLATION,), "no reason is said", "未填写原因",
                "say why in CancellationNote", "请在 CancellationNote 中写明原因", _says_why, "T115"),
    RuleOfTrade("CM-RSP-01", (RESPONSE,), "the answer is none of AB, AP, RE, CA", "答复代码不是 AB、AP、RE、CA 之一",
                "write one of them in OrderResponseCode", "请在 OrderResponseCode 中填写其一", _answer_code, "T116 UNCL4343"),
    RuleOfTrade("CM-RSP-02", (RESPONSE,), "AB, AP and RE carry no lines", "AB、AP、RE 不应包含行",
                "leave the lines out, or answer CA", "请去掉订单行，或答复 CA", _no_lines, "BIS 65, T116"),
    RuleOfTrade("CM-RSP-03", (RESPONSE,), "CA does not answer all lines of the order", "CA 未答复订单的全部行",
                "once one line is answered, send all", "一旦逐行答复，须包含全部行", _all_lines, "BIS 65, T116"),
    RuleOfTrade("CM-RSP-04", (RESPONSE,), "a line is answered by none of 1, 3, 5, 7, 42", "行答复代码不是 1、3、5、7、42 之一",
                "write one of them in LineStatusCode", "请在 LineStatusCode 中填写其一", _line_answer_code, "T116 UNCL1229"),
    RuleOfTrade("CM-RSP-05", (RESPONSE,), "more is to come later than is left of the order", "最大待交数量超过订单剩余数量",
                "the backorder is at most what was ordered less what comes on days", "最大待交数量不应超过订购数量减去已定交期的数量", _backorder_fits, "BIS 65 backorder"),
    RuleOfTrade("CM-RSP-06", (RESPONSE,), "something is rejected without a reason", "拒绝而未写明原因",
                "say why in Note", "请在 Note 中写明原因", _reason_said, "BIS 65"),
)  # fmt: skip
