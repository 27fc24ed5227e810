"""The sheets of a PDF by their names: what a printer of another firm has, and what it would scale."""

from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf

from delivery.checks.findings import Check, Declared, Finding, Said

MILLIMETRES_A_POINT = 25.4 / 72
TOLERANCE_MM = 4

PDF_PAGE_SIZES = Check(
    "pdf-page-sizes",
    1,
    Said("All pages of a PDF are of one size that has a name.", "PDF 各页幅面一致，且为标准幅面。"),
    mandatory=False,
)
_SERIES = {
    "A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210),
    "B3": (353, 500), "B4": (250, 353), "B5": (176, 250), "Letter": (216, 279), "Legal": (216, 356), "Tabloid": (279, 432),
}  # fmt: skip
# ISO 5457 and GB/T 14689: a sheet several times as long as the short side of its format.
_ELONGATED = {"A0": (2, 3), "A1": (3, 4), "A2": (3, 4, 5), "A3": (3, 4, 5, 6, 7), "A4": (3, 4, 5, 6, 7, 8, 9)}
SHEETS = _SERIES | {
    f"{name}x{times}": (_SERIES[name][1], _SERIES[name][0] * times)
    for name, several in _ELONGATED.items()
    for times in several
}


def pdf_page_sizes(path: Path, declared: Declared) -> Finding:
    with pikepdf.open(path) as pdf:
        counted = Counter(_size(page) for page in pdf.pages)
    told = ", ".join(f"{name} × {pages}" for name, pages in sorted(counted.items()))[:300]
    odd = sorted(name for name in counted if name not in SHEETS)
    if odd:
        names = ", ".join(odd)[:200]
        said = Said(f"Pages of a size without a name: {names}.", f"有页面不是标准幅面：{names}。")
        cure = Said("Export on A-series sheets where it will be printed.", "如需打印，请按 A 系列幅面重新导出。")
        return PDF_PAGE_SIZES.warned(said, cure, sizes=told, odd=names)
    if len(counted) > 1:
        said = Said(f"The pages are of different sizes: {told}.", f"各页幅面不一致：{told}。")
        cure = Said("Print each size on its own paper, or not scaled.", "打印时请按各页幅面选纸，勿缩放。")
        return PDF_PAGE_SIZES.warned(said, cure, sizes=told)
    return PDF_PAGE_SIZES.passed(sizes=told)


def _size(page: pikepdf.Page) -> str:
    """The sheet's name, either way round, or its millimetres; "?" for a box that is none."""
    try:
        left, bottom, right, top = (float(edge) for edge in _box(page))
        unit = float(page.obj.get("/UserUnit", 1)) * MILLIMETRES_A_POINT
    except (TypeError, ValueError):
        return "?"
    short, long = sorted((abs(right - left) * unit, abs(top - bottom) * unit))
    for name, (narrow, wide) in SHEETS.items():
        if abs(short - narrow) <= TOLERANCE_MM and abs(long - wide) <= TOLERANCE_MM:
            return name
    return f"{short:.0f} x {long:.0f} mm"


def _box(page: pikepdf.Page) -> Any:
    return page.cropbox
