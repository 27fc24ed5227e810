"""Official rule sets through the API's door: warned of within a limit of time, said not to have run, or refused as no set at all."""

import time
from base64 import b64decode, b64encode

import pytest

from exchange.ubl import official
from exchange.ubl.official import PROCESS, official_on
from kernel.rule_folder import use_folder
from tests.exchange.test_rule_sets import ASKS_PROFILE, SHEET, invoice
from tests.scenarios.players import line

pytestmark = pytest.mark.feature("K2")
LOOPS = '<xsl:for-each select="1 to 100000000"><xsl:if test="string-length(string(.)) = 99">x</xsl:if></xsl:for-each>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rules" / "Order").mkdir(parents=True)
    use_folder(tmp_path / "rules")
    yield tmp_path / "rules" / "Order" / "own.xslt"
    use_folder(None)
    PROCESS.end()
    PROCESS.rests_until = 0.0


def test_a_document_is_held_against_official_sets_by_a_process_that_compiles_them_once(
    cast, folder, nothing_changes, monkeypatch
):
    began = time.monotonic()
    assert official_on(invoice()) == []
    started = time.monotonic() - began
    wrong = invoice(b'<cbc:PayableAmount currencyID="DKK">', b'<cbc:PayableAmount currencyID="DKK">1')
    began = time.monotonic()
    assert [one.rule for one in official_on(wrong)] == ["EN16931-UBL-validation BR-CO-16"]
    assert time.monotonic() - began < started / 2  # it was compiled once

    order = cast.chain_master.places_order(
        cast.gearworks, lines=[line("RV-40E", "30", days={20: "30"})], number="OFF-1"
    )
    said = {"kind": "ORDER", "id": order["order"]["id"]}
    folder.write_text(SHEET.format(body=ASKS_PROFILE.format(root="/o:Order")))
    PROCESS.end()
    given = cast.gearworks.asks("ubl_document", by="sales", **said)["ublDocument"]
    assert [one["rule"] for one in given["warnings"]] == ["own OWN-1"]
    assert given["warnings"][0]["message"] == "a profile is said"

    file = {"kind": "ORDER", "content": given["content"], "dryRun": True}
    again = cast.chain_master.acts("import_ubl", file, by="buyer")
    assert again.refusals == ["INVALID"]  # the order is placed already; a file that is refused runs no official set

    folder.write_text(SHEET.format(body=ASKS_PROFILE.format(root="/nothing")))
    PROCESS.end()
    silent = cast.gearworks.asks("ubl_document", by="sales", **said)
    assert "rule_set_fires_nothing" in str(silent.problems) and "own" in silent.problems[0]["message"]

    other = b64encode(b64decode(given["content"]).replace(b"OFF-1", b"OFF-2")).decode()
    with nothing_changes():
        refused = cast.chain_master.acts("import_ubl", {"kind": "ORDER", "content": other}, by="buyer")
        assert (refused.refusals, "fires_nothing" in refused.errors[0]["rule"]) == (["NOT_ALLOWED_NOW"], True)

    monkeypatch.setattr(official, "STARTING_SECONDS", 1.0)
    folder.write_text(SHEET.format(body=LOOPS))
    PROCESS.end()
    began = time.monotonic()
    late = [cast.gearworks.asks("ubl_document", by="sales", **said)["ublDocument"]["warnings"] for _ in range(2)]
    assert [[one["rule"] for one in warnings] for warnings in late] == [["not run"], ["not run"]]
    assert time.monotonic() - began < 3  # the second is not made to wait for it
    taken = cast.chain_master.acts("import_ubl", {"kind": "ORDER", "content": other}, by="buyer")["outcome"]
    assert [one["rule"] for one in taken["warnings"]] == ["not run"]
