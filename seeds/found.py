"""What is planted in the demo chain to be found: docs/demo.md tells where each shows."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col

from chain.bills.decisions import Part
from chain.bills.verbs import state_bill
from chain.certificates.decisions import Needed
from chain.certificates.forms import Given
from chain.certificates.tables import CertificateKind, CertificateVerdict
from chain.certificates.verbs import add_certificate, show_certificate, verify_certificate
from chain.certificates.visibility import versions_visible_to
from chain.firms.verbs import add_site
from chain.items.referring import ReferenceTerms, state_cross_reference
from chain.items.verbs import count_stock
from chain.links.lifecycle import LinkState
from chain.links.tables import DisputeReason, ShareBand, SupplyLink
from chain.links.verbs import confirm_supply_link, dispute_supply_link, state_share_band
from chain.links.visibility import supply_links_visible_to
from chain.qualification.categories import add_category, assign_items
from chain.qualification.lifecycle import Standing
from chain.qualification.tables import Qualification
from chain.qualification.verbs import approve_qualification, propose_qualification
from chain.qualification.visibility import categories_visible_to, qualifications_visible_to
from chain.recovery.verbs import state_link_recovery
from chain.registration.verbs import begin_application, describe_company, invite_firm
from chain.sharing.tables import AllocatedKind
from chain.sharing.verbs import allocate_figure
from jobs.certificates import watch_certificates
from kernel.access import SYSTEM, Actor
from kernel.accounts.tables import Person
from kernel.accounts.verbs import actor_of
from kernel.accounts.visibility import people_visible_to
from kernel.clock import today_of
from kernel.uploads.verbs import open_upload, store_upload
from kernel.work import UnitOfWork, unit_of_work
from seeds import papers
from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL, STEEL, credit_code
from seeds.firms import HARMONIC
from seeds.year import Year

CONFIRMED_OF_TEN = 7
"""So many of ten links are confirmed by the other end's word; trade confirms further ones."""
SITES = (
    (LONGTENG, "NJ-1", "南京江宁总装厂", "320100"), (GEARWORKS, "SZ-1", "苏州一厂", "320500"), (GEARWORKS, "WX-2", "无锡热处理车间", "320200"),
    (RIVAL, "WX-1", "无锡工厂", "320200"), (BEARING, "CZ-1", "常州工厂", "320400"), (STEEL, "NT-1", "南通轧钢厂", "320600"),
)  # fmt: skip
BILLS = (
    (LONGTENG, "LT-R20", (("RV-40E", "2"), ("RV-80E", "1"), ("HD-25", "3"), ("SM-750", "6"), ("RC-6X", "1"), ("CA-B20", "1"), ("WH-R20", "1"))),
    (GEARWORKS, "RV-40E", (("CRB-100", "2"), ("SL-40", "2"), ("20CRMNTI", "18.5"))),
    (GEARWORKS, "RV-80E", (("CRB-100", "2"), ("SL-40", "2"), ("20CRMNTI", "31"))),
    (RIVAL, "RC-40", (("CRB-100", "2"), ("RB-6205", "4"), ("20CRMNTI", "17.2"))),
    (BEARING, "CRB-100", (("GCR15", "4.2"), ("SB-8", "0.35"))),
)  # fmt: skip
"""maker, item, (component, how much of it one item takes)."""
ENDS = {GEARWORKS: 41, HARMONIC: -6}
"""Days from today to the end of each supplier's certificate: one is due for renewal, one has run out."""


def settle(year: Year, now: datetime) -> None:
    """Soon after the firms joined: sites, bills, numbers, shared figures; most links confirmed by the other end."""
    with unit_of_work() as work:
        for firm, code, name, place in SITES:
            _as(work, _keeper(year, firm))
            add_site(work, _keeper(year, firm), code=code, name=name, prefecture=place)
    for maker, item, parts in BILLS:
        planner = year.seated.actors["planner@longteng.example"] if maker == LONGTENG else year.clerks[maker]
        with unit_of_work(planner) as work:
            made = [Part(year.seated.items[number], Decimal(per)) for number, per in parts]
            state_bill(work, planner, item_id=year.seated.items[item], parts=made)
    _name_and_count(year, today_of(now))
    _short_of(year, today_of(now))
    _confirm(year)


def _name_and_count(year: Year, today: date) -> None:
    """What the chain master calls two reducers, and what Gearworks sets apart for it."""
    seller, items, firms = year.clerks[GEARWORKS], year.seated.items, year.seated.firms
    buyer = year.seated.actors["buyer@longteng.example"]
    with unit_of_work(buyer) as work:
        for number, called in (("RV-40E", "LT-10-0417"), ("RV-80E", "LT-10-0418")):
            terms = ReferenceTerms(called, minimum=Decimal(1), lead_time_days=21)
            state_cross_reference(work, buyer, item_id=items[number], terms=terms)
    with unit_of_work(seller) as work:
        count_stock(work, seller, item_id=items["RV-40E"], quantity=Decimal(85), counted_on=today)
        allocate_figure(
            work, seller, partner_id=firms[LONGTENG], item_id=items["RV-40E"], kind=AllocatedKind.STOCK,
            quantity=Decimal(60), as_of=today,
        )  # fmt: skip


def _short_of(year: Year, today: date) -> None:
    """The chain master has one robot controller left, of which a month and more is needed until the next can come; and it
    calls the rival's reducer by the same number as Gearworks': either will do. Without the large reducer it reckons with two months."""
    with unit_of_work() as work:
        planner, buyer = (year.seated.actors[f"{who}@longteng.example"] for who in ("planner", "buyer"))
        _as(work, planner)
        count_stock(work, planner, item_id=year.seated.items["RC-6X"], quantity=Decimal(1), counted_on=today)
        large = work.one(
            supply_links_visible_to(planner).where(
                col(SupplyLink.item_id) == year.seated.items["RV-80E"],
                col(SupplyLink.buyer_id) == year.seated.firms[LONGTENG],
            )
        )
        state_link_recovery(work, planner, link_id=large.id or 0, recover_days=60)
        _as(work, buyer)
        state_cross_reference(work, buyer, item_id=year.seated.items["RC-40"], terms=ReferenceTerms("LT-10-0417"))


def _confirm(year: Year) -> None:
    """Buyers stand by seven of ten links; a few say how much of their need each covers."""
    firm_of = {number: name for name, number in year.seated.firms.items()}
    with unit_of_work() as work:
        links = work.all(supply_links_visible_to(SYSTEM).order_by(col(SupplyLink.id)))
        for nth, link in enumerate(links):
            if nth % 10 < CONFIRMED_OF_TEN and link.state is LinkState.DECLARED:
                buyer = _buying(year, firm_of[link.buyer_id])
                _as(work, buyer)
                band = (ShareBand.UP_TO_50, ShareBand.UP_TO_30, ShareBand.ABOVE_80)[nth % 3] if nth % 4 == 0 else None
                confirm_supply_link(work, buyer, link_id=link.id or 0, expected_version=link.version, share_band=band)


def dispute(year: Year, now: datetime) -> None:
    """The maker of servo motors says that the harmonic-drive maker is no customer of its seals: a disputed link."""
    with unit_of_work() as work:
        pair = supply_links_visible_to(SYSTEM).where(
            col(SupplyLink.buyer_id) == year.seated.firms[HARMONIC],
            col(SupplyLink.item_id) == year.seated.items["SL-40"],
        )
        link = work.one(pair)
        buyer = year.clerks[HARMONIC]
        _as(work, buyer)
        dispute_supply_link(
            work, buyer, link_id=link.id or 0, expected_version=link.version, reason=DisputeReason.NO_LONGER,
            note="去年起已改用自制油封",
        )  # fmt: skip


def say_sole(year: Year, now: datetime) -> None:
    """The magnet maker's one source of its rare earth, at tier 3: said to be the only one."""
    with unit_of_work() as work:
        link = work.one(supply_links_visible_to(SYSTEM).where(col(SupplyLink.item_id) == year.seated.items["PRND"]))
        buyer = year.clerks[next(name for name, number in year.seated.firms.items() if number == link.buyer_id)]
        _as(work, buyer)
        state_share_band(
            work, buyer, link_id=link.id or 0, expected_version=link.version, share_band=ShareBand.SOLE, shown=True
        )


def categorise(year: Year, now: datetime) -> None:
    """The chain master's category of reducers; two suppliers put their certificate on record and show it."""
    lead, today = year.seated.actors["lead@longteng.example"], today_of(now)
    with unit_of_work(lead) as work:
        category = add_category(
            work, lead, code="JSJ", name="精密减速机", name_en="Precision reducers",
            needs=[Needed(CertificateKind.ISO_9001)], qualified_only=False,
        )  # fmt: skip
        items = [year.seated.items[number] for number in ("RV-40E", "RV-80E", "HD-25")]
        assign_items(work, lead, category_id=category.id, item_ids=items)
    for firm, ends in ENDS.items():
        _certify(year, firm, today, year.ends + timedelta(days=ends))


def _certify(year: Year, firm: str, today: date, until: date) -> None:
    seller, number = year.clerks[firm], year.seated.firms[firm]
    scan = papers.pdf([f"ISO 9001 certificate QMS-{number:04d}", f"valid until {until}"])
    with unit_of_work(seller) as work:
        upload = open_upload(work, seller, filename="ISO9001.pdf", size=len(scan), sha256=sha256(scan).hexdigest())
        with TemporaryDirectory() as folder:
            path = Path(folder) / "content"
            path.write_bytes(scan)
            store_upload(work, upload, path, size=len(scan), sha256=upload.sha256)
        given = Given(f"QMS-{number:04d}", "演示认证中心", "减速机的设计与制造", today - timedelta(days=300), until)
        kept = add_certificate(
            work, seller, kind=CertificateKind.ISO_9001, named=None, given=given, upload_id=upload.id or 0
        )
        show_certificate(work, seller, certificate_id=kept.id or 0, buyer_id=year.seated.firms[LONGTENG])


def qualify(year: Year, now: datetime) -> None:
    """The chain master verifies both certificates and approves both suppliers; who proposes does not approve."""
    seats = year.seated.actors
    lead, quality = seats["lead@longteng.example"], seats["quality@longteng.example"]
    with unit_of_work(quality) as work:
        category = work.one(categories_visible_to(quality))
        for version in work.all(versions_visible_to(quality)):
            verify_certificate(work, quality, version_id=version.id or 0, verdict=CertificateVerdict.VERIFIED)
    for firm in ENDS:
        with unit_of_work(quality) as work:
            proposed = propose_qualification(
                work, quality, supplier_id=year.seated.firms[firm], category_id=category.id or 0,
                standing=Standing.APPROVED,
            )  # fmt: skip
        with unit_of_work(lead) as work:
            standing = work.one(
                qualifications_visible_to(lead).where(col(Qualification.id) == proposed.qualification_id)
            )
            approve_qualification(work, lead, proposal_id=proposed.id or 0, expected_version=standing.version)


def apply(year: Year, now: datetime) -> None:
    """A firm with nearly the name of another of its city has begun to apply; the reviewer will be asked to look."""
    lead = year.seated.actors["lead@longteng.example"]
    with unit_of_work(lead) as work:
        application = invite_firm(work, lead, email="sales@newcomer.example", name="业务员")
    with unit_of_work() as work:
        person = work.one(people_visible_to(SYSTEM).where(col(Person.email) == "sales@newcomer.example"))
        applicant = actor_of(person)
    with unit_of_work(applicant) as work:
        begun = begin_application(work, applicant, application_id=application.id or 0)
        describe_company(
            work, applicant, application_id=begun.id or 0, expected_version=begun.version, name="苏州精齿传动科技有限公司",
            code=credit_code(9001), prefecture="320500", makes="精密齿轮",
        )  # fmt: skip


def watch(year: Year, now: datetime) -> None:
    """What the timetable does every morning: reminders, and what has ended lapses."""
    watch_certificates()


def _keeper(year: Year, firm: str) -> Actor:
    return year.seated.actors["lead@longteng.example"] if firm == LONGTENG else year.clerks[firm]


def _buying(year: Year, firm: str) -> Actor:
    return year.seated.actors["buyer@longteng.example"] if firm == LONGTENG else year.clerks[firm]


def _as(work: UnitOfWork, actor: Actor) -> None:
    """Whose doing what follows is, in history and audit."""
    work.actor = actor


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    agenda = year.agenda
    for days, act in (
        (398, settle), (390, categorise), (385, qualify), (200, say_sole), (18, watch), (5, watch), (12, dispute), (3, apply)
    ):  # fmt: skip
        agenda.on(today - timedelta(days=days), partial(act, year))
