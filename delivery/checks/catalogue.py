"""Which checks a file of each format goes through, in which order, and which of them wait for another to pass."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from delivery.checks import archives, envelope, images, office, pdf_active, pdf_claims, pdf_structure, previews, texts
from delivery.checks.findings import Check, Declared, Finding, Shown
from delivery.checks.formats import Format, format_meant


@dataclass(frozen=True)
class Step:
    """``look`` answers for ``check``; it is not run while one of ``needs`` is failed or unanswered."""

    check: Check
    look: Callable[[Path, Declared], Finding | Shown]
    needs: tuple[Check, ...] = (envelope.FILE_TYPE,)


_ENVELOPE = (
    Step(envelope.FILE_NAME, envelope.file_name, ()),
    Step(envelope.SIZE, envelope.size, ()),
    Step(envelope.SHA256, envelope.sha256, (envelope.SIZE,)),
    Step(envelope.FILE_TYPE, envelope.file_type, (envelope.SIZE,)),
    Step(envelope.POLYGLOT, envelope.polyglot),
)
_READABLE = (pdf_structure.PDF_OPENS, pdf_structure.PDF_ENCRYPTED)
_SMALL = (*_READABLE, pdf_structure.PDF_PAGES, pdf_structure.PDF_UNPACKED)
_PDF = (
    Step(pdf_structure.PDF_OPENS, pdf_structure.pdf_opens),
    Step(pdf_structure.PDF_ENCRYPTED, pdf_structure.pdf_encrypted, (pdf_structure.PDF_OPENS,)),
    Step(pdf_structure.PDF_PAGES, pdf_structure.pdf_pages, _READABLE),
    Step(pdf_structure.PDF_UNPACKED, pdf_structure.pdf_unpacked, _READABLE),
    Step(pdf_active.PDF_ACTIVE_CONTENT, pdf_active.pdf_active_content, _READABLE),
    Step(pdf_claims.PDF_A_CLAIM, pdf_claims.pdf_a_claim, _READABLE),
    Step(previews.TEXT_LAYER, previews.pdf_text, _SMALL),
    Step(previews.PREVIEW, previews.pdf_preview, _SMALL),
)
_IMAGE = (
    Step(images.IMAGE_PIXELS, images.image_pixels),
    Step(images.IMAGE_OPENS, images.image_opens, (images.IMAGE_PIXELS,)),
    Step(previews.PREVIEW, previews.image_preview, (images.IMAGE_OPENS,)),
)
_ARCHIVE = (Step(archives.ARCHIVE_CONTENTS, archives.archive_contents),)
_OFFICE = (
    *_ARCHIVE,
    Step(office.OFFICE_ACTIVE_CONTENT, office.office_active_content, (archives.ARCHIVE_CONTENTS,)),
)
_TEXT = (Step(texts.TEXT_ENCODING, texts.text_encoding),)

CATALOGUE: dict[Format, tuple[Step, ...]] = {
    Format.PDF: _PDF,
    Format.PDF_A: _PDF,
    Format.PNG: _IMAGE,
    Format.JPEG: _IMAGE,
    Format.XLSX: _OFFICE,
    Format.DOCX: _OFFICE,
    Format.CSV: (*_TEXT, Step(texts.CSV_FORMULAS, texts.csv_formulas, (texts.TEXT_ENCODING,))),
    Format.XML: (Step(texts.XML_STRUCTURE, texts.xml_structure),),
    Format.TXT: _TEXT,
    Format.STEP: _TEXT,
    Format.DXF: (),  # known by its beginning only: binary and many code pages are both common
    Format.ZIP: _ARCHIVE,
}


def steps_for(declared: Declared) -> tuple[Step, ...]:
    meant = format_meant(declared.format, declared.filename)
    return (*_ENVELOPE, *(CATALOGUE[meant] if meant else ()))
