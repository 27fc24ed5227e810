"""Lists as files to keep, whose names say of what and of which day."""

from base64 import b64decode

from flask import make_response
from werkzeug.wrappers import Response


def workbook(encoded: str, name: str) -> Response:
    """An Excel file from its base64."""
    return attached(b64decode(encoded), name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def attached(content: str | bytes, name: str, media_type: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
