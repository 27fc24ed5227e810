"""Choose a kind, take its template, hand a file in, look at what it would do, have it written; have a sheet given out."""

from base64 import b64decode
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents import uploading
from web.documents.entries import Complaint
from web.exchange import ubl, words
from web.trade.entering import version_of

FORM = "sheet"
PAGE_SIZE, PROBLEMS_SHOWN = 20, 100
FORMATS = ("XLSX", "CSV")
BUSY = ("READING", "RUNNING")


def blueprint() -> Blueprint:
    made = Blueprint("exchange", __name__)
    made.before_request(_room_for_a_sheet)
    made.add_url_rule("/exchange", "sheets", lambda: _sheets((), {}))
    made.add_url_rule("/exchange", "preview", preview, methods=["POST"])
    made.add_url_rule("/exchange/templates/<kind>/<form>.<format>", "template", template)
    made.add_url_rule("/exchange/imports/<import_id>", "shown", lambda import_id: _shown(import_id, ()))
    made.add_url_rule("/exchange/imports/<import_id>", "run", run, methods=["POST"])
    made.add_url_rule("/exchange/imports/<import_id>/part", "part", part)
    made.add_url_rule("/exchange/imports/<import_id>/problems.xlsx", "annotated", annotated)
    made.add_url_rule("/exchange/export", "exports", lambda: _exports(()))
    made.add_url_rule("/exchange/export", "export", export, methods=["POST"])
    made.add_url_rule("/exchange/export/<export_id>/file", "file", file)
    ubl.pages(made)
    return made


def preview() -> Answer:
    """A file comes in: kept, handed in, looked at by a job."""
    kind = request.form.get(f"{FORM}.kind", "")
    upload_id, errors = uploading.kept(FORM)
    if not errors:
        payload, refused = act("preview_import", {"uploadId": upload_id, "kind": kind}, step="-preview")
        if not refused:
            return redirect(f"/exchange/imports/{payload['sheetImport']['id']}", 303)
        errors = [error | {"fields": [f"{FORM}.file"] if error["fields"] else []} for error in refused]
    return _sheets(errors, {"kind": kind, "uploadId": upload_id})


def template(kind: str, form: str, format: str) -> Response:
    """An empty sheet, or one with examples."""
    _of_somebody()
    given = (kind.upper().replace("-", "_"), form, format.upper())
    if given[2] not in FORMATS or form not in ("template", "example") or given[0] not in _kinds():
        raise NotFound
    found = ask("sheet_template", kind=given[0], format=given[2], filled=form == "example")["sheetTemplate"]
    answer = Response(b64decode(found["content"]), mimetype=found["mediaType"].partition(";")[0])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found['filename'])}"
    return answer


def run(import_id: str) -> Answer:
    """Have the rows written, as the button that was pressed says."""
    given = {
        "importId": import_id, "expectedVersion": version_of(request.form),
        "rows": "VALID" if request.form.get("rows") == "VALID" else "ALL",
    }  # fmt: skip
    _payload, refused = act("run_import", given)
    if refused:
        return _shown(import_id, [error | {"fields": []} for error in refused])
    return redirect(f"/exchange/imports/{import_id}", 303)


def part(import_id: str) -> str:
    """The changing part of an import's page: asks again by itself while a job is at it."""
    return render_template("exchange/_import.html", **_told(import_id))


def annotated(import_id: str) -> Answer:
    return _handed(_told(import_id)["found"]["annotatedUrl"])


def export() -> Answer:
    """Ask for a sheet; the page says when it is there."""
    kind, format = request.form.get("kind", ""), request.form.get("format", "")
    _payload, refused = act("export_sheet", {"kind": kind, "format": format if format in FORMATS else "XLSX"})
    if refused:
        return _exports([error | {"fields": []} for error in refused])
    return redirect("/exchange/export", 303)


def file(export_id: str) -> Answer:
    """On to the file by an address made now."""
    found = ask("sheet_exports_page", first=100)["sheetExports"]["nodes"]
    return _handed(next((one["url"] for one in found if one["id"] == export_id), None))


def _handed(address: str | None) -> Answer:
    if address is None:
        raise NotFound
    return redirect(address)


def _sheets(errors: "list[Complaint] | tuple[()]", entered: dict[str, str]) -> Answer:
    _of_somebody()
    found = ask("sheets_page", first=PAGE_SIZE, after=request.args.get("after"))
    body = render_template(
        "exchange/sheets.html", kinds=found["sheetKinds"], imports=found["sheetImports"], errors=errors, form=FORM,
        entered=entered, chosen=entered.get("kind") or request.args.get("kind", "").upper(), words=words, as_of=clock.now(),
    )  # fmt: skip
    return make_response(body, 422 if errors else 200)


def _shown(import_id: str, errors: "list[Complaint] | tuple[()]") -> Answer:
    body = render_template("exchange/import.html", errors=errors, as_of=clock.now(), **_told(import_id))
    return make_response(body, 422 if errors else 200)


def _told(import_id: str) -> dict[str, Any]:
    answer = ask("sheet_import_page", id=import_id, first=PROBLEMS_SHOWN, after=request.args.get("after"))
    found = answer["node"]
    if not found:
        raise NotFound
    kinds = {kind["kind"]: kind["name"] for kind in answer["sheetKinds"]}
    return {
        "found": found, "problems": answer["sheetProblems"], "changes": answer["sheetChanges"], "kind": kinds[found["kind"]], "words": words,
        "busy": found["state"] in BUSY, "job": found["runJob"] or found["job"],
    }  # fmt: skip


def _exports(errors: "list[Complaint] | tuple[()]") -> Answer:
    _of_somebody()
    answer = ask("sheet_exports_page", first=PAGE_SIZE, after=request.args.get("after"))
    kinds = {kind["kind"]: kind["name"] for kind in answer["sheetKinds"]}
    found = answer["sheetExports"]
    busy = any(one["madeAt"] is None and one["job"]["state"] != "FAILED" for one in found["nodes"])
    body = render_template(
        "exchange/exports.html", found=found, kinds=kinds, errors=errors, busy=busy, words=words, as_of=clock.now(),
        part=request.headers.get("HX-Request") == "true",
    )  # fmt: skip
    return make_response(body, 422 if errors else 200)


def _kinds() -> list[str]:
    return [kind["kind"] for kind in ask("sheet_exports_page", first=0)["sheetKinds"]]


def _of_somebody() -> None:
    """Officials, carriers and applicants have no sheets. Raises NotFound, as for a page that is not there."""
    sitting = seated.person()
    if sitting is None or seated.audience(sitting) not in ("buyer", "supplier", "operator"):
        raise NotFound


def _room_for_a_sheet() -> Answer | None:
    """Let a file in where somebody signed in sends one; refuse a larger one beside its field, before it is read."""
    if request.endpoint != "exchange.preview" or seated.person() is None:
        return None
    request.max_content_length = uploading.LARGEST_FORM_BYTES
    try:
        request.form  # noqa: B018 - reads the body: its files go to disk piece by piece
    except RequestEntityTooLarge:
        return _sheets([uploading.too_large(FORM)], {})
    return None
