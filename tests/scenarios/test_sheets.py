"""Firms take their data in from sheets: they look first, mend, run; what they give out reads back as nothing new."""

import pytest

from seeds import cast as seats
from seeds.cast import credit_code
from tests.scenarios.players import Cast, what
from tests.scenarios.sheets import cells_of, csv_of, exported, previews, problems, runs, told, workbook

HEAD = ("物料号", "名称", "计量单位", "交货周期（天）")
GOOD = csv_of(HEAD, ("RV-40E", "", "", "25"), ("007", "新减速机", "件", ""), ("RV-80E", "", "", ""))


def numbers(cast: Cast, text: str) -> list[tuple[str, str, int]]:
    found = cast.gearworks.asks("items_page", by="sales", filter={"text": text})["items"]["nodes"]
    return [(item["number"], item["name"], item["leadTimeDays"]) for item in found]


@pytest.fixture
def codes(cast: Cast) -> dict[str, str]:
    """Unified social credit codes, as the operator sees them."""
    found = cast.operator.asks("firms", first=100)["firms"]["nodes"]
    by_name = {firm["name"]: firm["code"] for firm in found}
    return {name: by_name[getattr(seats, name)] for name in ("LONGTENG", "GEARWORKS", "RIVAL", "BEARING")}


@pytest.mark.feature("K4")
def test_a_supplier_looks_first_then_writes_all_and_what_is_left_empty_stays(cast: Cast):
    handed = cast.gearworks.uploads(GOOD, "items.csv")
    read = cast.gearworks.acts("preview_import", {"uploadId": what(handed), "kind": "ITEMS"}, by="sales")
    assert read["sheetImport"]["state"] == "READING"

    seen = previews(cast.gearworks, "ITEMS", GOOD)

    assert seen["node"]["state"] == "PREVIEWED"
    assert told(seen) == {"total": 3, "toCreate": 1, "toUpdate": 1, "unchanged": 1, "refused": 0}
    assert numbers(cast, "新减速机") == []

    told_to = {"importId": seen["node"]["id"], "expectedVersion": 2, "rows": "ALL"}
    assert cast.gearworks.acts("run_import", told_to, by="sales")["sheetImport"]["state"] == "RUNNING"
    done = cast.gearworks.asks("sheet_import_page", by="sales", id=seen["node"]["id"])["node"]
    assert (done["state"], done["runJob"]["state"]) == ("DONE", "DONE")
    assert cast.gearworks.acts("run_import", told_to, by="sales").refusals == ["STALE"]
    assert numbers(cast, "新减速机") == [("007", "新减速机", 0)]
    assert numbers(cast, "RV-40E") == [("RV-40E", "RV-40E 精密减速机", 25)]
    assert told(previews(cast.gearworks, "ITEMS", GOOD))["unchanged"] == 3


def test_with_bad_rows_all_or_nothing_is_refused_and_the_valid_ones_alone_are_written(cast: Cast):
    sheet = workbook(
        HEAD, ("A-1", "一", "件", "5"), ("A-2", None, "件", "5"), ("A-3", "三", "件", "=1+1"), ("A-1", "又", "件", 7),
        ("A-5", "五", "斤半", 3), (9.1320500123456e17, "六", "件", 1),
    )  # fmt: skip

    seen = previews(cast.gearworks, "ITEMS", sheet, "物料.xlsx")

    assert told(seen) == {"total": 6, "toCreate": 0, "toUpdate": 0, "unchanged": 0, "refused": 6}
    assert [cell for cell, _ in problems(seen)] == ["A2", "B3", "D4", "A5", "C6", "A7"]
    assert seen["node"]["openVerbs"] == []

    mended = workbook(HEAD, ("A-1", "一", "件", "5"), ("A-2", None, "件", "5"))
    seen = previews(cast.gearworks, "ITEMS", mended, "物料.xlsx")
    refused = runs(cast.gearworks, seen)

    assert refused.refusals == ["INVALID"]
    assert numbers(cast, "A-1") == []

    assert runs(cast.gearworks, seen, "VALID")["node"]["state"] == "DONE"
    assert numbers(cast, "A-1") == [("A-1", "一", 5)]
    assert numbers(cast, "A-2") == []


def test_the_annotated_sheet_says_beside_each_row_what_is_wrong_with_it(cast: Cast):
    seen = previews(cast.gearworks, "ITEMS", csv_of(HEAD, ("A-1", "", "件", ""), ("A-2", "二", "件", "")))

    answer = cast.gearworks.api.client.get(seen["node"]["annotatedUrl"])

    head, first, second = cells_of(answer.data)
    assert head == [*HEAD, "结果 / Result", "问题 / Problems"]
    assert first[:5] == ["A-1", None, "件", None, "未通过 / refused"]
    assert "B2: 名称未填写" in first[5] and "Name is empty" in first[5]
    assert second[4:] == ["新增 / create", None]


def test_sites_are_taken_in_by_code_and_another_firm_learns_nothing_of_the_import(cast: Cast):
    sheet = csv_of(
        ("Site code", "Site name", "Prefecture", "Address"),
        ("01", "苏州一厂", "苏州", "星湖街 1 号"),
        ("02", "仓库", "320600", ""),
    )

    seen = previews(cast.gearworks, "SITES", sheet)
    done = runs(cast.gearworks, seen)

    assert told(done) == {"total": 2, "toCreate": 2, "toUpdate": 0, "unchanged": 0, "refused": 0}
    found = cast.gearworks.asks("sites", by="sales")["sites"]["nodes"]
    assert [(site["code"], site["prefecture"]) for site in found] == [("01", "320500"), ("02", "320600")]
    hidden = cast.rival.asks("sheet_import_page", by="sales", id=done["node"]["id"])
    assert hidden.data["node"] is None and hidden.problems
    assert cast.rival.asks("sheets_page", by="sales")["sheetImports"]["nodes"] == []


def test_both_ends_speak_of_links_and_numbers_by_sheet(cast: Cast, codes: dict[str, str]):
    head = ("供应方信用代码", "采购方信用代码", "供应方物料号", "采购方物料号", "采购份额", "答复")
    runs(cast.gearworks, previews(cast.gearworks, "ITEMS", csv_of(HEAD, ("NEW-1", "新件", "件", ""))))

    mine = csv_of(head, ("", codes["LONGTENG"], "NEW-1", "L-1", "", ""), ("", codes["LONGTENG"], "RV-40E", "", "", ""))
    seen = previews(cast.gearworks, "SUPPLY_LINKS", mine)
    assert told(seen) == {"total": 2, "toCreate": 1, "toUpdate": 0, "unchanged": 1, "refused": 0}
    assert runs(cast.gearworks, seen)["node"]["state"] == "DONE"

    theirs = csv_of(head, (codes["GEARWORKS"], "", "NEW-1", "", "独家", "确认"))
    seen = previews(cast.chain_master, "SUPPLY_LINKS", theirs, by="buyer")
    assert told(seen)["toUpdate"] == 1
    assert runs(cast.chain_master, seen, by="buyer")["node"]["state"] == "DONE"
    chain = cast.chain_master.asks("chains")["chains"]["nodes"][0]["id"]
    links = cast.chain_master.asks("supply_links", by="buyer", chainId=chain, first=100)["supplyLinks"]["nodes"]
    assert [link["state"] for link in links if link["item"] and link["item"]["number"] == "NEW-1"] == ["CONFIRMED"]

    terms = csv_of(
        ("供应方信用代码", "供应方物料号", "采购方物料号", "采购单位", "换算：采购单位数", "换算：供应单位数", "起订量", "生效日期"),
        (codes["GEARWORKS"], "NEW-1", "L-1", "套", "1", "12", "24", ""), (codes["GEARWORKS"], "RV-40E", "L-2", "", "", "", "", "2020-01-01"),
    )  # fmt: skip
    seen = previews(cast.chain_master, "CROSS_REFERENCES", terms, by="buyer")
    assert told(seen)["toCreate"] == 2
    assert runs(cast.chain_master, seen, by="buyer")["node"]["state"] == "DONE"
    for player, by in ((cast.chain_master, "buyer"), (cast.gearworks, "sales")):
        for kind in ("CROSS_REFERENCES", "SUPPLY_LINKS"):
            given = exported(player, kind, by=by)
            again = previews(player, kind, given, by=by)
            assert told(again) == told(again) | {"unchanged": told(again)["total"], "refused": 0}, given.decode()


def test_a_partner_nobody_knows_and_an_item_nobody_shows_are_row_errors_told_alike(cast: Cast, codes: dict[str, str]):
    head = ("供应方信用代码", "供应方物料号")
    sheet = csv_of(
        head,
        (codes["RIVAL"], "RC-40"),
        (credit_code(7777), "RC-40"),
        ("91320500MA1", "X"),
        (codes["GEARWORKS"], "RV-40E"),
    )

    seen = previews(cast.gearworks, "SUPPLY_LINKS", sheet)

    unknown, made_up, *_ = problems(seen)
    assert unknown[1] == made_up[1] == "no partner of yours has this credit code"
    assert [cell for cell, _ in problems(seen)] == ["A2", "A3", "A4", "5"]


def test_the_operator_registers_firms_and_no_firm_does(cast: Cast, codes: dict[str, str]):
    head = ("统一社会信用代码", "企业名称", "企业类型", "设区市", "主营产品")
    fresh = credit_code(7001)
    sheet = csv_of(
        head, (fresh, "南通试验钢材有限公司", "供应商", "南通市", "钢材"), (codes["GEARWORKS"], "", "", "", "精密减速机"),
        (fresh[:17] + ("0" if fresh[17] != "0" else "1"), "错", "供应商", "南通", ""), encoding="gb18030",
    )  # fmt: skip

    seen = previews(cast.operator, "FIRMS", sheet, by="any")

    assert told(seen) == {"total": 3, "toCreate": 1, "toUpdate": 1, "unchanged": 0, "refused": 1}
    assert runs(cast.operator, seen, "VALID", by="any")["node"]["state"] == "DONE"
    found = cast.operator.asks("firms", filter={"text": "南通试验"})["firms"]["nodes"]
    assert [firm["name"] for firm in found] == ["南通试验钢材有限公司"]
    upload = what(cast.gearworks.uploads(sheet, "firms.csv"))
    assert cast.gearworks.acts("preview_import", {"uploadId": upload, "kind": "FIRMS"}, by="sales").refusals == [
        "NOT_ALLOWED_NOW"
    ]
    again = previews(cast.operator, "FIRMS", exported(cast.operator, "FIRMS", "XLSX", by="any"), "firms.xlsx", by="any")
    assert told(again)["total"] == told(again)["unchanged"] > 5


def test_a_file_without_such_a_sheet_is_unreadable_and_one_made_stale_meanwhile_fails_whole(cast: Cast):
    maker = cast.gearworks

    odd = previews(maker, "ITEMS", b"\x89PNG\r\n" + bytes(99), "picture.png")
    assert (odd["node"]["state"], odd["node"]["openVerbs"]) == ("UNREADABLE", [])
    headless = previews(maker, "ITEMS", csv_of(("颜色", "尺寸"), ("红", "大")))
    assert "no row of the sheet names the columns" in headless["node"]["message"]

    first = previews(maker, "ITEMS", csv_of(HEAD, ("S-1", "一", "件", ""), ("S-2", "二", "件", "")))
    second = previews(maker, "ITEMS", csv_of(HEAD, ("S-2", "另一个", "千克", "")))
    assert runs(maker, second)["node"]["state"] == "DONE"

    late = runs(maker, first)

    assert late["node"]["state"] == "FAILED"
    assert "row 3 first" in late["node"]["message"]
    assert numbers(cast, "S-") == [("S-2", "另一个", 0)]
