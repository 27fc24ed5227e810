"""OFD, STEP, and what a PDF says of its fonts, sheets, number and revision: files with known verdicts."""

from collections.abc import Callable

import pytest

from delivery.checks.findings import Verdict
from delivery.checks.sandbox import Limits
from delivery.checks.title_block import stands_in
from tests.rules.checks import drawings, samples
from tests.rules.checks.conftest import Checks, failed, finding_of
from tests.rules.checks.drawings import PAGE, STEP_END, ofd, ofd_parts, part, signed_ofd, step

Build = Callable[[], bytes]


def acting(inside: str) -> Build:
    action = f'<ofd:Actions><ofd:Action Event="DO">{inside}</ofd:Action></ofd:Actions>'
    return lambda: ofd(document=action)


def attaching(name: str) -> bytes:
    listed = part("Attachments", f"<ofd:Attachment ID='5'><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>")
    return ofd(more=[("Doc_0/Attachments.xml", listed), (f"Doc_0/{name}", "<a/>")])


def without(name: str) -> bytes:
    return samples.zipped((entry, text) for entry, text in ofd_parts().items() if entry != name)


HOSTILE: dict[str, tuple[str, Build, str]] = {
    "zip named ofd": ("a.ofd", lambda: samples.zipped([("a.txt", "1")]), "file-type"),
    "ofd named pdf": ("a.pdf", ofd, "file-type"),
    "ofd with a tail": ("a.ofd", lambda: ofd() + b"<?php", "polyglot"),
    "ofd that unpacks into a folder above": ("a.ofd", lambda: ofd(more=[("../x", b"1")]), "archive-contents"),
    "ofd bomb": ("a.ofd", lambda: ofd(more=[("Doc_0/Res/a.bin", bytes(60 << 20))]), "archive-contents"),
    "ofd with a zip inside": ("a.ofd", lambda: ofd(more=[("Doc_0/r", samples.zipped([("a", "1")]))]), "archive-contents"),
    "encrypted": ("a.ofd", lambda: ofd(more=[("Encryptions.xml", part("Encryptions"))]), "ofd-encrypted"),
    "no document": ("a.ofd", lambda: ofd(more=[("OFD.xml", part("OFD"))]), "ofd-opens"),
    "document missing": ("a.ofd", lambda: without("Doc_0/Document.xml"), "ofd-opens"),
    "page missing": ("a.ofd", lambda: without(PAGE), "ofd-opens"),
    "page cut off": ("a.ofd", lambda: ofd(more=[(PAGE, drawings.page("a")[:-9])]), "ofd-opens"),
    "page with a DTD": ("a.ofd", lambda: ofd(more=[(PAGE, samples.BILLION_LAUGHS)]), "ofd-opens"),
    "no page": ("a.ofd", lambda: ofd(pages=0), "ofd-pages"),
    "501 pages": ("a.ofd", lambda: ofd(pages=501), "ofd-pages"),
    "opens an attached file": ("a.ofd", acting("<ofd:GotoA AttachID='5'/>"), "ofd-active-content"),
    "plays": ("a.ofd", acting("<ofd:Movie ResourceID='5'/>"), "ofd-active-content"),
    "address of a local file": ("a.ofd", acting("<ofd:URI URI='FILE:///etc/passwd'/>"), "ofd-active-content"),
    "carries a file": ("a.ofd", lambda: attaching("macro.bin"), "ofd-active-content"),
    "loads from outside": (
        "a.ofd", lambda: ofd(document="<ofd:DocumentRes>https://evil.example/r.xml</ofd:DocumentRes>"), "ofd-active-content",
    ),
    "climbs out": (
        "a.ofd", lambda: ofd(document="<ofd:DocumentRes>../../../etc/passwd</ofd:DocumentRes>"), "ofd-active-content",
    ),
    "changed after signing": ("a.ofd", lambda: signed_ofd(change={PAGE: drawings.page("GB-4712")}), "ofd-digests"),
    "signed part missing": ("a.ofd", lambda: signed_ofd(lists="Doc_0/gone.xml"), "ofd-digests"),
    "signature missing": (
        "a.ofd", lambda: signed_ofd(change={"Doc_0/Signs/Signatures.xml": part("Signatures", "<ofd:Signature/>")}), "ofd-digests",
    ),
    "step without its end": ("a.stp", lambda: step(end=""), "step-syntax"),
    "step cut within a text": ("a.stp", lambda: step()[:-60], "step-syntax"),
    "step with an open text": ("a.stp", lambda: step("#1=A('x);\n"), "step-syntax"),
    "step with an open bracket": ("a.stp", lambda: step("#1=A((1,2);\n"), "step-syntax"),
    "step with crossed brackets": ("a.stp", lambda: step("#1=A(1))((2);\n"), "step-syntax"),
    "step nested too deep": ("a.stp", lambda: step(f"#1=A({'(' * 99}{')' * 99});\n"), "step-syntax"),
    "step with something else in its data": ("a.stp", lambda: step("this is no entity;\n"), "step-syntax"),
    "step with a tail": ("a.stp", lambda: step(end=STEP_END + "<?php 1"), "step-syntax"),
    "step with a statement behind": ("a.stp", lambda: step(end=STEP_END + "#9=A();"), "step-syntax"),
    "step with a statement of 17 MB": ("a.stp", lambda: step(f"#1=A({'1.,' * (6 << 20)}1.);\n"), "step-syntax"),
    "step without an entity": ("a.stp", lambda: step(""), "step-header"),
    "step without a name": (
        "a.stp", lambda: b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=A();\nENDSEC;\nEND-ISO-10303-21;", "step-header",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_drawing_fails_at_the_check_made_for_it_and_at_no_other(checks: Checks, case: str) -> None:
    filename, build, check = HOSTILE[case]

    report = checks(filename, build())

    assert failed(report) == {check}
    found = finding_of(report, check)
    assert found.cure_en and found.cure_zh and found.en.endswith(".") and found.zh.endswith("。")


WARNS: dict[str, tuple[str, Build, str, dict[str, object]]] = {
    "signed with SM3": ("a.ofd", signed_ofd, "ofd-signatures", {"signatures": 1, "told": "王工 20260328071354Z"}),
    "signed with MD5 by default": ("a.ofd", lambda: signed_ofd(method=""), "ofd-signatures", {"signatures": 1}),
    "ofd that is one picture": ("a.ofd", lambda: ofd(" "), "text-layer", {"pages_without_text": 1}),
    "ofd with its data as XML": ("a.ofd", lambda: attaching("invoice.xml"), "ofd-active-content", {"found": "XML data"}),
    "ofd with a web link": ("a.ofd", acting("<ofd:URI URI='https://gears.example'/>"), "ofd-active-content", {"found": "link"}),
    "foreign schema": ("a.stp", lambda: step(schema="IFC4"), "step-schema", {"schema": "IFC4"}),
    "fonts not brought along": ("a.pdf", samples.naming_fonts, "pdf-fonts", {"fonts": "Arial, SimHei, 宋体", "number": 3}),
    "sheets of two sizes": (
        "a.pdf", lambda: samples.pdf(samples.on_sheets((1191, 842), (842, 595))), "pdf-page-sizes",
        {"sizes": "A3 × 1, A4 × 2"},
    ),
    "a sheet without a name": (
        "a.pdf", lambda: samples.pdf(samples.on_sheets((300, 200))), "pdf-page-sizes", {"odd": "71 x 106 mm"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNS)
def test_what_a_person_should_look_at_warns_and_refuses_nothing(checks: Checks, case: str) -> None:
    filename, build, check, evidence = WARNS[case]

    report = checks(filename, build())

    found = finding_of(report, check)
    assert (report.verdict, found.verdict) == (Verdict.WARNED, Verdict.WARNED)
    assert evidence.items() <= found.evidence.items()


def test_a_digest_of_an_unknown_method_is_said_not_to_be_compared(checks: Checks) -> None:
    found = finding_of(checks("a.ofd", signed_ofd(method="GOST")), "ofd-digests")

    assert (found.verdict, found.evidence) == (Verdict.WARNED, {"compared": 0, "method": "GOST"})


def test_an_ofd_and_a_step_file_tell_what_they_say_of_themselves(checks: Checks) -> None:
    paper, model = checks("a.ofd", ofd("图号 GB-4711", pages=3)), checks("a.stp", step(schema="CONFIG_CONTROL_DESIGN"))

    assert (paper.page_count, paper.text_excerpt) == (3, "\n".join(["图号 GB-4711"] * 3))
    opened = finding_of(paper, "ofd-opens").evidence
    assert opened == {"documents": 1, "title": "总装图", "author": "设计部", "creator": "CAD 9", "created": ""}
    assert finding_of(model, "step-syntax").evidence == {"entities": 2}
    told = finding_of(model, "step-header").evidence
    assert (told["name"], told["author"], told["organisation"], told["system"]) == ("轴.stp", "王工", "Gears", "CAD 9")
    assert finding_of(model, "step-schema").evidence == {"protocol": "AP203"}


def test_a_long_model_is_read_in_little_memory(checks: Checks) -> None:
    rows = "".join(f"#{n}=CARTESIAN_POINT('Pt;{n}',({n}.123,-4.5E-3,7.)); /* ' */\n" for n in range(1, 120_001))

    report = checks("a.stp", step(rows), limits=Limits(memory_bytes=12 << 20))

    assert (report.verdict, finding_of(report, "step-syntax").evidence) == (Verdict.PASSED, {"entities": 120_000})


def test_a_fault_of_a_model_is_told_by_its_line(checks: Checks) -> None:
    found = finding_of(checks("a.stp", step("#1=A();\n#2=A(\n(;\n")), "step-syntax")

    assert found.evidence == {"fault": "statement", "line": 10}


@pytest.mark.parametrize(
    ("text", "number", "revision", "stands"),
    [
        ("Drawing DWG-4711 Rev. A", "DWG-4711", "A", (True, True)),
        ("图号：ＤＷＧ－４７１１\n版本\n日期\nB\n2026", "dwg-4711", "B", (True, True)),
        ("DWG-\n4711/B", "DWG-4711", "B", (True, True)),
        ("图号DWG-4711版本02设计", "DWG-4711", "02", (True, True)),
        ("DWG-4711 RevC", "DWG-4711", "C", (True, True)),
        ("A gear. DWG-4711", "DWG-4711", "A", (True, False)),  # an article is no revision
        ("DWG-4711 Rev. a", "DWG-4711", "A", (True, False)),
        ("DWG-47110 Rev. A", "DWG-4711", "A", (False, True)),
        ("DWG-4711-2 Rev. A", "DWG-4711", "A", (False, True)),
        ("X-DWG-4711, version A", "DWG-4711", "A", (False, True)),
        ("No.4711 edition 1", "4711", "1", (True, True)),
        ("3.4711 " + "x" * 99 + " rev", "4711", "B", (False, False)),
        ("GB/T (4711)* v1.2", "GB/T (4711)*", "1.2", (True, True)),
    ],
)
def test_number_and_revision_stand_as_words_of_their_own(text, number, revision, stands) -> None:
    assert stands_in(text, number, revision) == stands


@pytest.mark.parametrize(
    ("filename", "build", "verdict", "evidence"),
    [
        ("a.pdf", lambda: samples.pdf(words="Note 4711 Rev. A"), Verdict.PASSED, {"number": True, "revision": True}),
        ("a.pdf", lambda: samples.pdf(words="Note 4712 Rev. A"), Verdict.WARNED, {"number": False, "revision": True}),
        ("a.pdf", lambda: samples.pdf(words=""), Verdict.WARNED, {"judged": False}),
        ("a.ofd", lambda: ofd("编号 4711", "版次 A"), Verdict.PASSED, {"number": True, "revision": True}),
        ("a.ofd", lambda: ofd(" "), Verdict.WARNED, {"judged": False}),
    ],
)
def test_a_document_shows_what_it_is_handed_in_as(checks: Checks, filename, build, verdict, evidence) -> None:
    found = finding_of(checks(filename, build(), number="4711", revision="A"), "title-block")

    assert found.verdict is verdict
    assert evidence.items() <= found.evidence.items()
