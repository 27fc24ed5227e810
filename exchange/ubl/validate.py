"""Does a document obey its UBL schema, 2.1 or 2.3? Only the documents of trade that are read or written here."""

import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

from lxml import etree

from exchange.ubl.hardened import CBC, DOCUMENTS, Refused, parsed, root_of

SCHEMAS = Path(__file__).parent / "schemas"
ROOTS = {root_of(name): name for name in DOCUMENTS}
# A schema object keeps the errors of its last run, so two threads must not use one at once.
_one_at_a_time = Lock()


def validate_ubl(content: bytes) -> list[str]:
    """What the schema finds wrong, one sentence each with its line; empty when valid.

    UBLVersionID 2.0 and 2.1 are held against 2.1, later ones and none against 2.3: every valid 2.1 document is a valid
    2.3 one, as OASIS keeps minor versions backward compatible.
    """
    try:
        root = parsed(content)
    except Refused as refusal:
        return [refusal.complaint.en]
    name = ROOTS.get(str(root.tag))
    if name is None:
        return [f"{root.tag} is none of the UBL 2 documents {', '.join(DOCUMENTS)}"]
    version = (root.findtext(f"{{{CBC}}}UBLVersionID") or "").strip()
    with _one_at_a_time:
        schema = _schema(name, "2.1" if re.fullmatch("2[.][01]", version) else "2.3")
        if schema.validate(root):
            return []
        return [f"line {error.line}: {error.message}" for error in cast(Any, schema.error_log)]


@cache
def _schema(name: str, version: str) -> etree.XMLSchema:
    path = SCHEMAS / f"ubl-{version}" / "xsd" / "maindoc" / f"UBL-{name}-{version}.xsd"
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))
