"""The access table: every stored operation x every seat, asked about deals of Longteng and Gearworks (see asked_of.py).

``seen``: something is there; ``empty``: nothing is; ``done``: it happened; else the one code it is refused with. Whoever may
not know of a thing is told NOT_FOUND; whoever may, but whose duty or whose turn it is not, NOT_ALLOWED_NOW.
"""

from tests.secrecy.concepts import merged

SEAT_NAMES = (
    "buyer", "planner", "quality", "sales", "lead", "gearworks", "rival", "bearing", "steel", "dealer", "carrier",
    "jiangsu", "suzhou", "operator", "stranger",
)  # fmt: skip
LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
OTHERS = f"rival bearing steel dealer {NO_TRADER}"

TABLE: dict[str, dict[str, str]] = {
    "accept_delivery": {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": f"{OTHERS}"},
    "chain_map_page": {"seen": f"{LONGTENG} {OTHERS} gearworks", "NOT_FOUND": "stranger"},
    "chains": {"seen": f"{LONGTENG} {OTHERS} gearworks", "empty": "stranger"},
    "close_short": {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": f"{OTHERS}"},
    "decide_on_response": {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": f"{OTHERS}"},
    "declare_supply_link": {"NOT_ALLOWED_NOW": "planner quality sales lead stranger", "INVALID": "buyer", "done": "gearworks", "NOT_FOUND": f"{OTHERS}"},
    "despatch_advice_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "despatch_advices_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "disclose_links": {"done": "sales lead bearing", "INVALID": "gearworks", "NOT_ALLOWED_NOW": f"{NO_TRADER} buyer planner quality stranger", "NOT_FOUND": "rival steel dealer"},
    "documents_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "end_supply_link": {"done": "buyer gearworks", "NOT_ALLOWED_NOW": f"{NO_TRADER} planner quality sales lead stranger", "NOT_FOUND": "rival bearing steel dealer"},
    "firms": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer carrier operator", "empty": "jiangsu suzhou stranger"},
    "history_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "items": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer", "empty": f"{NO_TRADER} stranger"},
    "job": {"NOT_FOUND": f"{LONGTENG} {OTHERS} stranger", "seen": "gearworks"},
    "link_disclosures": {"seen": f"{LONGTENG} gearworks bearing dealer", "empty": f"{NO_TRADER} rival steel stranger"},
    "new_order_page": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer", "empty": f"{NO_TRADER} stranger"},
    "node": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "open_upload": {"done": f"{LONGTENG} gearworks rival bearing steel dealer operator", "NOT_ALLOWED_NOW": "carrier jiangsu suzhou stranger"},
    "order_head": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "order_page": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "orders_page": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer carrier operator", "empty": "jiangsu suzhou stranger"},
    "place_order": {"done": "buyer", "NOT_ALLOWED_NOW": f"{NO_TRADER} planner quality sales lead stranger", "INVALID": "gearworks", "NOT_FOUND": "rival bearing steel dealer"},
    "post_receipt": {"NOT_ALLOWED_NOW": "buyer quality sales lead gearworks stranger", "done": "planner", "NOT_FOUND": f"{OTHERS}"},
    "require_documents": {"done": "buyer quality", "NOT_ALLOWED_NOW": "planner sales lead gearworks stranger", "NOT_FOUND": f"{OTHERS}"},
    "required_documents_page": {"seen": f"{LONGTENG} gearworks rival bearing", "empty": f"{NO_TRADER} steel dealer stranger"},
    "respond_to_order": {"NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "done": "gearworks", "NOT_FOUND": f"{OTHERS}"},
    "review_document": {"NOT_ALLOWED_NOW": "buyer planner sales lead gearworks stranger", "done": "quality", "NOT_FOUND": f"{OTHERS}"},
    "revision": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "revoke_disclosure": {"NOT_ALLOWED_NOW": f"{NO_TRADER} buyer planner quality stranger", "NOT_FOUND": "sales lead gearworks rival steel dealer", "done": "bearing"},
    "send_despatch_advice": {"NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "done": "gearworks", "NOT_FOUND": f"{OTHERS}"},
    "set_tolerance": {"done": "buyer bearing", "INVALID": "gearworks", "NOT_ALLOWED_NOW": f"{NO_TRADER} planner quality sales lead stranger", "NOT_FOUND": "rival steel dealer"},
    "ship_page": {"seen": f"{LONGTENG} gearworks rival bearing steel", "empty": f"{NO_TRADER} dealer stranger"},
    "submit_document": {"NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "done": "gearworks", "NOT_FOUND": f"{OTHERS}"},
    "supply_links": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer", "empty": f"{NO_TRADER}", "NOT_FOUND": "stranger"},
    "todo_page": {"seen": "buyer planner quality sales lead gearworks rival bearing", "empty": f"{NO_TRADER} steel dealer stranger"},
    "tolerances": {"seen": f"{LONGTENG} gearworks rival bearing", "empty": f"{NO_TRADER} steel dealer stranger"},
    "tolerances_page": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer", "empty": f"{NO_TRADER} stranger"},
    "trade_order_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "viewer": {"seen": f"{LONGTENG} {OTHERS} gearworks", "empty": "stranger"},
} | merged("ACCESS")  # fmt: skip
"""operation -> verdict -> seats."""
