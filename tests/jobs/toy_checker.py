"""Checks one submitted file and is gone, as if killed, at the very moment its result is about to be written."""

import os
import sys
from typing import Any

from sqlalchemy import event

from jobs.document_checks import check_document
from kernel import db
from kernel.boot import boot
from kernel.settings import read_settings


def _die_at_the_claim(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
    if "INSERT INTO event_claim" in statement:
        os._exit(9)


if __name__ == "__main__":
    settings = read_settings(dict(os.environ))
    boot(settings)
    with db.session(writes=False) as session:
        event.listen(session.get_bind(), "before_cursor_execute", _die_at_the_claim)
    check_document(int(sys.argv[1]))
