"""What the ends of supply links say of them, and proposals, in the access table."""

from typing import Any

from chain.firms.tables import FirmStanding
from chain.links import visibility as links
from kernel.access import Actor
from seeds.cast import credit_code
from tests.secrecy.knowing import Ledger, Table, party_of
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
_OTHERS = "rival bearing steel dealer"
_OTHER_END = {"done": "buyer", "NOT_ALLOWED_NOW": f"gearworks planner quality sales lead {NO_TRADER} stranger", "NOT_FOUND": _OTHERS}  # fmt: skip
_PROPOSED_TO = {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} {NO_TRADER} stranger", "NOT_FOUND": _OTHERS}

ACCESS = {
    "confirm_supply_link": _OTHER_END, "dispute_supply_link": _OTHER_END,
    "restate_supply_link": {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} {NO_TRADER} stranger", "NOT_FOUND": _OTHERS},
    "state_share_band": {"done": "buyer", "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger", "NOT_FOUND": f"gearworks {_OTHERS}"},
    "propose_supply_link": {"done": f"buyer gearworks {_OTHERS}", "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger"},
    "accept_link_proposal": _PROPOSED_TO, "decline_link_proposal": _PROPOSED_TO,
    "withdraw_link_proposal": {"done": "buyer", "NOT_ALLOWED_NOW": f"gearworks planner quality sales lead {NO_TRADER} stranger", "NOT_FOUND": _OTHERS},
    "links_page": {"seen": f"{LONGTENG} gearworks {_OTHERS}", "empty": f"{NO_TRADER} stranger"},
    "link_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{_OTHERS} {NO_TRADER} stranger"},
    "link_proposals": {"seen": f"{LONGTENG} gearworks rival dealer", "empty": f"bearing steel {NO_TRADER} stranger"},
}  # fmt: skip


def _answer(world: World) -> dict[str, Any]:
    version = world.cast.gearworks.asks("link_page", id=world.made["link asked"])["node"]["version"]
    return {"linkId": world.made["link asked"], "expectedVersion": version}


def _proposal(world: World) -> dict[str, Any]:
    return {"proposalId": world.made["proposal in words"]}


INPUTS = {
    "confirm_supply_link": _answer, "restate_supply_link": _answer,
    "dispute_supply_link": lambda w: _answer(w) | {"reason": "NOT_OUR_ITEM"},
    "state_share_band": lambda w: _answer(w) | {"shareBand": "SOLE"},
    "propose_supply_link": lambda w: {
        "side": "BUYER", "chainId": w.cast.chain_master.chain(), "code": credit_code(9001), "itemText": "新",
    },
    "accept_link_proposal": lambda w: _proposal(w) | {"itemId": w.made["item meant"]},
    "decline_link_proposal": lambda w: _proposal(w) | {"reason": "NOT_OUR_ITEM"},
    "withdraw_link_proposal": _proposal,
}  # fmt: skip
VARIABLES = {"link_page": lambda w: {"id": w.made["link asked"]}}
UNDER = {
    "links_page": lambda world, at: {"first": 100}, "link_proposals": lambda world, at: {"first": 100},
    "link_page": lambda world, at: {"id": world.cast.gearworks.link_for("HD-25")["id"]},
}  # fmt: skip


def _knows_proposal(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    mine = ledger.row("firm", party_of(actor))
    confirmed = mine is not None and mine.standing == FirmStanding.CONFIRMED
    return party_of(actor) in (row.from_id, row.to_id) or (confirmed and row.to_code == mine.code)


TABLES = {
    table.name: table
    for table in (Table("link_proposal", "LinkProposal", links.proposals_visible_to, _knows_proposal),)
}


def prepare(world: World) -> None:
    """A link that is asked about, a disputed one, a proposal in words to a partner, one to the code of a stranger."""
    cast = world.cast
    both = world.party_of(cast.gearworks), world.party_of(cast.chain_master)
    for mark in ("问", "争"):
        number = world.marked(f"秘-对方料号-{mark}", *both)
        said = {"itemId": _item(world, f"HD-{mark}"), "buyerId": cast.chain_master.firm_id, "buyerNumber": number}
        chain = {"chainId": cast.gearworks.chain()}
        made = cast.gearworks.acts("declare_supply_link", said | chain, by="sales")["supplyLink"]
        world.made["link asked" if mark == "问" else "link disputed"] = made["id"]
    wrong = {"linkId": world.made["link disputed"], "expectedVersion": 1, "reason": "OTHER"}
    note = {"note": world.marked("秘-异议说明", *both)}
    cast.chain_master.acts("dispute_supply_link", wrong | note, by="buyer")["supplyLink"]
    world.made["item meant"] = _item(world, "HD-意")
    words = {"itemText": world.marked("秘-所购之物", *both), "partnerId": cast.gearworks.firm_id}
    asked = words | {"side": "BUYER", "chainId": cast.gearworks.chain()}
    world.made["proposal in words"] = cast.chain_master.acts("propose_supply_link", asked, by="buyer")["proposal"]["id"]
    _to_a_stranger(world)


def _to_a_stranger(world: World) -> None:
    """Rival and dealer do not know each other; the dealer's code is enough to be heard by it, and tells nothing back."""
    cast = world.cast
    dealer = cast.dealer.asks("viewer")["viewer"]["firm"]
    code = cast.dealer.asks("firm_page", id=dealer["id"])["node"]["code"]
    number = world.marked("秘-提议料号", world.party_of(cast.rival), world.party_of(cast.dealer))
    said = {"side": "SELLER", "chainId": cast.rival.chain(), "itemId": cast.rival.item("RC-40"), "code": code}
    made = cast.rival.acts("propose_supply_link", said | {"buyerNumber": number}, by="sales")
    world.made["proposal to a code"] = made["proposal"]["id"]


def _item(world: World, number: str) -> str:
    told = {"number": number, "name": "减速器", "unit": "C62"}
    return str(world.cast.gearworks.acts("add_item", told, by="sales")["item"]["id"])
