"""The access ledger: who of which firm read or exported what of ours, under which grant; also as a file."""

import csv
import io
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request

from kernel.cells import inert
from web import seated
from web.ask import ask
from web.requests import words
from web.trade.words import role_word

PAGE_SIZE, MOST_PAGES = 50, 200
OPENS = {"Order": "/orders/", "DataRequest": "/requests/", "Item": "/items/"}
"""Kinds of things that have a page, and where."""


def blueprint() -> Blueprint:
    made = Blueprint("ledger", __name__)
    made.add_url_rule("/sharing/ledger", "ledger", ledger)
    made.add_url_rule("/sharing/ledger.csv", "file", file)
    return made


def ledger() -> str:
    seated.of_a_firm()
    by = _by()
    found = ask("access_ledger", filter=by, first=PAGE_SIZE, after=request.args.get("after"))["accessLedger"]
    mine = ask("viewer")["viewer"]["firm"]["id"]
    partners = [(f["id"], f["name"]) for f in ask("firms", first=100)["firms"]["nodes"] if f["id"] != mine]
    return render_template(
        "sharing/ledger.html", found=found, by=by, partners=partners, words=words, role_word=role_word, opens=OPENS
    )


def file() -> Response:
    """All of the same, for a spreadsheet: every cell is text, so that none is a formula."""
    seated.of_a_firm()
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(words.ledger_head())
    after = None
    for _page in range(MOST_PAGES):
        found = ask("access_ledger", filter=_by(), first=100, after=after)["accessLedger"]
        for entry in found["nodes"]:
            write([inert(cell) for cell in _cells(entry)])
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    answer = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="access-ledger.csv")
    return answer


def _cells(entry: dict[str, Any]) -> list[str]:
    return [
        entry["at"], words.reader(entry), " ".join(role_word(role) for role in entry["roles"]), words.what(entry["what"]),
        f"{entry['subjectKind'] or ''} {entry['subjectId'] or ''}".strip(), words.grant(entry["grantKind"]),
        str(entry["rows"]), words.yes(entry["exported"]),
    ]  # fmt: skip


def _by() -> dict[str, Any]:
    """The filter, as far as it can be read."""
    asked: dict[str, Any] = {name: request.args[name] for name in ("partnerId",) if request.args.get(name)}
    for name in ("since", "until"):
        try:
            asked[name] = date.fromisoformat(request.args.get(name, "")).isoformat()
        except ValueError:
            continue
    return asked | ({"exported": True} if request.args.get("exported") else {})
