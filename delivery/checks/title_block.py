"""Whether a document says of itself the number and the revision it is handed in as."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.ofd_structure import words_of_ofd
from delivery.checks.previews import PAGES_READ, words_of_pdf

NEAR = 60  # characters between a revision and the word that calls it one: a title block's cells come in any order

TITLE_BLOCK = Check(
    "title-block",
    1,
    Said(
        "The number and the revision handed in stand in the document itself.",
        "提交时填写的编号和版本与文件内文字一致。",
    ),
    mandatory=False,
)
_REVISION_WORD = re.compile(
    r"\b(?:rev(?:ision)?|ver(?:sion)?|issue|index|edition|stand)\b|版本|版次|版号|修订|修改|更改标记", re.I
)
_GAP = r"[\s\-/_.,;:()]*(?:rev(?:ision)?|ver(?:sion)?|v|版本|版次|版)?[\s\-/_.,;:()]*"


def pdf_title_block(path: Path, declared: Declared) -> Finding:
    return _answer(lambda: words_of_pdf(path), declared)


def ofd_title_block(path: Path, declared: Declared) -> Finding:
    return _answer(lambda: words_of_ofd(path, PAGES_READ), declared)


def _answer(words: Callable[[], list[str]], declared: Declared) -> Finding:
    pages = words()
    text = "\n".join(pages)
    if not text.strip():
        said = Said(
            "The document has no text that can be searched: its number and revision were not looked for.",
            "文件没有可检索的文字，未核对其编号和版本。",
        )
        cure = Said("Compare number and revision on the page by eye.", "请人工核对页面上的编号和版本。")
        return TITLE_BLOCK.warned(said, cure, judged=False, pages_read=len(pages))
    has_number, has_revision = stands_in(text, declared.number, declared.revision)
    facts = {"judged": True, "number": has_number, "revision": has_revision, "pages_read": len(pages)}
    if has_number and has_revision:
        return TITLE_BLOCK.passed(**facts)
    missing = [Said(f"number {declared.number}", f"编号 {declared.number}")] * (not has_number)
    missing += [Said(f"revision {declared.revision}", f"版本 {declared.revision}")] * (not has_revision)
    said = Said(
        f"The document's text does not show {' nor '.join(one.en for one in missing)}.",
        f"文件的文字中没有{'、'.join(one.zh for one in missing)}。",
    )
    cure = Said(
        "Hand in the right file, or number and revision as they stand in its title block.",
        "请确认文件无误，或按标题栏填写编号和版本后重新提交。",
    )
    return TITLE_BLOCK.warned(said, cure, **facts)


def stands_in(text: str, number: str, revision: str) -> tuple[bool, bool]:
    """Whether the number, and whether the revision, stand in the text, each as a word of its own.

    Letter case, full width and line breaks within the number do not matter; "DWG-47" is not in "DWG-471" nor in
    "DWG-47-2". A revision counts behind the number, or within NEAR characters of a word that says revision: "A" alone is
    in every English text. Its letters' case matters.
    """
    plain = unicodedata.normalize("NFKC", text)
    wanted, label = (unicodedata.normalize("NFKC", one).strip() for one in (number, revision))
    spaced = r"\s{0,3}".join(re.escape(c) for c in wanted if not c.isspace())
    behind = rf"(?-i:{_word(label)})"
    before = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-/_])(?<![0-9]\.)"
    with_revision = re.compile(f"{before}{spaced}{_GAP}{behind}", re.I)
    alone = re.compile(rf"{before}{spaced}(?![0-9A-Za-z])(?![-/_.][0-9A-Za-z])", re.I)
    is_together = with_revision.search(plain) is not None
    return is_together or alone.search(plain) is not None, is_together or _is_called(plain, label)


def _word(label: str) -> str:
    return rf"(?<![0-9A-Za-z]){re.escape(label)}(?![0-9A-Za-z])"


def _is_called(text: str, label: str) -> bool:
    places = [match.start() for match in re.finditer(_word(label), text)]
    calls = [match.span() for match in _REVISION_WORD.finditer(text)]
    at = 0
    for place in places:
        while at < len(calls) and calls[at][1] + NEAR < place:
            at += 1
        if at < len(calls) and calls[at][0] - NEAR <= place + len(label):
            return True
    # A revision written without a gap, such as RevA or V2, is one word with the word that calls it so.
    return re.search(rf"(?i:\b(?:rev|ver|v))\.?{re.escape(label)}(?![0-9A-Za-z])", text) is not None
