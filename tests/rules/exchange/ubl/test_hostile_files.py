"""Files that are not orders, or that mean harm, get one clear refusal each and reach nothing."""

import pytest

from exchange.ubl import hardened
from exchange.ubl.read_order import read_order


def refusal(content):
    order, complaints = read_order(content)
    assert order is None
    assert len(complaints) == 1 and complaints[0].place == "File" and complaints[0].zh
    return complaints[0].en


DOCTYPE = "the file declares a document type (DOCTYPE), which UBL never needs; remove it"


@pytest.mark.parametrize("name", ["external-entity", "billion-laughs"])
def test_a_document_type_is_refused(sample, name):
    assert refusal(sample(f"own/{name}.xml")) == DOCTYPE


def test_a_document_type_is_refused_in_any_encoding_and_without_entities(sample):
    plain = sample("own/barest.xml").decode().partition("?>")[2]

    assert refusal(f'<?xml version="1.0"?><!DOCTYPE Order>{plain}'.encode()) == DOCTYPE
    assert refusal(f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE Order>{plain}'.encode("utf-16")) == DOCTYPE


def test_a_secret_beside_the_server_stays_there(sample, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")
    content = sample("own/external-entity.xml").replace(b"README.md", secret.as_uri().encode())
    assert secret.as_uri().encode() in content

    assert refusal(content) == DOCTYPE


def test_an_inclusion_is_not_followed(sample, tmp_path):
    (tmp_path / "name.txt").write_text("the-secret")
    include = (
        f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{(tmp_path / 'name.txt').as_uri()}' parse='text'/>"
    )

    order, complaints = read_order(sample("own/barest.xml").replace(b"Shaft", include.encode()))

    assert order is None
    assert "the-secret" not in repr(complaints)


@pytest.mark.parametrize(
    "content",
    [b"not xml", b"PK\x03\x04", b"%PDF-1.7\n", b"<Order>", b"<Order>&nbsp;</Order>", b"\xff\xfe<\x00",
     b'<?xml version="1.0" encoding="no-such-encoding"?><Order/>', b'<?xml version="1.0"?><Order>\xff</Order>',
     b"<Order>\x00</Order>", b"<a:Order/>"],
)  # fmt: skip
def test_what_is_not_xml_is_refused_as_such(content):
    assert refusal(content).startswith("the file is not well-formed XML: ")


def test_half_a_file_is_refused(sample):
    assert refusal(sample("own/broken.xml")).startswith("the file is not well-formed XML: Premature end")


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_refused(content):
    assert refusal(content) == "the file is empty; send a UBL 2.x document"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("oasis/UBL-Invoice-2.1-Example-Trivial.xml", "Invoice"),
        ("oasis/UBL-OrderCancellation-2.1-Example.xml", "OrderCancellation"),
        ("oasis/UBL-OrderResponse-2.1-Example.xml", "OrderResponse"),
        ("oasis/UBL-OrderResponseSimple-2.1-Example.xml", "OrderResponseSimple"),
    ],
)
def test_another_document_is_refused_by_its_name(sample, name, found):
    namespace = f"urn:oasis:names:specification:ubl:schema:xsd:{found}-2"

    assert refusal(sample(name)).startswith(f"this is {found} ({namespace}), not a UBL 2 Order")


def test_an_order_of_ubl_1_or_of_no_namespace_is_refused(sample):
    assert "xsd:Order-1.0), not a UBL 2 Order" in refusal(sample("own/ubl-1.0.xml"))
    assert refusal(b"<Order/>").startswith("this is Order (no namespace), not a UBL 2 Order")


def test_a_file_over_the_size_limit_is_refused_unparsed(monkeypatch):
    monkeypatch.setattr(hardened, "MOST_BYTES", 10)

    assert refusal(b"<not-even-xml").startswith("the file has 13 bytes; at most 10 are taken in")


def test_a_file_too_deep_or_too_full_is_refused(monkeypatch):
    assert refusal(b"<a>" * 65 + b"</a>" * 65).startswith("the file nests more than 64")
    monkeypatch.setattr(hardened, "MOST_ELEMENTS", 100)
    assert "holds more than 100 elements" in refusal(b"<a>" + b"<b/>" * 100 + b"</a>")
    assert "not a UBL 2 Order" in refusal(b"<a>" + b"<b/>" * 99 + b"</a>")
