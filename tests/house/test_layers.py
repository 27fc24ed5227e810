"""Who may import whom, and that the folder `graphql/` never hides the library of that name."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import graphql
import pytest

from tests.house.tree import DOMAIN, ROOT, broken, dotted, files, modules, name

CONTRACTS = [
    contract["name"] for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]  # fmt: skip
BREACHES = {
    "chain/items/decisions.py": "import kernel.work\nimport collaboration.todo\nimport flask\n",
    "kernel/clock.py": "import graphene\n",
    "web/links.py": "import chain.firms.reads\n",
    "api/run.py": "import web.links\nimport collaboration.orders.tables\n",
}
WORDS_ALONE = {
    "api.types.enums": "the contract's words are made of the domain's",
    "api.types.sourcing": "the contract's words about requests for quotation, for enums.py is full",
    "api.types.scheduling_agreements": "the contract's words about releases, for enums.py is full",
    "api.types.answer_clocks": "the contract's words about clocks and silence, for enums.py is full",
    "api.types.workbench": "the contract's word about answers to many orders, for enums.py is full",
    "api.types.pooling": "the contract's words about joint purchasing, for enums.py is full",
    "api.types.causes": "the contract's words about missed deliveries, for enums.py is full",
    "api.types.statements": "the contract's words about statements, for enums.py is full",
    "api.types.notices": "the contract's words about disruption notices, for enums.py is full",
    "jobs.link_evidence": "says which kind of evidence a fact is",
}
BESIDE = {
    "oversight.publishing.decisions": "whether sums give a firm away is a rank of a matrix: numpy reckons it, as pure as ours",
    "chain.firms.decisions": "the check character of a credit code is reckoned by a published library, as pure as ours",
    "chain.registration.decisions": "a line of text is judged by the same rule as on a firm's own card",
    "chain.qualification.decisions": "a standing is judged by what its certificates prove: plain values of the concept below",
    "chain.backups.decisions": "days before a source are reckoned by the network's own readiness; of a link it reads the state",
    "collaboration.planning.decisions": "a plan is reckoned by the periods of items and the circles and scrap of bills, as pure as itself",
    "delivery.packages.decisions": "acceptance judges lines, requirements and revisions together; all lie below it",
    "collaboration.pooling.decisions": "what a member saves is rounded as the costs of offers are",
    "collaboration.statements.decisions": "a line's amount is rounded by the very rule of invoices, which are made of it",
    "collaboration.replay.decisions": "an answer is replayed by the very rules of orders that judged it; of its outcome it reads the word",
    "collaboration.changes.events": "a change moves lines of an order, and tells of it in the orders' own words",
    "collaboration.logistics.events": "a despatch moves lines of orders, and tells of it in the orders' own words",
}
"""Pure modules that know another concept's rows or facts, and why that is no breach."""


def linted(folder: Path) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join((str(folder), str(folder / "graphql")))
    run = "import sys; from importlinter.cli import lint_imports_command as lint; sys.argv = ['lint-imports', '--no-cache']; lint()"
    return subprocess.run(
        [sys.executable, "-c", run], cwd=folder, env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_import_contracts_hold():
    told = linted(ROOT)

    assert told.returncode == 0, broken("3", "arrows point at what may be imported", told.stdout + told.stderr)
    assert f"{len(CONTRACTS)} kept, 0 broken" in told.stdout


def test_each_contract_fails_when_it_is_broken(tmp_path):
    copy = tmp_path / "a copy"
    for path in files():
        if path.suffix == ".py" and name(path).split("/")[0] not in ("tests", "bench"):
            target = copy / name(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path, lines in BREACHES.items():
        file = copy / ("graphql" if path.startswith("api/") else "") / path
        file.write_text((file.read_text() if file.exists() else "") + lines)

    told = linted(copy)

    assert told.returncode == 1, told.stderr
    assert [c for c in CONTRACTS if f"{c} BROKEN" not in told.stdout] == []


@pytest.mark.parametrize("module", WORDS_ALONE)
def test_a_door_takes_words_from_a_table_file_and_no_table(module):
    """The contract lets these modules import a tables.py; what they take of it must be an enum."""
    (tree,) = (tree for path, tree in modules("graphql/api", "jobs").items() if dotted(path) == module)
    aliases, taken = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in DOMAIN:
            aliases |= {a.asname or a.name for a in node.names if a.name == "tables"}
            if node.module and node.module.endswith(".tables"):
                taken |= {(node.module, a.name) for a in node.names}
    taken |= {
        ("tables", n.attr) for n in ast.walk(tree)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id in aliases
    }  # fmt: skip

    tables = {
        c.name for path, tree in modules(*DOMAIN).items() if path.endswith("/tables.py")
        for c in tree.body if isinstance(c, ast.ClassDef) and any(k.arg == "table" for k in c.keywords)
    }  # fmt: skip
    assert taken
    found = [one for one in taken if one[1] in tables]
    assert found == [], broken("3", "no outer door writes its own query; " + WORDS_ALONE[module], found)


def test_decisions_lifecycles_and_events_import_values_and_their_own_tables_only():
    found = []
    for path, tree in modules("kernel", *DOMAIN).items():
        if path.rsplit("/", 1)[-1] not in ("decisions.py", "lifecycle.py", "events.py") or dotted(path) in BESIDE:
            continue
        concept = dotted(path).rpartition(".")[0]
        for node in ast.walk(tree):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            found += [(path, n) for n in names if not _pure(n, concept)]

    assert found == [], broken("1, 3", "facts in, verdict out; no session, clock or randomness", found)


def _pure(module: str, concept: str) -> bool:
    top = module.split(".")[0]
    if top in ("random", "secrets", "time", "os", "sqlalchemy", "sqlmodel"):
        return False
    if top in sys.stdlib_module_names:
        return True
    values = ("access", "codes", "errors", "events", "ids", "lifecycle", "quantities", "texts")
    return module in {f"kernel.{value}" for value in values} or module.startswith(f"{concept}.")


def test_the_folder_graphql_never_becomes_a_package():
    found = [name(p) for p in files() if p.name == "__init__.py" and p.parent.name == "graphql"]

    assert found == [], broken(
        "2", "with an __init__.py, `import graphql` finds our folder and graphene cannot start", found
    )


def test_graphql_comes_from_graphql_core():
    assert Path(graphql.parse.__code__.co_filename).parts[-3:-1] == ("graphql", "language")
    assert not Path(str(graphql.__file__)).is_relative_to(ROOT / "graphql")
