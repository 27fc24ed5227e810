"""A document with an element torn out, doubled or overwritten is read or complained of, never a crash."""

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exchange.ubl.examples import EXAMPLES, TODAY
from exchange.ubl.hardened import parsed
from exchange.ubl.held import READERS
from exchange.ubl.rules import Facts, warnings_in
from exchange.warned import RULES

pytestmark = pytest.mark.feature("K2")

TEXTS = st.sampled_from(
    ["", " ", "-1", "0", "1e9", "9" * 40, "0.0000001", "NaN", "2027-02-30", "²", "٣", "轴\u2028", "x" * 5000, "true"]
)
HARMS = st.tuples(st.integers(0, 10**6), st.sampled_from(["tear", "double", "text", "attribute", "nest"]), TEXTS)


def harmed(root, place, how, text):
    elements = [e for e in root.iter() if e is not root]
    element = elements[place % len(elements)]
    parent = element.getparent()
    if how == "tear":
        parent.remove(element)
    elif how == "double":
        parent.append(deepcopy(element))
    elif how == "text":
        element.text = text
    elif how == "attribute":
        for name in element.attrib or ["unitCode"]:
            element.set(name, text)
    else:
        etree.SubElement(element, element.tag).text = text


@pytest.mark.parametrize("document", READERS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(harms=st.lists(HARMS, min_size=1, max_size=4))
def test_a_torn_document_is_read_or_complained_of(document, harms):
    root = parsed(EXAMPLES[document])
    for place, how, text in harms:
        if len(root):
            harmed(root, place, how, text)
    content = etree.tostring(root)

    read, complaints = READERS[document](content)

    assert (read is None) == bool(complaints)
    assert all(c.en and c.zh and len(c.en) < 1200 for c in complaints)
    warnings_in(content, RULES, Facts(TODAY, {"1": Decimal(4)}, frozenset({"1"}), "CNY", 1, TODAY, frozenset({"1"})))
