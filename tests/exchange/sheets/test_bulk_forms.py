"""The bulk form of a verb does what the verb does: the same rows, facts and trail, and the same refusals."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from chain.firms.bulk import Change, SiteRecord, add_sites, change_sites
from chain.firms.tables import Site
from chain.firms.verbs import add_site, change_site
from chain.firms.visibility import sites_visible_to
from chain.items.bulk import ItemChange, NewItem, Statement, add_items, change_items, state_cross_references
from chain.items.decisions import in_force
from chain.items.referring import ReferenceTerms, state_cross_reference
from chain.items.tables import CrossReference, Item
from chain.items.verbs import add_item, change_item
from chain.items.visibility import cross_references_visible_to, items_visible_to
from chain.links.bulk import NewLink, Saying, Word, declare_links, say_of_links
from chain.links.tables import LinkEvidence, ShareBand, SupplyLink
from chain.links.verbs import confirm_supply_link, declare_supply_link, restate_supply_link, state_share_band
from chain.links.visibility import evidence_visible_to, supply_links_visible_to
from kernel import audit, clock, db
from kernel.access import SYSTEM, Actor, unscoped
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Stale
from kernel.inbox.tables import Following
from kernel.tables import AuditEntry, Event, EventSubject
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import GEARWORKS, LONGTENG, Seated

NOW = clock.now()
SALES, BUYER = "sales@gearworks.example", "buyer@longteng.example"


class Undone(Exception):
    """Leaves a unit of work as if nothing had been."""


def traces(actor: Actor, act: Any, visible: Any, table: Any) -> Any:
    """What an act leaves behind: rows of a table, events, what they are about, the trail; row numbers counted from the first."""
    left: dict[str, Any] = {}
    with pytest.raises(Undone), unit_of_work(actor, now=NOW) as work, unscoped("a test looks at all there is"):
        before = {t: _last(work, t) for t in (table, LinkEvidence, Event)}
        known = {row.id: row for row in work.rows(visible)}
        act(work, actor)
        work.session.flush()
        work.session.expire_all()
        rows = work.rows(visible.execution_options(populate_existing=True))
        fresh = [row for row in rows if known.get(row.id) != row]
        ranks = {number: n for n, number in enumerate(sorted(row.id for row in fresh))}
        left["rows"] = [row._asdict() | {"id": ranks[row.id]} for row in fresh]
        said = [row._asdict() for row in work.rows(evidence_visible_to(SYSTEM)) if row.id > before[LinkEvidence]]
        apart = {"id": 0, "source_id": 0}
        left["evidence"] = [one | apart | {"link_id": ranks.get(one["link_id"])} for one in said]
        first = before[Event]
        events = work.session.query(Event).filter(Event.id > first).order_by(Event.id).all()
        left["events"] = [
            {"kind": e.kind, "by": e.by_user, "party": e.by_party, "fields": sorted(e.facts)} for e in events
        ]
        places = {event.id: n for n, event in enumerate(events)}
        subjects = work.session.query(EventSubject).filter(EventSubject.event_id > first).all()
        left["subjects"] = sorted((s.kind, places[s.event_id]) for s in subjects)
        audit.append(work.session, work._recorded)
        work.session.flush()
        told = {e.event_id: e for e in work.session.query(AuditEntry).filter(AuditEntry.event_id > first)}
        assert sorted(told) == [event.id for event in events]
        assert [audit.body_of(event) for event in events] == [told[event.id].body for event in events]  # type: ignore[index]
        raise Undone
    return left


def _last(work: UnitOfWork, table: Any) -> int:
    return work.session.query(table.id).order_by(table.id.desc()).limit(1).scalar() or 0


@pytest.fixture
def gearworks(seated: Seated) -> Actor:
    return seated.actors[SALES]


@pytest.fixture
def longteng(seated: Seated) -> Actor:
    return seated.actors[BUYER]


def alike(actor: Actor, one: Any, many: Any, visible: Any, table: Any) -> dict[str, Any]:
    single, bulk = traces(actor, one, visible, table), traces(actor, many, visible, table)
    assert single == bulk
    assert single["events"]
    found: dict[str, Any] = single
    return found


def test_items_are_added_and_changed_alike(gearworks: Actor, seated: Seated):
    number, all_items = seated.items["RV-40E"], items_visible_to(SYSTEM)

    alike(
        gearworks, lambda w, a: add_item(w, a, number="N", name="名", unit="EA", lead_time_days=3),
        lambda w, a: add_items(w, a, [NewItem("N", "名", "EA", 3)]), all_items, Item,
    )  # fmt: skip
    left = alike(
        gearworks, lambda w, a: change_item(w, a, item_id=number, expected_version=1, name="新名", lead_time_days=9),
        lambda w, a: change_items(w, a, [ItemChange(number, 1, "新名", 9, ("name", "lead_time_days"))]), all_items, Item,
    )  # fmt: skip
    assert [(row["name"], row["version"]) for row in left["rows"]] == [("新名", 2)]


def test_who_follows_one_of_very_many_is_told_of_that_one_alone(gearworks: Actor, seated: Seated):
    followed, other = seated.items["RV-40E"], seated.items["HD-25"]
    with unit_of_work(gearworks) as work:
        work.add(Following(person_id=gearworks.user_id, subject_kind="Item", subject_id=followed, since=work.now))
    with unit_of_work(gearworks) as work:
        add_items(work, gearworks, [NewItem(f"MANY-{n:04}", "名", "EA") for n in range(600)])
        change_items(work, gearworks, [ItemChange(n, 1, "新名", 9, ("name",)) for n in (followed, other)])

    with unit_of_work(writes=False) as work, unscoped("a test looks at all there is"):
        told = work.session.query(Event).filter(Event.kind == "FollowedMoved").all()
    assert [[one[1:] for one in event.facts["moved"]] for event in told] == [[["ItemChanged", "Item", followed]]]


def test_sites_are_added_and_changed_alike(gearworks: Actor):
    with unit_of_work(gearworks) as work:
        site = add_site(work, gearworks, code="00", name="旧", prefecture="320500").id or 0
    told = {"name": "一厂", "prefecture": "320500", "address": "路 1 号"}

    alike(
        gearworks, lambda w, a: add_site(w, a, code="01", **told),
        lambda w, a: add_sites(w, a, a.party_id, [("01", SiteRecord(**told))]), sites_visible_to(SYSTEM), Site,
    )  # fmt: skip
    alike(
        gearworks, lambda w, a: change_site(w, a, site_id=site, expected_version=1, **told),
        lambda w, a: change_sites(w, a, [(Change(site, 1, ("name",)), SiteRecord(**told))]), sites_visible_to(SYSTEM), Site,
    )  # fmt: skip


def test_cross_references_are_stated_alike_and_close_what_they_follow(longteng: Actor, seated: Seated):
    maker, item = seated.firms[GEARWORKS], seated.items["RV-40E"]
    terms = ReferenceTerms("M-1", "SET", 1, 12, Decimal(24), None, 7)
    with unit_of_work(longteng) as work:
        today = today_of(work.now)
        state_cross_reference(
            work, longteng, item_id=item, terms=ReferenceTerms("M-0"), valid_from=today - timedelta(9)
        )
        open_one = in_force(work.all(cross_references_visible_to(SYSTEM)), today)
        assert open_one is not None
        closes = (open_one.id or 0, open_one.version)

    stated = Statement(item, maker, longteng.party_id or 0, terms, "SET", today, None, closes)
    left = alike(
        longteng, lambda w, a: state_cross_reference(w, a, item_id=item, terms=terms),
        lambda w, a: state_cross_references(w, a, [stated]), cross_references_visible_to(SYSTEM), CrossReference,
    )  # fmt: skip
    assert [row["valid_to"] for row in left["rows"]] == [today - timedelta(1), None]


def test_amounts_are_kept_digit_for_digit_where_they_equal_others_written_otherwise(longteng: Actor, seated: Seated):
    maker, buyer = seated.firms[GEARWORKS], longteng.party_id or 0
    amounts = (Decimal("1.0"), Decimal("1.00"), Decimal(1), None)
    with unit_of_work(longteng) as work:
        today = today_of(work.now)
        state_cross_references(work, longteng, [
            Statement(seated.items[item], maker, buyer, ReferenceTerms(f"M-{n}", "SET", 1, 12, amount, None, 7), "SET", today, None, None)
            for n, (item, amount) in enumerate(zip(("RV-40E", "RV-80E", "HD-25", "RV-40E"), amounts, strict=True))
        ])  # fmt: skip

    with unit_of_work(writes=False) as work:
        stated = work.rows(cross_references_visible_to(SYSTEM))
    assert [str(one.minimum) for one in stated] == [str(amount) for amount in amounts]


def test_links_are_declared_restated_confirmed_and_weighed_alike(gearworks: Actor, longteng: Actor, seated: Seated):
    links, buyer = supply_links_visible_to(SYSTEM), seated.firms[LONGTENG]
    with unit_of_work(gearworks) as work:
        item = add_item(work, gearworks, number="L-9", name="新", unit="EA").id or 0
        more = add_item(work, gearworks, number="L-8", name="新", unit="EA").id or 0
        link = declare_supply_link(work, gearworks, item_id=more, buyer_id=buyer, chain_id=seated.chain_id).id or 0

    alike(
        gearworks,
        lambda w, a: declare_supply_link(w, a, item_id=item, buyer_id=buyer, chain_id=seated.chain_id, buyer_number="B"),
        lambda w, a: declare_links(w, a, [NewLink(a.party_id, buyer, item, seated.chain_id, "B")]), links, SupplyLink,
    )  # fmt: skip
    alike(
        gearworks, lambda w, a: restate_supply_link(w, a, link_id=link, expected_version=1, buyer_number="C"),
        lambda w, a: say_of_links(w, a, [Saying(link, 1, (Word.RESTATE,), "C")]), links, SupplyLink,
    )  # fmt: skip

    def one_by_one(work: UnitOfWork, actor: Actor) -> None:
        confirm_supply_link(work, actor, link_id=link, expected_version=1)
        state_share_band(work, actor, link_id=link, expected_version=2, share_band=ShareBand.SOLE)

    saying = Saying(link, 1, (Word.CONFIRM, Word.SHARE), None, ShareBand.SOLE)
    left = alike(longteng, one_by_one, lambda w, a: say_of_links(w, a, [saying]), links, SupplyLink)
    assert [(row["state"], row["version"]) for row in left["rows"]] == [("confirmed", 3)]


@pytest.mark.parametrize(("act", "refused"), [
    (lambda w, a, n: add_items(w, a, [NewItem("A", "好", "EA"), NewItem("B", "", "EA")]), Invalid),
    (lambda w, a, n: add_items(w, a, [NewItem("A", "好", "斤")]), Invalid),
    (lambda w, a, n: change_items(w, a, [ItemChange(n, 9, "新", 1, ("name",))]), Stale),
    (lambda w, a, n: add_sites(w, a, a.party_id, [("01", SiteRecord("厂", "999999"))]), Invalid),
    (lambda w, a, n: say_of_links(w, a, [Saying(10**6, 1, (Word.CONFIRM,))]), Stale),
])  # fmt: skip
def test_what_a_verb_refuses_its_bulk_form_refuses_whole(
    gearworks: Actor, seated: Seated, act: Any, refused: type[Exception]
):
    with db.session(writes=False) as session, unscoped("a test looks at all there is"):
        before = (session.query(Item).count(), session.query(Event).count())

    with pytest.raises(refused), unit_of_work(gearworks) as work:
        act(work, gearworks, seated.items["RV-40E"])

    with db.session(writes=False) as session, unscoped("a test looks at all there is"):
        assert (session.query(Item).count(), session.query(Event).count()) == before


def test_duties_hold_for_many_as_for_one(longteng: Actor):
    for act in (
        lambda w: add_items(w, longteng, [NewItem("A", "好", "EA")]), lambda w: add_sites(w, longteng, 1, []),
        lambda w: declare_links(w, longteng, [NewLink(longteng.party_id or 0, 2, 3, 1)]),
    ):  # fmt: skip
        with pytest.raises(NotAllowedNow), unit_of_work(longteng) as work:
            act(work)


def test_the_trail_holds_after_many(gearworks: Actor):
    with unit_of_work(gearworks) as work:
        add_item(work, gearworks, number="T-0", name="一", unit="EA")
        add_items(work, gearworks, [NewItem(f"T-{n}", "多", "EA") for n in range(1, 1201)])
        add_item(work, gearworks, number="T-9999", name="末", unit="EA")

    with db.session(writes=False) as session:
        assert list(audit.verify(session)) == []
        with unscoped("a test looks at all there is"):
            assert session.query(Item).filter(Item.number.startswith("T-")).count() == 1202
