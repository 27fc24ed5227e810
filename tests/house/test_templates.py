"""Templates keep to the strict policy and to the few htmx words that are known to be safe and spelt right."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
SWAPS = {"innerHTML", "outerHTML", "outerMorph", "innerMorph", "beforeend", "afterbegin", "none"}
NEVER = {
    "a style attribute or element": r"\sstyle=|<style",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an event attribute": r"\son[a-z]+=",
    "code for htmx to compile": r"hx-on|[\"'{]js:|javascript:",
    "a trigger filter, which htmx compiles": r"hx-trigger=\"[^\"]*\[",
    "an address of another machine": r"(?:src|href|action)=\"(?:https?:)?//",
    "unescaped output": r"\|\s*safe\b|autoescape false",
}


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 5


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_the_policy_refuses(template):
    text = template.read_text(encoding="utf-8")

    assert [what for what, pattern in NEVER.items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_htmx_request_names_its_target_and_a_known_swap(template):
    text = template.read_text(encoding="utf-8")
    tags = re.findall(r"<[a-z-]+[^<>]*hx-(?:get|post)=[^<]*>", text, re.S)
    swaps = re.findall(r'hx-swap="([^"\s]+)', text)

    assert set(swaps) <= SWAPS
    assert [tag for tag in tags if "hx-swap=" not in tag or ("hx-target=" not in tag and "outer" not in tag)] == []


def test_the_checks_themselves_bite():
    wicked = {
        "a style attribute or element": '<p style="color: red">',
        "an inline script": "<script>1</script>",
        "an event attribute": '<a onclick="x()">',
        "code for htmx to compile": "<a hx-vals='js:{a: 1}'>",
        "a trigger filter, which htmx compiles": '<a hx-trigger="click[ctrlKey]">',
        "an address of another machine": '<img src="//cdn.example/x.png">',
        "unescaped output": "{{ name|safe }}",
    }

    assert {what for what, sample in wicked.items() if re.search(NEVER[what], sample)} == set(NEVER)
