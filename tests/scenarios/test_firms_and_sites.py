"""A firm keeps its own record and its sites; two who write at once, and who may see which."""

import pytest

SITE = {"code": "SZ-1", "name": "苏州一厂", "prefecture": "320500", "address": "工业园区星湖街 1 号"}


def card(player, firm_id, by="buyer"):
    return player.asks("firm_page", by=by, id=firm_id)


@pytest.mark.feature("A2")
def test_a_firm_mends_its_own_card_and_the_second_of_two_editors_is_told(cast, nothing_changes):
    firm = cast.gearworks.firm_id
    version = card(cast.gearworks, firm)["node"]["version"]
    first = {"firmId": firm, "expectedVersion": version, "makes": "精密减速机", "nameEn": "Jingchi Drives"}
    cast.gearworks.acts("change_firm", first, by="sales")["firm"]

    with nothing_changes():
        late = cast.gearworks.acts("change_firm", first | {"makes": "齿轮"}, by="sales")
        renamed = cast.gearworks.acts(
            "change_firm", {"firmId": firm, "expectedVersion": version + 1, "name": "龙腾智能装备"}, by="sales"
        )
        strange = cast.rival.acts("change_firm", first, by="sales")

    assert (late.refusals, renamed.refusals, strange.refusals) == (["STALE"], ["NOT_ALLOWED_NOW"], ["NOT_FOUND"])
    assert renamed.rule == "firm.name (lifted by the platform's operator, who keeps names and places)"
    seen = card(cast.chain_master, firm)["node"]
    assert (seen["makes"], seen["nameEn"], seen["version"], seen["openVerbs"]) == (
        "精密减速机",
        "Jingchi Drives",
        version + 1,
        [],
    )
    told = [(e["event"], e["byName"]) for e in cast.gearworks.history_of(firm) if e["event"] == "FirmChanged"]
    assert told == [("FirmChanged", "业务员")]
    found = cast.chain_master.asks("firms_page", filter={"text": "jingchi"})["firms"]["nodes"]
    assert [f["id"] for f in found] == [firm]


@pytest.mark.feature("A2")
def test_the_operator_mends_name_and_place(cast):
    firm = cast.gearworks.firm_id
    given = {"firmId": firm, "expectedVersion": 1, "name": "苏州精齿传动科技有限公司", "prefecture": "320400"}

    changed = cast.operator.acts("change_firm", given, by="any")["firm"]

    assert (changed["name"], changed["prefecture"]) == (given["name"], "320400")
    assert cast.chain_master.asks("firms", filter={"text": "传动科技"})["firms"]["totalCount"] == 1


@pytest.mark.feature("A2")
def test_a_one_clerk_firm_adds_mends_and_closes_a_site_that_no_partner_sees_before_a_link_names_it(
    cast, nothing_changes
):
    made = cast.gearworks.acts("add_site", SITE, by="sales")["site"]
    with nothing_changes():
        assert cast.gearworks.acts("add_site", SITE, by="sales").fields == ["code"]
        assert cast.gearworks.acts("add_site", SITE | {"code": "B", "prefecture": "999999"}, by="sales").fields == [
            "prefecture"
        ]
        assert cast.chain_master.acts("add_site", SITE, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        theirs = {"siteId": made["id"], "expectedVersion": 1}
        assert cast.chain_master.acts("close_site", theirs, by="lead").refusals == ["NOT_FOUND"]
    mended = cast.gearworks.acts(
        "change_site", {"siteId": made["id"], "expectedVersion": 1, "name": "苏州总厂"}, by="sales"
    )
    assert (mended["site"]["name"], mended["site"]["address"], mended["site"]["version"]) == (
        "苏州总厂",
        SITE["address"],
        2,
    )
    closing = {"siteId": made["id"], "expectedVersion": 1}
    assert cast.gearworks.acts("close_site", closing, by="sales").refusals == ["STALE"]

    closed = cast.gearworks.acts("close_site", closing | {"expectedVersion": 2}, by="sales")["site"]

    assert (closed["closedOn"] is None, closed["openVerbs"]) == (False, [])
    assert card(cast.chain_master, cast.gearworks.firm_id)["sites"]["nodes"] == []
    assert [s["name"] for s in card(cast.gearworks, cast.gearworks.firm_id)["sites"]["nodes"]] == ["苏州总厂"]
    with nothing_changes():
        again = cast.gearworks.acts(
            "change_site", {"siteId": made["id"], "expectedVersion": 3, "name": "X"}, by="sales"
        )
    assert again.refusals == ["NOT_ALLOWED_NOW"]
    assert cast.gearworks.asks("sites", filter={"openOnly": True})["sites"]["totalCount"] == 0
