"""Every kind of sheet there is, and an empty or filled one to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.sheets.judging import Kind
from exchange.sheets.kinds.firms import FIRMS
from exchange.sheets.kinds.items import ITEMS
from exchange.sheets.kinds.links import LINKS
from exchange.sheets.kinds.open_lines import OPEN_LINES
from exchange.sheets.kinds.references import REFERENCES
from exchange.sheets.kinds.sites import SITES
from exchange.sheets.tables import SheetFormat, SheetKind
from exchange.sheets.writing import MEDIA_TYPES, template

KINDS: Mapping[SheetKind, Kind] = {kind.kind: kind for kind in (FIRMS, SITES, ITEMS, REFERENCES, LINKS, OPEN_LINES)}


@dataclass(frozen=True)
class File:
    """A small file, whole."""

    filename: str
    media_type: str
    content: bytes


def template_file(kind: SheetKind, format: SheetFormat, *, filled: bool) -> File:
    name = f"{kind}-{'example' if filled else 'template'}.{format}"
    return File(name, MEDIA_TYPES[format], template(KINDS[kind], format, filled=filled))
