"""Official rule sets through the API's door: warned of within a limit of time, said not to have run, or refused as no set at all."""

import signal
import subprocess
import sys
import time
from base64 import b64decode, b64encode

import pytest

from exchange.ubl import official, rule_process
from exchange.ubl.official import PROCESS, official_on
from kernel.rule_folder import use_folder
from tests.exchange.test_rule_sets import ASKS_PROFILE, SAMPLES, SHEET, invoice
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


def test_no_answer_goes_to_another_document_and_a_set_that_was_replaced_is_compiled_anew(folder, monkeypatch):
    order = (SAMPLES / "own" / "barest.xml").read_bytes()
    folder.write_text(SHEET.format(body=ASKS_PROFILE.format(root="/o:Order")))
    assert [one.rule for one in official_on(order)] == ["own OWN-1"]
    folder.write_text(SHEET.format(body=ASKS_PROFILE.replace("OWN-1", "OWN-2").format(root="/o:Order")))
    assert [one.rule for one in official_on(order)] == ["own OWN-2"]

    def interrupted(*_):
        raise RuntimeError

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(PROCESS, "_heard", interrupted)
        official_on(order)
    assert official_on(invoice()) == []  # what was found on the order waits for nobody

    PROCESS.end()
    folder.parent.parent.rename(folder.parent.parent.with_name("gone"))
    assert [one.rule for one in official_on(invoice())] == ["not run"]


QUICKER = "import sys; from exchange.ubl import rule_process as p; p.LONGEST_SECONDS = 1; p.main(sys.argv[1])"


def test_a_set_that_loops_is_ended_also_where_nobody_is_left_to_end_it(folder):
    order = (SAMPLES / "own" / "barest.xml").read_bytes()
    folder.write_text(SHEET.format(body=LOOPS.replace("100000000", "1000000000")))
    assert rule_process.LONGEST_SECONDS > official.STARTING_SECONDS > official.SECONDS

    left = subprocess.Popen(
        [sys.executable, "-c", QUICKER, str(folder.parent.parent)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        said, _ = left.communicate(len(order).to_bytes(8, "big") + order, timeout=20)  # whoever asked is gone after it
    finally:
        left.kill()

    assert (left.returncode, said) == (-signal.SIGALRM, b"")
