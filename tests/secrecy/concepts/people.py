"""Who may do and see what of inboxes, following, colleagues and bank accounts."""

from typing import Any

from chain.financial_accounts import verbs as accounts
from chain.financial_accounts import visibility as accounted
from exchange.sight import SIGHTS
from kernel import ids
from kernel.access import SYSTEM, Actor, Role
from kernel.inbox import visibility as told
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import follow, tell, tell_person
from kernel.people.verbs import invite_person
from kernel.work import unit_of_work
from seeds.cast import GEARWORKS, LONGTENG
from tests.scenarios.players import day
from tests.scenarios.reactions import react
from tests.secrecy.knowing import Ledger, Table, party_of
from tests.secrecy.world import World

LONGTENG_PEOPLE = "buyer planner quality sales lead"
FIRMS = "gearworks rival bearing steel dealer carrier"
OFFICES = "jiangsu suzhou operator"
OTHERS = f"rival bearing steel dealer carrier {OFFICES}"

_LEADS = {
    "done": "lead", "NOT_ALLOWED_NOW": "buyer planner quality sales stranger", "NOT_FOUND": f"{FIRMS} {OFFICES}",
}  # fmt: skip
_OWN_ENTRY = {
    "done": "buyer",
    "NOT_FOUND": f"planner quality sales lead {FIRMS} {OFFICES}",
    "NOT_ALLOWED_NOW": "stranger",
}
_SECOND = {
    "done": "operator", "NOT_ALLOWED_NOW": "gearworks stranger", "NOT_FOUND": f"{LONGTENG_PEOPLE} rival bearing steel dealer carrier jiangsu suzhou",
}  # fmt: skip
ACCESS: dict[str, dict[str, str]] = {
    "close_person": _LEADS,
    "confirm_financial_account": _SECOND,
    "duties_page": {"empty": f"{LONGTENG_PEOPLE} {FIRMS} {OFFICES} stranger"},
    "financial_accounts_page": {"seen": f"{LONGTENG_PEOPLE} gearworks dealer operator", "empty": "rival bearing steel carrier jiangsu suzhou stranger"},
    "follow": {"done": f"{LONGTENG_PEOPLE} gearworks", "NOT_FOUND": OTHERS, "NOT_ALLOWED_NOW": "stranger"},
    "followed": {"seen": "buyer", "empty": f"planner quality sales lead {FIRMS} {OFFICES} stranger"},
    "followings_page": {"seen": "buyer", "empty": f"planner quality sales lead {FIRMS} {OFFICES} stranger"},
    "frame": {"empty": f"{LONGTENG_PEOPLE} {FIRMS} {OFFICES} stranger"},
    "give_role": _LEADS,
    "inbox_counts": {"empty": f"{LONGTENG_PEOPLE} {FIRMS} {OFFICES} stranger"},
    "inbox_page": {"seen": f"{LONGTENG_PEOPLE} gearworks rival steel dealer bearing operator", "empty": "carrier jiangsu suzhou stranger"},
    "invite_person": {"done": "lead gearworks rival bearing steel dealer carrier", "NOT_ALLOWED_NOW": f"buyer planner quality sales {OFFICES} stranger"},
    "mark_done": _OWN_ENTRY,
    "mark_read": _OWN_ENTRY,
    "people_page": {"seen": f"{LONGTENG_PEOPLE} {FIRMS}", "empty": f"{OFFICES} stranger"},
    "propose_financial_account": {"done": "sales lead gearworks rival bearing steel dealer", "NOT_ALLOWED_NOW": f"buyer planner quality carrier {OFFICES} stranger"},
    "record_callback": {"done": "dealer", "NOT_FOUND": f"{LONGTENG_PEOPLE} gearworks rival bearing steel carrier {OFFICES}", "NOT_ALLOWED_NOW": "stranger"},
    "refuse_financial_account": _SECOND,
    "renew_invitation": _LEADS,
    "unfollow": {"done": "buyer", "NOT_FOUND": f"planner quality sales lead {FIRMS} {OFFICES}", "NOT_ALLOWED_NOW": "stranger"},
    "withdraw_financial_account": {"done": "sales lead", "NOT_ALLOWED_NOW": "buyer planner quality stranger", "NOT_FOUND": f"{FIRMS} {OFFICES}"},
    "withdraw_role": _LEADS,
}  # fmt: skip


def _account(number: str) -> dict[str, Any]:
    return {"holder": "新", "bank": "新", "number": number, "currency": "CNY"}


INPUTS = {
    "close_person": lambda w: {"personId": w.made["newcomer"]},
    "confirm_financial_account": lambda w: {"accountId": w.made["waiting account"], "expectedVersion": 1},
    "follow": lambda w: {"id": w.orders["乙"]["id"]},
    "give_role": lambda w: {"personId": w.made["newcomer"], "role": "SALES"},
    "invite_person": lambda w: {"email": "neu@neu.example", "name": "新", "roles": ["QUALITY"]},
    "mark_done": lambda w: {"entryIds": [w.made["entry"]]},
    "mark_read": lambda w: {"entryIds": [w.made["entry"]]},
    "propose_financial_account": lambda w: _account("99990000"),
    "record_callback": lambda w: {
        "accountId": w.made["account"], "outcome": "DENIED", "calledOn": day(0), "phone": "13900000000",
        "source": "CONTRACT", "spokeTo": "新",
    },
    "refuse_financial_account": lambda w: {"accountId": w.made["waiting account"], "expectedVersion": 1, "reason": "新"},
    "renew_invitation": lambda w: {"personId": w.made["newcomer"]},
    "unfollow": lambda w: {"id": w.orders["甲"]["id"]},
    "withdraw_financial_account": lambda w: {"accountId": w.made["account"], "expectedVersion": 2},
    "withdraw_role": lambda w: {"personId": w.made["newcomer"], "role": "DISPATCH"},
}  # fmt: skip
VARIABLES = {"followed": lambda w: {"ids": [w.orders["甲"]["id"]]}}


def _ones_own(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    """A person's own, while it may see what it is about."""
    if actor is None or row.person_id != actor.user_id:
        return False
    sight = SIGHTS[row.subject_kind]
    with unit_of_work(actor, writes=False) as work:
        return bool(work.rows(sight.visible(actor).where(sight.key == row.subject_id)))


def _account_known(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    buys = any(
        link.supplier_id == row.firm_id and link.buyer_id == party_of(actor)
        and (link.state == "confirmed" or (link.state == "declared" and link.declared_by == "seller"))
        for link in ledger.of("supply_link")
    )  # fmt: skip
    waits = row.state == "proposed" and row.by_operator and actor is not None and actor.has(Role.OPERATOR)
    return row.firm_id == party_of(actor) or (row.state == "confirmed" and buys) or waits


TABLES = {table.name: table for table in (
    Table("inbox_entry", "InboxEntry", told.inbox_visible_to, _ones_own),
    Table("following", None, told.followings_visible_to, _ones_own),
    Table("financial_account", "FinancialAccount", accounted.accounts_visible_to, _account_known),
    Table("account_callback", None, accounted.callbacks_visible_to,
          lambda ledger, row, actor: party_of(actor) in (row.owner_id, row.buyer_id)),
)}  # fmt: skip


def prepare(world: World) -> None:
    """Longteng's account confirmed and called back about by the dealer, Gearworks' waits for the operator; a buyer follows an order."""
    cast = world.cast
    longteng, gearworks, dealer = (world.party_of(p) for p in (cast.chain_master, cast.gearworks, cast.dealer))
    world.made["account"] = _longtengs_account(world, longteng, dealer)
    waiting = {
        "holder": world.marked("秘-户名-精齿", gearworks), "bank": world.marked("秘-开户行-精齿", gearworks),
        "number": world.marked("ZZ7777000011112222", gearworks), "currency": "CNY",
        "note": world.marked("秘-账户说明-精齿", gearworks),
    }  # fmt: skip
    proposed = cast.gearworks.acts("propose_financial_account", waiting, by="sales")["financialAccount"]
    world.made["waiting account"] = proposed["id"]
    email = world.marked("newcomer@longteng.example", longteng)
    invited = {"email": email, "name": world.marked("秘-新同事", longteng), "roles": ["DISPATCH", "QUALITY"]}
    world.made["newcomer"] = cast.chain_master.acts("invite_person", invited, by="lead")["person"]["id"]
    order = world.orders["甲"]["id"]
    cast.chain_master.acts("follow", {"id": order}, by="buyer")["following"]
    buyer = world.seated.actors["buyer@longteng.example"]
    with unit_of_work(SYSTEM) as work:
        tell_person(
            work, person_id=buyer.user_id, reason=InboxReason.TOLD, subject=("Order", ids.number_of("Order", order)),
            what=world.marked("secret-what-of-buyer", "buyer@longteng.example"), once="secret",
        )  # fmt: skip
        for party in (longteng, gearworks):
            tell(
                work, party_id=party, roles=frozenset(Role), reason=InboxReason.TOLD,
                subject=("Order", ids.number_of("Order", order)), what="order.news", once="news",
            )  # fmt: skip
    react()
    entries = cast.chain_master.asks("inbox_page")["inbox"]["nodes"]
    world.made["entry"] = next(e["id"] for e in entries if e["what"] == "secret-what-of-buyer")


def _longtengs_account(world: World, longteng: int, dealer: int) -> str:
    cast = world.cast
    said = {
        "holder": world.marked("秘-户名-龙腾", longteng, dealer), "bank": world.marked("秘-开户行-龙腾", longteng, dealer),
        "number": world.marked("ZZ5555000011113333", longteng, dealer), "currency": "CNY",
        "note": world.marked("秘-账户说明-龙腾", longteng),
    }  # fmt: skip
    account: str = cast.chain_master.acts("propose_financial_account", said, by="sales")["financialAccount"]["id"]
    sure = {"accountId": account, "expectedVersion": 1}
    cast.chain_master.acts("confirm_financial_account", sure, by="lead")["confirmedId"]
    called = {
        "accountId": account, "outcome": "VERIFIED", "calledOn": day(0), "phone": world.marked("025-55550001", dealer),
        "source": "CONTRACT", "spokeTo": world.marked("秘-接听人", dealer), "note": world.marked("秘-回拨备注", dealer),
    }  # fmt: skip
    cast.dealer.acts("record_callback", called, by="buyer")["financialAccount"]
    return account


def _many(world: Any, at: Any) -> dict[str, Any]:
    """Accounts of suppliers, colleagues, entries and followings, as many as the growing world has suppliers."""
    planted: dict[str, Any] = world.__dict__.setdefault("peopled", {"suppliers": 0, "orders": []})
    master, operator = world.seated.firms[LONGTENG], world.seated.actors["operator@chainmaster.example"]
    buyer, lead = (world.seated.actors[f"{who}@longteng.example"] for who in ("buyer", "lead"))
    orders = world.cast.chain_master.asks("orders_page", first=100)["orders"]["nodes"]
    planted["orders"] = [order["id"] for order in orders[: world.made]]
    with unit_of_work() as work:
        for number in range(planted["suppliers"], world.made):
            found = world.cast.chain_master.asks("items", filter={"number": f"G-{number}"})["items"]["nodes"][0]
            seller = Actor(7000 + number, ids.number_of("Firm", found["maker"]["id"]), frozenset({Role.SALES}))
            details = accounts.Details("户", "行", f"1234567{number:04}", "CNY")
            account = accounts.propose_financial_account(work, seller, details)
            accounts.confirm_financial_account(work, operator, account_id=account.id or 0, expected_version=1)
            invite_person(work, lead, email=f"p{number}@longteng.example", name="新", roles=frozenset({Role.QUALITY}))
        for place, order in enumerate(planted["orders"]):
            subject = ("Order", ids.number_of("Order", order))
            follow(work, buyer, kind=subject[0], number=subject[1])
            for party in (master, world.seated.firms[GEARWORKS]):
                tell(
                    work, party_id=party, roles=frozenset(Role), reason=InboxReason.TOLD, subject=subject,
                    what="order.news", once=f"grown:{place}",
                )  # fmt: skip
    planted["suppliers"] = world.made
    return planted


ALL = {"first": 100}
UNDER = {
    "duties_page": lambda w, at: {},
    "financial_accounts_page": lambda w, at: ALL if _many(w, at) else {},
    "followed": lambda w, at: {"ids": _many(w, at)["orders"]},
    "followings_page": lambda w, at: ALL if _many(w, at) else {},
    "frame": lambda w, at: {},
    "inbox_counts": lambda w, at: {},
    "inbox_page": lambda w, at: ALL if _many(w, at) else {},
    "people_page": lambda w, at: ALL if _many(w, at) else {},
}
