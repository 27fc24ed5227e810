"""The scenario desk: shocks put together in the address of the page, run without and with further sources; kept only when asked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from api.types.firms import prefecture_name
from kernel import clock
from kernel.errors import DomainError, NotFound
from web import seated
from web.ask import ask
from web.chains import backup_words, desk
from web.chains.leaving import workbook
from web.chains.resilience import called
from web.firms.words import PREFECTURES

MOST_SHOWN = 50


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/scenario", "scenario", scenario)
    made.add_url_rule("/chains/<chain_id>/scenario.xlsx", "scenario_file", scenario_file)


def scenario(chain_id: str) -> Response | str:
    """A form adds one shock or source to the address; the address alone is what is run. Raises NotFound for officials."""
    added = _added()
    if added is not None:
        return redirect(f"/chains/{chain_id}/scenario?{urlencode(added)}", 303)
    seen = ask("scenario_desk", chainId=chain_id)
    if seen["resilience"] is None:
        raise NotFound
    asked = desk.read(_query())
    found, errors = _run(chain_id, asked) if asked.shocks else (None, [])
    options = _options(seen)
    names = _names(options)
    return render_template(
        "chains/scenario.html", chain=seen["resilience"]["chain"], as_of_day=seen["resilience"]["asOf"],
        links_seen=seen["resilience"]["linksSeen"], options=options, shocks=[_told(one, names) for one in asked.shocks],
        sources=[_told_source(one, names) for one in asked.sources], found=found, errors=errors, called=called,
        kinds=desk.kinds(), today=clock.today_of(clock.now()), without=_without, asked=asked, most_shown=MOST_SHOWN,
        line=desk.line, saved=_saved(asked.saved), query=_query(), kept=[(n, v) for n in desk.KEPT for v in _given(n)],
        may_keep=not set(seen["viewer"]["roles"]).isdisjoint(("BUYER", "PLANNER", "LEAD", "SALES")),
        words=backup_words, noted=seen["backupSources"]["nodes"], bare=asked.bare,
    )  # fmt: skip


def scenario_file(chain_id: str) -> Response:
    """What stands in the address as an Excel file. Raises NotFound for what cannot be run."""
    asked = desk.read(_query())
    try:
        found = ask("simulation_xlsx", chainId=chain_id, input=desk.asked(asked))["simulate"]
    except (ValueError, DomainError):
        raise NotFound from None
    if found is None:
        raise NotFound
    return workbook(found["xlsx"], f"scenario-{found['chain']['code']}-{found['asOf']}.xlsx")


def _query() -> str:
    """The address again, of its own parts alone."""
    return urlencode([(name, value) for name in desk.KEPT for value in _given(name)])


def _saved(scenario_id: str) -> dict[str, Any] | None:
    """The saved scenario this was opened from, unless it is gone."""
    if not scenario_id:
        return None
    try:
        found: dict[str, Any] | None = ask("saved_scenario", id=scenario_id)["node"]
    except DomainError:
        return None
    return found if found and "beginsOn" in found else None


def _added() -> list[tuple[str, str]] | None:
    """The address with what a form adds to it; None where no form was sent."""
    kept = [(name, value) for name in desk.KEPT for value in _given(name)]
    kind, link = request.args.get("kind"), request.args.get("linkId")
    if kind:
        values = [kind, *(request.args.get(f"{kind}.{field}", "") for field in desk.SHOCK[1:])]
        return [*kept, ("shock", desk.joined(values))]
    if link:
        return [*kept, ("source", desk.joined([link, *(request.args.get(field, "") for field in desk.SOURCE[1:])]))]
    return None


def _given(name: str) -> list[str]:
    return [value for value in request.args.getlist(name) if value]


def _without(word: str, number: int) -> str:
    """The address without one shock or source."""
    kept = [
        (name, value) for name in desk.KEPT
        for at, value in enumerate(_given(name)) if (name, at) != (word, number)
    ]  # fmt: skip
    return f"{request.path}?{urlencode(kept)}"


def _run(chain_id: str, asked: desk.Desk) -> tuple[Any, list[Any]]:
    try:
        return ask("simulate", chainId=chain_id, input=desk.asked(asked))["simulate"], []
    except ValueError:
        return None, [{"message": desk.no_number(), "fields": [], "rule": None}]
    except DomainError as refused:
        return None, [{"message": str(refused), "fields": [], "rule": None, "code": refused.code}]


def _options(seen: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """(value, word) of all that the forms can choose."""
    network, links = seen["resilience"], seen["supplyLinks"]["nodes"]
    return {
        "firms": [(one["key"], called(one["firm"])) for one in network["firms"]],
        "stages": [(stage["id"], stage["name"]) for stage in network["chain"]["stages"]],
        "places": [(code, prefecture_name(code, seated.language())) for code in PREFECTURES],
        "links": [(k["id"], f"{k['supplier']['name']} · {k['item']['number']}") for k in links
                  if not k["endedOn"] and k["item"] and k["supplier"]],
    }  # fmt: skip


def _names(options: Mapping[str, list[tuple[str, str]]]) -> dict[str, str]:
    """Every key, stage, prefecture and link of the desk by its word."""
    return {value: word for some in options.values() for value, word in some}


def _told(one: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A shock in words."""
    word = desk.kinds().get(one["kind"], one["kind"])
    places = [*one["stageIds"].split(","), *one["prefectures"].split(","), one["firm"]]
    about = _("、").join(names.get(place, place) for place in places if place)
    if one["origin"] or one["destination"]:
        about = f"{names.get(one['origin'], one['origin'])} → {names.get(one['destination'], one['destination'])}"
    left = _("，剩 %(left)s%%", left=one["left"]) if one["left"] else ""
    late = _("，晚 %(days)s 天", days=one["delayDays"]) if one["delayDays"] else ""
    until = one["last"] or _("不定")
    return f"{word}{_('：')}{about}{left}{late}{_('，')}{one['first'] or _('今天')} – {until}"


def _told_source(one: Mapping[str, str], names: Mapping[str, str]) -> str:
    return str(_(
        "%(link)s：可供 %(share)s%%，%(day)s 起供，爬坡 %(ramp)s 天", link=names.get(one["linkId"], one["linkId"]),
        share=one["share"] or "100", day=one["readyOn"] or _("30 天后"), ramp=one["rampDays"] or "0",
    ))  # fmt: skip
