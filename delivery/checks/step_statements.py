"""A STEP file (ISO 10303-21) as a stream of statements: never more of it in memory than one of them and a chunk."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CHUNK = 1 << 18
MAX_STATEMENT = 16 << 20  # a tessellated surface of AP242 is one statement of several megabytes
MAX_DEPTH = 64
BEGINNING, END = b"ISO-10303-21", b"END-ISO-10303-21"

# Texts, binaries and remarks may hold any character, the semicolon included (ISO 10303-21, 6.3 and 7).
_OPAQUE = rb"'[^']*+'|\"[^\"]*+\"|/\*(?:[^*]|\*(?!/))*+\*/"
_STATEMENT = re.compile(rb"(?:[^'\"/;]++|" + _OPAQUE + rb"|/(?!\*))*+;")
_HIDDEN = re.compile(_OPAQUE)
_REMARK = re.compile(rb"('[^']*+')|/\*(?:[^*]|\*(?!/))*+\*/")
_BUT_BRACKETS = bytes(sorted(set(range(256)) - set(b"()")))
# Nine of ten entities, in one look: a name, and lists at most one deep without a remark.
_PLAIN = rb"[!$*+,\-.0-9A-Za-z_#\s]++|'[^']*+'"
_COMMON = re.compile(rb"#\d++\s*+=\s*+[A-Z][A-Z0-9_]*+\s*+\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*+\))*+\)")
_ENTITY = re.compile(rb"#\d+\s*=\s*(?:[A-Za-z!_][\w!]*\s*\(|\()")
_HEADER_ENTITY = re.compile(rb"[A-Za-z!_][\w!]*\s*\(")
_SIGNED = re.compile(rb"[A-Za-z0-9+/=\s]+ENDSEC")
_FOREIGN = re.compile(rb"[^\s!-~]")


class Statement(NamedTuple):
    """``section``: HEADER, DATA, ANCHOR or REFERENCE; "" between them. ``line``: where it begins."""

    section: str
    text: bytes
    line: int


class StepFault(Exception):
    """The syntax ends here; ``word`` says how, ``line`` where."""

    def __init__(self, word: str, line: int) -> None:
        super().__init__(word)
        self.word, self.line = word, line


def statements_of(path: Path) -> Iterator[Statement]:
    """Every statement from the first line to END-ISO-10303-21, each sound by itself.

    Raises StepFault: "long", "cut off", "open", "begin", "section", "statement", "brackets", "behind".
    """
    section, seen, ended = "", 0, False
    for raw, line in _split(path):
        text = _REMARK.sub(rb"\1", raw[:-1]).strip() if b"/*" in raw else raw[:-1].strip()
        seen += 1
        if ended:
            # Edition 3 lets signatures follow: SIGNATURE; then base64 up to ENDSEC.
            if text != b"SIGNATURE" and not _SIGNED.fullmatch(text):
                raise StepFault("behind", line)
            continue
        if seen == 1:
            if text != BEGINNING:
                raise StepFault("begin", line)
            continue
        if text == END:
            if section:
                raise StepFault("section", line)
            ended = True
            continue
        section = _section_after(section, text, line)
        yield Statement(section, text, line)
    if not ended:
        raise StepFault("cut off", line if seen else 1)


def _section_after(section: str, text: bytes, line: int) -> str:
    """The section the statement stands in or opens; ENDSEC closes it."""
    if text == b"ENDSEC":
        if not section:
            raise StepFault("section", line)
        return ""
    if not section:
        opened = re.match(rb"(HEADER|DATA|ANCHOR|REFERENCE)\s*(?:\(|\Z)", text)
        if not opened:
            raise StepFault("section", line)
        return opened[1].decode()
    if section in ("HEADER", "DATA"):
        _judge(section, text, line)
    return section


def _judge(section: str, text: bytes, line: int) -> None:
    if section == "DATA" and _COMMON.fullmatch(text):
        return
    begins = _ENTITY if section == "DATA" else _HEADER_ENTITY
    if not begins.match(text) or not text.endswith(b")"):
        raise StepFault("statement", line)
    bare = _HIDDEN.sub(b"", text)
    if _FOREIGN.search(bare):
        raise StepFault("statement", line)
    left = bare.translate(None, _BUT_BRACKETS)
    for _ in range(MAX_DEPTH):
        if not left:
            return
        left = left.replace(b"()", b"")
    if left:
        raise StepFault("brackets", line)


def _split(path: Path) -> Iterator[tuple[bytes, int]]:
    """Pieces that end in a semicolon, with the line each begins in; behind the last one only blanks may stand."""
    held, line = b"", 1
    with path.open("rb") as file:
        while chunk := file.read(max(CHUNK, len(held))):  # twice as much each time: a long statement is not read anew
            held += chunk
            at = 0
            while found := _STATEMENT.match(held, at):
                piece = found[0]
                if len(piece) > MAX_STATEMENT:
                    raise StepFault("long", line)
                body = piece.lstrip()
                yield body, line + piece[: len(piece) - len(body)].count(b"\n")
                line += piece.count(b"\n")
                at = found.end()
            held = held[at:]
            if len(held) > MAX_STATEMENT:
                raise StepFault("long", line)
    if held.strip():
        raise StepFault("open" if END in held else "behind" if _is_over(path) else "cut off", line)


def _is_over(path: Path) -> bool:
    """Whether the end line stands near the end of the file: what follows it is then too much, not too little."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - CHUNK))
        return END + b";" in file.read()
