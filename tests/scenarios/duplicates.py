"""The chain master registered a second time, as no mutation can do it: the operator's short way, by verbs."""

from typing import Any

from chain.firms.tables import Firm, FirmRole
from chain.firms.verbs import register_firm
from chain.firms.visibility import firms_visible_to
from chain.items.verbs import add_item
from chain.links.verbs import introduce
from kernel.access import SYSTEM, Actor, Role
from kernel.accounts.tables import Person
from kernel.accounts.verbs import actor_of, add_person
from kernel.accounts.visibility import people_visible_to
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import SMALL_FIRM, Seated, agree_on_terms, credit_code
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, Player
from tests.scenarios.reactions import react

DOUBLE, CLERK, SECOND = "南京龙腾智能装备有限公司", "clerk@longteng-nj.example", "second@chainmaster.example"


def registered_twice(cast: Cast, seated: Seated) -> tuple[Player, Player]:
    """(the duplicate, a second operator). It buys bearings from a firm of its own, and one item both buy."""
    with unit_of_work() as work:
        firm = register_firm(
            work, SYSTEM, name=DOUBLE, code=credit_code(7700), role=FirmRole.CHAIN_MASTER, prefecture="320100"
        )
        clerk = _clerk(work, firm.id)
        add_person(work, SYSTEM, email=SECOND, name="第二位运营", roles=frozenset({Role.OPERATOR}))
        for seller, item in (("sales@gearworks.example", "RV-40E"), ("sales@bearing.example", "CRB-100")):
            _supplies(work, seated, seated.actors[seller], clerk, seated.items[item])
        add_item(work, clerk, number="NJ-1", name="机器人底座", unit="C62")
    react()
    api = Api(cast.api.client)
    return Player(api, CLERK), Player(api, SECOND)


def deal_with_each_other(seated: Seated) -> None:
    """The chain master supplies its duplicate, and both have an item numbered alike."""
    sales, clerk = seated.actors["sales@longteng.example"], _actor()
    with unit_of_work() as work:
        add_item(work, sales, number="NJ-1", name="另一底座", unit="C62")
        item = add_item(work, sales, number="LT-9", name="整机", unit="C62")
        _supplies(work, seated, sales, clerk, item.id or 0)
        agree_on_terms(work, seated.actors["lead@longteng.example"], clerk)
    react()


def number_of_double() -> int:
    with unit_of_work(writes=False) as work:
        return work.one(firms_visible_to(SYSTEM).where(Firm.name == DOUBLE)).id or 0  # type: ignore[arg-type]


def _clerk(work: UnitOfWork, firm_id: Any) -> Actor:
    roles = SMALL_FIRM | {Role.LEAD}
    return actor_of(add_person(work, SYSTEM, email=CLERK, name="双录文员", roles=roles, party_id=firm_id))


def _supplies(work: UnitOfWork, seated: Seated, seller: Actor, buyer: Actor, item_id: int) -> None:
    introduce(work, SYSTEM, seller, item_id=item_id, buyer_id=buyer.party_id or 0, chain_id=seated.chain_id)
    if seller.has(Role.BUYER):  # a firm with one clerk, who signs for it
        agree_on_terms(work, seller, buyer)


def _actor() -> Actor:
    with unit_of_work(writes=False) as work:
        return actor_of(work.one(people_visible_to(SYSTEM).where(Person.email == CLERK)))  # type: ignore[arg-type]
