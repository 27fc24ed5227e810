"""The main menu of each audience: page addresses and their words."""

from flask_babel import pgettext


def menu_of(audience: str) -> list[tuple[str, str]]:
    """(address, word) of each page this audience works with; an unknown audience gets none."""
    todo = ("/todo", str(pgettext("menu", "待办")))
    orders = ("/orders", str(pgettext("menu", "订单")))
    shipments = ("/shipments", str(pgettext("menu", "送货")))
    documents = ("/documents", str(pgettext("menu", "资料")))
    chains = ("/chains", str(pgettext("menu", "链图")))
    menus = {
        "buyer": [todo, orders, shipments, documents, chains],
        "supplier": [todo, orders, shipments, documents, chains],
        "carrier": [todo],
        "official": [chains],
        "operator": [("/jobs", str(pgettext("menu", "后台任务"))), ("/api", str(pgettext("menu", "试用接口")))],
    }
    return menus.get(audience, [])
