"""The table of design note trust.md 2f, extended: every good file passes, every hostile one fails at a named check."""

import warnings

import pikepdf
import pytest

from delivery.checks.findings import Format, Verdict
from tests.rules.checks import drawings as cad
from tests.rules.checks import samples
from tests.rules.checks.conftest import Checks, failed


def claimed_pdf() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        samples.with_its_font(made)
        samples.claiming("3", "B")(made)

    return samples.pdf(change)


PLAIN_ZIP = samples.zipped([("a.txt", b"1"), ("folder/件.csv", b"2")])
GOOD = {
    "pdf": ("a.pdf", Format.PDF, samples.pdf, "application/pdf"),
    "pdf/a": ("a.pdf", Format.PDF_A, claimed_pdf, "application/pdf"),
    "png": ("a.png", Format.PNG, samples.png, "image/png"),
    "jpeg": ("照片.JPG", Format.JPEG, samples.jpeg, "image/jpeg"),
    "xlsx": ("a.xlsx", Format.XLSX, samples.xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (
        "a.docx",
        Format.DOCX,
        lambda: samples.docx("", ("word/embeddings/sheet.xlsx", samples.xlsx())),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "csv": ("a.csv", Format.CSV, "件号,数量,偏差\n007,5,-0.20\n008,-,+1.5e-3\n".encode, "text/csv"),
    "csv, GB18030": ("a.csv", Format.CSV, lambda: "件号,数量\n007,5\n".encode("gb18030"), "text/csv"),
    "txt": ("a.txt", Format.TXT, lambda: b"\xef\xbb\xbfplain\ttext\r\n", "text/plain"),
    "xml": ("a.xml", Format.XML, lambda: b"<?xml version='1.0'?><a><b c='1'/></a>", "application/xml"),
    "xml, GB18030": (
        "a.xml",
        Format.XML,
        lambda: '<?xml version="1.0" encoding="GB18030"?><件>名</件>'.encode("gb18030"),
        "application/xml",
    ),
    "xml, 200 levels": ("a.xml", Format.XML, lambda: b"<a>" * 200 + b"</a>" * 200, "application/xml"),
    "zip": ("a.zip", Format.ZIP, lambda: PLAIN_ZIP, "application/zip"),
    "zip with a sheet": ("a.zip", Format.ZIP, lambda: samples.zipped([("a.xlsx", samples.xlsx())]), "application/zip"),
    "zip with a long text that names formats": (
        "a.zip",
        Format.ZIP,
        lambda: samples.zipped([("a.txt", b"a" * (1 << 16) + b"PK\x03\x04")]),
        "application/zip",
    ),
    "step": ("a.stp", Format.STEP, cad.step, "model/step"),
    "ofd": ("a.ofd", Format.OFD, cad.ofd, "application/ofd"),
    "dxf": ("a.dxf", Format.DXF, lambda: b"999\r\nmade by\r\n  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "image/vnd.dxf"),
    "any": ("a.pdf", Format.ANY, samples.pdf, "application/pdf"),
}


def template_link() -> bytes:
    link = samples.LINK.format(kind="attachedTemplate", target="https://evil.example/t.dotm")
    return samples.docx("", ("word/_rels/settings.xml.rels", link))


def external_book() -> bytes:
    return samples.xlsx(("xl/externalLinks/externalLink1.xml", "<externalLink/>"))


TWO_FIELDS = "<w:instrText>PAGE</w:instrText><w:fldChar/><w:instrText>DDE x y</w:instrText>"
SPLIT_DDE = "<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\x</w:instrText>"
HOSTILE = {
    "zip bomb, 100 MB": ("a.zip", samples.bomb, "archive-contents"),
    "zip bomb whose directory lies": ("a.zip", samples.bomb_that_lies, "archive-contents"),
    "zip bomb in a sheet in a zip": (
        "a.zip",
        lambda: samples.zipped([("a.xlsx", samples.xlsx(("x", b"0" * (60 << 20))))]),
        "archive-contents",
    ),
    "zip slip": ("a.zip", lambda: samples.zipped([("../../x", b"1")]), "archive-contents"),
    "zip slip, backslash": ("a.zip", lambda: samples.zipped([("..\\x", b"1")]), "archive-contents"),
    "zip slip, GBK": ("a.zip", lambda: samples.zipped([("图纸/../../x", b"1")]), "archive-contents"),
    "absolute name": ("a.zip", lambda: samples.zipped([("/etc/x", b"1")]), "archive-contents"),
    "drive letter": ("a.zip", lambda: samples.zipped([("C:x", b"1")]), "archive-contents"),
    "symbolic link": ("a.zip", samples.link_in_zip, "archive-contents"),
    "zip in zip": ("a.zip", lambda: samples.zipped([("b.zip", PLAIN_ZIP)]), "archive-contents"),
    "zip in zip under another name": ("a.zip", lambda: samples.zipped([("b.txt", PLAIN_ZIP)]), "archive-contents"),
    "3,000 entries": ("a.zip", lambda: samples.zipped([(f"{k}", b"") for k in range(3000)]), "archive-contents"),
    "same name twice, bytes shared": ("a.zip", samples.overlapping, "archive-contents"),
    "locked zip": ("a.zip", samples.locked_zip, "archive-contents"),
    "program in zip": ("a.zip", lambda: samples.zipped([("setup.exe", b"MZ")]), "archive-contents"),
    "program under another name in zip": (
        "a.zip",
        lambda: samples.zipped([("readme.txt", b"MZ" + bytes(100))]),
        "archive-contents",
    ),
    "truncated zip": ("a.zip", lambda: PLAIN_ZIP[:-30], "archive-contents"),
    "zip as xlsx": ("a.xlsx", lambda: PLAIN_ZIP, "file-type"),
    "docx as xlsx": ("a.xlsx", samples.docx, "file-type"),
    "zip as pdf": ("a.pdf", lambda: PLAIN_ZIP, "file-type"),
    "html as pdf": ("a.pdf", lambda: b"<html><script>", "file-type"),
    "pdf behind another beginning": ("a.pdf", lambda: b"GIF89a" + samples.pdf(), "file-type"),
    "program as csv": ("a.csv", lambda: b"MZ\0\0", "file-type"),
    "html as txt": ("a.txt", lambda: b" <!doctype html><p>", "file-type"),
    "svg as png": ("a.png", lambda: b"<svg onload=x>", "file-type"),
    "double extension": ("a.pdf.exe", lambda: b"MZ", "file-type"),
    "no extension": ("contract", samples.pdf, "file-type"),
    "xlsm renamed": ("a.xlsx", lambda: samples.xlsx(("xl/vbaProject.bin", b"x")), "office-active-content"),
    "macro content type": (
        "a.xlsx",
        lambda: samples.xlsx(main="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "office-active-content",
    ),
    "link to another workbook": ("a.xlsx", external_book, "office-active-content"),
    "letter that loads its template": ("a.docx", template_link, "office-active-content"),
    "letter with DDE cut in two": ("a.docx", lambda: samples.docx(SPLIT_DDE), "office-active-content"),
    "letter with DDE next to another field": ("a.docx", lambda: samples.docx(TWO_FIELDS), "office-active-content"),
    "letter with a DTD": (
        "a.docx",
        lambda: samples.docx("", ("word/_rels/x.rels", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")),
        "office-active-content",
    ),
    "letter with a broken part": ("a.docx", lambda: samples.docx("<w:p>"), "office-active-content"),
    "pdf with a zip tail": ("a.pdf", lambda: samples.pdf() + PLAIN_ZIP, "polyglot"),
    "pdf with a text tail": ("a.pdf", lambda: samples.pdf() + b"\nMZ tail", "polyglot"),
    "png with a zip tail": ("a.png", lambda: samples.png() + PLAIN_ZIP, "polyglot"),
    "png with a text tail": ("a.png", lambda: samples.png() + b"<?php", "polyglot"),
    "jpeg with a text tail": ("a.jpg", lambda: samples.jpeg() + b"<?php", "polyglot"),
    "text that is also a pdf": ("a.txt", lambda: b"\n%PDF-1.7\n", "polyglot"),
    "billion laughs": ("a.xml", lambda: samples.BILLION_LAUGHS, "xml-structure"),
    "outside entity": (
        "a.xml",
        lambda: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "xml-structure",
    ),
    "parameter entity": (
        "a.xml",
        lambda: b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><a/>',
        "xml-structure",
    ),
    "xml, 201 levels": ("a.xml", lambda: b"<a>" * 201 + b"</a>" * 201, "xml-structure"),
    "xml, 100,000 levels": ("a.xml", lambda: b"<a>" * 100000 + b"</a>" * 100000, "xml-structure"),
    "xml that ends too early": ("a.xml", lambda: b"<a><b>", "xml-structure"),
    "svg as xml": ("a.xml", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>', "xml-structure"),
    "pixel flood": ("a.png", lambda: samples.flood(60000, 60000), "image-pixels"),
    "8,000 x 7,000 pixels": ("a.png", lambda: samples.flood(8000, 7000), "image-pixels"),
    "half a picture": ("a.png", lambda: samples.png(400, 400)[:-60], "image-opens"),
    "control characters": ("a.txt", lambda: b"a\x1b[2J", "text-encoding"),
    "neither encoding": ("a.csv", lambda: b"a,\xff\xff\n", "text-encoding"),
    "empty": ("a.pdf", lambda: b"", "size"),
    "51 MB": ("a.csv", lambda: b"a" * (51 << 20), "size"),
    "folder in the name": ("../a.pdf", samples.pdf, "file-name"),
    "name that reads backwards": ("a\u202excod.pdf", samples.pdf, "file-name"),
}


@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_passes_every_check(checks: Checks, case: str) -> None:
    filename, asked, build, media_type = GOOD[case]

    report = checks(filename, build(), asked)

    assert [f for f in report.findings if f.verdict is not Verdict.PASSED] == []
    assert report.verdict is Verdict.PASSED
    assert report.media_type == media_type


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_fails_at_the_check_made_for_it_and_at_no_other(checks: Checks, case: str) -> None:
    filename, build, check = HOSTILE[case]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile's own, about the same name twice
        content = build()

    report = checks(filename, content)

    assert failed(report) == {check}
    assert report.verdict is Verdict.FAILED


def test_the_tables_are_as_long_as_promised() -> None:
    assert (len(GOOD) >= 4, len(HOSTILE) >= 23) == (True, True)


@pytest.mark.parametrize(
    ("filename", "build", "check"),
    [
        ("a.csv", lambda: b"a,b\n1,=cmd|' /C calc'!A0\n", "csv-formulas"),
        ("a.csv", lambda: "a\n＝1+1\n".encode(), "csv-formulas"),
        ("a.pdf", lambda: samples.pdf(words=""), "text-layer"),
        (
            "a.docx",
            lambda: samples.docx(
                "", ("word/_rels/d.rels", samples.LINK.format(kind="hyperlink", target="https://x.example"))
            ),
            "office-active-content",
        ),
    ],
)
def test_what_a_person_should_look_at_warns_and_refuses_nothing(checks: Checks, filename, build, check) -> None:
    report = checks(filename, build())

    assert [f.check for f in report.findings if f.verdict is not Verdict.PASSED] == [check]
    assert report.verdict is Verdict.WARNED
