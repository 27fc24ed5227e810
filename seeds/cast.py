"""The cast: who is who in the demo chain and in the tests (api.md). Made through the same verbs people use."""

from dataclasses import dataclass, field
from datetime import date

from stdnum.cn.uscc import calc_check_digit

from chain.firms.reads import stages_of
from chain.firms.tables import FirmRole
from chain.firms.verbs import draw_chain, join_stage, register_firm
from chain.items.verbs import add_item
from chain.links.verbs import disclose_links, introduce
from chain.sharing.standard_terms import STANDARD_SHA256
from chain.sharing.terms import missing_acceptances
from chain.sharing.verbs import accept_terms
from kernel.access import SYSTEM, Actor, Role
from kernel.accounts.verbs import actor_of, add_person
from kernel.clock import today_of
from kernel.work import UnitOfWork

SMALL_FIRM = frozenset({Role.SALES, Role.BUYER, Role.PLANNER, Role.QUALITY})
"""A firm with one clerk: that clerk does everything."""

CHAIN_CODE = "industrial-robots"
CHAIN_NAMES = ("工业机器人产业链", "Industrial robots")
STAGES = (
    ("special-steel", "特种钢材", "Special steel"),
    ("bearings", "轴承与基础件", "Bearings and basic parts"),
    ("core-parts", "核心零部件", "Core components"),
    ("robots", "机器人整机", "Robots"),
    ("integration", "系统集成与销售", "Integration and sales"),
    ("logistics", "物流配送", "Logistics"),
)


@dataclass(frozen=True)
class Player:
    """A firm of the cast and its people: e-mail -> (name, roles)."""

    name: str
    role: FirmRole
    prefecture: str
    stage: str
    people: dict[str, tuple[str, frozenset[Role]]] = field(default_factory=dict)


LONGTENG, GEARWORKS, RIVAL = "龙腾智能装备(南京)有限公司", "苏州精齿传动有限公司", "无锡锐驰减速机有限公司"
BEARING, STEEL, DEALER = "常州恒轴轴承有限公司", "南通特钢有限公司", "长江机器人销售有限公司"
SWIFT = "迅达物流有限公司"

PLAYERS = (
    Player(LONGTENG, FirmRole.CHAIN_MASTER, "320100", "robots", {
        "buyer@longteng.example": ("采购员", frozenset({Role.BUYER})),
        "planner@longteng.example": ("计划员", frozenset({Role.PLANNER})),
        "quality@longteng.example": ("质量工程师", frozenset({Role.QUALITY})),
        "sales@longteng.example": ("销售员", frozenset({Role.SALES})),
        "lead@longteng.example": ("采购主管", frozenset({Role.LEAD})),
    }),
    Player(GEARWORKS, FirmRole.SUPPLIER, "320500", "core-parts", {"sales@gearworks.example": ("业务员", SMALL_FIRM)}),
    Player(RIVAL, FirmRole.SUPPLIER, "320200", "core-parts", {"sales@rival.example": ("业务员", SMALL_FIRM)}),
    Player(BEARING, FirmRole.SUPPLIER, "320400", "bearings", {"sales@bearing.example": ("业务员", SMALL_FIRM)}),
    Player(STEEL, FirmRole.SUPPLIER, "320600", "special-steel", {"sales@steel.example": ("业务员", SMALL_FIRM)}),
    Player(DEALER, FirmRole.DEALER, "320100", "integration", {"dealer@yangtze.example": ("业务员", SMALL_FIRM)}),
    Player(SWIFT, FirmRole.CARRIER, "320100", "logistics", {"dispatch@swift.example": ("调度员", frozenset({Role.DISPATCH}))}),
)  # fmt: skip

OFFICES = {
    "official@jiangsu.example": ("省级主管部门", Role.OFFICIAL, "320000"),
    "official@suzhou.example": ("苏州市主管部门", Role.OFFICIAL, "320500"),
    "operator@chainmaster.example": ("平台运营", Role.OPERATOR, None),
}

#        maker      number       name                     unit   lead  stage           buyers
ITEMS = (
    (GEARWORKS, "RV-40E", "RV-40E 精密减速机", "C62", 21, "core-parts", (LONGTENG,)),
    (GEARWORKS, "RV-80E", "RV-80E 精密减速机", "C62", 28, "core-parts", (LONGTENG,)),
    (GEARWORKS, "HD-25", "HD-25 谐波减速机", "C62", 14, "core-parts", (LONGTENG,)),
    (RIVAL, "RC-40", "RC-40 减速机", "C62", 18, "core-parts", (LONGTENG,)),
    (BEARING, "CRB-100", "CRB-100 交叉滚子轴承", "C62", 12, "bearings", (GEARWORKS, RIVAL)),
    (STEEL, "GCR15", "GCr15 轴承钢棒料", "KGM", 10, "special-steel", (BEARING,)),
    (LONGTENG, "LT-R20", "LT-R20 六轴机器人", "C62", 45, "robots", (DEALER,)),
)  # fmt: skip


@dataclass
class Seated:
    """The cast once seated: everything by the names of this file."""

    chain_id: int = 0
    stages: dict[str, int] = field(default_factory=dict)
    firms: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)

    def acting(self, firm: str) -> Actor:
        """The first person of a firm of the cast."""
        return self.actors[next(iter(next(p for p in PLAYERS if p.name == firm).people))]

    def signing(self, firm: str) -> Actor:
        """The person of a firm of the cast who accepts terms: its lead, or else its one clerk."""
        return self.actors["lead@longteng.example"] if firm == LONGTENG else self.acting(firm)


def credit_code(number: int) -> str:
    """A well-formed code in a range no registry gives out: fictional firms only."""
    first17 = f"91320000MADEM{number:04d}".replace("O", "0")
    return first17 + str(calc_check_digit(first17))


def seat(work: UnitOfWork, *, password: str | None = None, since: date | None = None) -> Seated:
    """Register the cast, its chain, items and first links. People sign in by demo seat unless given a password.

    since: the day the firms are at their stages from; today when nothing is said.
    """
    seated = Seated()
    chain = draw_chain(work, SYSTEM, code=CHAIN_CODE, names=CHAIN_NAMES, stages=STAGES)
    assert chain.id is not None
    seated.chain_id = chain.id
    seated.stages = {s.code: s.id for s in stages_of(work, SYSTEM, [chain.id])}
    since = since or today_of(work.now)
    for number, player in enumerate(PLAYERS, start=1):
        firm = register_firm(
            work, SYSTEM, name=player.name, code=credit_code(number), role=player.role, prefecture=player.prefecture
        )
        assert firm.id is not None
        seated.firms[player.name] = firm.id
        join_stage(work, SYSTEM, firm_id=firm.id, stage_id=seated.stages[player.stage], since=since)
        for email, (name, roles) in player.people.items():
            person = add_person(work, SYSTEM, email=email, name=name, roles=roles, party_id=firm.id, password=password)
            seated.actors[email] = actor_of(person)
    for email, (name, role, region) in OFFICES.items():
        person = add_person(
            work, SYSTEM, email=email, name=name, roles=frozenset({role}), region=region, password=password
        )
        seated.actors[email] = actor_of(person)
    _fill_range(work, seated)
    _disclose(work, seated, today_of(work.now))
    return seated


def _fill_range(work: UnitOfWork, seated: Seated) -> None:
    for maker, number, name, unit, lead_time, stage, buyers in ITEMS:
        seller = seated.actors["sales@longteng.example"] if maker == LONGTENG else seated.acting(maker)
        item = add_item(
            work, seller, number=number, name=name, unit=unit, lead_time_days=lead_time, stage_id=seated.stages[stage]
        )
        assert item.id is not None
        seated.items[number] = item.id
        for buyer in buyers:
            introduce(work, SYSTEM, seller, item_id=item.id, buyer_id=seated.firms[buyer], chain_id=seated.chain_id)
            agree_on_terms(work, seated.signing(maker), seated.signing(buyer))


def agree_on_terms(work: UnitOfWork, one: Actor, other: Actor) -> None:
    """Two firms accept the standard terms between them, unless they have: nothing is exchanged before."""
    assert one.party_id is not None and other.party_id is not None
    missing, _ = missing_acceptances(work, one.party_id, other.party_id)
    for actor, partner_id in ((one, other.party_id), (other, one.party_id)):
        if actor.party_id in missing:
            accept_terms(work, actor, partner_id=partner_id, sha256=STANDARD_SHA256)


def _disclose(work: UnitOfWork, seated: Seated, today: date) -> None:
    """Gearworks lets Longteng look one tier further up, its own suppliers under an alias."""
    disclose_links(
        work, seated.acting(GEARWORKS), viewer_id=seated.firms[LONGTENG], chain_id=seated.chain_id,
        until=today.replace(year=today.year + 1, day=min(today.day, 28)),
    )  # fmt: skip
