"""Columns of a sheet: how each is headed in both languages, what may stand in it, and how a header row is recognised."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exchange.sheets.reading.grid import Cell, Row


class Holds(StrEnum):
    """What may stand in the cells of a column."""

    TEXT = "text"
    CODE = "code"  # an identifier: digits are no number, and leading zeros count
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """``code``: what we keep; ``words``: what else people write for it, the first Chinese, the second English."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """``field``: of the verb. ``key``: says which row it is. ``new``: must be filled in for something new.

    ``fold``: full-width signs are made plain. ``any_code``: the choices are the usual ones, not all there are.
    """

    field: str
    zh: str
    en: str
    holds: Holds
    example: str
    note_zh: str
    note_en: str
    key: bool = False
    new: bool = False
    choices: tuple[Choice, ...] = ()
    also: tuple[str, ...] = ()
    fold: bool = False
    any_code: bool = False

    @property
    def title(self) -> str:
        return f"{self.zh} / {self.en}"


def plain(header: str) -> str:
    """A header without what people put around it: case, width, spaces, stars, brackets and what stands in them."""
    text = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\W_]", "", re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text))


def names_of(column: Column) -> set[str]:
    return {plain(name) for name in (column.zh, column.en, column.field, column.title, *column.also)}


@dataclass(frozen=True)
class Headed:
    """``places``: field -> place of its column. ``unknown``, ``twice``: headers that are none of ours, or name one again."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]


def headed(columns: Sequence[Column], header: Row) -> Headed:
    """Which column stands where; a header may give both languages, parted by a stroke or a line break."""
    known = {name: column.field for column in columns for name in names_of(column)}
    places: dict[str, int] = {}
    unknown, twice = [], []
    for place in range(len(header.cells)):
        said = header.text(place).strip()
        if not said:
            continue
        parts = [said, *re.split(r"[/|\n]", said)]
        field = next((known[plain(part)] for part in parts if plain(part) in known), None)
        if field is None:
            unknown.append(said[:60])
        elif field in places:
            twice.append(said[:60])
        else:
            places[field] = place
    return Headed(places, tuple(unknown), tuple(twice))


def is_header(columns: Sequence[Column], texts: Sequence[str]) -> bool:
    """Whether a row names these columns: two of them, or the only one there is."""
    found = headed(columns, Row(0, [Cell(text) for text in texts]))
    return len(found.places) >= min(2, len(columns))
