"""Firms let officials know them by name, and take that back; nobody else learns of it, nor of firms that do not consent."""

from base64 import b64decode
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.stored import operation
from jobs.publishing import publish_officials_figures
from seeds.cast import DEALER, GEARWORKS, RIVAL
from tests.scenarios.conftest import SELLERS
from tests.scenarios.players import Player, day
from tests.scenarios.reactions import react


@pytest.fixture
def city(cast):
    return Player(cast.api, "official@suzhou.example")


def stage_of(player, code):
    (chain,) = player.asks("chains", by="sales")["chains"]["nodes"]
    return next(stage["id"] for stage in chain["stages"] if stage["code"] == code)


def publish():
    publish_officials_figures()
    react()


def consents(player, code="integration", by="sales", **more):
    given = {"stageId": stage_of(player, code), "asHolder": False, "until": day(90)} | more
    made = player.acts("consent_to_naming", given, by=by)
    react()
    return made


def revokes(player, made):
    return player.acts("revoke_naming", {"consentId": made["consent"]["id"]}, by="sales")


def seen(official):
    return official.asks("chain_map_page", chainId=official.chain())["chainMap"]


def named(official):
    """(name, prefecture, whether it calls itself a key firm) of whom an official reads."""
    return [(one["name"], one["prefecture"], one["holder"]) for one in seen(official)["named"]]


def own(player):
    return player.asks("naming_consents", by="sales", chainId=player.chain())["namingConsents"]["nodes"]


@pytest.mark.feature("I1")
@pytest.mark.feature("I3")
def test_a_firm_is_named_to_its_province_and_prefecture_until_it_takes_that_back(
    cast, city, elsewhere, after_days, nothing_changes
):
    after_days(35)
    made = consents(cast.gearworks, "core-parts", asHolder=True)
    assert named(cast.official) == [], "nothing is published yet"
    publish()

    assert named(cast.official) == [(GEARWORKS, "320500", True)]
    assert named(city) == [(GEARWORKS, "320500", False)], (
        "a prefecture reads no word of the stage, so no claim beside it"
    )
    assert (seen(elsewhere)["named"], seen(elsewhere)["stops"]) == ([], [])
    assert seen(cast.official)["named"][0]["since"] == day(0)
    assert {one["mark"] for one in seen(cast.official)["marks"] if one["stage"]["name"] == "Core components"} == {
        "THIN"
    }

    through = cast.api.posts(
        "sales@gearworks.example",
        {"query": operation("chain_map_page"), "variables": {"chainId": cast.gearworks.chain()}},
        eyes="officials",
    ).get_json()["data"]["chainMap"]
    assert (through["official"], through["named"], through["stops"]) == (True, [], []), (
        "whether it is told, its firm does not learn"
    )
    for other in (cast.rival, cast.chain_master, cast.bearing, cast.operator):
        assert own(other) == []
        for asked in ("node", "history_page"):
            (hidden,) = {
                problem["extensions"]["code"]
                for problem in other.asks(asked, by="sales", id=made["consent"]["id"]).problems
            }
            assert hidden == "NOT_FOUND"
        with nothing_changes():
            assert revokes(other, made).refusals in (["NOT_FOUND"], ["NOT_ALLOWED_NOW"])
    assert seen(cast.rival)["named"] == [] and seen(cast.chain_master)["named"] == []
    with nothing_changes():
        for refused, codes, rule in (
            (consents(cast.chain_master, "robots", by="buyer"), ["NOT_ALLOWED_NOW"], "duty.sales"),
            (consents(cast.official), ["NOT_ALLOWED_NOW"], "duty.sales"),
            (consents(cast.gearworks, "bearings"), ["NOT_FOUND"], "visibility"),
            (consents(cast.gearworks, "core-parts"), ["INVALID"], "input"),
            (consents(cast.rival, "core-parts", until=day(-1)), ["INVALID"], "input"),
        ):
            assert refused.refusals == codes
            assert refused.errors[0]["rule"].split(" ")[0] == rule

    consents(cast.rival, "core-parts")
    assert [name for name, _, _ in named(cast.official)] == [RIVAL, GEARWORKS]
    assert [name for name, _, _ in named(city)] == [GEARWORKS]
    assert len(own(cast.gearworks)) == len(own(cast.rival)) == 1
    revokes(cast.gearworks, made)["consent"]
    assert [name for name, _, _ in named(cast.official)] == [RIVAL] and named(city) == []
    after_days(91)
    assert named(cast.official) == [], "a consent ends after its last day"


@pytest.mark.feature("I1")
def test_beside_a_figure_of_four_the_second_name_waits_until_all_four_are_told(cast, sellers, city, after_days):
    after_days(35)
    publish()
    assert [
        f["value"]
        for f in seen(cast.official)["figures"]
        if (f["measure"], f["prefectures"]) == ("FIRMS", ["320100"]) and f["value"]
    ] == [4]

    first = consents(cast.dealer)
    alone = [(DEALER, "320100", False)]
    assert named(cast.official) == alone
    waiting = [consents(seller) for seller in sellers[:2]]
    assert named(cast.official) == alone, "with two named, the figure would be about the other two"
    unseen = own(sellers[0])
    publish()
    assert named(cast.official) == alone

    consents(sellers[2])
    assert [name for name, _, _ in named(cast.official)] == sorted([DEALER, *SELLERS])
    assert own(sellers[0]) == unseen, "no firm learns whether its name is told: that would tell of the others"
    assert [fact["event"] for fact in sellers[0].history_of(waiting[0]["consent"])] == ["NamingConsented"]
    revokes(cast.dealer, first)["consent"]
    assert [name for name, _, _ in named(cast.official)] == sorted(SELLERS)
    assert named(city) == []


@pytest.mark.feature("I3")
@pytest.mark.feature("I7")
def test_a_province_reads_what_stops_with_a_prefecture_and_takes_all_of_it_away(cast, sellers, city, after_days):
    after_days(35)
    consents(cast.dealer)
    publish()

    found = seen(cast.official)
    codes = {stage["id"]: stage["code"] for stage in found["chain"]["stages"]}
    stops = {
        (one["prefecture"], codes[one["stage"]["id"]]): (one["own"], one["whole"], one["measure"])
        for one in found["stops"]
    }
    assert len(stops) == 13 * 6
    assert stops["320100", "integration"] == ("ALL", "ALL", "FIRMS")
    assert stops["320100", "logistics"] == ("UNTOLD", "ALL", "FIRMS"), "it lives on what integration makes"
    assert stops["320500", "integration"] == ("NONE", "NONE", "FIRMS")
    assert stops["320500", "core-parts"] == ("UNTOLD", "UNTOLD", "FIRMS")
    assert seen(city)["stops"] == [] and seen(cast.chain_master)["stops"] == []

    chain = cast.official.chain()
    book = load_workbook(BytesIO(b64decode(cast.official.asks("official_xlsx", chainId=chain)["chainMap"]["xlsx"])))
    assert book.sheetnames == ["方法 Method", "数字 Figures", "标记 Marks", "停摆 Stops", "具名 Named"]
    rows = {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book}
    method = {row[0].split(" / ")[0]: row[1] for row in rows["方法 Method"]}
    assert method["统计月份"].date().isoformat() == found["asOf"]
    assert len(rows["停摆 Stops"]) == 1 + 13 * 6 and len(rows["数字 Figures"]) == 1 + len(found["figures"])
    assert rows["具名 Named"][1][:2] == ("Integration and sales", "Nanjing") and rows["具名 Named"][1][2] == DEALER
    assert not any(name in str(rows) for name in (*SELLERS, GEARWORKS, RIVAL))
    for firm in (cast.chain_master, cast.dealer):
        assert firm.asks("official_xlsx", chainId=chain)["chainMap"]["xlsx"] is None
