"""What a request may cost, and its text before it is parsed; ``api.weight`` adds up what the document asks for."""

import re
from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, GraphQLError, parse

CHARACTERS, NESTING, TOKENS, COMMENTS, DIGITS = 40_000, 64, 2_000, 500, 64
DEPTH, ALIASES, ROOTS, DIRECTIVES, NODES, SPREADS, OPERATIONS = 15, 30, 20, 20, 20_000, 15, 20
MEASURES = 3
"""Fields of a query that each compute over a whole network or a year of answers, seconds of work in a few words."""
PAGE, USUAL_PAGE, USUAL_LIST = 100, 20, 100

# Strings and comments are matched whole, so that the brackets inside them do not count; possessive, so that the
# scan stays linear whatever is left open.
_SCAN = re.compile(
    r'"""(?:\\"""|[^"]|"(?!""))*+(?:""")?|"(?:\\.|[^"\\\r\n])*+"?|#[^\r\n]*+|[{}()\[\]]'
    rf"|[0-9]{{{DIGITS + 1},}}+"
)
_NUL = re.compile(r"\\u(?:0000|\{0+\})")
_NOT_TEXT = re.compile(r"[\x00\ud800-\udfff]")


class TooMuch(Exception):
    """A limit refuses the request. ``limit`` is its name; the message says what to do instead."""

    def __init__(self, limit: str, sentence: str) -> None:
        super().__init__(f"{limit}: {sentence}")
        self.limit = limit


def read(text: str) -> DocumentNode:
    """Parse a document whose text keeps the limits. Raises TooMuch, GraphQLError."""
    if len(text) > CHARACTERS:
        raise TooMuch("characters", f"a document has at most {CHARACTERS} characters; send values as variables")
    _scan(text)
    try:
        return parse(text, max_lexical_tokens=TOKENS, max_comments=COMMENTS)
    except GraphQLError as error:
        if "Document contains more than" in error.message:
            raise TooMuch(
                "tokens",
                f"a document has at most {TOKENS} tokens and {COMMENTS} comments; split it into several requests",
            ) from None
        raise


def _scan(text: str) -> None:
    depth = 0
    for found in _SCAN.finditer(text):
        first = text[found.start()]
        if first in "{[(":
            depth += 1
            if depth > NESTING:
                raise TooMuch("nesting", f"brackets nest at most {NESTING} deep; ask for the inner part separately")
        elif first in "}])":
            depth -= 1
        elif first == '"':
            if _NUL.search(found.group()):
                raise TooMuch("text", "a string must not hold U+0000; leave the character out")
        elif first != "#":
            raise TooMuch("digits", f"a number has at most {DIGITS} digits; write a shorter one")


def check_variables(variables: Mapping[str, Any]) -> None:
    """Refuse variables no type of ours could hold: nested too deeply, or strings no database keeps. Raises TooMuch."""
    waiting: list[tuple[Any, int]] = [(variables, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > NESTING:
            raise TooMuch("nesting", f"variables nest at most {NESTING} deep; flatten them")
        if isinstance(value, str):
            if _NOT_TEXT.search(value):
                raise TooMuch("text", "a string must not hold U+0000 or half a character; leave it out")
        elif isinstance(value, Mapping):
            waiting.extend((inner, depth + 1) for pair in value.items() for inner in pair)
        elif isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in value)
