"""Documents of trade as files: to the two parties of a deal, and to nobody else."""

from base64 import b64encode
from typing import Any

from tests.scenarios.players import day
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
OTHERS = "rival bearing steel dealer carrier jiangsu suzhou operator"
_FILES = {"empty": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"}  # a file has no id

ACCESS = {
    "ubl_document": _FILES, "printed_document": _FILES,
    # An order one may not know of is told like one that is not there, in the words of the file.
    "import_ubl": {
        "done": "gearworks", "INVALID": "sales rival bearing steel dealer",
        "NOT_ALLOWED_NOW": "buyer planner quality lead carrier jiangsu suzhou operator stranger",
    },
}  # fmt: skip
ANSWER = """<OrderResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>1</cbc:ID>
<cbc:IssueDate>{day}</cbc:IssueDate><cbc:OrderResponseCode>AP</cbc:OrderResponseCode>
<cac:OrderReference><cbc:ID>{number}</cbc:ID></cac:OrderReference>
<cac:SellerSupplierParty><cac:Party><cac:PartyName><cbc:Name>卖</cbc:Name></cac:PartyName></cac:Party></cac:SellerSupplierParty>
<cac:BuyerCustomerParty><cac:Party><cac:PartyName><cbc:Name>买</cbc:Name></cac:PartyName></cac:Party></cac:BuyerCustomerParty>
</OrderResponse>"""


def _answered(world: World, mark: str) -> dict[str, Any]:
    content = ANSWER.format(day=day(0), number=world.orders[mark]["number"]).encode()
    return {"kind": "ORDER_RESPONSE", "content": b64encode(content).decode()}


INPUTS = {"import_ubl": lambda w: _answered(w, "乙")}
VARIABLES = {
    "ubl_document": lambda w: {"kind": "ORDER", "id": w.orders["乙"]["id"]},
    "printed_document": lambda w: {"kind": "ORDER", "id": w.orders["乙"]["id"]},
}
UNDER = {
    "ubl_document": lambda world, at: {"kind": "ORDER", "id": (at or world.small)["order"]},
    "printed_document": lambda world, at: {"kind": "ORDER", "id": (at or world.small)["order"]},
}
