"""What an installation from a wheel holds: our packages by name, the stored operations, and nothing inside graphql-core."""

import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from tests.house.tree import ROOT, broken, files, name

PARTS = {"kernel", "chain", "collaboration", "delivery", "oversight", "exchange", "web", "jobs", "seeds", "api"}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """Names of the files in a wheel built from a copy."""
    copy = tmp_path_factory.mktemp("built") / "a copy"
    for path in files():
        if not name(path).startswith(("tests/", "bench/")):
            target = copy / name(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    told = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    (wheel,) = (copy / "dist").glob("*.whl")
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_our_packages_and_nothing_else(held):
    tops = {one.split("/")[0] for one in held if ".dist-info/" not in one}

    assert tops == PARTS, broken("2", "packages are listed by hand in pyproject.toml", tops ^ PARTS)


def test_nothing_lands_inside_graphql_core(held):
    assert [one for one in held if one.startswith("graphql/")] == [], broken(
        "2", "it would overwrite the library", held
    )


def test_every_operation_and_the_schema_travel_with_the_api(held):
    operations = {f"api/operations/{p.name}" for p in (ROOT / "graphql" / "operations").iterdir()}

    assert {one for one in held if one.startswith("api/operations/")} == operations
    assert "api/schema.graphql" in held


def test_what_pages_imports_and_migrations_need_travels_too(held):
    needed = {
        name(p) for p in files()
        if name(p).startswith(("web/templates/", "web/static/", "exchange/ubl/schemas/", "kernel/migrations/"))
        or p.suffix in (".geojson", ".mo")
        if not name(p).startswith(("tests/", "kernel/migrations/versions/.git"))
    }  # fmt: skip

    assert needed - held == set(), broken(
        "2", "what is missing in the wheel is missing at every customer", needed - held
    )
