"""One word per idea: every table, state, act and fact stands in the glossary, and says there what the pages say."""

import re
from enum import StrEnum
from importlib import import_module

import pytest

from api.schema import schema
from kernel.access import ROLE_WORDS, Role
from kernel.migrations.everything import every_table
from kernel.sight import kinds
from tests.house.lives import LIVES
from tests.house.tree import DOMAIN, ROOT, broken, dotted, modules
from web.app import create_app
from web.inbox.words import kind_word
from web.trade.words import verb_word

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### [^\n]*· `(?P<enum>[\w.]+)`\n(?P<body>.*?)(?=^##|\Z)", re.M | re.S)
WORD = re.compile(r"^\| (?P<zh>[^|]+) \| (?P<en>[^|]+) \| `(?P<word>\w+)` \| (?P<said>[^|]+) \|$", re.M)
WORDS = {m["enum"]: [w.groupdict() for w in WORD.finditer(m["body"])] for m in SECTION.finditer(GLOSSARY)}
ON_PAGES = {
    "order state": ("order_state", "OrderState"), "line state": ("line_state", "LineState"),
    "response state": ("response_state", "ResponseState"), "despatch state": ("despatch_state", "DespatchState"),
    "requirement state": ("requirement_state", "RequirementState"), "revision state": ("revision_state", "RevisionState"),
    "job state": ("job_state", "JobState"), "link state": ("link_state", "LinkState"), "basis": ("basis", "Basis"),
    "decision": ("decision", "Decision"), "reason": ("reason", "Reason"), "evidence": ("evidence", "EvidenceKind"),
    "answer": ("answer", "LineAnswer"), "verdict": ("verdict", "ReviewVerdict"),
}  # fmt: skip
"""Context of the pages' texts -> the macro of web/templates/_states.html and the enum it puts into words."""


def enums() -> list[str]:
    """Every enum a column or a move may hold."""
    found = []
    for path in modules("kernel", *DOMAIN):
        if path.endswith(("/tables.py", "/lifecycle.py")):
            module = import_module(dotted(path))
            found += [
                f"{dotted(path)}.{name}" for name, value in vars(module).items()
                if isinstance(value, type) and issubclass(value, StrEnum)
                and (value.__module__, value.__name__) == (module.__name__, name)
            ]  # fmt: skip
    return sorted(
        set(found)
        | {"kernel.access.Role", "chain.links.decisions.Basis", "delivery.checks.findings.Verdict"}
        | {f"oversight.marks.decisions.{name}" for name in ("MarkKind", "MarkReason", "SourceStanding")}
        | {"oversight.publishing.marking.StageMark", "oversight.publishing.blocking.StopBand"}
    )


def part(heading: str) -> str:
    return GLOSSARY.split(f"\n## {heading}")[1].split("\n## ")[0]


def rows(heading: str) -> list[list[str]]:
    lines = [line for line in part(heading).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_table_is_in_the_glossary():
    missing = [name for name in every_table().tables if f"(`{name}`)" not in part("Nouns")]

    assert missing == [], broken("12, 13.6", "a noun without an entry means something else to everybody", missing)


@pytest.mark.parametrize("enum", enums())
def test_every_word_of_an_enum_is_in_the_glossary(enum):
    module, _, name = enum.rpartition(".")
    kind = getattr(import_module(module), name)

    told = [row["word"] for row in WORDS.get(enum, [])]
    assert told == [member.value for member in kind], broken(
        "12, 13.6", f"### ... · `{enum}` lists each state once", told
    )


def test_the_states_of_every_lifecycle_are_among_them():
    states = {f"{life.states.__module__}.{life.states.__name__}" for life in LIVES}

    assert states - set(WORDS) == set()
    assert set(WORDS) - set(enums()) - {"kernel.access.Side"} == set(), "the glossary speaks of what is no more"


@pytest.mark.parametrize("enum", WORDS)
def test_no_two_words_of_an_enum_read_alike(enum):
    for language in ("zh", "en"):
        said = [row[language] for row in WORDS[enum]]
        assert len(said) == len(set(said)), broken("10", "a synonym is a defect", said)


@pytest.mark.parametrize("context", ON_PAGES)
def test_the_glossary_says_what_the_pages_say(context):
    macro, enum = ON_PAGES[context]
    template = (ROOT / "web" / "templates" / "_states.html").read_text(encoding="utf-8")
    body = template.split(f"macro {macro}(code)")[1].split("endmacro")[0]
    shown = dict(re.findall(r'"([A-Z_]+)": pgettext\("[^"]+", "([^"]+)"\)', body))
    (told,) = (WORDS[name] for name in WORDS if name.rpartition(".")[2] == enum)

    assert shown
    differing = {
        row["word"]: (row["zh"], shown.get(row["word"].upper()))
        for row in told
        if row["zh"] != shown.get(row["word"].upper())
    }
    assert differing == {}, broken("10", "one word per idea: glossary beside page", differing)


def test_roles_are_named_as_refusals_name_them():
    assert {Role(row["word"]): row["zh"] for row in WORDS["kernel.access.Role"]} == ROLE_WORDS


def test_nouns_and_acts_have_one_name_each():
    for heading in ("Nouns", "Acts", "Ideas"):
        for column in (0, 1):
            names = [row[column] for row in rows(heading)]
            assert len(names) == len(set(names)), broken("10", "one word per idea", sorted(names))


def test_every_mutation_is_an_act_of_the_glossary_named_as_its_button(settings):
    told = {row[2].strip("`"): row for row in rows("Acts") if row[2]}
    offered = set(schema.graphql_schema.mutation_type.fields)

    assert set(told) == offered, broken("10, 13.6", "verb = mutation = heading in the glossary", set(told) ^ offered)
    with create_app(settings).test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        differing = {m: (row[0], verb_word(m)) for m, row in told.items() if verb_word(m) not in (m, row[0])}
    assert differing == {}, broken("10", "button and glossary say the same", differing)
    for mutation, row in told.items():
        assert row[1].replace(" ", "").lower() == mutation.lower()


def test_every_thing_one_can_be_told_of_has_a_word_in_the_inbox(settings):
    with create_app(settings).test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        nameless = kind_word("none such")
        missing = {kind for kind in (*kinds(), "Job") if kind_word(kind) == nameless}
    assert missing == set(), broken("10", "web/inbox/words.py: an entry names what it is about", missing)


def test_every_act_of_a_lifecycle_is_in_the_glossary():
    known = {row[1] for row in rows("Acts")}

    missing = {m.verb for life in LIVES for m in life.moves if m.verb.replace("_", " ") not in known}
    assert missing == set(), broken("10, 13.6", "a move nobody can look up", missing)


def test_every_fact_is_in_the_glossary():
    facts = {
        node.name for tree in modules("kernel", *DOMAIN).values() for node in tree.body
        if getattr(node, "bases", None) and getattr(node.bases[0], "id", "") == "Fact"
    }  # fmt: skip

    missing = {fact for fact in facts if f"`{fact}`" not in part("Acts")}
    assert len(facts) > 20
    assert missing == set(), broken("10, 13.6", "a line of the history nobody can look up", missing)
