"""A chain beside itself on an earlier day: links gained and lost, needs left with one source, who stops the line now."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import ask
from web.chains.leaving import workbook
from web.chains.resilience import called

QUARTERS = 6


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/changes", "changes", changes)
    made.add_url_rule("/chains/<chain_id>/changes.xlsx", "changes_file", changes_file)


def changes(chain_id: str) -> str:
    """Days that make no sense are told in a sentence, and the usual ones taken. Raises NotFound for who belongs to no firm."""
    seated.of_a_firm()
    found, errors = _asked(chain_id, request.args.get("since", ""), request.args.get("until", ""))
    if found is None:
        raise NotFound
    return render_template(
        "chains/changes.html", c=found, chain=found["chain"], errors=errors, called=called, quarters=quarters(),
        need=need,
    )  # fmt: skip


def changes_file(chain_id: str) -> Response:
    """The same days as a file. Raises NotFound for who has no such page, and for days that make no sense."""
    try:
        days = _days(request.args.get("since", ""), request.args.get("until", ""))
        found = ask("changes_xlsx", chainId=chain_id, since=days[0], until=days[1])["chainChanges"]
    except (ValueError, DomainError):
        raise NotFound from None
    if found is None:
        raise NotFound
    return workbook(found["xlsx"], f"changes-{found['chain']['code']}-{found['since']}-{found['until']}.xlsx")


def _asked(chain_id: str, since: str, until: str) -> tuple[Any, list[Any]]:
    try:
        days = _days(since, until)
        return ask("chain_changes", chainId=chain_id, since=days[0], until=days[1])["chainChanges"], []
    except ValueError:
        said, fields = _("日期请填年-月-日，例如 2026-09-30"), ["since"]
    except DomainError as refused:
        if refused.code == "NOT_FOUND":
            raise
        said, fields = str(refused), list(refused.fields)
    usual = ask("chain_changes", chainId=chain_id, since=None, until=None)["chainChanges"]
    return usual, [{"message": said, "fields": fields, "rule": None, "code": "INVALID"}]


def _days(*said: str) -> list[str | None]:
    """Raises ValueError."""
    return [str(date.fromisoformat(day)) if day else None for day in said]


def quarters() -> list[date]:
    """The last days of the quarters before today's, newest first."""
    found, day = [], clock.today_of(clock.now())
    for _quarter in range(QUARTERS):
        day = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1) - timedelta(days=1)
        found.append(day)
    return found


def need(one: dict[str, Any]) -> str:
    """What is needed: by the reader's own number, the maker's item, or its stage."""
    if one["number"]:
        return str(one["number"])
    if one["item"]:
        return str(one["item"]["number"])
    return str(_("环节“%(stage)s”的供货", stage=one["stage"]["name"])) if one["stage"] else "—"
