"""Lines that ask for goods, as an order and a change of one write them."""

from lxml import etree

from exchange.ubl.changes import ActionCode
from exchange.ubl.documents import OrderedLine
from exchange.ubl.writing import amount, leaf, part, write_day, write_item

SAYS_NOTHING_MORE = (ActionCode.DELETE, ActionCode.NONE)


def write_order_line(parent: etree._Element, line: OrderedLine, *, status: str = "") -> None:
    """One OrderLine. status: the line action code of an order change; empty in an order.

    Of a line that is deleted or stays nothing more is said than which it is.
    """
    order_line = part(parent, "OrderLine")
    leaf(order_line, "Note", line.note)
    item = part(order_line, "LineItem")
    leaf(item, "ID", line.number)
    leaf(item, "LineStatusCode", status)
    if status in SAYS_NOTHING_MORE:
        write_item(item, line.item_name, line.buyers_item_number, line.sellers_item_number)
        return
    if line.unit:
        amount(item, "Quantity", line.quantity, unitCode=line.unit)
    for schedule in line.schedules:
        delivery = part(item, "Delivery")
        if len(line.schedules) > 1:
            amount(delivery, "Quantity", schedule.quantity, unitCode=line.unit)
        write_day(delivery, "RequestedDeliveryPeriod", schedule.wanted_on)
    if line.unit_price is not None:
        price, per = part(item, "Price"), line.price_base_quantity
        amount(price, "PriceAmount", line.unit_price * per, currencyID=line.currency)
        if per != 1:
            amount(price, "BaseQuantity", per, unitCode=line.unit)
    write_item(item, line.item_name, line.buyers_item_number, line.sellers_item_number, line.standard_item_number)
