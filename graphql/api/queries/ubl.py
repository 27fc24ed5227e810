"""Documents of trade to take along: as UBL, as a PDF."""

from base64 import b64encode
from typing import Any

import graphene

from api.queries.parts import by_id
from api.types import ubl as types
from exchange.kinds import EXPORTS, PRINTS, PrintKind
from exchange.ubl.hardened import CBC, parsed
from exchange.ubl.official import official_on
from exchange.warned import warnings_of
from kernel import ids

XML, PDF = "application/xml", "application/pdf"


class UblQuestions:
    """What either party of a deal may take along of it."""

    ubl_document = graphene.Field(
        graphene.NonNull(types.TradeFile), description="A document as UBL, schema-valid, the same bytes for both parties.",
        kind=types.kind_argument(types.UblKind),
        id=by_id("What it is about: an order (its newest answer, change or cancellation), a change, a cancellation, a "
                 "request or a quotation."),
    )  # fmt: skip
    printed_document = graphene.Field(
        graphene.NonNull(types.TradeFile), description="A document as a PDF, in the language of the request.",
        kind=types.kind_argument(types.PrintKind), id=by_id("The order, or the statement, by its id."),
    )  # fmt: skip

    @staticmethod
    def resolve_ubl_document(root: Any, info: Any, kind: Any, id: str) -> Any:
        c = info.context
        content = EXPORTS[kind.value](c.work, c.acting, id)
        warnings = [*warnings_of(c.work, c.acting, content, going_out=True), *official_on(content)]
        return _file(f"{_number(content)}.xml", XML, content, warnings)

    @staticmethod
    def resolve_printed_document(root: Any, info: Any, kind: Any, id: str) -> Any:
        c = info.context
        content = PRINTS[kind.value](c.work, c.acting, id, lang=c.lang)
        return _file(f"{_called(c, kind, id)}.pdf", PDF, content, [])


def _called(c: Any, kind: Any, id: str) -> str:
    if kind is PrintKind.STATEMENT:
        statement = c.batches["statement"].one(ids.sought("Statement", id))
        return f"statement-{statement.period_from}-{statement.period_until}-{statement.edition}"
    order = c.batches["order"].one(ids.sought("Order", id))
    return f"{order.number}-{kind.value.removeprefix('pdf-')}"


def _number(content: bytes) -> str:
    """The document's own number, as its sender wrote it."""
    return parsed(content).findtext(f"{{{CBC}}}ID") or "document"


def _file(filename: str, media_type: str, content: bytes, warnings: Any) -> dict[str, Any]:
    coded = b64encode(content).decode()
    return {"filename": filename, "media_type": media_type, "content": coded, "warnings": warnings}
