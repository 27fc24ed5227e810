"""Which checks a file of each format goes through, in which order, and which of them wait for another to pass."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from delivery.checks import (
    archives,
    envelope,
    images,
    ofd_active,
    ofd_signatures,
    ofd_structure,
    office,
    pdf_active,
    pdf_claims,
    pdf_fonts,
    pdf_page_sizes,
    pdf_structure,
    previews,
    step,
    texts,
    title_block,
)
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
    Step(pdf_fonts.PDF_FONTS, pdf_fonts.pdf_fonts, _SMALL),
    Step(pdf_page_sizes.PDF_PAGE_SIZES, pdf_page_sizes.pdf_page_sizes, _SMALL),
    Step(previews.TEXT_LAYER, previews.pdf_text, _SMALL),
    Step(title_block.TITLE_BLOCK, title_block.pdf_title_block, _SMALL),
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
_WHOLE = (ofd_structure.OFD_OPENS, ofd_structure.OFD_PAGES)
_OFD = (
    *_ARCHIVE,
    Step(ofd_structure.OFD_ENCRYPTED, ofd_structure.ofd_encrypted, (archives.ARCHIVE_CONTENTS,)),
    Step(ofd_structure.OFD_OPENS, ofd_structure.ofd_opens, (ofd_structure.OFD_ENCRYPTED,)),
    Step(ofd_structure.OFD_PAGES, ofd_structure.ofd_pages, (ofd_structure.OFD_OPENS,)),
    Step(ofd_active.OFD_ACTIVE_CONTENT, ofd_active.ofd_active_content, (ofd_structure.OFD_OPENS,)),
    Step(ofd_signatures.OFD_DIGESTS, ofd_signatures.ofd_digests, (ofd_structure.OFD_OPENS,)),
    Step(ofd_signatures.OFD_SIGNATURES, ofd_signatures.ofd_signatures, (ofd_signatures.OFD_DIGESTS,)),
    Step(previews.TEXT_LAYER, previews.ofd_text, _WHOLE),
    Step(title_block.TITLE_BLOCK, title_block.ofd_title_block, _WHOLE),
)
_TEXT = (Step(texts.TEXT_ENCODING, texts.text_encoding),)

_STEP = (
    *_TEXT,
    Step(step.STEP_SYNTAX, step.step_syntax, (texts.TEXT_ENCODING,)),
    Step(step.STEP_HEADER, step.step_header, (step.STEP_SYNTAX,)),
    Step(step.STEP_SCHEMA, step.step_schema, (step.STEP_HEADER,)),
)

CATALOGUE: dict[Format, tuple[Step, ...]] = {
    Format.PDF: _PDF,
    Format.PDF_A: _PDF,
    Format.PNG: _IMAGE,
    Format.JPEG: _IMAGE,
    Format.XLSX: _OFFICE,
    Format.DOCX: _OFFICE,
    Format.OFD: _OFD,
    Format.CSV: (*_TEXT, Step(texts.CSV_FORMULAS, texts.csv_formulas, (texts.TEXT_ENCODING,))),
    Format.XML: (Step(texts.XML_STRUCTURE, texts.xml_structure),),
    Format.TXT: _TEXT,
    Format.STEP: _STEP,
    Format.DXF: (),  # known by its beginning only: binary and many code pages are both common
    Format.ZIP: _ARCHIVE,
}


def steps_for(declared: Declared) -> tuple[Step, ...]:
    """The checks of one file, in order; a file handed in under no number has no title block to compare."""
    meant = format_meant(declared.format, declared.filename)
    steps = (*_ENVELOPE, *(CATALOGUE[meant] if meant else ()))
    return steps if declared.number else tuple(one for one in steps if one.check is not title_block.TITLE_BLOCK)
