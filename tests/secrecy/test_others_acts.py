"""What others do changes nothing for those it does not concern; officials and operators see no trade at all."""

from api.schema import schema
from seeds.cast import GEARWORKS, LONGTENG, OFFICES
from tests.secrecy.crawl import Crawl, opened_one
from tests.secrecy.tables import Ledger
from tests.secrecy.test_crawl import over_http
from tests.secrecy.world import SEATS, every_row

BOTH = (LONGTENG, GEARWORKS)
KEPT_BY_OPERATOR = {
    "Chain", "Stage", "Firm", "Site", "Application", "FirmMerger",  # the register
    "FinancialAccount", "InboxEntry",  # where a firm has no second person: that a change waits, and its last four
}  # fmt: skip


def test_whoever_is_no_party_to_an_act_sees_the_same_to_the_byte_after_it(own_world):
    world = own_world
    crawl = Crawl(world, schema.graphql_schema, over_http(world), Ledger(every_row()))
    parties = {world.seated.firms[name] for name in BOTH}
    bystanders = [seat for seat in SEATS if world.party(seat) not in parties]
    before = {seat: crawl.dashboard(seat) for seat in bystanders}

    cast = world.cast
    placed = cast.chain_master.places_order(cast.gearworks, "RV-40E", "30", number="秘-新-订单")
    cast.gearworks.accepts_all(placed)
    cast.chain_master.receives(cast.gearworks.ships((placed, 1, "30")))
    cast.chain_master.requires_documents(placed)["requirements"]
    shown = {"viewerId": cast.chain_master.firm_id, "chainId": cast.gearworks.chain(), "until": "2099-01-01"}
    given = cast.gearworks.acts("disclose_links", shown, by="sales")["disclosure"]
    cast.gearworks.acts("revoke_disclosure", {"disclosureId": given["id"]}, by="sales")["disclosure"]

    assert [seat for seat in bystanders if crawl.dashboard(seat) != before[seat]] == []
    assert crawl.dashboard("sales@gearworks.example") != before.get("sales@gearworks.example")


def test_what_a_firm_shows_one_partner_is_not_in_its_history_for_another(own_world):
    world, cast = own_world, own_world.cast
    events = lambda: [e["event"] for e in cast.bearing.history_of(cast.gearworks.firm_id)]  # noqa: E731
    before = events()

    shown = {"viewerId": cast.chain_master.firm_id, "chainId": cast.gearworks.chain(), "until": "2099-01-01"}
    given = cast.gearworks.acts("disclose_links", shown, by="sales")["disclosure"]

    assert events() == before
    for party in (cast.gearworks, cast.chain_master):
        assert [e["event"] for e in party.history_of(given["id"])] == ["LinksDisclosed"]
    assert (
        world.api.asks("sales@bearing.example", "history_page", id=given["id"]).problems[0]["extensions"]["code"]
        == "NOT_FOUND"
    )


def test_the_history_of_a_disclosed_link_does_not_name_who_hides_behind_its_alias(world):
    """Longteng knows the bearing maker by name; that the alias stands for it would show in who declared the link."""
    links = world.cast.chain_master.links()
    shown = [link for link in links if link["disclosed"]]

    assert [link["supplier"] for link in shown] == [None, None]
    assert [world.cast.chain_master.history_of(link["id"]) for link in shown] == [[], []]
    rows = {opened_one(link["id"]) for link in shown}
    own = next(link for link in world.cast.bearing.links() if opened_one(link["id"]) in rows)
    assert world.cast.bearing.history_of(own["id"]) != []


def test_one_firm_has_another_alias_for_each_who_looks(own_world):
    cast = own_world.cast
    shown = {"viewerId": cast.rival.firm_id, "chainId": cast.bearing.chain(), "until": "2099-01-01"}
    cast.bearing.acts("disclose_links", shown, by="sales")["disclosure"]

    aliases = [
        {link["supplierAlias"] for link in player.links() if link["disclosed"]} for player in (cast.gearworks, cast.rival)
    ]  # fmt: skip

    assert [len(some) for some in aliases] == [1, 1]
    assert aliases[0].isdisjoint(aliases[1])


def test_officials_and_the_operator_have_no_trade_of_any_kind(world):
    crawl = Crawl(world, schema.graphql_schema, over_http(world), Ledger(every_row()))

    for seat in OFFICES:
        kinds = {kind for kind, _ in crawl.reach(seat).found.values()}
        assert kinds <= (KEPT_BY_OPERATOR if "operator" in seat else {"Chain", "Stage"}), seat


def test_no_official_is_told_a_figure_of_one_or_two_firms(world):
    for seat in [email for email in OFFICES if "official" in email]:
        told = world.api.asks(seat, "chain_map_page", chainId=world.cast.chain_master.chain())["chainMap"]
        assert (told["firms"], told["links"], told["byBasis"]) == ([], [], []), seat
        assert {cell["firms"] for cell in told["cells"]} <= {None, 0, *range(3, 1000)}
