"""Files taken from elsewhere are the ones their table names, and carry their licence."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLES = [ROOT / "web/static/vendor/VENDORED.md", ROOT / "tests/pages/vendor/VENDORED.md"]
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*`(?P<licence>[^`]+LICENSE)`.*\| (?P<digest>[0-9a-f]{64}) \|$", re.M)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.parent.parent.name)
def test_every_vendored_script_is_the_one_its_table_names(table):
    rows = [match.groupdict() for match in ROW.finditer(table.read_text(encoding="utf-8"))]

    assert sorted(row["file"] for row in rows) == sorted(p.name for p in table.parent.glob("*.js"))
    for row in rows:
        assert sha256((table.parent / row["file"]).read_bytes()).hexdigest() == row["digest"]
        assert (table.parent / row["licence"]).stat().st_size > 100


def test_the_lock_names_exact_versions_and_no_registry():
    folder = ROOT / "web/static/vendor"
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    locked = json.loads((folder / "package-lock.json").read_text())["packages"]

    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("integrity" in entry for path, entry in locked.items() if path)
    assert "resolved" not in (folder / "package-lock.json").read_text()


def test_the_map_data_is_the_file_its_source_note_describes():
    folder = ROOT / "web/drawings/jiangsu"
    digest = sha256((folder / "jiangsu-prefectures.geojson").read_bytes()).hexdigest()

    assert digest in (folder / "SOURCE.md").read_text(encoding="utf-8")
    assert {"LICENSE", "NOTICE"} <= {p.name for p in folder.iterdir()}
