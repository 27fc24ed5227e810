"""The schemas and samples we keep are the originals, and they are enough to validate with."""

import hashlib
import re
from pathlib import Path

import pytest

from exchange.ubl.rule_sets import OURS
from exchange.ubl.validate import SCHEMAS, validate_ubl

FONTS = SCHEMAS.parents[1] / "printing" / "fonts"
SAMPLES = Path(__file__).parents[3] / "samples" / "ubl"


@pytest.mark.parametrize(
    "folder", [SCHEMAS, OURS, FONTS, SAMPLES / "oasis", SAMPLES / "en16931"], ids=lambda folder: folder.name
)
def test_every_kept_original_is_unchanged_and_listed(folder):
    listed = dict(
        reversed(line) for line in re.findall(r"^([0-9a-f]{64})  (\S+)$", (folder / "SOURCE.md").read_text(), re.M)
    )

    kept = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SOURCE.md"
    }

    assert kept == listed
    assert any("LICENSE" in name for name in kept)


@pytest.mark.parametrize(
    "name",
    [
        "oasis/UBL-Order-2.0-Example.xml",
        "oasis/UBL-OrderResponse-2.1-Example.xml",
        "oasis/UBL-OrderCancellation-2.1-Example.xml",
        "oasis/UBL-RequestForQuotation-2.1-Example.xml",
        "oasis/UBL-Quotation-2.1-Example.xml",
        "oasis/UBL-Invoice-2.1-Example-Trivial.xml",
        "oasis/UBL-Invoice-2.1-Example.xml",
        "own/peppol-like.xml",
        "own/several-dates.xml",
        "own/barest.xml",
        "own/ubl-2.0.xml",
        "own/ubl-2.3.xml",
        "own/unknown-item.xml",
        "own/two-currencies.xml",
        "own/utf-16.xml",
        "own/bom.xml",
        "own/gb18030.xml",
    ],
)
def test_a_good_document_obeys_its_schema(sample, name):
    assert validate_ubl(sample(name)) == []


def test_the_version_a_document_names_chooses_its_schema(sample):
    newer = sample("own/ubl-2.3.xml")

    problems = validate_ubl(newer.replace(b">2.3<", b">2.1<"))

    assert len(problems) == 1
    assert problems[0].startswith("line 12: ") and "SocialMediaProfile" in problems[0]


def test_a_faulty_document_is_told_with_its_line(sample):
    faulty = sample("own/barest.xml").replace(b"2026-11-20", b"yesterday")

    problems = validate_ubl(faulty)

    assert len(problems) == 1
    assert problems[0].startswith("line 6: ") and "'yesterday' is not a valid value" in problems[0]


def test_other_documents_are_not_validated(sample):
    problems = validate_ubl(sample("oasis/UBL-OrderResponseSimple-2.1-Example.xml"))

    assert len(problems) == 1 and "is none of the UBL 2 documents Order, OrderChange" in problems[0]


def test_a_hostile_document_is_refused_before_any_schema(sample):
    assert validate_ubl(sample("own/external-entity.xml")) == [
        "the file declares a document type (DOCTYPE), which UBL never needs; remove it"
    ]
