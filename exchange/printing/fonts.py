"""Letters for paper: Chinese and Latin fonts, both embedded, and which of the two shows a character."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from unicodedata import normalize

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

HAN, LATIN = "Han", "Latin"
UNKNOWN = "〓"
"""Stands for a character neither font has, such as a rare one outside the basic plane: the printer's mark for it."""
ALIKE = {"→": "->", "←": "<-", "●": "•", "μ": "µ", "Ф": "Φ", "∅": "Ø", "⌀": "Ø"}
"""What says the same in letters the fonts have; besides these, what Unicode holds compatible, as °C for ℃."""
_FILES = {
    HAN: Path(__file__).parent / "fonts" / "DroidSansFallbackFull.ttf",
    LATIN: Path(reportlab.__file__).parent / "fonts" / "Vera.ttf",
}


@cache
def _glyphs(name: str) -> frozenset[int]:
    """The characters a font has; makes it known to ReportLab."""
    font = TTFont(name, str(_FILES[name]))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def runs(text: str) -> Iterator[tuple[str, str]]:
    """(font, piece) after piece; a character no font has is written as what says the same, else as the mark for it."""
    shown = "".join(char if _font_of(char) else _instead_of(char) for char in text)
    for font, chars in groupby(shown, key=lambda char: _font_of(char) or HAN):
        yield font, "".join(chars)


def _instead_of(char: str) -> str:
    other = ALIKE.get(char) or normalize("NFKC", char)
    return other if all(map(_font_of, other)) else UNKNOWN


def _font_of(char: str) -> str:
    return LATIN if ord(char) in _glyphs(LATIN) else HAN if ord(char) in _glyphs(HAN) else ""


def width_of(text: str, size: float) -> float:
    """In points."""
    return float(sum(pdfmetrics.stringWidth(piece, font, size) for font, piece in runs(text)))


def broken(text: str, width: float, size: float) -> list[str]:
    """The text in lines no wider than ``width``: between Chinese characters anywhere, within Latin words only where one is too long."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if width_of(line + word.rstrip(), size) <= width:
                line += word
                continue
            if line:
                lines.append(line.rstrip())
            line = ""
            for char in word if width_of(word.rstrip(), size) > width else [word]:
                if line and width_of(line + char, size) > width:
                    lines.append(line)
                    line = ""
                line += char
        lines.append(line.rstrip())
    return lines


def _words(text: str) -> Iterator[str]:
    """Chinese characters one by one, Latin words with the space behind them."""
    word = ""
    for char in text:
        if char.isascii() and char != " ":
            word += char
        elif char == " ":
            yield word + " "
            word = ""
        else:
            if word:
                yield word
                word = ""
            yield char
    if word:
        yield word
