"""Which elements of each document our model holds, and which of a sample it does not: what ``docs/ubl.md`` tells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree

from exchange.ubl.examples import EXAMPLES
from exchange.ubl.hardened import parsed
from exchange.ubl.read_change import read_order_cancellation, read_order_change
from exchange.ubl.read_invoice import read_invoice, read_invoice_answer
from exchange.ubl.read_order import read_order
from exchange.ubl.read_quotation import read_quotation
from exchange.ubl.read_response import read_order_response
from exchange.ubl.read_rfq import read_rfq

READERS: Mapping[str, Callable[[bytes], tuple[Any, Any]]] = {
    "Order": read_order, "OrderChange": read_order_change, "OrderCancellation": read_order_cancellation,
    "OrderResponse": read_order_response, "RequestForQuotation": read_rfq, "Quotation": read_quotation, "Invoice": read_invoice,
    "ApplicationResponse": read_invoice_answer,
}  # fmt: skip
"""Document -> what reads it."""


def paths_of(content: bytes) -> list[str]:
    """The paths of all basic elements of a document, below its root, each once, in their order."""
    return list(dict.fromkeys(_leaves(parsed(content), "")))


def _leaves(element: etree._Element, path: str) -> Iterator[str]:
    for child in element:
        below = f"{path}/{etree.QName(child).localname}".lstrip("/")
        if len(child):
            yield from _leaves(child, below)
        else:
            yield below


def not_held(document: str, sample: bytes) -> list[str]:
    """Paths of a sample whose content is held nowhere here; what is left out whole is told by its head alone."""
    reader = READERS.get(document)
    read = reader(sample)[0] if reader else None
    if read is not None:
        return list(read.left_out)
    written = set(paths_of(EXAMPLES[document]))
    return sorted(path for path in paths_of(sample) if path not in written)


def table(samples: Mapping[str, bytes]) -> list[str]:
    """Markdown: a section for each document. samples: document -> OASIS's own, where there is one."""
    told = ["## What is held, what is not 保存与不保存的内容", ""]
    for document, content in EXAMPLES.items():
        told += [f"### {document}", "", f"**Held**: {_listed(paths_of(content))}.", ""]
        if document in samples:
            reader = READERS.get(document)
            refused = [f"{c.field}: {c.en}" for c in reader(samples[document])[1]] if reader else []
            if refused:
                told += [f"OASIS's sample is refused: {'; '.join(dict.fromkeys(refused))}.", ""]
            told += [f"**Of OASIS's sample not held**: {_listed(not_held(document, samples[document]))}.", ""]
    return told[:-1]


def _listed(paths: list[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths) or "nothing"
