"""What is asked about sheets in and out."""

from base64 import b64encode
from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import enums
from api.types import sheets as types
from api.types.fields import many, paged, paging, said
from exchange.sheets import reads
from exchange.sheets.catalogue import KINDS, template_file
from kernel import ids
from kernel.access import NOBODY


class SheetQuestions:
    """Kinds of sheets, imports, exports."""

    sheet_kinds = many(types.SheetKindCard, "The kinds of sheets there are.")
    sheet_template = graphene.Field(
        types.SheetFile, description="An empty sheet of a kind, or one with examples.",
        kind=graphene.Argument(graphene.NonNull(enums.SheetKind), description="Which."),
        format=graphene.Argument(graphene.NonNull(enums.SheetFormat), description="In which form."),
        filled=graphene.Argument(graphene.Boolean, description="With examples."),
    )  # fmt: skip
    sheet_imports = said(types.SheetImportConnection, "The imports of your firm, newest first.", **paging())
    sheet_problems = said(
        types.SheetProblemConnection, "What is wrong with a file, in its order; the first 200.",
        import_id=by_id("The import."), **paging(),
    )  # fmt: skip
    sheet_changes = said(
        types.SheetChangeConnection, "What a file would change, in its order; the first 200, of kinds that tell it.",
        import_id=by_id("The import."), **paging(),
    )  # fmt: skip
    sheet_exports = said(types.SheetExportConnection, "What you had given out, newest first.", **paging())

    @staticmethod
    def resolve_sheet_kinds(root: Any, info: Any) -> Any:
        return list(KINDS.values()) if info.context.acting != NOBODY else []

    @staticmethod
    def resolve_sheet_template(root: Any, info: Any, kind: Any, format: Any, filled: bool | None = None) -> Any:
        if info.context.acting == NOBODY:
            return None
        found = template_file(kind, format, filled=bool(filled))
        return {
            "filename": found.filename,
            "media_type": found.media_type,
            "content": b64encode(found.content).decode(),
        }

    @staticmethod
    def resolve_sheet_imports(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        return listed(info, "sheet_import", reads.imports(c.work, c.acting, first=first, after=after))

    @staticmethod
    def resolve_sheet_problems(
        root: Any, info: Any, import_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        return paged(
            reads.problems_of(c.work, c.acting, ids.sought("SheetImport", import_id), first=first, after=after)
        )

    @staticmethod
    def resolve_sheet_changes(
        root: Any, info: Any, import_id: str, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        return paged(reads.changes_of(c.work, c.acting, ids.sought("SheetImport", import_id), first=first, after=after))

    @staticmethod
    def resolve_sheet_exports(root: Any, info: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        return listed(info, "sheet_export", reads.exports(c.work, c.acting, first=first, after=after))
