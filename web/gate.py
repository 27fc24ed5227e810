"""One request at a time through Python, but only once it has arrived: a slow sender waits without anyone behind it."""

from collections.abc import Iterable
from io import BytesIO
from threading import Lock
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

UPLOADS = ("/uploads/", "/documents/upload/", "/certificates/papers/", "/registration/papers/")
"""Uploads, of programs and of a page's form, stream to a file piece by piece and take no turn while they do."""


PIECE_BYTES = 64 * 1024
LARGEST_DRAINED_BYTES = 256 * 1024 * 1024


class Gate:
    """Around an app on a server with many threads a process. ``most``: bytes of a body that are read before its turn."""

    def __init__(self, app: WSGIApplication, most: int) -> None:
        self.app, self.most, self.turn = app, most, Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sent = environ["wsgi.input"]
        if environ["PATH_INFO"].startswith(UPLOADS):
            answer = self.app(environ, start_response)
        else:
            if _has_body(environ) and _declared(environ) <= self.most:
                body = _arrived(sent, self.most + 1)
                environ["wsgi.input"] = BytesIO(body)
                if environ.pop("HTTP_TRANSFER_ENCODING", None):
                    environ["CONTENT_LENGTH"] = str(len(body))  # sent in chunks: its size is known only now
            with self.turn:
                answer = self.app(environ, start_response)
        if _has_body(environ):
            _drain(sent)
        return answer


def _has_body(environ: WSGIEnvironment) -> bool:
    return bool(environ.get("CONTENT_LENGTH") or environ.get("HTTP_TRANSFER_ENCODING"))


def _declared(environ: WSGIEnvironment) -> int:
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _arrived(sent: InputStream, most: int) -> bytes:
    """The body, or as much of it as shows that it is too large."""
    pieces, size = [], 0
    while size < most and (piece := sent.read(min(PIECE_BYTES, most - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _drain(sent: InputStream) -> None:
    """Hear out who sends too much, within reason: most programs read an answer only once they have sent everything."""
    left = LARGEST_DRAINED_BYTES
    while left > 0 and (piece := sent.read(PIECE_BYTES)):
        left -= len(piece)
