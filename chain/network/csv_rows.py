"""Rows of a CSV file with the line they began on; what cannot be read is a ``Bad`` row or, for the whole file, a ``Refused``."""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import BinaryIO

ENCODINGS = ("utf-8-sig", "gb18030")
CHUNK_BYTES = 1 << 20
LARGEST, LONGEST = 1e18, 200
SPACES = " \t\u3000\u00a0"
YES, NO = {"1", "true", "yes", "y", "是"}, {"0", "false", "no", "n", "否"}


class Refused(ValueError):
    """The file as a whole cannot be used; one sentence with the cure."""


@dataclass(frozen=True)
class Bad:
    """A row that cannot be used: ``why`` it is so and the ``cure``."""

    file: str
    line: int
    why: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.why}; {self.cure}"


class Wrong(Exception):
    """A cell that cannot be used, with its cure; becomes the Bad row it stands in."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(why)
        self.why, self.cure = why, cure


Tell = Callable[[Bad], None]


def rows(path: Path, must: Sequence[str], may: Sequence[str], tell: Tell) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row, in the order ``must`` then ``may`` and without outer spaces; a cell not given is empty.

    Text is UTF-8, with or without a byte order mark, UTF-16 with one, or GB 18030 (which holds GBK). Lines without any
    word, and empty cells behind the last column, are passed over. Raises Refused for a file that cannot be read, is no text, is empty or lacks a column of ``must``.
    """
    with _opened(path) as file:
        text = io.TextIOWrapper(file, encoding=_encoding(path, file), newline="")
        reader = csv.reader(text, strict=True)
        places = _places(path, reader, must, may)
        width, needed = max(places) + 1, len(must)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                tell(_broken(path, line, str(error)))
                continue
            if not any(cells):
                continue
            if len(cells) > places.total and not any(cells[places.total :]):
                cells = cells[: places.total]
            if len(cells) > places.total:
                cure = "put a text that holds commas between quotes"
                tell(Bad(path.name, line, f"it has {len(cells)} cells and the first line {places.total}", cure))
                continue
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            found = [cells[place].strip(SPACES) if place >= 0 else "" for place in places]
            if "" in found[:needed]:
                tell(Bad(path.name, line, f"{must[found.index('')]} is empty", "fill it in"))
                continue
            yield line, found


class _Places(list[int]):
    """Where each column stands, -1 where it is not given; ``total``: columns of the first line."""

    total = 0


def _places(path: Path, reader: "Iterator[list[str]]", must: Sequence[str], may: Sequence[str]) -> _Places:
    wanted = ",".join((*must, *may))
    try:
        first = next(reader)
    except StopIteration:
        raise Refused(f"{path.name} is empty: its first line names the columns {wanted}") from None
    except csv.Error as error:
        raise Refused(f"{path.name}: the first line cannot be read ({error}); it names the columns {wanted}") from None
    names = [cell.strip(SPACES).lower() for cell in first]
    for word in must:
        if word not in names:
            raise Refused(f"{path.name} has no column {word}: its first line names the columns {wanted}")
    for word in (*must, *may):
        if names.count(word) > 1:
            raise Refused(f"{path.name} has the column {word} twice; keep one")
    places = _Places(names.index(word) if word in names else -1 for word in (*must, *may))
    places.total = len(names)
    return places


def _broken(path: Path, line: int, error: str) -> Bad:
    if "limit" in error or "unexpected end" in error:
        return Bad(path.name, line, "a quote is opened here and not closed", "close it, or take it away")
    return Bad(
        path.name, line, f"the quotes are not those of a CSV file ({error})", "write a quote within a cell twice"
    )


def _opened(path: Path) -> BinaryIO:
    try:
        file = path.open("rb")
        if file.seekable():
            return file
        with file:  # a pipe: it is read twice, once to learn its encoding
            return io.BytesIO(file.read())
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from None


def _encoding(path: Path, file: BinaryIO) -> str:
    """The first encoding that all of the file can be read in; the file stands at its beginning again."""
    file.seek(0)
    if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
        file.seek(0)
        return "utf-16"
    for encoding in ENCODINGS:
        file.seek(0)
        decoder = getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(CHUNK_BYTES):
                if b"\0" in chunk:
                    raise Refused(f"{path.name} is no text; save the sheet as CSV UTF-8")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return encoding
    raise Refused(f"{path.name} is neither UTF-8 nor GBK text; save the sheet as CSV UTF-8")


def number(column: str, cell: str, largest: float = LARGEST) -> float | None:
    """The number of a cell, None where it is empty. Raises Wrong for what is none from 0 to ``largest``."""
    if not cell:
        return None
    try:
        found = float(cell)
    except ValueError:
        found = float("nan")
    if not isfinite(found) or "_" in cell:
        raise Wrong(f"{column} {shown(cell)} is no number", "write digits alone, such as 1250.5")
    if found < 0:
        raise Wrong(f"{column} {shown(cell)} is below zero", "write zero or more, or leave it empty if it is not known")
    if found > largest:
        raise Wrong(f"{column} {shown(cell)} is larger than {largest:g}", "state it in a larger unit")
    return found


def flag(column: str, cell: str) -> bool | None:
    """Yes or no, None where the cell is empty. Raises Wrong for anything else."""
    word = cell.lower()
    if not word:
        return None
    if word in YES or word in NO:
        return word in YES
    raise Wrong(f"{column} {shown(cell)} is neither yes nor no", "write 1 or 0")


def short(column: str, cell: str) -> str:
    """The cell itself. Raises Wrong if it is too long for a name."""
    if len(cell) > LONGEST:
        raise Wrong(f"{column} {shown(cell)} is longer than {LONGEST} characters", "give a shorter one")
    return cell


def shown(cell: str) -> str:
    """A cell as it may stand in a sentence: short, on one line, nothing in it that a terminal obeys."""
    return repr(cell if len(cell) <= 40 else cell[:39] + "…")
