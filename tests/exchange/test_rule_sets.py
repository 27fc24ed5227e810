"""Official rule sets: EN 16931 on invoices, an operator's folder, and a set that cannot be trusted is an error, never a pass."""

from pathlib import Path

import pytest

from exchange.ubl.rule_sets import BrokenRuleSet, failed_rules, rule_sets

pytestmark = pytest.mark.feature("K2")

SAMPLES = Path(__file__).parents[1] / "samples" / "ubl"
SHEET = """<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:svrl="http://purl.oclc.org/dsdl/svrl" xmlns:o="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<xsl:template match="/"><svrl:schematron-output>{body}</svrl:schematron-output></xsl:template></xsl:stylesheet>"""
ASKS_PROFILE = (
    '<xsl:for-each select="{root}"><svrl:fired-rule context="order"/><xsl:if test="not(cbc:ProfileID)">'
    '<svrl:failed-assert id="OWN-1" flag="fatal" location="/Order"><svrl:text>a profile is said</svrl:text></svrl:failed-assert>'
    "</xsl:if></xsl:for-each>"
)


def invoice(old: bytes = b"", new: bytes = b"") -> bytes:
    return (SAMPLES / "en16931" / "ubl-tc434-example3.xml").read_bytes().replace(old, new)


def test_an_invoice_is_held_against_en_16931_in_a_process_of_its_own():
    wrong = invoice(b'<cbc:PayableAmount currencyID="DKK">', b'<cbc:PayableAmount currencyID="DKK">1')

    assert failed_rules(invoice(), rule_sets()) == []
    found = failed_rules(wrong, rule_sets())
    assert [(f.rule_set, f.id, f.flag) for f in found] == [("EN16931-UBL-validation", "BR-CO-16", "fatal")]
    assert "LegalMonetaryTotal" in found[0].place and found[0].text.startswith("[BR-CO-16]")


def test_a_set_in_the_operators_folder_runs_and_one_that_fires_no_rule_is_an_error(tmp_path):
    (tmp_path / "Order").mkdir()
    sheet = tmp_path / "Order" / "own.xslt"
    order = (SAMPLES / "own" / "barest.xml").read_bytes()

    sheet.write_text(SHEET.format(body=ASKS_PROFILE.format(root="/o:Order")))
    assert [f.id for f in failed_rules(order, rule_sets(tmp_path))] == ["OWN-1"]
    assert failed_rules(invoice(), rule_sets(tmp_path)) == []

    for body, word in ((ASKS_PROFILE.format(root="/nothing"), "no rule of"), ("<xsl:broken/>", "does not run")):
        sheet.write_text(SHEET.format(body=body))
        with pytest.raises(BrokenRuleSet, match=word):
            failed_rules(order, rule_sets(tmp_path))
    sheet.rename(tmp_path / "Order" / "own.sch")
    with pytest.raises(BrokenRuleSet, match="compile it to XSLT"):
        rule_sets(tmp_path)
    (tmp_path / "T01").mkdir()
    with pytest.raises(BrokenRuleSet, match="named as no document|compile it"):
        rule_sets(tmp_path)
