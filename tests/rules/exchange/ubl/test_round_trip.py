"""What our model holds of a document is not lost on the way out and in again: our own examples, and OASIS's samples."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from exchange.ubl import examples
from exchange.ubl.documents import OrderDocument
from exchange.ubl.examples import EXAMPLES, TODAY
from exchange.ubl.held import READERS
from exchange.ubl.rule_sets import failed_rules, rule_sets
from exchange.ubl.rules import Facts, warnings_in
from exchange.ubl.validate import validate_ubl
from exchange.ubl.write_change import write_order_cancellation, write_order_change
from exchange.ubl.write_invoice import write_invoice, write_invoice_answer
from exchange.ubl.write_order import write_order
from exchange.ubl.write_quoting import write_quotation
from exchange.warned import RULES

pytestmark = pytest.mark.feature("K2")

ROOT = Path(__file__).parents[4]
WRITERS = {
    "Order": write_order, "OrderChange": write_order_change, "OrderCancellation": write_order_cancellation,
    "Quotation": write_quotation, "Invoice": write_invoice, "ApplicationResponse": write_invoice_answer,
}  # fmt: skip


def as_held(document):
    """Without what is no content: what was left out, and which of several places a value was taken from."""
    held = replace(document, left_out=())
    if not isinstance(held, OrderDocument):
        return held
    rows = [replace(r, schedules=tuple(replace(s, wanted_from="") for s in r.schedules)) for r in held.lines]
    return replace(held, lines=tuple(rows), currency_from="")


@pytest.mark.parametrize("document", EXAMPLES)
def test_our_own_example_obeys_its_schema_and_our_rules(document):
    assert validate_ubl(EXAMPLES[document]) == []
    assert [str(w) for w in warnings_in(EXAMPLES[document], RULES, Facts(TODAY))] == []


@pytest.mark.parametrize("document", WRITERS)
def test_what_is_read_of_our_example_is_written_as_the_same_bytes(document):
    read, complaints = READERS[document](EXAMPLES[document])

    assert complaints == []
    assert WRITERS[document](read) == EXAMPLES[document]


def test_an_answer_is_read_row_by_row_as_it_was_written():
    answer, complaints = READERS["OrderResponse"](EXAMPLES["OrderResponse"])

    assert complaints == [] and (answer.order_change_number, answer.code.value) == ("PO-7-C1", "CA")
    first, further, second = answer.rows
    assert (first.backorder, first.substitute_number, first.unit_price) == (
        2,
        "RV-40F",
        examples.RESPONSE.lines[0].unit_price,
    )
    assert [r.schedules for r in (first, further)] == [(s,) for s in examples.RESPONSE.lines[0].schedules]
    assert (further.code.value, further.line_number, second.note) == ("1", "1", "DISCONTINUED")


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("Order", "oasis/UBL-Order-2.0-Example.xml"), ("OrderCancellation", "oasis/UBL-OrderCancellation-2.1-Example.xml"),
        ("Quotation", "oasis/UBL-Quotation-2.1-Example.xml"), ("Invoice", "en16931/BIS3_Invoice_positive.XML"),
    ],
)  # fmt: skip
def test_nothing_our_model_holds_of_an_official_sample_is_lost(sample, document, name):
    read, complaints = READERS[document](sample(name))
    assert complaints == [] and read.left_out

    again, complaints = READERS[document](WRITERS[document](read))

    assert complaints == []
    if document == "Invoice":  # its writer gives every firm the codes EN 16931 takes from a Chinese one
        read, again = (replace(d, seller=examples.SELLER, buyer=examples.BUYER) for d in (read, again))
    assert as_held(again) == as_held(read)


def test_our_invoice_passes_the_rules_of_en_16931():
    found = failed_rules(EXAMPLES["Invoice"], rule_sets())

    assert [(f.id, f.flag) for f in found] == [("UBL-CR-528", "warning")]


def test_the_table_of_what_is_held_is_what_the_code_says():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "ubl", "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
