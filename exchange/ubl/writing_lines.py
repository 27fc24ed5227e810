"""Lines that ask for goods, as an order and a change of one write them."""

from lxml import etree

from exchange.ubl.documents import OrderedLine
from exchange.ubl.writing import amount, leaf, part, write_day, write_item


def write_order_line(parent: etree._Element, line: OrderedLine, *, status: str = "") -> None:
    """One OrderLine. status: the line action code of an order change; empty in an order."""
    order_line = part(parent, "OrderLine")
    leaf(order_line, "Note", line.note)
    item = part(order_line, "LineItem")
    leaf(item, "ID", line.number)
    leaf(item, "LineStatusCode", status)
    amount(item, "Quantity", line.quantity, unitCode=line.unit)
    for schedule in line.schedules:
        delivery = part(item, "Delivery")
        if len(line.schedules) > 1:
            amount(delivery, "Quantity", schedule.quantity, unitCode=line.unit)
        write_day(delivery, "RequestedDeliveryPeriod", schedule.wanted_on)
    if line.unit_price is not None:
        amount(part(item, "Price"), "PriceAmount", line.unit_price, currencyID=line.currency)
    write_item(item, line.item_name, line.buyers_item_number, line.sellers_item_number)
