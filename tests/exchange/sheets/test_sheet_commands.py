"""The command line takes sheets in and gives them out by the same steps as the pages."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobs import command
from kernel.settings import Settings
from seeds.cast import Seated
from tests.scenarios.sheets import cells_of, csv_of

SALES, BUYER = "sales@gearworks.example", "buyer@longteng.example"
GOOD = csv_of(("number", "name", "unit", "颜色"), ("C-1", "一", "件", "红"), ("C-2", "=1+1", "件", ""), encoding="gbk")
BAD = csv_of(("number", "name", "unit"), ("C-3", "三", "件"), ("C-4", "", "件"))


@pytest.fixture
def typed(settings: Settings, seated: Seated, capfdbinary) -> Iterator[Callable[..., tuple[int, bytes, str]]]:
    def run(*arguments: str) -> tuple[int, bytes, str]:
        code = command.main(list(arguments))
        said = capfdbinary.readouterr()
        return code, said.out, said.err.decode()

    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("CHAINMASTER_HOME", str(settings.home / "a home"))
        environ.setenv("DATABASE_URL", settings.database_url)
        yield run
    assert os.environ.get("CHAINMASTER_HOME") != str(settings.home / "a home")


def test_a_sheet_is_tried_taken_in_and_given_out_again_unchanged(typed, tmp_path: Path) -> None:
    file, out = tmp_path / "物料 2026.csv", tmp_path / "out going.xlsx"
    file.write_bytes(GOOD)

    trial = typed("import", "items", str(file), "--as", SALES, "--dry-run")
    again = typed("import", "items", str(file), "--as", SALES, "--dry-run")
    done = typed("import", "items", str(file), "--as", SALES)
    given = typed("export", "items", "--as", SALES, "-o", str(out))
    shown = typed("export", "items", "--as", SALES)
    back = typed("import", "items", str(out), "--as", SALES)

    assert trial == again
    assert trial[0] == 0 and trial[1].decode().startswith("new 2, changed 0, unchanged 0, refused 0 / ")
    assert "not used / 未使用: column:颜色" in trial[1].decode()
    assert (done[0], done[2]) == (0, "")
    assert given == (0, b"", "")
    assert ["C-2", "=1+1", "EA", "0", None] in cells_of(out.read_bytes())
    assert "C-2,'=1+1,EA,0," in shown[1].decode("utf-8-sig")
    assert back[1].decode().startswith("new 0, changed 0, unchanged 5, refused 0 / ")


def test_bad_rows_refuse_the_file_unless_only_the_valid_are_wanted(typed, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(BAD)

    refused = typed("import", "items", str(file), "--as", SALES)
    assert refused[0] == 1
    assert refused[2].startswith("CSV B3: Name is empty; fill it in")
    assert b"C-3" not in typed("export", "items", "--as", SALES)[1]

    taken = typed("import", "items", str(file), "--as", SALES, "--only-valid")
    assert taken[0] == 0
    assert b"C-3" in typed("export", "items", "--as", SALES)[1]
    assert typed("import", "items", str(file), "--as", BUYER)[0] == 2
    assert typed("import", "colours", str(file), "--as", SALES)[2].startswith(
        "chainmaster: there is no import of the kind colours; kinds are: "
    )
