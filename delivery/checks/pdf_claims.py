"""What a PDF says of itself: only ever reported as a claim, for no validator has looked."""

from pathlib import Path

import pikepdf
from lxml import etree

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.formats import Format

PDF_A_CLAIM = Check(
    "pdf-a-claim",
    1,
    Said(
        "Where PDF/A is asked for, the file claims to be PDF/A (claimed, not validated).",
        "要求 PDF/A 时，文件须声明为 PDF/A（仅为声明，未经验证）。",
    ),
)


def claimed_level(pdf: pikepdf.Pdf) -> str:
    """The part and level of PDF/A in the XMP metadata, such as "3B"; "" without a claim."""
    if "/Metadata" not in pdf.Root:
        return ""
    try:
        return str(pdf.open_metadata(set_pikepdf_as_editor=False).pdfa_status)
    except (etree.XMLSyntaxError, ValueError, TypeError):
        return ""


def pdf_a_claim(path: Path, declared: Declared) -> Finding:
    with pikepdf.open(path) as pdf:
        claimed = claimed_level(pdf)
    if declared.format is Format.PDF_A and not claimed:
        said = Said("PDF/A is asked for; the file does not claim to be PDF/A.", "要求 PDF/A，但文件未声明为 PDF/A。")
        cure = Said("Export the document again as PDF/A.", "请将文档重新导出为 PDF/A。")
        return PDF_A_CLAIM.failed(said, cure, claimed="")
    return PDF_A_CLAIM.passed(claimed=claimed)
