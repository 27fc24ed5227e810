"""The documents lead somewhere: links exist, settings are all told, decisions are short, dated and say when to reopen them."""

import re

import pytest
from graphql import parse, validate

from api import limits
from api.http import LARGEST_BODY
from api.schema import schema
from kernel import processes
from tests.house.tree import ROOT, broken, files, modules, name

DOCS = [p for p in files() if p.suffix == ".md" and not name(p).startswith(("tests/", "web/", "exchange/ubl/schemas/"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
ELSEWHERE = {"TZ", "BROWSER", "BROWSER_REQUIRED", "PG_BIN", "PY", "SOAK", "SHOTS"}
"""Read by scripts and tests, or forced; not by the product."""
PARTS = ("**Situation.**", "**Choice.**", "**Cost.**", "**Reopen when**")


@pytest.mark.parametrize("page", DOCS, ids=name)
def test_every_link_leads_to_a_file_that_is_there(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    awaited = {"docs/picture.png"} if page.name == "README.md" else set()

    lost = [x for x in links if "://" not in x and x not in awaited and not (page.parent / x).exists()]
    assert lost == [], broken("12", "a newcomer's half hour must not end at a dead link", lost)


@pytest.mark.parametrize("page", ["docs/tour.md", "docs/api.md", "README.md"])
def test_every_path_and_name_of_code_in_a_guide_is_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = {
        p for p in re.findall(r"`((?:[a-z_]+/)+[\w.]*)`", text) if p.split("/")[0] in {q.name for q in ROOT.iterdir()}
    }

    lost = [p for p in paths if not (ROOT / p).exists()]
    assert lost == [], broken("12", "the tour must walk through the house as it stands", lost)


def test_every_setting_is_told():
    source = (ROOT / "kernel" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', source)) | {processes.PARENT}
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.M))

    assert len(read) > 7
    assert read - told == set(), broken("13.6", "every setting in the docs", read - told)
    lost = told - read - ELSEWHERE
    assert lost == set(), broken("13.6", "the docs tell of a setting nobody reads", lost)


def test_what_the_walk_sends_is_what_the_schema_takes():
    """docs/api.md has been typed along; this keeps it so. One query there is wrong on purpose."""
    walk = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").split("```sh")[1].split("```")[0]
    sent = [q.replace('\\"', '"') for q in re.findall(r'"query": "((?:[^"\\]|\\.)*)"', walk)]

    wrong = [error.message for query in sent for error in validate(schema.graphql_schema, parse(query))]
    assert len(sent) >= 7
    assert wrong == ["Cannot query field 'shoeSize' on type 'Viewer'."]


def test_the_limits_told_are_the_limits_kept():
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    kept = (
        f"{LARGEST_BODY >> 20} MiB, {limits.CHARACTERS:,} characters, {limits.TOKENS:,} tokens, {limits.DEPTH} levels, "
        f"{limits.ALIASES} aliases, {limits.ROOTS} roots, {limits.NODES:,} nodes, {limits.MEASURES} measures"
    )
    assert kept in told, broken("12", "a program is written against these figures", kept)
    assert f"default {limits.USUAL_PAGE}, at most {limits.PAGE}" in told


def test_the_environment_is_read_in_one_place():
    allowed = {"kernel/settings.py", "jobs/up.py", "jobs/command.py", "jobs/embedded.py", "jobs/roles.py"}
    found = {
        path for path in modules() if re.search(r"\bos\.(?:environ|getenv)\b", (ROOT / path).read_text(encoding="utf-8"))
    }  # fmt: skip

    assert found - allowed == set(), broken("10", "settings read once, in one dataclass", found - allowed)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda p: p.name[:4])
def test_a_decision_is_short_dated_and_whole(decision):
    text = decision.read_text(encoding="utf-8")

    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", decision.name)
    assert text.startswith(f"# {decision.name[:4]} ")
    assert len(text.splitlines()) <= 40, broken("12", "at most 40 lines", decision.name)
    assert re.search(r"^20\d\d-\d\d-\d\d · \w", text, re.M), broken("12", "tags and date", decision.name)
    missing = [part for part in PARTS if part not in text]
    assert missing == [], broken("12", "the situation; what we chose; what it costs; when to reopen it", missing)


def test_decisions_have_a_number_each():
    numbers = [p.name[:4] for p in DECISIONS]

    assert len(numbers) >= 6 and len(numbers) == len(set(numbers))


def test_a_decision_named_in_the_code_exists():
    numbers = {p.name[:4] for p in DECISIONS}
    found = {
        (name(p), n) for p in files() if p.suffix == ".py"
        for n in re.findall(r"\bdecision (\d{4})\b", p.read_text(encoding="utf-8")) if n not in numbers
    }  # fmt: skip

    assert found == set(), broken("12", "why is it so: see decision nowhere", found)


def test_the_readme_fits_a_screen():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 60
    assert "make run" in text and "make test" in text and "](docs/picture.png)" in text
