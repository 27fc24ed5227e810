"""One prepared world: several deals at every stage, each with marked secrets, and who may read which."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from chain.items.verbs import add_item
from chain.links.verbs import introduce
from kernel import db, ids
from kernel.access import SYSTEM, Actor, unscoped
from kernel.migrations.everything import every_table
from kernel.work import unit_of_work
from seeds.cast import BEARING, LONGTENG, OFFICES, PLAYERS, Seated, agree_on_terms
from tests.rules.checks.samples import pdf
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, Player, day, line, promise
from tests.scenarios.reactions import react
from tests.secrecy.concepts import modules

SEATS: tuple[str | None, ...] = (*(email for player in PLAYERS for email in player.people), *OFFICES, None)
"""Every person of the cast by e-mail, and None, who has not signed in."""

Rows = dict[str, list[Any]]


def every_row() -> Rows:
    """Every row of every table, by table."""
    with unscoped("a test looks at all there is"), db.session(writes=False) as session:
        return {
            table.name: sorted(session.execute(select(table)).all(), key=repr)
            for table in every_table().sorted_tables
        }  # fmt: skip


def as_stored() -> Rows:
    """The same as the database keeps it, read a tenth as long: to see whether anything changed, not what."""
    with unscoped("a test looks at all there is"), db.session(writes=False) as session:
        connection = session.connection()
        return {
            table.name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY 1')]
            for table in every_table().sorted_tables
        }


def but_readings(rows: Rows) -> Rows:
    """All of it, the access ledger aside: it grows when somebody reads."""
    return {name: some for name, some in rows.items() if name != "access_entry"}


@dataclass
class World:
    """``secrets``: a marked text -> the firms whose people may read it, or a person of no firm by e-mail.

    ``made``: ids of what hangs on an order.
    """

    api: Api
    cast: Cast
    seated: Seated
    secrets: dict[str, frozenset[int | str]] = field(default_factory=dict)
    orders: dict[str, Any] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    def actor(self, seat: str | None) -> Actor | None:
        return None if seat is None else self.seated.actors[seat]

    def party(self, seat: str | None) -> int | None:
        actor = self.actor(seat)
        return None if actor is None else actor.party_id

    def marked(self, text: str, *parties: int | str) -> str:
        self.secrets[text] = frozenset(parties)
        return text

    def may_read(self, seat: str | None, text: str) -> bool:
        readers = self.secrets[text]
        return self.party(seat) in readers or seat in readers

    def party_of(self, player: Player) -> int:
        found = self.seated.actors[player.who("buyer")].party_id
        assert found is not None
        return found


def prepared(api: Api, seated: Seated) -> World:
    world = World(api, Cast(api), seated)
    react()
    _marked_people(world)
    _known_behind_an_alias(world)
    cast = world.cast
    _whole(world, "甲", cast.chain_master, cast.gearworks, "RV-40E")
    _waiting(world, "乙", cast.chain_master, cast.gearworks, "RV-80E")
    _under_review(world, "丙", cast.chain_master, cast.gearworks, "HD-25")
    _placed(world, "丁", cast.chain_master, cast.rival, "RC-40")
    _whole(world, "戊", cast.gearworks, cast.bearing, "CRB-100")
    _under_review(world, "己", cast.rival, cast.bearing, "CRB-100")
    _waiting(world, "庚", cast.bearing, cast.steel, "GCR15")
    _placed(world, "辛", cast.dealer, cast.chain_master, "LT-R20")
    begun = _agreed(world, "壬", cast.chain_master, cast.gearworks, "HD-25")
    cast.gearworks.ships((begun, 1, "2"))["despatchAdvice"]
    _complete(world, "癸", cast.chain_master, cast.gearworks, "RV-80E")
    _disclosures(world)
    for concept in modules():
        getattr(concept, "prepare", lambda world: None)(world)
        react()
    return world


def _marked_people(world: World) -> None:
    for email, actor in world.seated.actors.items():
        world.marked(email, *([actor.party_id] if actor.party_id is not None else []))
    firms = world.seated.firms.values()
    for viewer in firms:
        for hidden in firms:
            world.marked(ids.pseudonym(viewer, hidden), viewer)


def _known_behind_an_alias(world: World) -> None:
    """Longteng buys from the bearing maker itself, and sees Gearworks' link to that maker under an alias."""
    bearing = world.seated.actors["sales@bearing.example"]
    longteng, chain = world.party_of(world.cast.chain_master), world.seated.chain_id
    with unit_of_work() as work:
        item = add_item(
            work, bearing, number="CRB-200", name="CRB-200 轴承", unit="C62", lead_time_days=9,
            stage_id=world.seated.stages["bearings"],
        )  # fmt: skip
        introduce(work, SYSTEM, bearing, item_id=item.id or 0, buyer_id=longteng, chain_id=chain)
        agree_on_terms(work, world.seated.signing(LONGTENG), world.seated.signing(BEARING))
    react()
    maker, buyer = world.cast.bearing, world.cast.gearworks
    said = {"itemId": maker.item("CRB-200"), "buyerId": buyer.firm_id, "chainId": maker.chain()}
    number = world.marked("秘-零件号-轴承对精齿", world.party_of(maker), world.party_of(buyer))
    maker.acts("declare_supply_link", said | {"buyerNumber": number}, by="sales")["supplyLink"]


def _both(world: World, buyer: Player, seller: Player) -> tuple[int, int]:
    return world.party_of(buyer), world.party_of(seller)


def _placed(world: World, mark: str, buyer: Player, seller: Player, item: str) -> Any:
    both = _both(world, buyer, seller)
    price = world.marked(f"{71003 + ord(mark)}.37", *both)
    placed = buyer.places_order(
        seller, lines=[line(item, "20", price=price, days={20: "12", 40: "8"})],
        number=world.marked(f"秘-订单-{mark}-号码", *both), note=world.marked(f"秘-备注-{mark}", *both),
    )  # fmt: skip
    world.orders[mark] = placed["order"]
    return placed


def _waiting(world: World, mark: str, buyer: Player, seller: Player, item: str) -> Any:
    """Answered outside any tolerance: it waits for the buyer."""
    both = _both(world, buyer, seller)
    placed = _placed(world, mark, buyer, seller, item)
    price = world.marked(f"{91003 + ord(mark)}.73", *both)
    changed = {"line": 1, "answer": "CHANGED", "reason": "CAPACITY", "unitPrice": price, "schedules": promise(d60="20")}
    seller.responds(placed, "CHANGED", [changed], note=world.marked(f"秘-答复-{mark}", *both))["order"]
    return placed


def _agreed(world: World, mark: str, buyer: Player, seller: Player, item: str) -> Any:
    buyer.tolerates(seller, quantityUnderPercent="5", quantityOverPercent="5", pricePercent="1")["tolerance"]
    placed = _waiting(world, mark, buyer, seller, item)
    buyer.decides(placed, {1: "ACCEPT"})["order"]
    return placed


def _shipped(world: World, mark: str, buyer: Player, seller: Player, item: str) -> tuple[Any, Any]:
    both = _both(world, buyer, seller)
    placed = _agreed(world, mark, buyer, seller, item)
    marks = {"lot": world.marked(f"秘-批次-{mark}", *both), "serials": [world.marked(f"秘-序列-{mark}", *both)]}
    owed = [s for s in seller.schedules_of(placed) if s["toShip"] != "0"]
    loaded = [{"scheduleId": s["id"], "quantity": s["toShip"]} | marks for s in owed]
    sent = seller.acts(
        "send_despatch_advice",
        {"number": world.marked(f"秘-发货-{mark}", *both), "shippedOn": day(0), "expectedOn": day(3), "lines": loaded},
        by="sales",
    )
    world.made[f"advice {mark}"] = sent["despatchAdvice"]["id"]
    world.made[f"despatch line {mark}"] = sent["despatchAdvice"]["lines"][0]["id"]
    return placed, sent


def _under_review(world: World, mark: str, buyer: Player, seller: Player, item: str) -> tuple[Any, Any, Any]:
    """Shipped, not received; its document handed in and checked, not reviewed; another one owed."""
    both = _both(world, buyer, seller)
    placed, sent = _shipped(world, mark, buyer, seller, item)
    needed = buyer.requires_documents(
        placed, {"title": world.marked(f"秘-资料-{mark}", *both), "reviewer": buyer.who("quality")}
    )
    words = world.marked(f"secret words {ord(mark)}", *both)
    handed = seller.hands_in(
        needed["requirements"][0], pdf(words=words), world.marked(f"秘-文件-{mark}.pdf", *both),
        number=world.marked(f"秘-文号-{mark}", *both), title=world.marked(f"秘-题名-{mark}", *both),
    )  # fmt: skip
    world.made[f"requirement {mark}"] = needed["requirements"][0]["id"]
    world.made[f"revision {mark}"], world.made[f"job {mark}"] = handed["revision"]["id"], handed["job"]["id"]
    return placed, sent, handed


def _complete(world: World, mark: str, buyer: Player, seller: Player, item: str) -> Any:
    """Received and reviewed: only acceptance is left."""
    both = _both(world, buyer, seller)
    placed, sent, handed = _under_review(world, mark, buyer, seller, item)
    buyer.receives(sent)["receiptAdvice"]
    buyer.reviews(handed, "APPROVED_WITH_COMMENTS", world.marked(f"秘-意见-{mark}", *both))["revision"]
    return placed


def _whole(world: World, mark: str, buyer: Player, seller: Player, item: str) -> None:
    """From order to certificate."""
    buyer.accepts_delivery(_complete(world, mark, buyer, seller, item))["certificate"]


def _disclosures(world: World) -> None:
    cast = world.cast
    chain = cast.chain_master.chain()
    for giver, viewer in ((cast.bearing, cast.gearworks), (cast.chain_master, cast.dealer)):
        given = giver.acts(
            "disclose_links", {"viewerId": viewer.firm_id, "chainId": chain, "until": day(30)}, by="sales"
        )
        world.made.setdefault("disclosure", given["disclosure"]["id"])
        if giver is cast.chain_master:
            giver.acts("revoke_disclosure", {"disclosureId": given["disclosure"]["id"]}, by="sales")["disclosure"]
    made = cast.gearworks.uploads(pdf(words="again"), world.marked("秘-上传-精齿.pdf", world.party_of(cast.gearworks)))
    world.made["upload"] = made["upload"]["id"]
    cast.rival.uploads(pdf(), world.marked("秘-上传-锐驰.pdf", world.party_of(cast.rival)))["upload"]
