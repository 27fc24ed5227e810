"""Where rows may be asked for: a query on a table begins in one visibility.py, so that no rule is told twice or forgotten."""

import ast
from importlib import import_module

from sqlmodel import SQLModel

from kernel.access import scoped_tables
from kernel.migrations.everything import every_table
from tests.house.tree import broken, called, calls, dotted, modules

STATEMENTS = {"select", "update", "delete", "insert", "text", "exec_driver_sql", "query", "get", "get_one"}
ALLOWED = {
    "kernel/work.py": "counts what a visible select leads to, and hands a job the fact it claimed",
    "kernel/outbox.py": "the relay moves facts of every firm, and reads no word of them",
    "kernel/audit.py": "the chain of hashes is written and verified over every firm's entries",
    "kernel/idempotency.py": "a caller's own key, before anything else is known of it",
    "kernel/housekeeping.py": "a clock decides what is old, not a person",
    "kernel/health.py": "asks the server whether it takes writes, no table",
    "kernel/db.py": "inserts a row unless it is there, for whoever asks",
    "kernel/migrations/__init__.py": "locks the schema while it moves",
    "kernel/accounts/verbs.py": "sign-in comes before there is an actor whose sight could be asked",
    "kernel/inbox/verbs.py": "one's own following, found visible, ends",
    "kernel/uploads/verbs.py": "the signed address is the permission",
    "chain/firms/verbs.py": "a code is registered once in the whole installation, and names are compared for the reviewer",
    "chain/registration/verbs.py": "an applicant's own rows, found visible, are replaced by what it says now",
    "collaboration/requisitions/verbs.py": "lines and rules, found visible, are replaced by what is said now",
    "collaboration/settlement/invoicing.py": "lines of a draft, found visible, are replaced by what it says now",
    "collaboration/sourcing/awarding.py": "what a comparison rests on, found visible, is replaced by what the buyer states now",
    "collaboration/sourcing/requesting.py": "what a draft asks and whom it is meant for, found visible, is replaced by what it says now",
    "collaboration/notices/verbs.py": "what a notice names and whom a draft is meant for, found visible, is replaced by what it says now",
    "oversight/scenarios/verbs.py": "one's own scenario, found visible, is forgotten",
    "collaboration/merging/moving.py": "two records of one firm become one, whoever may see which row",
}
"""The only other modules that may write a statement or lift the guard, and why."""
NO_READER = {
    "event_subject": "joined by kernel.visibility.history_visible_to, never read alone",
    "audit_entry": "read by verification only",
    "sign_in_failure": "read by sign-in only",
    "idempotency_key": "read by its own caller's next try only",
}
"""Scoped tables without a visibility function, and who reads them."""


def of_a_session(call: ast.Call) -> bool:
    """get, query and the like count only on a session or connection; dictionaries have them too."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    return getattr(owner, "attr", getattr(owner, "id", "")) in ("session", "connection")


def statements(tree: ast.Module) -> list[int]:
    """Lines on which a statement of SQL is begun."""
    free = {
        a.asname or a.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] in ("sqlalchemy", "sqlmodel") for a in node.names
    }  # fmt: skip
    return [
        c.lineno for c in calls(tree)
        if called(c) in STATEMENTS and (isinstance(c.func, ast.Name) and called(c) in free or of_a_session(c))
    ]  # fmt: skip


def test_a_query_begins_in_visibility_or_reads():
    found = {
        path: lines for path, tree in modules().items()
        if not path.endswith(("/visibility.py", "/reads.py")) and not path.startswith(("kernel/migrations/versions/", "seeds/"))
        and path not in ALLOWED and (lines := statements(tree))
    }  # fmt: skip

    assert found == {}, broken("6, 13.4", "<nouns>_visible_to(actor) is the only place a query begins", found)


def test_a_read_starts_from_what_is_visible():
    """reads.py filters and sums what visibility hands it; a select of its own names no table."""
    tables = {mapper.class_.__name__ for mapper in SQLModel._sa_registry.mappers}
    found = {}
    for path, tree in modules().items():
        if path.endswith("/reads.py"):
            named = [
                (c.lineno, n.id) for c in calls(tree) if called(c) == "select" and isinstance(c.func, ast.Name)
                for argument in c.args for n in ast.walk(argument) if isinstance(n, ast.Name) and n.id in tables
            ]  # fmt: skip
            if named:
                found[path] = named

    assert found == {}, broken("6", "a read that names a table by itself has left the rule behind", found)


def test_the_mark_of_visibility_is_set_nowhere_else():
    found = [
        path for path, tree in modules().items()
        if not path.endswith("/visibility.py") and path not in ("kernel/access.py", "kernel/db.py")  # db.py marks inserts
        and (any(called(c) == "seen_by" for c in calls(tree)) or "viewer" in _options(tree))
    ]  # fmt: skip

    assert found == [], broken(
        "6", "forgetting is an error, not a leak: only visibility.py may mark a statement", found
    )


def _options(tree: ast.Module) -> set[str]:
    return {k.arg or "" for c in calls(tree) if called(c) == "execution_options" for k in c.keywords}


def test_the_guard_is_lifted_only_where_it_is_listed_and_with_a_reason():
    for path, tree in modules().items():
        for call in calls(tree):
            if called(call) == "unscoped":
                assert path in ALLOWED, broken("6", "unscoped() is for what no person asks; list the module here", path)
                (reason,) = call.args
                said = reason.value if isinstance(reason, ast.Constant) else reason.id  # type: ignore[attr-defined]
                assert said == "WHY" or len(str(said).split()) >= 3, broken("6", "say why", (path, call.lineno))


def test_no_exception_outlives_its_reason():
    trees = modules()
    found = [
        path for path in ALLOWED
        if not statements(trees[path]) and not any(called(c) in ("unscoped", "insert_new", "insert") for c in calls(trees[path]))
    ]  # fmt: skip

    assert found == [], broken("6, 13.4", "an exception nobody needs is a hole", found)


def test_every_scoped_table_has_its_visibility_function():
    asked = set()
    for path, tree in modules().items():
        if path.endswith("/visibility.py"):
            module = import_module(dotted(path))
            for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
                marked = any(called(c) == "seen_by" for c in calls(function))
                asked |= {
                    getattr(module, c.args[0].id).__tablename__ for c in calls(function)
                    if marked and called(c) == "select" and c.args and isinstance(c.args[0], ast.Name)
                }  # fmt: skip

    found = set(scoped_tables()) - asked - set(NO_READER)
    assert found == set(), broken("6", "default is deny: a table without a rule is seen by nobody", found)
    assert set(NO_READER) & asked == set()


def test_a_table_of_a_concept_is_scoped_or_said_to_be_public():
    public = {"chain", "stage", "stage_essentiality"}
    found = {t.name for t in every_table().sorted_tables if t.name not in scoped_tables()} - public

    assert found == {"event_claim", "audit_head"}, broken(
        "6",
        "scope(...) stands in the tables.py of all but public tables; these two hold numbers and hashes only",
        found,
    )


def test_tables_have_no_relationships():
    found = [m.class_.__name__ for m in SQLModel._sa_registry.mappers if list(m.relationships)]

    assert found == [], broken("6", "no ORM relationships, so nothing loads itself past the rule", found)
