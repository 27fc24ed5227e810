"""Sheets in and out."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, number
from api.types import enums
from api.types.fields import maybe
from api.types.sheets import SheetExport, SheetImport
from exchange.sheets import verbs


class PreviewImportInput(graphene.InputObjectType):
    """A file to be looked at."""

    upload_id = needed(graphene.ID, "The file, its bytes sent.")
    kind = needed(enums.SheetKind, "What its rows are.")


class PreviewImport(Mutation):
    """Hand in a sheet: a job reads it and says what each row would do. Nothing is changed yet."""

    class Arguments:
        input = input_argument(PreviewImportInput)

    sheet_import = maybe(SheetImport, "The import.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        upload_id = number("Upload", input, "upload_id")
        return {"sheet_import": verbs.preview_import(work, actor, upload_id=upload_id, kind=input["kind"])}


class RunImportInput(graphene.InputObjectType):
    """Which rows of which import are written."""

    import_id = needed(graphene.ID, "The import, previewed.")
    expected_version = needed(graphene.Int, "The version you looked at.")
    rows = needed(enums.RowChoice, "All of them or none, or the valid ones alone.")


class RunImport(Mutation):
    """Have the rows of a previewed import written; a job does it, in one transaction."""

    class Arguments:
        input = input_argument(RunImportInput)

    sheet_import = maybe(SheetImport, "The import.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.run_import(
            work, actor, import_id=number("SheetImport", input, "import_id"),
            expected_version=input["expected_version"], choice=input["rows"],
        )  # fmt: skip
        return {"sheet_import": found}


class ExportSheetInput(graphene.InputObjectType):
    """Which sheet is wanted."""

    kind = needed(enums.SheetKind, "What its rows are.")
    format = needed(enums.SheetFormat, "In which form.")


class ExportSheet(Mutation):
    """Ask for a sheet of all you may see of a kind; a job makes it, for you alone."""

    class Arguments:
        input = input_argument(ExportSheetInput)

    sheet_export = maybe(SheetExport, "The export.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"sheet_export": verbs.export_sheet(work, actor, kind=input["kind"], format=input["format"])}


class SheetActs:
    """What is done with sheets."""

    preview_import = PreviewImport.Field(description=PreviewImport.__doc__)
    run_import = RunImport.Field(description=RunImport.__doc__)
    export_sheet = ExportSheet.Field(description=ExportSheet.__doc__)
