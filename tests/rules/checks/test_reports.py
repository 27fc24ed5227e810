"""The report on one file: progress, preview, text, verdict, and the same again for the same file."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from delivery.checks.catalogue import CATALOGUE, steps_for
from delivery.checks.findings import Declared, Format, Verdict
from tests.rules.checks import samples
from tests.rules.checks.conftest import Checks, failed, finding_of

ENVELOPE = ["file-name", "size", "sha256", "file-type", "polyglot"]


def test_progress_names_each_check_as_it_begins_and_ends_full(checks: Checks) -> None:
    told: list[tuple[str, int, int]] = []

    checks("a.csv", b"a,b\n", Format.CSV, tell=lambda *step: told.append(step))

    names = [*ENVELOPE, "text-encoding", "csv-formulas"]
    assert told == [*((name, done, 7) for done, name in enumerate(names)), ("csv-formulas", 7, 7)]


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.pdf", samples.pdf()),
        ("a.pdf", samples.pdf(samples.at_opening(samples.script()))),
        ("a.png", samples.png()),
        ("a.zip", samples.bomb(2)),
    ],
)
def test_the_same_file_gives_an_equal_report(checks: Checks, filename: str, content: bytes) -> None:
    assert checks(filename, content) == checks(filename, content)


def test_a_pdf_shows_its_first_page_and_its_words(checks: Checks) -> None:
    report = checks("a.pdf", samples.pdf(), Format.PDF)

    with Image.open(io.BytesIO(report.preview_png or b"")) as picture:
        assert (picture.format, picture.size) == ("PNG", (600, 424))
        assert len(picture.convert("L").getcolors() or []) > 1  # the words are drawn
    assert (report.page_count, report.text_excerpt) == (1, "Delivery note 4711")


def test_a_picture_of_48_million_pixels_gets_a_small_preview(checks: Checks) -> None:
    report = checks("a.png", samples.flood(8000, 6000, rows=6000), Format.PNG)

    assert report.verdict is Verdict.PASSED
    with Image.open(io.BytesIO(report.preview_png or b"")) as picture:
        assert picture.size == (600, 450)


def test_a_flood_of_pixels_is_counted_before_any_is_drawn(checks: Checks) -> None:
    seven = finding_of(checks("a.png", samples.flood(8000, 7000)), "image-pixels")
    more = finding_of(checks("a.png", samples.flood(60000, 60000)), "image-pixels")

    assert seven.evidence == {"width": 8000, "height": 7000, "limit": 50_000_000}
    assert more.evidence == {"limit": 50_000_000}


def test_text_in_either_encoding_is_shown_and_stays_storable(checks: Checks) -> None:
    utf8 = checks("a.txt", b"\xef\xbb\xbf" + "齿轮箱\r\n合格".encode(), Format.TXT)
    gb18030 = checks("a.txt", "齿轮箱".encode("gb18030"), Format.TXT)

    assert (utf8.text_excerpt, utf8.preview_png) == ("齿轮箱\n合格", None)
    assert gb18030.text_excerpt == "齿轮箱"
    assert finding_of(gb18030, "text-encoding").evidence == {"encoding": "gb18030"}


def test_other_bytes_than_declared_are_refused(checks: Checks) -> None:
    size = checks("a.txt", b"abc", Format.TXT, size=4)
    digest = checks("a.txt", b"abc", Format.TXT, sha256="0" * 64)

    assert failed(size) == {"size"}
    assert finding_of(size, "size").evidence == {"bytes": 3, "declared": 4}
    assert failed(digest) == {"sha256"}
    assert (size.verdict, digest.verdict) == (Verdict.FAILED, Verdict.FAILED)


def test_the_format_asked_for_counts_and_not_the_name_alone(checks: Checks) -> None:
    report = checks("a.png", samples.png(), Format.PDF)

    assert failed(report) == {"file-type"}
    assert finding_of(report, "file-type").evidence == {"asked": "PDF", "extension": ".png", "looks_like": "PNG"}
    assert report.media_type == "application/octet-stream"


def test_checks_behind_a_failure_say_which_one_they_wait_for(checks: Checks) -> None:
    report = checks("a.pdf", samples.zipped([("a", b"1")]), Format.PDF)

    waiting = {f.check: f.evidence["by"] for f in report.findings if f.verdict is Verdict.NOT_CHECKED}
    assert waiting["pdf-opens"] == "file-type"
    assert waiting["preview"] == "pdf-opens"


HUNGRY_PICTURE = """
import hashlib, sys
from pathlib import Path
from delivery.checks.findings import Declared, Format
from delivery.checks.run import check_file
from delivery.checks.sandbox import Limits

path = Path(sys.argv[1])
declared = Declared("a.png", path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest(), Format.PNG)
report = check_file(path, declared, lambda *step: None, limits=Limits(memory_bytes=64 << 20))
print(*(f"{f.check}:{f.evidence['cause']}" for f in report.findings if f.verdict != "passed"), report.verdict)
"""


def test_a_mandatory_check_without_an_answer_refuses_the_file_and_nothing_else(tmp_path: Path) -> None:
    # In a process of its own: a child may also use what its parent has mapped and freed, here what pytest has.
    (tmp_path / "a.png").write_bytes(samples.flood(7000, 7000, rows=7000))

    command = [sys.executable, "-c", HUNGRY_PICTURE, str(tmp_path / "a.png")]
    ran = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)

    assert (ran.stdout.split(), ran.stderr) == (["image-opens:memory", "preview:blocked", "failed"], "")


def test_only_what_warns_at_most_may_stay_unanswered() -> None:
    steps = {step.check for kind in CATALOGUE for step in steps_for(Declared("a", 1, "", kind, "1", "A"))}

    optional = {check.id for check in steps if not check.mandatory}
    assert optional == {"text-layer", "title-block", "pdf-fonts", "pdf-page-sizes"}


def test_every_format_is_in_the_catalogue_and_every_check_waits_for_earlier_ones_only() -> None:
    assert set(CATALOGUE) == set(Format) - {Format.ANY}
    for kind in CATALOGUE:
        seen: set[str] = set()
        for step in steps_for(Declared("a", 1, "", kind, "1", "A")):
            assert {need.id for need in step.needs} <= seen
            assert step.check.id not in seen
            assert step.check.rule.en.endswith(".") and step.check.rule.zh.endswith("。")
            seen.add(step.check.id)


def test_a_strangers_words_cannot_reach_the_database_raw(checks: Checks) -> None:
    report = checks("a.\x00\ud800e", b"abc", Format.ANY)

    words = "".join(f.en + f.zh + str(f.evidence.get("extension", "")) for f in report.findings)
    assert failed(report) == {"file-name", "file-type"}
    assert "\x00" not in words and "\ud800" not in words
