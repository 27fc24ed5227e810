"""Register and change a firm, add, change and close its sites, draw a chain, join a stage."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlmodel import col

from chain.firms.decisions import check_standing, checked_code, checked_prefecture, checked_text, is_near
from chain.firms.events import (
    ChainDrawn,
    FirmChanged,
    FirmReached,
    FirmRegistered,
    SiteAdded,
    SiteChanged,
    SiteClosed,
    StageJoined,
    StageLeft,
)
from chain.firms.tables import Chain, Firm, FirmRole, FirmStanding, Site, Stage, StageMember
from chain.firms.visibility import firms_visible_to, members_visible_to, sites_visible_to, stages_visible_to
from kernel.access import SYSTEM, Actor, Role, require, unscoped
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotAllowedNow, NotFound, Rule, Stale
from kernel.work import UnitOfWork

KEEPERS = (Role.LEAD, Role.SALES)
"""Who keeps a firm's own record: its lead, or where there is one clerk for everything, that one."""
MOST_REACHED = 200
TOO_MANY_REACHED = Rule(
    "firm.reached", "这些企业入驻并接收订单", "those firms, by joining and taking over their orders"
)
CLOSED = Rule("site.closed", "另行添加场所", "nobody; a new site is added instead")
OPERATORS_FIELDS = Rule(
    "firm.name", "平台运营方更改名称与所在地", "the platform's operator, who keeps names and places"
)


def register_firm(work: UnitOfWork, actor: Actor, *, name: str, code: str, role: FirmRole, prefecture: str) -> Firm:
    """Register a confirmed legal entity by its unified social credit code. Raises Invalid("code" or "prefecture")."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    firm = enter_firm(work, name=name, code=code, role=role, prefecture=prefecture)
    assert firm.id is not None
    work.record(FirmRegistered(firm_id=firm.id))
    return firm


def enter_firm(
    work: UnitOfWork, *, name: str, code: str, role: FirmRole, prefecture: str,
    standing: FirmStanding = FirmStanding.CONFIRMED,
) -> Firm:  # fmt: skip
    """Write a firm down under a code nobody has. Raises Invalid("name", "code" or "prefecture")."""
    code = free_code(work, code)
    place = checked_prefecture(prefecture)
    called = checked_text("name", name, most=120)
    return work.add(
        Firm(name=called, code=code, role=role, prefecture=place, registered_at=work.now, standing=standing)
    )


def reach_firm(work: UnitOfWork, actor: Actor, *, name: str, code: str, prefecture: str) -> Firm:
    """A buyer writes down a firm it does not find here, for its own eyes: an order reaches it by a signed link only.

    Whether the firm has joined, or is joining, is asked by nobody, so that neither the answer nor its time tells.
    Raises NotAllowedNow, Invalid, Limit.
    """
    require(actor, Role.BUYER)
    assert actor.party_id is not None
    partner(work, actor, actor.party_id, field="")
    written = checked_code(code)
    if work.maybe(firms_visible_to(actor).where(col(Firm.code) == written).limit(1)) is not None:
        raise Invalid(
            "code",
            "you know a firm with this code already; choose it from your list",
            "该代码的企业已在贵司名单中，请直接选用",
        )
    mine = firms_visible_to(actor).where(col(Firm.known_to_id) == actor.party_id)
    if work.count(mine.where(col(Firm.standing) == FirmStanding.REACHED)) >= MOST_REACHED:
        raise Limit(
            f"a firm writes down at most {MOST_REACHED} firms that have not joined",
            f"每家企业最多登记 {MOST_REACHED} 家未入驻企业",
            fields=("code",),
            rule=TOO_MANY_REACHED,
        )
    firm = work.add(
        Firm(
            name=checked_text("name", name, most=120), code=written, role=FirmRole.SUPPLIER,
            prefecture=checked_prefecture(prefecture), registered_at=work.now, standing=FirmStanding.REACHED,
            known_to_id=actor.party_id,
        )
    )  # fmt: skip
    assert firm.id is not None
    work.record(FirmReached(firm_id=firm.id))
    return firm


def free_code(work: UnitOfWork, written: str, *, except_for: int | None = None) -> str:
    """The code as it is registered, if no other firm has it. Raises Invalid("code"), without a word on whose it is."""
    code = checked_code(written)
    with unscoped("a code is registered once in the whole installation"):
        holder = work.session.scalars(
            select(col(Firm.id)).where(col(Firm.code) == code, col(Firm.known_to_id).is_(None))
        ).first()
    if holder is not None and holder != except_for:
        raise Invalid("code", "a firm with this code is registered already", "该统一社会信用代码已登记")
    return code


def near_firms(work: UnitOfWork, firm: Firm) -> list[int]:
    """Numbers of the firms of one's prefecture whose names are near the same: for the reviewer's eyes only."""
    with unscoped("names are compared over the whole prefecture; only the reviewer is told"):
        others = work.session.execute(
            select(col(Firm.id), col(Firm.name)).where(
                col(Firm.prefecture) == firm.prefecture,
                col(Firm.id) != firm.id,
                col(Firm.standing) != FirmStanding.MERGED,
                col(Firm.known_to_id).is_(None),
            )
        ).all()
    return [row.id for row in others if is_near(firm.name, row.name)]


def partner(work: UnitOfWork, actor: Actor, firm_id: int, *, field: str, by_link: bool = False) -> Firm:
    """A firm the actor's own may deal with now. Raises NotFound, NotAllowedNow while either is not confirmed.

    by_link: what is sent to it goes with a signed link.
    """
    both = {firm_id, firm_id if actor.party_id is None else actor.party_id}
    found = {firm.id: firm for firm in work.all(firms_visible_to(actor).where(col(Firm.id).in_(both)))}
    if firm_id not in found:
        raise NotFound(field)
    for firm in found.values():
        check_standing(firm, by_link=by_link and firm.id == firm_id)
    return found[firm_id]


def change_firm(
    work: UnitOfWork, actor: Actor, *, firm_id: int, expected_version: int, name: str | None = None,
    prefecture: str | None = None, name_en: str | None = None, makes: str | None = None,
) -> Firm:  # fmt: skip
    """Mend a firm's record; what is not given stays. The operator alone changes name and place.

    Raises NotFound, NotAllowedNow, Stale, Invalid.
    """
    require(actor, *KEEPERS, Role.OPERATOR)
    firm = work.one(_to_keep(actor, firm_id), lock=True, field="firmId")
    check_standing(firm)
    if (name is not None or prefecture is not None) and not actor.has(Role.OPERATOR):
        raise NotAllowedNow(
            "a firm's registered name and place are changed by the platform's operator; ask there",
            "企业登记名称与所在地由平台运营方更改，请与其联系",
            rule=OPERATORS_FIELDS,
        )
    if firm.version != expected_version:
        raise Stale(firm.version)
    wanted = {
        "name": None if name is None else checked_text("name", name, most=120),
        "prefecture": None if prefecture is None else checked_prefecture(prefecture),
        "name_en": None if name_en is None else checked_text("nameEn", name_en, most=120, least=0),
        "makes": None if makes is None else checked_text("makes", makes, most=400, least=0),
    }
    changed = tuple(field for field, value in wanted.items() if value not in (None, getattr(firm, field)))
    if not changed:
        raise Invalid("", "nothing is different; change a field first", "没有任何更改，请先修改内容")
    for field in changed:
        setattr(firm, field, wanted[field])
    firm.version += 1
    work.record(FirmChanged(firm_id=firm_id, version=firm.version, fields=changed))
    return firm


def _to_keep(actor: Actor, firm_id: int) -> Select[Firm]:
    """The firm whose record this person keeps: its own, or for the operator any."""
    known = firms_visible_to(actor).where(col(Firm.id) == firm_id)
    return known if actor.has(Role.OPERATOR) else known.where(col(Firm.id) == actor.party_id)


def add_site(
    work: UnitOfWork, actor: Actor, *, firm_id: int | None = None, code: str, name: str, prefecture: str,
    address: str = "",
) -> Site:  # fmt: skip
    """Add a place of one's own firm; the operator says of which. Raises NotFound, NotAllowedNow, Invalid."""
    require(actor, *KEEPERS, Role.OPERATOR)
    own = -1 if actor.party_id is None else actor.party_id
    firm = work.one(_to_keep(actor, own if firm_id is None else firm_id), field="firmId")
    check_standing(firm)
    assert firm.id is not None
    short = checked_text("code", code, most=40)
    taken = sites_visible_to(actor).where(col(Site.firm_id) == firm.id, col(Site.code) == short)
    if work.maybe(taken) is not None:
        raise Invalid("code", f"there is a site coded {short} already", f"场所代码 {short} 已存在")
    site = work.add(
        Site(
            firm_id=firm.id, code=short, name=checked_text("name", name, most=80),
            prefecture=checked_prefecture(prefecture), address=checked_text("address", address, most=200, least=0),
        )
    )  # fmt: skip
    assert site.id is not None
    work.record(SiteAdded(site_id=site.id))
    return site


def change_site(
    work: UnitOfWork, actor: Actor, *, site_id: int, expected_version: int, name: str | None = None,
    prefecture: str | None = None, address: str | None = None,
) -> Site:  # fmt: skip
    """Mend a site; its code stays, for links and files name it. Raises NotFound, NotAllowedNow, Stale, Invalid."""
    site = _site_to_move(work, actor, site_id, expected_version)
    if name is not None:
        site.name = checked_text("name", name, most=80)
    if prefecture is not None:
        site.prefecture = checked_prefecture(prefecture)
    if address is not None:
        site.address = checked_text("address", address, most=200, least=0)
    site.version += 1
    work.record(SiteChanged(site_id=site_id, version=site.version))
    return site


def close_site(work: UnitOfWork, actor: Actor, *, site_id: int, expected_version: int) -> Site:
    """Nothing is made or taken in there any more; what names it keeps naming it. Raises NotFound, NotAllowedNow, Stale."""
    site = _site_to_move(work, actor, site_id, expected_version)
    site.closed_on = today_of(work.now)
    site.version += 1
    work.record(SiteClosed(site_id=site_id, closed_on=site.closed_on))
    return site


def _site_to_move(work: UnitOfWork, actor: Actor, site_id: int, expected_version: int) -> Site:
    require(actor, *KEEPERS, Role.OPERATOR)
    known = sites_visible_to(actor).where(col(Site.id) == site_id)
    own = known if actor.has(Role.OPERATOR) else known.where(col(Site.firm_id) == actor.party_id)
    site = work.one(own, lock=True, field="siteId")
    if site.version != expected_version:
        raise Stale(site.version)
    if site.closed_on is not None:
        raise NotAllowedNow(
            "this site is closed; add a new one for another place", "该场所已关闭；新的场所请另行添加", rule=CLOSED
        )
    return site


def draw_chain(
    work: UnitOfWork, actor: Actor, *, code: str, names: tuple[str, str], stages: Sequence[tuple[str, str, str]]
) -> Chain:
    """Publish a chain and its stages, from raw material to product. names: (zh, en); stages: (code, zh, en)."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    chain = work.add(Chain(code=code, name=names[0], name_en=names[1]))
    assert chain.id is not None
    for position, (stage_code, zh, en) in enumerate(stages):
        work.add(Stage(chain_id=chain.id, code=stage_code, name=zh, name_en=en, position=position))
    work.record(ChainDrawn(chain_id=chain.id, stages=len(stages)))
    return chain


def join_stage(work: UnitOfWork, actor: Actor, *, firm_id: int, stage_id: int, since: date) -> StageMember:
    """Note that a firm works at a stage. Raises NotFound."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    work.one(firms_visible_to(actor).where(col(Firm.id) == firm_id), field="firmId")
    work.one(stages_visible_to(actor).where(col(Stage.id) == stage_id), field="stageId")
    member = work.add(StageMember(stage_id=stage_id, firm_id=firm_id, since=since))
    work.record(StageJoined(firm_id=firm_id, stage_id=stage_id))
    return member


def leave_stage(work: UnitOfWork, actor: Actor, *, firm_id: int, stage_id: int, until: date) -> StageMember:
    """Note that a firm works at a stage no longer, from a day on. Raises NotFound, Invalid("until")."""
    require(actor, Role.OPERATOR, Role.SYSTEM)
    own = members_visible_to(SYSTEM).where(
        col(StageMember.firm_id) == firm_id, col(StageMember.stage_id) == stage_id, col(StageMember.until).is_(None)
    )
    member = work.one(own, lock=True, field="stageId")
    if until < member.since:
        raise Invalid("until", "the last day is not before the first", "离开日期不得早于加入日期")
    member.until = until
    work.record(StageLeft(firm_id=firm_id, stage_id=stage_id))
    return member
