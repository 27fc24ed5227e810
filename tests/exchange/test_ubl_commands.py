"""`chainmaster import ubl-order` and `export ubl-order-response`, as typed at a terminal."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from collaboration.orders.tables import Answer
from exchange.ubl.examples import EXAMPLES
from exchange.ubl.validate import validate_ubl
from jobs import command
from kernel.clock import now, today_of
from seeds.cast import GEARWORKS
from tests.exchange.conftest import BUYER, RIVAL, SUPPLIER, Desk
from tests.exchange.files import line, order
from tests.exchange.test_rule_sets import ASKS_PROFILE, SHEET

pytestmark = pytest.mark.feature("K2")


@pytest.fixture
def typed(desk: Desk, capfdbinary) -> Iterator[Callable[..., tuple[int, bytes, str]]]:
    """A command in this process, against this test's database: (exit code, output, complaints)."""

    def run(*arguments: str) -> tuple[int, bytes, str]:
        code = command.main(list(arguments))
        said = capfdbinary.readouterr()
        return code, said.out, said.err.decode()

    with pytest.MonkeyPatch.context() as environ:  # right again before the database is dropped by its server's address
        for name, value in _environ(desk).items():
            environ.setenv(name, value)
        yield run


def _environ(desk: Desk) -> dict[str, str]:
    # A home of its own, with a space: the database is the one the cast sits in.
    return {"CHAINMASTER_HOME": str(desk.settings.home / "a home"), "DATABASE_URL": desk.settings.database_url}


def test_an_order_goes_in_is_answered_and_its_answer_goes_out(desk: Desk, typed, tmp_path: Path) -> None:
    file, answer = tmp_path / "in coming.xml", tmp_path / "out going.xml"
    file.write_bytes(order(line("10", unit="EA")))

    trial = typed("import", "ubl-order", str(file), "--as", BUYER, "--dry-run")
    assert desk.kept()["purchase_order"] == 0
    placed = typed("import", "ubl-order", str(file), "--as", BUYER)
    desk.answers("PO-1", Answer.ACCEPTED)
    given = typed("export", "ubl-order-response", "PO-1", "--as", SUPPLIER, "-o", str(answer))
    shown = typed("export", "ubl-order-response", "PO-1", "--as", BUYER)

    assert (trial[0], trial[2], placed[0], placed[2]) == (0, "", 0, "")
    assert placed[1].decode().startswith(f"order PO-1 to {GEARWORKS}: 1 line(s), total 18300 CNY / ")
    assert trial[1] == placed[1] + "dry run: nothing was kept / 试运行：未保存任何内容\n".encode()
    assert (given, shown) == ((0, b"", ""), (0, answer.read_bytes(), ""))
    assert validate_ubl(answer.read_bytes()) == []


def test_a_process_of_its_own_takes_the_file_from_standard_input(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "jobs.command", "import", "ubl-order", "-", "--as", BUYER],
        env={**os.environ, **_environ(desk)}, input=order(number="IN-1"), capture_output=True, timeout=120,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"order IN-1 to ")
    assert desk.order("IN-1").number == "IN-1"


def test_a_wrong_row_is_one_line_on_standard_error_and_exit_code_1(desk: Desk, typed, tmp_path: Path) -> None:
    file = tmp_path / "order.xml"
    file.write_bytes(order(line("1"), line("2", sellers="NONE")))
    before = desk.kept()

    code, out, said = typed("import", "ubl-order", str(file), "--as", BUYER)

    assert (code, out, said.count("\n")) == (1, b"", 1)
    assert said.startswith('OrderLine 2, LineItem/Item/SellersItemIdentification/ID: "NONE" is no item of ')
    assert desk.kept() == before


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"", 1, "File: the file is empty; "),
        (b"<Order", 1, "File: the file is not well-formed XML: "),
        (b"%PDF-1.7", 1, "File: the file is not well-formed XML: "),
        (b"<a>" + b"x" * 25 * 1024 * 1024 + b"</a>", 1, "File: the file has 26214407 bytes; at most 20971520 "),
        (b"x" * (64 * 1024 * 1024 + 1), 2, "chainmaster: order.xml is larger than 67108864 bytes"),
    ],
    ids=["empty", "cut off", "another format", "25 MB", "64 MB"],
)
def test_a_file_that_is_no_order_costs_one_sentence(
    desk: Desk, typed, tmp_path: Path, monkeypatch, content: bytes, code: int, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("order.xml").write_bytes(content)

    found = typed("import", "ubl-order", "order.xml", "--as", BUYER)

    assert (found[0], found[1]) == (code, b"")
    assert found[2].startswith(word) and found[2].count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (
            ("import", "ubl-order", "no such file", "--as", BUYER),
            "no such file cannot be read: No such file or directory",
        ),
        (("import", "ubl-order", ".", "--as", BUYER), ". cannot be read: Is a directory"),
        (
            ("import", "ubl-order", os.devnull, "--as", "planner@longteng.example"),
            "this is done by a person with the role buyer",
        ),
        (
            ("import", "ubl-order", os.devnull, "--as", "nobody@x.example"),
            "nobody here has the address nobody@x.example",
        ),
        (
            ("import", "ubl-catalogue", os.devnull, "--as", BUYER),
            "there is no import of the kind ubl-catalogue; kinds are: cross-references, firms, items, open-lines, sites, supply-links, ubl-invoice, ubl-invoice-response, ubl-order, ubl-order-cancellation, ubl-order-change, ubl-order-response, ubl-quotation",
        ),
        (
            ("export", "ubl-catalogue", "1", "--as", BUYER),
            "there is no export of the kind ubl-catalogue; kinds are: cross-references, firms, items, open-lines, pdf-order, pdf-order-response, pdf-statement, sites, supply-links, ubl-invoice, ubl-invoice-response, ubl-order, ubl-order-cancellation, ubl-order-change, ubl-order-response, ubl-quotation, ubl-request-for-quotation",
        ),
        (("export", "ubl-order-response", "--as", BUYER), "say which order: give its number"),
        (("export", "ubl-order-response", "MADE-UP", "--as", BUYER), "there is nothing here under this id"),
        (("export", "ubl-order-response", "PO-1", "--as", RIVAL), "there is nothing here under this id"),
        (
            ("export", "ubl-order-response", "PO-2", "--as", SUPPLIER),
            "order PO-2 has no answer yet; the seller gives it",
        ),
        (
            ("export", "ubl-order-response", "PO-1", "--as", SUPPLIER, "-o", "no such/folder"),
            "no such/folder cannot be written: ",
        ),
    ],
)
def test_what_cannot_be_done_costs_one_sentence_and_exit_code_2(
    desk: Desk, typed, arguments: tuple[str, ...], word: str
) -> None:
    for number in ("PO-1", "PO-2"):
        desk.takes_in(order(number=number))
    desk.answers("PO-1", Answer.ACCEPTED)
    before = desk.kept()

    code, out, said = typed(*arguments)

    assert (code, out) == (2, b"")
    assert said.startswith(f"chainmaster: {word}") and said.count("\n") == 1
    assert desk.kept() == before


def test_an_operators_rule_set_is_run_in_both_directions_and_one_that_fires_nothing_stops_the_command(
    desk: Desk, typed, tmp_path: Path, monkeypatch
) -> None:
    file, sheet = tmp_path / "order.xml", tmp_path / "rules" / "Order" / "own.xslt"
    file.write_bytes(order(number="PO-9"))
    sheet.parent.mkdir(parents=True)
    sheet.write_text(SHEET.format(body=ASKS_PROFILE.format(root="/o:Order")))
    monkeypatch.setenv("UBL_RULES_FOLDER", str(tmp_path / "rules"))

    code, out, said = typed("import", "ubl-order", str(file), "--as", BUYER)
    assert (code, said) == (0, "") and "warning / 提醒: own OWN-1 (fatal) /Order: a profile is said" in out.decode()
    code, out, said = typed("export", "ubl-order", "PO-9", "--as", SUPPLIER)
    assert (code, validate_ubl(out)) == (0, []) and "own OWN-1" in said
    assert typed("export", "pdf-order", "PO-9", "--as", SUPPLIER)[1].startswith(b"%PDF")

    before = desk.kept()
    sheet.write_text(SHEET.format(body=ASKS_PROFILE.format(root="/o:Invoice")))
    code, out, said = typed("import", "ubl-order", str(file), "--as", BUYER)
    assert (code, out) == (2, b"") and said.startswith("chainmaster: no rule of ")
    monkeypatch.setenv("UBL_RULES_FOLDER", str(tmp_path / "nowhere"))
    assert "is no folder that can be read" in typed("export", "ubl-order", "PO-9", "--as", SUPPLIER)[2]
    assert desk.kept() == before


def test_a_request_of_the_buyers_own_system_is_drafted_by_the_command(typed, tmp_path: Path) -> None:
    file, text = tmp_path / "rfq.xml", EXAMPLES["RequestForQuotation"].decode()
    for made, days in (("2027-01-20", 16), ("2027-02-01", 28), ("2027-03-01", 60)):
        text = text.replace(made, (today_of(now()) + timedelta(days=days)).isoformat())
    file.write_text(text, encoding="utf-8")

    trial = typed("import", "ubl-rfq", str(file), "--as", BUYER, "--dry-run")
    made = typed("import", "ubl-request-for-quotation", str(file), "--as", BUYER)
    again = typed("import", "ubl-rfq", str(file), "--as", BUYER)

    assert (trial[0], made[0], again[0]) == (0, 0, 0)
    assert (
        made[1]
        .decode()
        .startswith(f"request RFQ-3 drafted: 1 line(s), invited: {GEARWORKS}; another person approves it / ")
    )
    assert trial[1] == made[1] + "dry run: nothing was kept / 试运行：未保存任何内容\n".encode()
    assert "nothing was changed" in again[1].decode()
