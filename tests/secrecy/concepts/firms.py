"""Firms, sites, applications and mergers in the access table."""

from typing import Any

from api import nodes
from chain.firms import visibility as firms
from chain.firms.tables import FirmRole
from chain.firms.verbs import register_firm
from chain.links.tables import SupplyLink
from chain.links.verbs import introduce
from chain.links.visibility import supply_links_visible_to
from chain.registration import visibility as registration
from collaboration.merging import visibility as merging
from kernel.access import SYSTEM, Actor, Role
from kernel.accounts.verbs import add_person
from kernel.work import unit_of_work
from seeds.cast import credit_code
from tests.rules.checks.samples import pdf
from tests.scenarios.api import Api
from tests.scenarios.players import Player, what
from tests.scenarios.reactions import react
from tests.secrecy.knowing import Ledger, Table, one_of, party_of
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
APPLICANT = "clerk@newcomer.example"
OPERATOR = "operator@chainmaster.example"
_NOT_ITS = f"{LONGTENG} gearworks rival bearing steel dealer carrier jiangsu suzhou"
_FILLING = {
    "NOT_FOUND": "gearworks rival bearing steel dealer carrier jiangsu suzhou",
    "NOT_ALLOWED_NOW": f"{LONGTENG} operator stranger",
}
_REVIEWING = {"NOT_FOUND": "gearworks rival bearing steel dealer carrier jiangsu suzhou", "done": "operator", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger"}  # fmt: skip
_SITE = {
    "done": "gearworks operator", "NOT_FOUND": "sales lead rival bearing steel dealer",
    "NOT_ALLOWED_NOW": "buyer planner quality carrier jiangsu suzhou stranger",
}  # fmt: skip

ACCESS = {
    "firms_page": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer carrier operator", "empty": "jiangsu suzhou stranger"},
    "firm_page": {"seen": f"{LONGTENG} gearworks bearing operator", "NOT_FOUND": "rival steel dealer carrier jiangsu suzhou stranger"},
    "sites": {"seen": f"{LONGTENG} gearworks operator", "empty": "rival bearing steel dealer carrier jiangsu suzhou stranger"},
    "near_firms": {"seen": "operator", "empty": f"{_NOT_ITS} stranger"},
    "applications_page": {"seen": f"{LONGTENG} operator", "empty": "gearworks rival bearing steel dealer carrier jiangsu suzhou stranger"},
    "application_page": {"seen": f"{LONGTENG} operator", "NOT_FOUND": "gearworks rival bearing steel dealer carrier jiangsu suzhou stranger"},
    "firm_mergers": {"seen": f"{LONGTENG} rival operator", "empty": "gearworks bearing steel dealer carrier jiangsu suzhou stranger"},
    "invite_firm": {"done": "lead operator", "NOT_ALLOWED_NOW": "buyer planner quality sales gearworks rival bearing steel dealer carrier jiangsu suzhou stranger"},
    "begin_application": _FILLING, "describe_company": _FILLING, "invite_users": _FILLING,
    "select_company_role": _FILLING, "upload_documents": _FILLING, "submit_application": _FILLING,
    "record_check": _REVIEWING, "confirm_application": _REVIEWING, "decline_application": _REVIEWING,
    "change_firm": {"done": "gearworks operator", "NOT_FOUND": "sales lead rival bearing steel dealer", "NOT_ALLOWED_NOW": "buyer planner quality carrier jiangsu suzhou stranger"},
    "add_site": _SITE, "change_site": _SITE, "close_site": _SITE,
    "propose_merger": {"done": "operator", "NOT_ALLOWED_NOW": f"{_NOT_ITS} stranger"},
    "agree_to_merger": {"done": "lead", "NOT_FOUND": "gearworks rival bearing steel dealer carrier jiangsu suzhou", "NOT_ALLOWED_NOW": "buyer planner quality sales operator stranger"},
    "refuse_merger": {"done": "lead", "NOT_FOUND": "gearworks rival bearing steel dealer carrier jiangsu suzhou", "NOT_ALLOWED_NOW": "buyer planner quality sales operator stranger"},
    "withdraw_merger": {"NOT_FOUND": "gearworks rival bearing steel dealer carrier jiangsu suzhou", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "done": "operator"},
}  # fmt: skip


def _application(world: World, name: str = "application") -> dict[str, Any]:
    version = world.cast.operator.asks("application_page", id=world.made[name])["node"]["version"]
    return {"applicationId": world.made[name], "expectedVersion": version}


def _site(world: World) -> dict[str, Any]:
    return {"siteId": world.made["site"], "expectedVersion": 1}


INPUTS = {
    "invite_firm": lambda w: {"email": "another@newcomer.example", "name": "某人"},
    "begin_application": lambda w: {"applicationId": w.made["application"]},
    "describe_company": lambda w: (
        _application(w) | {"name": "某某有限公司", "code": credit_code(8888), "prefecture": "320500"}
    ),
    "invite_users": lambda w: _application(w) | {"ownRoles": ["SALES"]},
    "select_company_role": lambda w: _application(w) | {"role": "SUPPLIER"},
    "upload_documents": lambda w: _application(w) | {"papers": []},
    "submit_application": _application,
    "record_check": lambda w: {"applicationId": w.made["application"], "kind": "DOCUMENTS", "passed": True},
    "confirm_application": lambda w: _application(w, "application checked"),
    "decline_application": lambda w: _application(w) | {"reason": "重新扫描"},
    "change_firm": lambda w: {"firmId": w.cast.gearworks.firm_id, "expectedVersion": 1, "makes": "减速机"},
    "add_site": lambda w: {"firmId": w.cast.gearworks.firm_id, "code": "新", "name": "新厂", "prefecture": "320500"},
    "change_site": lambda w: _site(w) | {"name": "旧厂"},
    "close_site": _site,
    "propose_merger": lambda w: {
        "survivorId": w.cast.rival.firm_id,
        "mergedId": w.cast.dealer.firm_id,
        "reason": "重复",
    },
    "agree_to_merger": lambda w: {"mergerId": w.made["merger"]},
    "refuse_merger": lambda w: {"mergerId": w.made["merger"]},
    "withdraw_merger": lambda w: {"mergerId": w.made["merger"]},
}
VARIABLES = {
    "firm_page": lambda w: {"id": w.cast.gearworks.firm_id},
    "near_firms": lambda w: {"firmId": w.made["applying firm"]},
    "application_page": lambda w: {"id": w.made["application"]},
}
UNDER = {
    "firms_page": lambda world, at: {"first": 100}, "sites": lambda world, at: {"first": 100},
    "applications_page": lambda world, at: {"first": 100}, "firm_mergers": lambda world, at: {"first": 100},
    "firm_page": lambda world, at: {"id": world.cast.gearworks.firm_id},
    "application_page": lambda world, at: {"id": _no_application()},
    "near_firms": lambda world, at: {"firmId": world.cast.gearworks.firm_id},
}  # fmt: skip


def _is_operator(actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.OPERATOR)


def _knows_site(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    me = party_of(actor)
    named = {
        site for link in ledger.of("supply_link")
        for site, other in ((link.supplier_site_id, link.buyer_id), (link.buyer_site_id, link.supplier_id)) if other == me
    }  # fmt: skip
    return _is_operator(actor) or row.firm_id == me or row.id in named


def _knows_application(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    if actor is None:
        return False
    return _is_operator(actor) or row.applicant_id == actor.user_id or row.inviter_id == party_of(actor)


def _knows_inside(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    above = ledger.row("application", row.application_id)
    return _is_operator(actor) or (actor is not None and above.applicant_id == actor.user_id)


def _or_operator(*columns: str) -> Any:
    own = one_of(*columns)
    return lambda ledger, row, actor: _is_operator(actor) or own(ledger, row, actor)


TABLES = {table.name: table for table in (
    #     table                     outside        every read starts from                who may know a row
    Table("site",                   "Site",        firms.sites_visible_to,               _knows_site),
    Table("former_partner",         None,          firms.former_partners_visible_to,     _or_operator("partner_id")),
    Table("application",            "Application", registration.applications_visible_to, _knows_application),
    Table("application_colleague",  None,          registration.colleagues_visible_to,   _knows_inside),
    Table("application_paper",      None,          registration.papers_visible_to,       _knows_inside),
    Table("application_check",      None,          registration.checks_visible_to,       _knows_inside),
    Table("application_review",     None,          registration.reviews_visible_to,      _knows_inside),
    Table("firm_merger",            "FirmMerger",  merging.mergers_visible_to,           _or_operator("survivor_id", "merged_id")),
)}  # fmt: skip


def prepare(world: World) -> None:
    """A site named on a link, two applications at the reviewer's, a merged duplicate, an open proposal."""
    _sites(world)
    _applications(world)
    _mergers(world)


def _sites(world: World) -> None:
    maker, buyer = world.party_of(world.cast.gearworks), world.party_of(world.cast.chain_master)
    for code, readers in (("明", (maker, buyer)), ("暗", (maker,))):
        told = {"code": code, "name": world.marked(f"秘-场所-{code}", OPERATOR, *readers), "prefecture": "320500"}
        made = world.cast.gearworks.acts("add_site", told, by="sales")["site"]
        world.made[f"site {code}"] = made["id"]
    world.made["site"] = world.made["site 暗"]
    with unit_of_work() as work:
        number = world.seated.items["RV-40E"]
        known = supply_links_visible_to(SYSTEM).where(SupplyLink.item_id == number)  # type: ignore[arg-type]
        site = firms.sites_visible_to(SYSTEM).where(firms.Site.code == "明")  # type: ignore[arg-type]
        work.one(known, lock=True).supplier_site_id = work.one(site).id


def _applications(world: World) -> None:
    for mark, name in (("一", "application"), ("二", "application checked")):
        email = APPLICANT if mark == "一" else f"second.{APPLICANT}"
        made = world.cast.chain_master.acts("invite_firm", {"email": email, "name": "申请人"}, by="lead")["application"]
        world.made[name] = made["id"]
        _filled_in(world, Player(Api(world.api.client), email), made["id"], mark)
    checked = {"applicationId": world.made["application checked"], "passed": True}
    for kind in ("DOCUMENTS", "SIMILAR_NAME"):
        world.cast.operator.acts("record_check", checked | {"kind": kind}, by="any")["application"]
    found = world.cast.operator.asks("application_page", id=world.made["application"])["node"]
    world.made["applying firm"] = found["firm"]["id"]


def _filled_in(world: World, clerk: Player, number: str, mark: str) -> None:
    """Through all steps, once declined so that there is a review; the texts are the applicant's and operator's alone."""
    data = {
        "name": world.marked(f"精齿传动{mark}有限公司", OPERATOR), "code": credit_code(8000 + ord(mark) % 900),
        "prefecture": "320500", "makes": world.marked(f"秘-主营-{mark}", OPERATOR),
    }  # fmt: skip
    colleague = {
        "email": f"colleague{ord(mark)}@newcomer.example",
        "name": world.marked(f"秘-同事-{mark}", OPERATOR),
        "roles": ["LEAD"],
    }
    clerk.acts("begin_application", {"applicationId": number}, by="clerk")["application"]
    for again in (False, True):
        for step, given in (
            ("describe_company", data), ("invite_users", {"ownRoles": ["SALES"], "colleagues": [colleague]}),
            ("select_company_role", {"role": "SUPPLIER"}),
        ):  # fmt: skip
            clerk.acts(step, _version(clerk, number) | given, by="clerk")["application"]
        file = world.marked(f"秘-执照-{mark}-{again:d}.pdf", OPERATOR)
        papers = [{"kind": "BUSINESS_LICENCE", "uploadId": what(clerk.uploads(pdf(), file))}]
        clerk.acts("upload_documents", _version(clerk, number) | {"papers": papers}, by="clerk")["application"]
        clerk.acts("submit_application", _version(clerk, number), by="clerk")["application"]
        if not again:
            reason = world.marked(f"秘-退回-{mark}", OPERATOR)
            given = _version(clerk, number) | {"reason": reason}
            world.cast.operator.acts("decline_application", given, by="any")["application"]


def _version(clerk: Player, number: str) -> dict[str, Any]:
    return {"applicationId": number, "expectedVersion": clerk.asks("application_page", id=number)["node"]["version"]}


def _mergers(world: World) -> None:
    """The rival was registered twice, and its bearing maker knew the other record; it merged. Another proposal waits."""
    seated, (old, other) = world.seated, ("秘旧锐驰记录", "秘另一龙腾记录")
    with unit_of_work() as work:
        for number, name in ((8501, old), (8502, other)):
            register_firm(
                work, SYSTEM, name=name, code=credit_code(number), role=FirmRole.SUPPLIER, prefecture="320400"
            )
        firm = work.one(firms.firms_visible_to(SYSTEM).where(firms.Firm.name == old))  # type: ignore[arg-type]
        introduce(
            work, SYSTEM, seated.actors["sales@bearing.example"], item_id=seated.items["CRB-100"], buyer_id=firm.id or 0,
            chain_id=seated.chain_id,
        )  # fmt: skip
    react()
    cast = world.cast
    world.marked(old, OPERATOR, world.party_of(cast.rival), world.party_of(cast.bearing))
    world.marked(other, OPERATOR, world.party_of(cast.chain_master))
    for name, survivor in ((old, cast.rival), (other, cast.chain_master)):
        (merged,) = cast.operator.asks("firms", filter={"text": name})["firms"]["nodes"]
        told = {"survivorId": survivor.firm_id, "mergedId": merged["id"], "reason": "重复登记"}
        world.made["merger"] = cast.operator.acts("propose_merger", told, by="any")["merger"]["id"]
        if name == old:
            _second(world).acts("agree_to_merger", {"mergerId": world.made["merger"]}, by="any")["merger"]


def _second(world: World) -> Player:
    """Another operator."""
    with unit_of_work() as work:
        add_person(work, SYSTEM, email="second@chainmaster.example", name="二", roles=frozenset({Role.OPERATOR}))
    return Player(Api(world.api.client), "second@chainmaster.example")


def _no_application() -> str:
    """A made-up id that is sought as an application: another kind may be sought by other statements."""
    made_up = (f"{number:04}" + "A" * 18 for number in range(3000))
    return next(word for word in made_up if nodes.opened(word)[0] == "Application")
